"""What single cells hold now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from capa_xl.a1 import parse_cell
from capa_xl.model.register import AutoValue
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.ooxml.workbook_values import WorkbookValues


def cells_now(blob: bytes, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], AutoValue]:
    """The values at (sheet, A1); None for a blank cell and for a sheet that is no longer there."""
    book = WorkbookValues(blob)
    wanted = {(sheet, at): parse_cell(at) or (0, 0) for sheet, at in places}
    columns: dict[str, set[int]] = {}
    for (sheet, _), (_, column) in wanted.items():
        columns.setdefault(sheet, set()).add(column)
    sheets = {name: book.read(name, columns[name]) for name in book.names if name in columns}
    return {place: _at(sheets[place[0]], *at) if place[0] in sheets else None for place, at in wanted.items()}


def _at(values: SheetValues, row: int, column: int) -> AutoValue:
    if not 0 < row <= len(values.rows) or not 0 < column <= values.width:
        return None
    return plain(values.rows[row - 1][column - 1])


def plain(value: Value) -> AutoValue:
    """A value as the record of a write keeps it; None for a blank cell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, str | date | int):
        return value or None if isinstance(value, str) else value
    return str(value)
