"""Problems as people read them: grouped by action, and what strikes everywhere said once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.checked import Checked
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.register import Register

LISTED_SINGLY = 20
"""More hits than these of one warning or info rule become one line."""
ENDED_LISTED_SINGLY = 2
"""In rows that ended nobody has to act: what strikes there more often is told by its cells."""
_LISTED_SINGLY_OF_A_RULE = {"WB04": 5, "FD27": 2, "FD32": 2}
"""More deleted rows, or names of 人员部门 with several rows, than these have one cause."""
_TOLD_BY_CELLS = frozenset({"FD27", "FD32"})
"""Where each hit names another person: one example would leave the others unsaid."""


class ProblemGroup(Struct, frozen=True):
    """The Problems of one action, or of what belongs to no action.

    Attributes:
        number: 编号; "" where there is none.
        status: Status word, 待更正 for a row set aside; "" where there is none.
        row: Row of the tracker; None for the groups that belong to none.
        title: First line of the group.
    """

    number: str
    status: str
    row: int | None
    title: str
    problems: tuple[Problem, ...]


class Summary(Struct, frozen=True):
    """One rule that strikes so often that its hits are told once.

    Attributes:
        told: All of them, the first one first.
        ended: They stand in rows that ended, where nobody has to act: told by their cells.
    """

    told: tuple[Problem, ...]
    ended: bool = False

    @property
    def is_told_by_cells(self) -> bool:
        """Every cell stands in the line; else the first one, as an example."""
        return self.ended or self.first.rule in _TOLD_BY_CELLS

    @property
    def first(self) -> Problem:
        """The one that stands for all."""
        return self.told[0]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.told)


def summarised(
    problems: Iterable[Problem], derived: Mapping[str, Derived]
) -> tuple[tuple[Problem, ...], tuple[Summary, ...]]:
    """The Problems to list singly, and the rules told once.

    Those are over 20 hits of one warning or info rule, WB04 over 5; FD27, FD32 and in rows that ended any over 2.
    """
    ended = {found.row for found in derived.values() if found.is_ended}
    groups: dict[tuple[str, Severity, bool], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.rule, problem.severity, problem.row in ended), []).append(problem)
    often = {key: found for key, found in groups.items() if len(found) > _listed_singly(*key)}
    singly = tuple(p for p in problems if (p.rule, p.severity, p.row in ended) not in often)
    return singly, tuple(Summary(tuple(found), ended=key[2]) for key, found in often.items())


def _listed_singly(rule: str, severity: Severity, is_ended: bool) -> float:
    if rule in _LISTED_SINGLY_OF_A_RULE:
        return _LISTED_SINGLY_OF_A_RULE[rule]
    if severity is Severity.ERROR:
        return float("inf")
    return ENDED_LISTED_SINGLY if is_ended else LISTED_SINGLY


def problem_groups(
    problems: Iterable[Problem], register: Register, derived: Mapping[str, Derived]
) -> tuple[ProblemGroup, ...]:
    """The Problems by action, errors first: the actions with the gravest ones, in sheet order, and so within an action.

    Those without a tracker row follow theirs, by sheet and 编号.
    """
    status = {row.row: words.TO_CORRECT for row in register.quarantined}
    status |= {found.row: found.status for found in derived.values()}
    groups: dict[tuple[int | None, str, str], list[Problem]] = {}
    for problem in problems:
        key = (problem.row, problem.number, "" if problem.row is not None else problem.sheet)
        groups.setdefault(key, []).append(problem)
    line = register.tracker.line
    rank = attrgetter("severity.rank")
    made = [_group(key, tuple(sorted(found, key=rank)), status, line) for key, found in groups.items()]
    return tuple(sorted(made, key=lambda group: group.problems[0].severity.rank))


def place(problem: Problem) -> str:
    """Where to look: E5 on the tracker, 延期记录!C4 elsewhere, the sheet alone where no cell is at fault."""
    if problem.cell is None:
        return problem.sheet
    return problem.cell if problem.sheet == TRACKER_SHEET else f"{problem.sheet}!{problem.cell}"


def places(problems: Iterable[Problem]) -> list[str]:
    """`place` of each, a sheet beside the tracker named at its first cell in a run only: 人员部门!D10、D14."""
    found: list[str] = []
    sheet = ""
    for problem in problems:
        found.append(problem.cell if problem.cell and problem.sheet == sheet else place(problem))
        sheet = problem.sheet
    return found


def source(problem: Problem) -> str:
    """Rule and clause: PL01 条款 4.4.4."""
    return f"{problem.rule} 条款 {problem.clause}" if problem.clause else problem.rule


def count_words(checked: Checked) -> str:
    """3 个错误，12 个警告，40 个提示."""
    return "，".join(f"{checked.counts[severity.value]} 个{severity.word}" for severity in Severity)


def _group(
    key: tuple[int | None, str, str],
    problems: tuple[Problem, ...],
    status: Mapping[int, str],
    line: Callable[[int], str],
) -> ProblemGroup:
    row, number, sheet = key
    if row is None:
        return ProblemGroup(number, "", None, f"{sheet} {number}".strip(), problems)
    word = status.get(row, "")
    return ProblemGroup(number, word, row, f"{number or '（无编号）'} {word}（{line(row)}）", problems)
