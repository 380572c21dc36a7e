"""The figures 总览 shows before any refresh: only what its formulas find in people's own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.months import month_start
from capa_xl.model.overview import OVERVIEW_DEPARTMENTS, OVERVIEW_MONTHS, FlowMonth, Overview, Standing
from capa_xl.model.tally import Tally
from capa_xl.workbook.blank.content import Content, NewRow, company_of
from capa_xl.workbook.blank.overview_head import horizon_of


def first_figures(content: Content, lists: Mapping[str, tuple[str, ...]], as_of: date) -> Overview:
    """What 总览 shows on the day the workbook is made, with every 〔自动〕 column empty."""
    rows = [row for row in content.get(TRACKER_SHEET, ()) if row.get("number")]
    nothing = (0,) * len(words.OPEN)
    due = [day for row in rows if (day := _open_until(row, as_of))]
    late = sum(day < as_of for day in due)
    return Overview(
        today=as_of,
        updated_on=None,
        company=company_of(content),
        tally=Tally(late=(("Y1", late),), due_soon=sum(as_of <= day <= horizon_of(as_of) for day in due)),
        data_errors=0,
        latest=(),
        coming=(),
        standings=tuple(Standing(name, nothing, nothing) for name in lists[DEPARTMENTS_LIST][:OVERVIEW_DEPARTMENTS]),
        standing_in_all=Standing("", nothing, nothing),
        flow=_flow(rows, as_of),
    )


def _open_until(row: NewRow, as_of: date) -> date | None:
    """完成期限 of a row that nobody completed or cancelled; None for the others and for text."""
    registered_on, due_on = row.get("registered_on"), row.get("due_on")
    later = isinstance(registered_on, date) and registered_on > as_of
    if later or row.get("completed_on") is not None or row.get("cancelled_on") is not None:
        return None
    return due_on if isinstance(due_on, date) else None


def _flow(rows: Sequence[NewRow], as_of: date) -> tuple[FlowMonth, ...]:
    registered = [day for row in rows if isinstance(day := row.get("registered_on"), date) and day <= as_of]
    starts = (month_start(as_of, -back) for back in reversed(range(OVERVIEW_MONTHS)))
    return tuple(
        FlowMonth(start, sum(day.replace(day=1) == start for day in registered), 0, (0, 0, 0, 0)) for start in starts
    )
