"""What check found, by the rule and the row it speaks of, and what of it a requirement's rules say of a subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from capa_xl.a1 import parse_cell
from capa_xl.model.checked import Checked
from capa_xl.model.problem import Problem
from capa_xl.policy.conformity.requirements import Requirement
from capa_xl.policy.conformity.subjects import Subject
from capa_xl.policy.rules.rule_inputs import RuleInputs

_Place = tuple[str, int]
Struck = Mapping[str, Mapping[_Place, Sequence[Problem]]]
"""Breaches, or hints, by rule and then by sheet and row."""
_FIELD_RULES = ("FD04", "FD05", "FD08", "FD13", "XR05")
"""Rules that speak of one cell: they count for the requirement that demands its column."""


def all_found(checked: Checked) -> tuple[Problem, ...]:
    """What check told and what follows from a cause that it told: both count."""
    return (*checked.problems, *checked.consequences)


def by_rule_and_place(given: RuleInputs, problems: Iterable[Problem]) -> tuple[Struck, Struck]:
    """Each breach under the row of its cell and under its tracker row; likewise what is only hinted at."""
    breaches: dict[str, dict[_Place, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    hints: dict[str, dict[_Place, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        if not problem.is_breach and problem.in_grace:
            continue
        found = breaches if problem.is_breach else hints
        for place in places_of(given, problem):
            found[problem.rule][place].append(problem)
    return breaches, hints


def places_of(given: RuleInputs, problem: Problem) -> set[_Place]:
    """The row of its cell, and the tracker's row that it counts for."""
    row, _ = parse_cell(problem.cell or "") or (0, 0)
    return {(problem.sheet, row), (given.tracker.sheet, problem.row or 0)}


def problems_on(requirement: Requirement, given: RuleInputs, struck: Struck, subject: Subject) -> tuple[Problem, ...]:
    """Breaches by the requirement's rules on the subject, and what can't be read in the columns it demands."""
    found = by_own_rules(requirement, given, struck, subject)
    if demanded := _demanded(requirement, given):
        unread = struck_on(struck, _FIELD_RULES, subject)
        found += [p for p in unread if (p.sheet, (parse_cell(p.cell or "") or (0, 0))[1]) in demanded]
    return tuple(p for p in found if p.number in ("", subject.name))


def by_own_rules(requirement: Requirement, given: RuleInputs, struck: Struck, subject: Subject) -> list[Problem]:
    """What the requirement's rules found on the subject, each on the sheet it is asked about."""
    found = struck_on(struck, (rule for rule in requirement.rules if ":" not in rule), subject)
    for sheet_key, _, rule in (rule.partition(":") for rule in requirement.rules if ":" in rule):
        table = given.table(sheet_key)
        found += [p for p in struck_on(struck, (rule,), subject) if table is not None and p.sheet == table.sheet]
    return [p for p in found if p.number in ("", subject.name)]


def struck_on(struck: Struck, rules: Iterable[str], subject: Subject) -> list[Problem]:
    """What these rules found on the subject: on its row, and of its day where it is one of several there."""
    place = (subject.sheet, subject.row)
    found = [p for rule in rules for p in struck.get(rule, {}).get(place, ())]
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
