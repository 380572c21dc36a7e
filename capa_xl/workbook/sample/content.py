"""The whole sample as sheets of plain cell values for `build_workbook`, on any as-of day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from capa_xl.model.columns import Column, Kind
from capa_xl.model.schema import SHEETS, SheetSpec
from capa_xl.workbook.blank.content import CellValue, Content
from capa_xl.workbook.sample.days import Days
from capa_xl.workbook.sample.parts import PARTS
from capa_xl.workbook.sample.phrases import moved_text
from capa_xl.workbook.sample.rows import Exact, Raw, Row, Value, joined

_DEADLINES = frozenset(
    {
        "due_on", "original_due_on", "old_due_on", "new_due_on", "reply_due_on", "observed_from", "observed_to",
        "deputy_from", "deputy_to", "valid_from", "valid_to",
    }
)  # fmt: skip
"""Date columns that hold no working day of a person; they keep their offset to the day."""

_NUMBERED = {"tracker": "registered_on", "needs": "registered_on", "decisions": "on", "analyses": "on"}
"""Sheets that give out running numbers, and the date whose year a number carries."""

_OTHER_NUMBERS = {
    "TS-2026-014": "2026-06-17",
    "TS-2026-011": "2026-04-09",
    "TS-2025-031": "2025-09-10",
    "TS-2026-019": "2026-10-20",
    "GJ-2025-001": "2025-01-07",
    "NC-2026-05": "2026-09-03",
    "SW-2026-18": "2026-09-09",
}
"""Numbers given outside the workbook (complaints, audit findings, letters), with their day."""

_ORDER = {
    "tracker": "number",
    "needs": "registered_on",
    "progress": "on",
    "extensions": "asked_on",
    "steps": "number",
    "confirmations": "number",
    "revisions": "number",
    "analyses": "number",
    "decisions": "number",
}
"""The column whose order a sheet keeps; the others stand as written."""


def sample_content(as_of: date) -> Content:
    """The sample's sheets as of that day: sheet name → rows of column key → value.

    Args:
        as_of: T; every date of the sample keeps its distance to it.
    """
    days = Days(as_of)
    sheets = joined(PARTS)
    years = _years(sheets, days)
    return {
        spec.name: _in_order(spec.key, tuple(_moved(row, spec, days, years) for row in sheets[spec.key]))
        for spec in SHEETS
        if spec.key in sheets
    }


def _moved(row: Row, spec: SheetSpec, days: Days, years: Mapping[str, int]) -> dict[str, CellValue]:
    columns = {col.key: col for col in spec.columns}
    return {key: _cell(columns[key], value, days, years) for key, value in row.items() if value is not None}


def _cell(col: Column, value: Value, days: Days, years: Mapping[str, int]) -> CellValue:
    if isinstance(value, Raw):
        return moved_text(value.text, days, years)
    if isinstance(value, Exact):
        return days.exact(value.day)
    if isinstance(value, bool):
        return "是" if value else "否"
    if not isinstance(value, str):
        return value
    if col.kind is Kind.DATE:
        return _day(col.key, value, days)
    if col.kind is Kind.PERIOD:
        return f"{days.month(value):%Y-%m}"
    return moved_text(value, days, years)


def _day(key: str, value: str, days: Days) -> date:
    if key == "period_from":
        return days.month(value)
    if key == "period_to":
        return days.month_end(value)
    return days.exact(value) if key in _DEADLINES else days.worked(value)


def _years(sheets: Mapping[str, tuple[Row, ...]], days: Days) -> dict[str, int]:
    """Running number as written → the year it carries on the as-of day."""
    years = {number: days.worked(day).year for number, day in _given_numbers(sheets)}
    years |= {number.replace("GJ-", "GJBG-"): year for number, year in years.items() if number.startswith("GJ-")}
    plans = {str(row["number"]): days.month(str(row["period_from"])).year for row in sheets.get("plans", ())}
    return years | plans


def _given_numbers(sheets: Mapping[str, tuple[Row, ...]]) -> Iterator[tuple[str, str]]:
    yield from _OTHER_NUMBERS.items()
    for sheet, dated_by in _NUMBERED.items():
        for row in sheets.get(sheet, ()):
            number, day = row["number"], row[dated_by]
            if isinstance(number, str) and isinstance(day, str):
                yield number, day


def _in_order(key: str, rows: tuple[dict[str, CellValue], ...]) -> tuple[dict[str, CellValue], ...]:
    if key in _ORDER:
        return tuple(sorted(rows, key=lambda row: str(row.get(_ORDER[key], ""))))
    return rows
