"""制度执行自查表: for each requirement one of five verdicts, with the rows behind numerator and denominator."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from capa_xl.a1 import parse_cell
from capa_xl.model.checked import Checked
from capa_xl.model.conformity import BROKEN, KEPT, NOT_APPLICABLE, NOT_JUDGED, SYSTEM, Conformity
from capa_xl.model.cut_text import cut_clauses
from capa_xl.model.problem import Problem
from capa_xl.policy.conformity.needed_columns import absent_columns
from capa_xl.policy.conformity.reminder_duties import made_note
from capa_xl.policy.conformity.requirements import REQUIREMENTS, Requirement
from capa_xl.policy.conformity.subjects import Subject
from capa_xl.policy.rules.rule import need_words
from capa_xl.policy.rules.rule_inputs import RuleInputs

_Place = tuple[str, int]
_Struck = Mapping[tuple[str, _Place], Sequence[Problem]]
"""Breaches by rule and by sheet and row."""
_MOST_OF_A_REASON = 90
"""Characters of what check says of one subject: its clauses, not its middle, are what an auditor reads."""
UNREAD_TRACKER = "能读出来的跟踪表"
_FIELD_RULES = ("FD04", "FD05", "FD08", "FD13", "DO08", "XR05")
"""Rules that speak of one cell: they count for the requirement that demands its column."""


def conformity_of(given: RuleInputs, checked: Checked) -> tuple[Conformity, ...]:
    """Every requirement at T.

    Args:
        given: What the rules looked at.
        checked: What they found.
    """
    if checked.unjudged:
        return tuple(map(_without_tracker, REQUIREMENTS))
    struck = _by_rule_and_place(given, (*checked.problems, *checked.consequences))
    return tuple(_judge(requirement, given, struck) for requirement in REQUIREMENTS)


def _without_tracker(requirement: Requirement) -> Conformity:
    """No word about the company while its tracker can't be read."""
    return _line(requirement, SYSTEM) if requirement.is_of_the_tool else _line(requirement, NOT_JUDGED, UNREAD_TRACKER)


def _judge(requirement: Requirement, given: RuleInputs, struck: _Struck) -> Conformity:
    if requirement.is_of_the_tool:
        return _line(requirement, SYSTEM)
    missing = [need for need in requirement.needs if not any(given.has(part) for part in need.split("|"))]
    if missing:
        return _line(requirement, NOT_JUDGED, missing="；".join(map(need_words, missing)))
    population = tuple(requirement.population(given))
    if not population:
        return _line(requirement, NOT_APPLICABLE)
    return _counted(requirement, given, struck, population)


def _counted(
    requirement: Requirement, given: RuleInputs, struck: _Struck, population: tuple[Subject, ...]
) -> Conformity:
    """The figures; a quarantined row counts only where it is hit: what could not be checked is not kept."""
    hit: dict[str, list[str]] = {}
    hits, excused, judged, aside = 0, 0, [], []
    for subject in population:
        problems = _problems_on(requirement, given, struck, subject)
        broken = requirement.breach(given, subject) if requirement.breach is not None else ""
        if problems or broken:
            hits += 1
            hit.setdefault(_name(subject, problems), []).append(_reason(problems, broken))
            excused += _is_excused(requirement, struck, subject, problems, bool(broken))
        elif subject.is_quarantined:
            aside.append(subject.name)
            continue
        judged.append(subject)
    if not judged:
        return _line(requirement, NOT_JUDGED, missing=f"待更正行的内容（{'、'.join(aside)}）")
    if not hit and (absent := absent_columns(given, requirement.id, judged)):
        return _line(requirement, NOT_JUDGED, missing="；".join(map(need_words, absent)))
    return Conformity(
        requirement.id, requirement.clause, requirement.text, requirement.rules, BROKEN if hit else KEPT,
        of=len(judged), hit=hits, excused=excused, rows=tuple(hit),
        reasons=tuple("；".join(dict.fromkeys(said)) for said in hit.values()),
        base=tuple(dict.fromkeys(subject.name for subject in judged)), note=_note(requirement, given, judged, aside),
    )  # fmt: skip


def _reason(problems: Iterable[Problem], broken: str) -> str:
    """What is wrong with one subject: what check says of it, rule and cell with it, and what no rule says."""
    said = (f"{cut_clauses(one.message, _MOST_OF_A_REASON)}（{one.rule} {one.cell or ''}）" for one in problems)
    return "；".join(dict.fromkeys(filter(None, (*said, broken))))


def _is_excused(
    requirement: Requirement, struck: _Struck, subject: Subject, problems: tuple[Problem, ...], broken: bool
) -> bool:
    """An exception was accepted for all that breaks it, the predicate's matter included."""
    if not broken:
        return all(problem.excused for problem in problems)
    answering = _struck_on(struck, requirement.answered_by, subject)
    return bool(answering) and all(problem.excused for problem in (*problems, *answering))


def _note(requirement: Requirement, given: RuleInputs, judged: Sequence[Subject], aside: Sequence[str]) -> str:
    """What stands behind a figure: letters and reminders by hand, and the rows that nothing could be said of."""
    made = made_note(given, requirement.reminders, judged) if requirement.reminders else ""
    left = f"另有 {len(aside)} 行待更正，未判定：{'、'.join(aside)}" if aside else ""
    return "；".join(filter(None, (made, left)))


def _problems_on(requirement: Requirement, given: RuleInputs, struck: _Struck, subject: Subject) -> tuple[Problem, ...]:
    """Breaches by the requirement's rules on the subject, and what can't be read in the columns it demands."""
    found = _struck_on(struck, (rule for rule in requirement.rules if ":" not in rule), subject)
    for sheet_key, _, rule in (rule.partition(":") for rule in requirement.rules if ":" in rule):
        table = given.table(sheet_key)
        found += [p for p in _struck_on(struck, (rule,), subject) if table is not None and p.sheet == table.sheet]
    if demanded := _demanded(requirement, given):
        unread = _struck_on(struck, _FIELD_RULES, subject)
        found += [p for p in unread if (p.sheet, (parse_cell(p.cell or "") or (0, 0))[1]) in demanded]
    return tuple(p for p in found if p.number in ("", subject.name))


def _struck_on(struck: _Struck, rules: Iterable[str], subject: Subject) -> list[Problem]:
    """What these rules found on the subject: on its row, and of its day where it is one of several there."""
    place = (subject.sheet, subject.row)
    found = [p for rule in rules for p in struck.get((rule, place), ())]
    return found if subject.on is None else [p for p in found if p.on == subject.on]


def _demanded(requirement: Requirement, given: RuleInputs) -> set[tuple[str, int]]:
    """(sheet, column) of every cell that it demands of a row."""
    found = set()
    for field in requirement.fields:
        sheet_key, _, key = field.rpartition(":")
        table = given.table(sheet_key) if sheet_key else given.tracker
        if table is not None and key in table.columns:
            found.add((table.sheet, table.columns[key]))
    return found


def _name(subject: Subject, problems: tuple[Problem, ...]) -> str:
    """The subject's name; of a row without a number the cell at fault."""
    if "!" in subject.name and problems and problems[0].cell:
        return f"{problems[0].sheet}!{problems[0].cell}"
    return subject.name


def _by_rule_and_place(given: RuleInputs, problems: Iterable[Problem]) -> _Struck:
    """Each breach under the row of its cell and under its tracker row."""
    found: dict[tuple[str, _Place], list[Problem]] = defaultdict(list)
    for problem in problems:
        if not problem.is_breach:
            continue
        row, _ = parse_cell(problem.cell or "") or (0, 0)
        for place in {(problem.sheet, row), (given.tracker.sheet, problem.row or 0)}:
            found[problem.rule, place].append(problem)
    return found


def _line(requirement: Requirement, verdict: str, missing: str = "") -> Conformity:
    return Conformity(requirement.id, requirement.clause, requirement.text, requirement.rules, verdict, missing=missing)
