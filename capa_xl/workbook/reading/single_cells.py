"""What single cells hold now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from capa_xl.a1 import parse_cell
from capa_xl.model.register import AutoValue
from capa_xl.ooxml.sheet_values import SheetValues, Value, WorkbookValues


def cells_now(blob: bytes, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], AutoValue]:
    """The values at (sheet, A1); None for a blank cell and for a sheet that is no longer there."""
    book = WorkbookValues(blob)
    sheets: dict[str, SheetValues] = {}
    found: dict[tuple[str, str], AutoValue] = {}
    for sheet, cell in places:
        if sheet not in sheets and sheet in book.names:
            sheets[sheet] = book.read(sheet)
        found[sheet, cell] = _at(sheets[sheet], cell) if sheet in sheets else None
    return found


def _at(values: SheetValues, cell: str) -> AutoValue:
    row, column = parse_cell(cell) or (0, 0)
    if not 0 < row <= len(values.rows) or not 0 < column <= values.width:
        return None
    return _plain(values.rows[row - 1][column - 1])


def _plain(value: Value) -> AutoValue:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, str | date | int):
        return value or None if isinstance(value, str) else value
    return str(value)
