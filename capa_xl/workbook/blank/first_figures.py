"""The figures 总览 shows before any refresh: only what its formulas find in people's own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.lists import DEPARTMENTS_LIST
from capa_xl.model.months import month_start
from capa_xl.model.overview import OVERVIEW_DEPARTMENTS, OVERVIEW_MONTHS, Overview
from capa_xl.workbook.blank.content import Content, Row, setting_rows
from capa_xl.workbook.blank.overview_head import horizon_of


def first_figures(content: Content, lists: Mapping[str, tuple[str, ...]], as_of: date) -> Overview:
    """What 总览 shows on the day the workbook is made, with every 〔自动〕 column empty."""
    rows = [row for row in content.get(TRACKER_SHEET, ()) if row.get("number")]
    departments = lists[DEPARTMENTS_LIST][:OVERVIEW_DEPARTMENTS]
    nothing = (0,) * len(words.WAITING)
    due = [_open_until(row, as_of) for row in rows]
    return Overview(
        today=as_of,
        updated_on=None,
        company=_company(content),
        overdue=sum(day < as_of for day in due if day),
        due_soon=sum(as_of <= day <= horizon_of(as_of) for day in due if day),
        to_approve=0,
        to_inspect=0,
        to_confirm=0,
        data_errors=0,
        longest_overdue=(),
        coming=(),
        stages=words.WAITING,
        waiting=tuple((name, nothing) for name in departments),
        waiting_in_all=nothing,
        months=_months(rows, as_of),
        departments=tuple((name, 0, 0) for name in departments),
    )


def _open_until(row: Row, as_of: date) -> date | None:
    """完成期限 of a row that nobody completed or cancelled; None for the others and for text."""
    registered_on, due_on = row.get("registered_on"), row.get("due_on")
    later = isinstance(registered_on, date) and registered_on > as_of
    if later or row.get("completed_on") is not None or row.get("cancelled_on") is not None:
        return None
    return due_on if isinstance(due_on, date) else None


def _company(content: Content) -> str:
    return next((str(row["value"] or "") for row in setting_rows(content) if row["name"] == "公司名称"), "")


def _months(rows: Sequence[Row], as_of: date) -> tuple[tuple[date, int, int], ...]:
    registered = [day for row in rows if isinstance(day := row.get("registered_on"), date) and day <= as_of]
    starts = (month_start(as_of, -back) for back in reversed(range(OVERVIEW_MONTHS)))
    return tuple((start, sum(day.replace(day=1) == start for day in registered), 0) for start in starts)
