"""The figures of 总览, as the workbook's own formulas will find them once the 〔自动〕 columns are written.

Excel counts what a cell holds, not what it means: a date that is text, a name with a blank at its end and a value
filled down from a merged cell aren't there for it. So they aren't counted here either; FD06 and FD11 tell people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.auto_texts import actors_shown
from capa_xl.model.derived import Derived
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.overview import (
    OVERVIEW_DEPARTMENTS,
    OVERVIEW_LINES,
    OVERVIEW_NAME,
    OVERVIEW_NAMES,
    Overview,
    OverviewItem,
    Standing,
)
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.register import Register
from capa_xl.model.short_names import people_apart, told_apart
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.overview_flow import flow_of, months_of_courses, open_before, typed_months_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.tally import tally_of
from capa_xl.policy.waited_for import department_waited_for, stage_department

_NOT_AS_TYPED = frozenset({"FD06", "FD11"})


class _Cells(Struct, frozen=True):
    """What Excel sees in the tracker's cells."""

    register: Register
    strange: frozenset[tuple[str, str]]

    def plain(self, action: Action, key: str) -> bool:
        """True when the value stands in the row's own cell, as it was read."""
        table = self.register.tracker
        if not (table.anchors or self.strange):
            return True
        at = table.sheet_of(action.row), table.cell(action.row, key)
        return (action.row, key) not in table.anchors and at not in self.strange

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
    departments, own = departments_of(view), frozenset(_own_departments(view))
    listed = view.procedure.lists.get(DEPARTMENTS_LIST, ())[:OVERVIEW_DEPARTMENTS]
    turn = _standing(view.pairs, lambda action, derived: department_waited_for(view, action, derived))
    every = (turn.of(name) for name in departments)
    standings = _busiest(one for one in every if one.department in own or any(one.counts))
    by_list = tuple(turn.of(name) for name in listed)
    column = _standing(view.pairs, lambda action, derived: stage_department(derived, partial(cells.text, action)))
    loads = _loads(cells, view.pairs)
    joined = joined_view(view)
    courses = months_of_courses(joined)
    latest, coming = _latest(view, cells, lambda derived: derived.is_late), _coming(cells, view.pairs)
    return Overview(
        today=view.on,
        updated_on=view.on,
        is_empty=not (view.actions or view.register.quarantined),
        company=view.procedure.company,
        tally=tally_of(view),
        data_errors=sum(problem.severity is Severity.ERROR for problem in problems),
        latest=latest,
        coming=coming,
        standings=standings,
        standing_in_all=turn.in_all(),
        flow=flow_of(joined, courses),
        open_before=open_before(joined, courses),
        typed_months=typed_months_of(view, cells.day),
        latest_doing=_latest(view, cells, lambda derived: "Y1" in derived.overdue),
        by_list=by_list,
        by_column=tuple(column.of(name) for name in listed),
        loads=tuple((name, loads[name, "open"], loads[name, "overdue"]) for name in listed),
        short_names=tuple(_short_names((*standings, *by_list), (*latest, *coming), frozenset(departments)))[
            :OVERVIEW_NAMES
        ],
    )


def departments_of(view: RegisterView) -> tuple[str, ...]:
    """Those of 字典 in its order, by their names at T; then those of 人员部门 that it lacks, and the former names."""
    own, enrolled = _own_departments(view), view.roster.departments
    return tuple(dict.fromkeys((*own, *_names_at(view, enrolled), *enrolled)))


def _own_departments(view: RegisterView) -> tuple[str, ...]:
    """Those that have a line though nothing waits for them: of 字典, or of 人员部门 while nobody has listed any."""
    return _names_at(view, view.procedure.lists.get(DEPARTMENTS_LIST, ()) or view.roster.departments)


def _names_at(view: RegisterView, names: Iterable[str]) -> tuple[str, ...]:
    """The names by which these departments go at T (部门沿革)."""
    return tuple(dict.fromkeys(now for name in names for now in view.roster.lineage.successors(name, view.on)))


_Pairs = tuple[tuple[Action, Derived], ...]


def _short_names(
    standings: Iterable[Standing], items: Iterable[OverviewItem], departments: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The long departments of the heat map and the lists, one may be whose turn it is; and the people of the lists."""
    listed = list(items)
    turns = dict.fromkeys(item.owner for item in listed)
    there = (*(item.department for item in listed), *(name for name in turns if name in departments))
    people = people_apart((name for name in turns if name not in departments), OVERVIEW_NAME)
    apart = told_apart((*(one.department for one in standings), *there), OVERVIEW_NAME)
    yield from ((name, short) for name, short in (people | apart).items() if name != short)


def _cells(register: Register) -> _Cells:
    strange = (remark.hit for remark in register.remarks if remark.rule in _NOT_AS_TYPED)
    sheets = register.tracker.sheets
    return _Cells(register, frozenset((hit.sheet, hit.at) for hit in strange if hit.at and hit.sheet in sheets))


def _latest(view: RegisterView, cells: _Cells, wanted: Callable[[Derived], bool]) -> tuple[OverviewItem, ...]:
    """Longest overdue first; ties in sheet order."""
    found = sorted(
        ((derived.days_overdue, action, derived) for action, derived in view.pairs if wanted(derived)),
        key=lambda item: (-item[0], item[1].row),
    )
    return tuple(
        _item(cells, action, derived, days, view.on - timedelta(days))
        for days, action, derived in found[:OVERVIEW_LINES]
    )


def _coming(cells: _Cells, pairs: _Pairs) -> tuple[OverviewItem, ...]:
    """Nearest deadline first; ties in sheet order."""
    found = sorted(
        ((derived.days_left or 0, action, derived) for action, derived in pairs if "Y0" in derived.overdue),
        key=lambda item: (item[0], item[1].row),
    )
    return tuple(_item(cells, action, derived, days, action.due_on) for days, action, derived in found[:OVERVIEW_LINES])


def _item(cells: _Cells, action: Action, derived: Derived, days: int, due_on: date | None) -> OverviewItem:
    return OverviewItem(
        row=action.row,
        position=action.row - cells.register.tracker.header_row,
        number=action.number,
        description=cells.text(action, "description"),
        department=cells.text(action, "responsible_department"),
        owner=actors_shown(derived.next_actor),
        due_on=due_on,
        days=days,
        phrase=derived.overdue_briefly,
    )


class _PlacedCounts(Struct, frozen=True):
    """The open actions by (status, department), and those of them that are late."""

    counts: Counter[tuple[str, str]]
    late: Counter[tuple[str, str]]

    def of(self, name: str) -> Standing:
        """A department's."""
        return Standing(name, *(tuple(n[stage, name] for stage in words.OPEN) for n in (self.counts, self.late)))

    def in_all(self) -> Standing:
        """Those of all departments, the unknown one among them."""
        return Standing("", _in_all(self.counts), _in_all(self.late))


def _in_all(counts: Counter[tuple[str, str]]) -> tuple[int, ...]:
    return tuple(sum(n for (status, _), n in counts.items() if status == stage) for stage in words.OPEN)


def _busiest(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The most open actions first, then the most late ones; equals in the order of `departments_of`."""
    ranked = sorted(standings, key=lambda one: (-sum(one.counts), -sum(one.late)))
    return tuple(ranked[:OVERVIEW_DEPARTMENTS])


def _standing(pairs: _Pairs, department_of: Callable[[Action, Derived], str]) -> _PlacedCounts:
    open_pairs = [pair for pair in pairs if not pair[1].is_ended]
    places = [(derived.status, department_of(action, derived)) for action, derived in open_pairs]
    late = (place for place, (_, derived) in zip(places, open_pairs, strict=True) if derived.is_late)
    return _PlacedCounts(Counter(places), Counter(late))


def _loads(cells: _Cells, pairs: _Pairs) -> Counter[tuple[str, str]]:
    """How many actions of each 责任部门 are open, and how many overdue."""
    loads: Counter[tuple[str, str]] = Counter()
    for action, derived in pairs:
        if not derived.is_ended:
            loads[cells.text(action, "responsible_department"), "open"] += 1
        if "Y1" in derived.overdue:
            loads[cells.text(action, "responsible_department"), "overdue"] += 1
    return loads
