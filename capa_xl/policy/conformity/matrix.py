"""制度执行自查表: for each requirement one of five verdicts, with the rows behind numerator and denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.checked import Checked
from capa_xl.model.conformity import BROKEN, KEPT, NOT_APPLICABLE, NOT_JUDGED, SYSTEM, Conformity
from capa_xl.model.cut_text import cut_list
from capa_xl.model.problem import Problem
from capa_xl.policy.conformity.needed_columns import absent_columns
from capa_xl.policy.conformity.no_objects import no_objects_note
from capa_xl.policy.conformity.parts import ArchivedRows, SpokenOf, YearPart, parts_of, spoken_of
from capa_xl.policy.conformity.reasons import reason_of
from capa_xl.policy.conformity.reminder_duties import made_note
from capa_xl.policy.conformity.requirements import REQUIREMENTS, Requirement
from capa_xl.policy.conformity.struck import (
    Struck,
    by_own_rules,
    problems_on,
    struck_on,
)
from capa_xl.policy.conformity.struck_besides import left_note
from capa_xl.policy.conformity.subjects import Subject, in_order
from capa_xl.policy.rules.rule import need_words
from capa_xl.policy.rules.rule_inputs import RuleInputs

_MOST_HINTED = 8
UNREAD_TRACKER = "能读出来的跟踪表"


class _Counted(Struct):
    """What was found of one requirement in one part; a quarantined row that isn't hit is neither kept nor broken."""

    part: YearPart
    hit: dict[str, list[str]]
    judged: list[Subject]
    aside: list[str]
    hinted: dict[str, list[str]]
    hits: int = 0
    excused: int = 0


def conformity_of(given: RuleInputs, checked: Checked, archived: Iterable[ArchivedRows] = ()) -> tuple[Conformity, ...]:
    """Every requirement at T.

    Args:
        given: What the rules looked at.
        checked: What they found.
        archived: The rows of archived years: they count before those of the workbook.
    """
    if checked.unjudged:
        return tuple(map(_without_tracker, REQUIREMENTS))
    parts = parts_of(given, checked, archived)
    spoken = {requirement.id: _spoken(requirement, parts) for requirement in REQUIREMENTS}
    counted = {id(problem) for found in spoken.values() for one in found for problem in one.counted}
    return tuple(_judge(requirement, parts, spoken[requirement.id], counted) for requirement in REQUIREMENTS)


def _without_tracker(requirement: Requirement) -> Conformity:
    """No word about the company while its tracker can't be read."""
    if requirement.is_of_the_tool:
        return _line(requirement, SYSTEM)
    return _line(requirement, NOT_JUDGED, missing=UNREAD_TRACKER)


def _spoken(requirement: Requirement, parts: Sequence[YearPart]) -> tuple[SpokenOf, ...]:
    """Nothing of the tool's own, nor where something is missing to judge by."""
    if requirement.is_of_the_tool or _missing(requirement, parts):
        return ()
    return spoken_of(requirement, parts)


def _missing(requirement: Requirement, parts: Sequence[YearPart]) -> list[str]:
    return [need for need in requirement.needs if not _is_met(need, parts)]


def _judge(
    requirement: Requirement, parts: Sequence[YearPart], spoken: Sequence[SpokenOf], counted: Collection[int]
) -> Conformity:
    if requirement.is_of_the_tool:
        return _line(requirement, SYSTEM)
    if missing := _missing(requirement, parts):
        return _line(requirement, NOT_JUDGED, missing=_absent_words(parts[-1].given, missing))
    line = _judged(requirement, parts, spoken)
    elsewhere = (left_note(one.part.given, one.left, counted) for one in spoken)
    left_out = ((why, [one.name for part in parts for one in part.mine(population(part.given))])
                for why, population in requirement.left_out)  # fmt: skip
    return replace(line, note="；".join(filter(None, (line.note, *elsewhere, no_objects_note(left_out)))))


def _judged(requirement: Requirement, parts: Sequence[YearPart], spoken: Sequence[SpokenOf]) -> Conformity:
    found = [_counted(requirement, one.part, one.subjects) for one in spoken if one.subjects]
    if not found:
        return _line(requirement, NOT_APPLICABLE)
    lacking = {id(one): absent for one in found if (absent := _lacking(requirement, one))}
    left = [_left(one, lacking[id(one)]) for one in found if one.part.year and id(one) in lacking]
    told = [one for one in found if not (one.part.year and id(one) in lacking)]
    told_lack = [lacking[id(one)] for one in told if id(one) in lacking]
    return _summed(requirement, told, told_lack if told else [_own_lack(requirement, parts[-1], found)], left)


def _is_met(need: str, parts: Sequence[YearPart]) -> bool:
    """Columns and sheets are those of the workbook in use; what the rows hold (+) may be in any part."""
    looked_at = parts if need.startswith("+") else parts[-1:]
    return any(part.given.has(one) for part in looked_at for one in need.split("|"))


def _lacking(requirement: Requirement, found: _Counted) -> str:
    """What a part lacks to be judged where nothing in it is hit."""
    if found.part.is_unjudged:
        return UNREAD_TRACKER
    given = found.part.given
    needs = [need for need in requirement.needs if found.part.year and not need.startswith("+")]
    absent = tuple(need for need in needs if not any(given.has(one) for one in need.split("|")))
    if not absent and not found.hit and found.judged:
        absent = tuple(absent_columns(given, requirement.id, found.judged))
    return _absent_words(given, absent)


def _own_lack(requirement: Requirement, own: YearPart, found: Iterable[_Counted]) -> str:
    """What the workbook in use lacks to judge the rows by that went to archives; "" where it has everything now."""
    rows = [subject for one in found for subject in one.judged]
    return _absent_words(own.given, absent_columns(own.given, requirement.id, rows))


def _absent_words(given: RuleInputs, needs: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(need_words(need, given) for need in needs))


def _left(found: _Counted, absent: str) -> str:
    count = len({subject.name for subject in found.judged})  # of an archive no row is set aside
    return f"{count} 项已归档在「{found.part.year}」，那里缺少{absent}，未判定"


def _counted(requirement: Requirement, part: YearPart, population: tuple[Subject, ...]) -> _Counted:
    """The figures; a quarantined row counts only where it is hit: what could not be checked is not kept."""
    found = _Counted(part, {}, [], [], {})
    for subject in population:
        problems = problems_on(requirement, part.given, part.struck, subject)
        broken = tuple(requirement.breach(part.given, subject)) if requirement.breach is not None else ()
        if problems or broken:
            found.hits += 1
            found.hit.setdefault(_name(subject, problems), []).append(reason_of(problems, broken, part.year))
            found.excused += _is_excused(requirement, part.struck, subject, problems, bool(broken))
        elif subject.is_quarantined:
            found.aside.append(subject.name)
            continue
        else:
            for hint in by_own_rules(requirement, part.given, part.hinted, subject):
                found.hinted.setdefault(hint.rule, []).append(subject.name)
        found.judged.append(subject)
    return found


def _summed(
    requirement: Requirement, found: Sequence[_Counted], lacking: Sequence[str], left: Sequence[str]
) -> Conformity:
    """The parts as one line; nothing is kept that no part could be judged by."""
    judged = [subject for one in found for subject in one.judged]
    aside = [name for one in found for name in one.aside]
    hit: dict[str, list[str]] = {}
    for name, said in sorted((pair for one in found for pair in one.hit.items()), key=lambda pair: in_order(pair[0])):
        hit.setdefault(name, []).extend(said)
    if not judged:
        rows = [f"待更正行的内容（{'、'.join(aside)}）"] if aside else []
        return _line(requirement, NOT_JUDGED, missing="；".join(filter(None, (*lacking, *rows))), note="；".join(left))
    if not hit and lacking:
        return _line(requirement, NOT_JUDGED, missing="；".join(lacking), note="；".join(left))
    return Conformity(
        requirement.id, requirement.clause, requirement.text, requirement.rules, BROKEN if hit else KEPT,
        of=len(judged), hit=sum(one.hits for one in found), excused=sum(one.excused for one in found), rows=tuple(hit),
        reasons=tuple("；".join(dict.fromkeys(said)) for said in hit.values()),
        base=tuple(sorted({subject.name for subject in judged}, key=in_order)),
        note=_note(requirement, found, aside, left),
    )  # fmt: skip


def _is_excused(
    requirement: Requirement, struck: Struck, subject: Subject, problems: tuple[Problem, ...], broken: bool
) -> bool:
    """An exception was accepted for all that breaks it, the predicate's matter included."""
    if not broken:
        return all(problem.excused for problem in problems)
    answering = struck_on(struck, requirement.answered_by, subject)
    return bool(answering) and all(problem.excused for problem in (*problems, *answering))


def _note(requirement: Requirement, found: Sequence[_Counted], aside: Sequence[str], left: Sequence[str]) -> str:
    """What stands behind a figure: letters and reminders by hand, and the rows that nothing could be said of."""
    pairs = [(one.part.given, subject) for one in found for subject in one.judged]
    made = made_note(requirement.reminders, pairs) if requirement.reminders else ""
    rows = f"另有 {len(aside)} 行待更正，未判定：{_each_once(aside)}" if aside else ""
    return "；".join(filter(None, (made, *_hints(found), rows, *(f"另有 {one}" for one in left))))


def _hints(found: Sequence[_Counted]) -> Iterator[str]:
    """The objects that count as kept although check has something to say: a verdict tells of them, once a rule."""
    by_rule: dict[str, list[str]] = {}
    for one in found:
        for rule, names in one.hinted.items():
            by_rule.setdefault(rule, []).extend(names)
    for rule, names in sorted(by_rule.items()):
        once = sorted(set(names))
        yield f"{rule} 只作提示、没有算违反的 {len(once)} 项：{cut_list(once, _MOST_HINTED, '项')}"


def _each_once(names: Sequence[str]) -> str:
    """GJ-2026-045（2 行）、GJ-2026-053: rows are set aside, and two may have one number."""
    return "、".join(name if count == 1 else f"{name}（{count} 行）" for name, count in Counter(names).items())


def _name(subject: Subject, problems: tuple[Problem, ...]) -> str:
    """The subject's name; of a row without a number the cell at fault."""
    if "!" in subject.name and problems and problems[0].cell:
        return f"{problems[0].sheet}!{problems[0].cell}"
    return subject.name


def _line(requirement: Requirement, verdict: str, *, missing: str = "", note: str = "") -> Conformity:
    return Conformity(
        requirement.id, requirement.clause, requirement.text, requirement.rules, verdict, missing=missing, note=note
    )
