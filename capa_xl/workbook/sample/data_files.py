"""The sample's rows as they are written: the TOML files under data/, which the quality department reads and edits.

Sheets and columns go by the names people know. A value is a text, a number or a date as of the reference day; on top of
that a file may say

- a text in a date column: a planted mistake, which stays text;
- `{ "原样" = 2026-11-23 }`: a day that keeps its offset although its column holds people's working days;
- `{ "从" = "2025-09", "到" = "2026-10" }` as 期间, with lists in other columns: one row a month.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from capa_xl.model.schema import sheet_spec

WrittenValue = str | int | float | date | Mapping[str, date]
WrittenRow = Mapping[str, WrittenValue]
"""Column key → what the file says; blank cells are absent."""

_FOLDER = Path(__file__).parent / "data"
_PARTS = ("company.toml", "storylines/*.toml", "further/*.toml", "planted_mistakes.toml", "registers/*.toml")
_OUTSIDE = "外来编号"
"""The one table that is no sheet: numbers given outside the workbook, with their day."""


@cache
def written_rows() -> Mapping[str, tuple[WrittenRow, ...]]:
    """Sheet → its rows, in the order of the files.

    Raises:
        KeyError: A file names a sheet or a column that the schema doesn't have.
    """
    sheets: dict[str, list[WrittenRow]] = {}
    for tables in _documents():
        for sheet, entries in tables.items():
            if sheet != _OUTSIDE:
                sheets.setdefault(sheet, []).extend(_rows(sheet, entries))
    return {sheet: tuple(rows) for sheet, rows in sheets.items()}


@cache
def outside_numbers() -> Mapping[str, date]:
    """Number given outside the workbook (a complaint, an audit finding, a letter) → its day."""
    return {number: day for tables in _documents() for number, day in tables.get(_OUTSIDE, {}).items()}


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    paths = [path for part in _PARTS for path in sorted(_FOLDER.glob(part))]
    return tuple(tomllib.loads(path.read_text("utf-8")) for path in paths)


def _rows(sheet: str, entries: list[dict[str, Any]]) -> Iterator[WrittenRow]:
    keys = {col.header: col.key for col in sheet_spec(sheet).columns}
    for entry in entries:
        for row in _months(entry):
            yield {keys[header]: value for header, value in row.items() if value != ""}


def _months(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row, or one a month where the entry holds lists."""
    if isinstance(period := entry.get("期间"), dict):
        entry = {**entry, "期间": _all_months(period["从"], period["到"])}
    lists = {header: values for header, values in entry.items() if isinstance(values, list)}
    if not lists:
        yield entry
    for values in zip(*lists.values(), strict=True):
        yield {**entry, **dict(zip(lists, values, strict=True))}


def _all_months(first: str, last: str) -> list[str]:
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(start, end + 1)]
