"""The end of a year: which actions go into the archive with their rows, which stay, and what is carried over.

GB/T 28827 and 4.4.5 want closed actions kept and traceable: they go only into a workbook that lies beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from capa_xl.a1 import parse_cell
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.ended_year import TRACKER, Going, YearEnd
from capa_xl.model.pages import line_of
from capa_xl.model.register import Register, Table
from capa_xl.model.replacements import LeftToPeople
from capa_xl.model.schema import CHILDREN_OF_ACTIONS
from capa_xl.policy.in_plans import plans_of
from capa_xl.policy.register_view import RegisterView

_NO_DATE = "已{status}，但没有结束日期 → 补日期以后再归档"
_NEW_PLAN = "新计划的编号"
_SHARED = "这一行与留下的行合并着单元格 → 取消合并以后再归档"


def year_end_of(view: RegisterView, before: date) -> YearEnd:
    """What would go at T, and what would stay.

    Args:
        before: First day of the year to come; what ended on the day before it goes, what ended on it stays.
    """
    ended = [(action, derived, ended_on(action, derived)) for action, derived in view.pairs if derived.is_ended]
    undated = [
        LeftToPeople(action.number, "编号", _NO_DATE.format(status=derived.status.removeprefix("已")))
        for action, derived, day in ended
        if day is None
    ]
    due = {
        action.number: Going(action.number, action.row, derived.status, day)
        for action, derived, day in ended
        if day is not None and day < before and action.number
    }
    shared = _sharing(view.register, frozenset(due))
    going = tuple(one for number, one in due.items() if number not in shared)
    numbers = frozenset(one.number for one in going)
    still_open = [action for action, derived in view.pairs if not derived.is_ended]
    carried = tuple(a for a in still_open if a.registered_on is None or a.registered_on < before)
    return YearEnd(
        before=before,
        going=going,
        rows={key: tuple(rows) for key, rows in _rows(view.register, numbers).items() if rows},
        left=(*undated, *(LeftToPeople(number, "编号", _SHARED) for number in due if number in shared)),
        carried=carried,
        to_write=_plan_numbers(view, carried, before),
        open=len(still_open),
        later=sum(day is not None and day >= before for _, _, day in ended),
        set_aside=len(view.register.quarantined),
    )


def _plan_numbers(view: RegisterView, carried: Iterable[Action], before: date) -> dict[str, tuple[str, ...]]:
    """What 计划编号 of each says once the new year's plan lists it too: what lists it now goes on approving it."""
    found: dict[str, tuple[str, ...]] = {}
    if not view.plans or not view.inputs.has("plan_number"):
        return found
    new = [number for number, versions in view.plans.items() if (versions[-1].period_from or date.min) >= before]
    for action in carried:
        listing = plans_of(view.inputs, action)
        if not set(new).intersection(listing):
            text = "、".join((*listing, new[0] if len(new) == 1 else _NEW_PLAN))
            found[text] = (*found.get(text, ()), action.number)
    return found


def ended_on(action: Action, derived: Derived) -> date | None:
    """The day an ended action ended; None where nobody wrote it."""
    if derived.status == words.CANCELLED:
        return action.cancelled_on
    if derived.status == words.SUPERSEDED:
        return derived.conclusion.confirmed_on if derived.conclusion else None
    return derived.closed_on


def _rows(register: Register, numbers: frozenset[str]) -> dict[str, list[int]]:
    """The rows of these actions, on the tracker and on the sheets whose rows belong to them."""
    return {key: [r.row for r in table.records if r.number in numbers] for key, table in _tables(register)}


def _tables(register: Register) -> Iterator[tuple[str, Table[Any]]]:
    for key in (TRACKER, *CHILDREN_OF_ACTIONS):
        if (table := getattr(register, key)) is not None:
            yield key, table


def _sharing(register: Register, numbers: frozenset[str]) -> frozenset[str]:
    """Those of the actions whose rows are merged with rows that stay, and those merged with these in turn."""
    staying: frozenset[str] = frozenset()
    while found := frozenset(_merged_with(register, numbers - staying)) - staying:
        staying |= found
    return staying


def _merged_with(register: Register, numbers: frozenset[str]) -> Iterator[str]:
    for _, table in _tables(register):
        number_of = {record.row: record.number for record in table.records}
        together: dict[tuple[str, str], set[int]] = {}
        for (row, key), at in table.anchors.items():
            if (place := parse_cell(at)) is not None and place[0] == line_of(row):
                continue  # a cell of the row's own
            together.setdefault((table.sheet_of(row), at), set()).add(row)
            anchor = next((r for r in number_of if table.cell(r, key) == at and (r, key) not in table.anchors), None)
            if anchor is not None:
                together[table.sheet_of(row), at].add(anchor)
        for rows in together.values():
            names = {number_of.get(row, "") or "" for row in rows}
            if not names <= numbers:
                yield from names & numbers
