"""Cells whose value can't be read: a formula that has no result yet, or an error for its result."""

from __future__ import annotations

from capa_xl.model.columns import Column, Kind
from capa_xl.model.problem import Severity
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.notes import ColumnContext, Note, is_blank


def lost_cells(values: SheetValues, match: HeaderMatch, size: int) -> dict[int, list[tuple[int, str]]]:
    """Column → (index, error text) of cells whose value can't be read; "" for a formula without a result."""
    first = match.header_row + 1
    unsolved = {cell: "" for cell, has_value in values.formulas.items() if not has_value}
    lost: dict[int, list[tuple[int, str]]] = {}
    for (row, column), error in {**unsolved, **values.errors}.items():
        inside = first <= row < first + size and column <= values.width
        if inside and is_blank(values.rows[row - 1][column - 1]):
            lost.setdefault(column, []).append((row - first, error))
    return lost


def lost_note(col: Column, error: str, context: ColumnContext) -> Note:
    """What is said of such a cell."""
    facts = {"c": col.header, "v": error}
    if error and col.kind is Kind.DATE:
        return Note("FD05", facts, unreadable=True)
    if error and col.is_closed_list:
        return Note("FD04", {**facts, "list": "、".join(context.allowed)}, Severity.ERROR, unreadable=True)
    return Note("WB05", facts, unreadable=True)
