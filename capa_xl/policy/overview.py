"""The figures of 总览, as the workbook's own formulas will find them once the 〔自动〕 columns are written.

Excel counts what a cell holds, not what it means: a date that is text, a name with a blank at its end and a value
filled down from a merged cell aren't there for it. So they aren't counted here either; FD06 and FD11 tell people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.months import months_before
from capa_xl.model.overview import (
    CLOSING_DATES,
    OVERVIEW_DEPARTMENTS,
    OVERVIEW_LINES,
    OVERVIEW_MONTHS,
    Overview,
    OverviewItem,
)
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.register import Register
from capa_xl.policy.register_view import RegisterView

_NOT_AS_TYPED = frozenset({"FD06", "FD11"})


@dataclass(frozen=True, slots=True)
class _Cells:
    """What Excel sees in the tracker's cells."""

    register: Register
    strange: frozenset[str]

    def plain(self, action: Action, key: str) -> bool:
        """True when the value stands in the row's own cell, as it was read."""
        table = self.register.tracker
        if not (table.anchors or self.strange):
            return True
        return (action.row, key) not in table.anchors and table.cell(action.row, key) not in self.strange

    def text(self, action: Action, key: str) -> str:
        """A text as the cell holds it; "" where Excel sees nothing or something else."""
        if key == "responsible_department" and action.departments_as_written:
            return action.departments_as_written
        return (getattr(action, key) or "") if self.plain(action, key) else ""

    def day(self, action: Action, key: str) -> date | None:
        """A date Excel can count with."""
        return getattr(action, key) if self.plain(action, key) else None


def overview_of(view: RegisterView, problems: Iterable[Problem]) -> Overview:
    """Everything 总览 shows at T.

    Args:
        problems: What `check` found; the ones of severity error are counted.
    """
    cells = _cells(view.register)
    pairs = view.pairs
    listed = view.procedure.lists.get(DEPARTMENTS_LIST, ())[:OVERVIEW_DEPARTMENTS]
    statuses = Counter(derived.status for _, derived in pairs)
    waiting = (pair for pair in pairs if pair[1].status in words.WAITING)
    turns = Counter((derived.status, _whose_turn(cells, action, derived)) for action, derived in waiting)
    loads = _loads(cells, pairs)
    return Overview(
        today=view.on,
        updated_on=view.on if view.actions or view.register.quarantined else None,
        company=view.procedure.company,
        overdue=sum("Y1" in derived.overdue for _, derived in pairs),
        due_soon=sum("Y0" in derived.overdue for _, derived in pairs),
        to_approve=statuses[words.TO_APPROVE],
        to_inspect=statuses[words.TO_INSPECT],
        to_confirm=statuses[words.TO_CONFIRM],
        data_errors=sum(problem.severity is Severity.ERROR for problem in problems),
        longest_overdue=_items(cells, pairs, lambda derived: "Y1" in derived.overdue),
        coming=_items(cells, pairs, lambda derived: "Y0" in derived.overdue),
        stages=words.WAITING,
        waiting=tuple((name, tuple(turns[stage, name] for stage in words.WAITING)) for name in listed),
        waiting_in_all=tuple(statuses[stage] for stage in words.WAITING),
        months=tuple(_months(view, cells, pairs)),
        departments=tuple((name, loads[name, "open"], loads[name, "overdue"]) for name in listed),
    )


_Pairs = tuple[tuple[Action, Derived], ...]


def _cells(register: Register) -> _Cells:
    strange = (remark.hit for remark in register.remarks if remark.rule in _NOT_AS_TYPED)
    return _Cells(register, frozenset(hit.at for hit in strange if hit.at and hit.sheet == register.tracker.sheet))


def _items(cells: _Cells, pairs: _Pairs, wanted: Callable[[Derived], bool]) -> tuple[OverviewItem, ...]:
    """Nearest or longest past deadline first; ties in sheet order."""
    found = sorted(
        ((derived.days_left, action, derived) for action, derived in pairs if wanted(derived)),
        key=lambda item: (item[0] or 0, item[1].row),
    )
    header_row = cells.register.tracker.header_row
    return tuple(
        OverviewItem(
            position=action.row - header_row,
            number=action.number,
            description=cells.text(action, "description"),
            department=cells.text(action, "responsible_department"),
            owner=derived.next_actor,
            due_on=action.due_on,
            days=abs(days_left or 0),
        )
        for days_left, action, derived in found[:OVERVIEW_LINES]
    )


def _whose_turn(cells: _Cells, action: Action, derived: Derived) -> str:
    """The department a waiting row waits for; "" while it waits for none."""
    key = words.STAGE_DEPARTMENT.get(derived.status, "")
    if key == "inspector_department":
        return derived.inspector_department
    if key == "owning_department" and action.owning_department and (found := cells.text(action, key)):
        return found
    return cells.text(action, "responsible_department") if key else ""


def _loads(cells: _Cells, pairs: _Pairs) -> Counter[tuple[str, str]]:
    """How many actions of each 责任部门 are open, and how many overdue."""
    loads: Counter[tuple[str, str]] = Counter()
    for action, derived in pairs:
        if not derived.is_ended:
            loads[cells.text(action, "responsible_department"), "open"] += 1
        if "Y1" in derived.overdue:
            loads[cells.text(action, "responsible_department"), "overdue"] += 1
    return loads


def _months(view: RegisterView, cells: _Cells, pairs: _Pairs) -> Iterator[tuple[date, int, int]]:
    this_month = view.on.replace(day=1)
    new = _by_month(_registered(view, cells))
    key = next((key for key in CLOSING_DATES if view.register.tracker.has(key)), "completed_on")
    closed = _by_month(cells.day(action, key) for action, derived in pairs if derived.status == words.CLOSED)
    for back in reversed(range(OVERVIEW_MONTHS)):
        month = months_before(this_month, back)
        yield month, new.get(month, 0), closed.get(month, 0)


def _registered(view: RegisterView, cells: _Cells) -> Iterator[date | None]:
    """登记日期 of every row up to T, those set aside included: Excel counts them too."""
    set_aside = (row.record for row in view.register.quarantined if row.number)
    for action in (*view.actions, *set_aside):
        registered_on = cells.day(action, "registered_on")
        yield registered_on if registered_on and registered_on <= view.on else None


def _by_month(days: Iterable[date | None]) -> Mapping[date, int]:
    counts: Counter[date] = Counter()
    for day, times in Counter(days).items():
        if day is not None:
            counts[day.replace(day=1)] += times
    return counts
