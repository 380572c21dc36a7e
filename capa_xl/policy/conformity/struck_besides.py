"""The rows outside a requirement's population that its own rules have struck: they are broken too, or it says why not.

A row may break a rule before it comes to the stage that the population is told by: what check calls an error is never
left out in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from capa_xl.a1 import parse_cell
from capa_xl.model import words
from capa_xl.model.cut_text import cut_list
from capa_xl.model.problem import Problem
from capa_xl.model.schema import SHEETS
from capa_xl.policy.conformity.populations import every_row
from capa_xl.policy.conformity.requirements import Requirement
from capa_xl.policy.conformity.struck import Struck, places_of
from capa_xl.policy.conformity.subjects import Subject
from capa_xl.policy.rules.rule_inputs import RuleInputs

_MOST_LEFT = 8


class StruckBesides(Struct, frozen=True):
    """What the rules of a requirement found.

    Attributes:
        counted: Problems on members of its population or on `added`.
        added: The rows outside its population that it speaks of all the same.
        left: Problems on what it does not speak of: a row of another kind, a cancelled one.
    """

    counted: tuple[Problem, ...] = ()
    added: tuple[Subject, ...] = ()
    left: tuple[Problem, ...] = ()


def rows_that_count(given: RuleInputs) -> Mapping[int, Subject]:
    """Every row of the tracker that counts, by its row number."""
    return {subject.row: subject for subject in every_row(given)}


def struck_besides(
    requirement: Requirement,
    given: RuleInputs,
    struck: Struck,
    population: Iterable[Subject],
    rows: Mapping[int, Subject],
) -> StruckBesides:
    """Each breach by the requirement's rules, whether its population has the row or not."""
    found = tuple(_own_breaches(requirement, given, struck))
    members = _by_place(population) if found else {}
    counted, left, added = list[Problem](), list[Problem](), dict[tuple[str, int], Subject]()
    for problem, is_of_any_sheet in found:
        if _has_member(members, given, problem):
            counted.append(problem)
        elif is_of_any_sheet and (subject := _row_of(requirement, given, problem, rows)) is not None:
            counted.append(problem)
            added.setdefault((subject.sheet, subject.row), subject)
        else:
            left.append(problem)
    return StruckBesides(tuple(counted), tuple(added.values()), tuple(left))


def left_note(given: RuleInputs, left: Iterable[Problem], counted: Collection[int]) -> str:
    """The breaches that no requirement counts, by rule, with the reason; "" for none.

    Args:
        given: What the rules looked at.
        left: Breaches on what this requirement does not speak of.
        counted: `id` of the Problems that some requirement counts.
    """
    cancelled = {action.row for action, derived in given.pairs if derived.status == words.CANCELLED}
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in left:
        if id(problem) not in counted:
            why = "已取消" if problem.row in cancelled else "不是本条的对象"
            told[problem.rule, why].append(problem.number or f"{problem.sheet}!{problem.cell or ''}")
    lines = ((rule, why, sorted(set(names))) for (rule, why), names in sorted(told.items()))
    return "；".join(
        f"{rule} 另有{why}、没有计入的 {len(names)} 项：{cut_list(names, _MOST_LEFT, '项')}"
        for rule, why, names in lines
    )


def _own_breaches(requirement: Requirement, given: RuleInputs, struck: Struck) -> Iterator[tuple[Problem, bool]]:
    """Each once, with whether its rule counts on any sheet: of one sheet the population says which rows are meant."""
    for name in requirement.rules:
        sheet_key, colon, rule = name.rpartition(":")
        table = given.table(sheet_key) if sheet_key else None
        problems = {id(p): p for there in struck.get(rule, {}).values() for p in there}
        for problem in problems.values():
            if not problem.year and (not colon or (table is not None and problem.sheet == table.sheet)):
                yield problem, not colon or sheet_key == "tracker"


def _by_place(population: Iterable[Subject]) -> Mapping[tuple[str, int], list[Subject]]:
    members: dict[tuple[str, int], list[Subject]] = defaultdict(list)
    for subject in population:
        members[subject.sheet, subject.row].append(subject)
    return members


def _has_member(members: Mapping[tuple[str, int], list[Subject]], given: RuleInputs, problem: Problem) -> bool:
    there = (subject for place in places_of(given, problem) for subject in members.get(place, ()))
    return any(problem.number in ("", one.name) and one.on in (None, problem.on) for one in there)


def _row_of(
    requirement: Requirement, given: RuleInputs, problem: Problem, rows: Mapping[int, Subject]
) -> Subject | None:
    """The row that a breach stands in; None where the requirement does not speak of such a row."""
    at, _ = parse_cell(problem.cell or "") or (0, 0)
    row = problem.row or (at if problem.sheet == given.tracker.sheet else 0)
    if row:
        subject = rows.get(row)
        is_meant = subject is not None and problem.number in ("", subject.name)
        return subject if is_meant and _is_of_kind(requirement, subject) else None
    if requirement.breach is not None:  # it looks at the records of its own population
        return None
    tables = (given.table(spec.key) for spec in SHEETS if spec.key and spec.key != "tracker")
    for table in tables:
        if table is not None and table.sheet == problem.sheet:
            record = next((record for record in table.records if record.row == at), None)
            name = problem.number or f"{problem.sheet}!{problem.cell}"
            return Subject(problem.sheet, at, name, record) if record is not None else None
    return None


def _is_of_kind(requirement: Requirement, row: Subject | None) -> bool:
    return row is not None and (not requirement.kinds or row.record.action_type in requirement.kinds)
