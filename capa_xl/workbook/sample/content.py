"""The whole sample as sheets of plain cell values for `build_workbook`, on any as-of day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from capa_xl.model.columns import Column, Kind
from capa_xl.model.schema import SHEETS, SheetSpec
from capa_xl.workbook.blank.content import Content, NewValue
from capa_xl.workbook.sample.data_files import WrittenRow, WrittenValue, outside_numbers, written_rows
from capa_xl.workbook.sample.days import Days
from capa_xl.workbook.sample.phrases import moved_text

_DEADLINES = frozenset(
    {
        "due_on", "original_due_on", "old_due_on", "new_due_on", "reply_due_on", "observed_from", "observed_to",
        "deputy_from", "deputy_to", "valid_from", "valid_to",
    }
)  # fmt: skip
"""Date columns that hold no working day of a person; they keep their offset to the day."""

_NUMBERED = {"改进计划跟踪表": "registered_on", "问题需求登记": "registered_on", "管理评审": "on", "分析记录": "on"}
"""Sheets that give out running numbers, and the date whose year a number carries."""

_ORDER = {
    "改进计划跟踪表": ("number",),
    "问题需求登记": ("registered_on",),
    "进展反馈": ("on",),
    "延期记录": ("asked_on",),
    "措施分解": ("number",),
    "效果确认": ("number",),
    "文件修订": ("number",),
    "分析记录": ("number",),
    "管理评审": ("number", "item"),
}
"""The columns whose order a sheet keeps; the other sheets stand as written."""


def sample_content(as_of: date) -> Content:
    """The sample's sheets as of that day: sheet name → rows of column key → value.

    Args:
        as_of: T; every date of the sample keeps its distance to it.
    """
    days, sheets = Days(as_of), written_rows()
    years = _years(days)
    return {
        spec.name: _in_order(spec.name, tuple(_moved(row, spec, days, years) for row in sheets[spec.name]))
        for spec in SHEETS
        if spec.name in sheets
    }


def _moved(row: WrittenRow, spec: SheetSpec, days: Days, years: Mapping[str, int]) -> dict[str, NewValue]:
    columns = {col.key: col for col in spec.columns}
    return {key: _cell(columns[key], value, days, years) for key, value in row.items()}


def _cell(col: Column, value: WrittenValue, days: Days, years: Mapping[str, int]) -> NewValue:
    if isinstance(value, Mapping):
        return days.exact(value["原样"])
    if isinstance(value, date):
        return _day(col.key, value, days)
    if not isinstance(value, str):
        return value
    if col.kind is Kind.PERIOD:
        return f"{days.month(date.fromisoformat(f'{value}-01')):%Y-%m}"
    return moved_text(value, days, years)


def _day(key: str, value: date, days: Days) -> date:
    if key == "period_from":
        return days.month(value)
    if key == "period_to":
        return days.month_end(value)
    return days.exact(value) if key in _DEADLINES else days.worked(value)


def _years(days: Days) -> dict[str, int]:
    """Running number as written → the year it carries on the as-of day."""
    years = {number: days.worked(day).year for number, day in _given_numbers()}
    years |= {number.replace("GJ-", "GJBG-"): year for number, year in years.items() if number.startswith("GJ-")}
    plans = {number: days.month(day).year for number, day in _dated("计划", "period_from")}
    return years | plans


def _given_numbers() -> Iterator[tuple[str, date]]:
    yield from outside_numbers().items()
    for sheet, key in _NUMBERED.items():
        yield from _dated(sheet, key)


def _dated(sheet: str, key: str) -> Iterator[tuple[str, date]]:
    """The numbers of a sheet with the date under that key; without the rows whose date is a planted mistake."""
    for row in written_rows()[sheet]:
        if isinstance(day := row[key], date):
            yield str(row["number"]), day


def _in_order(sheet: str, rows: tuple[dict[str, NewValue], ...]) -> tuple[dict[str, NewValue], ...]:
    if sheet not in _ORDER:
        return rows
    return tuple(sorted(rows, key=lambda row: [str(row.get(key, "")) for key in _ORDER[sheet]]))
