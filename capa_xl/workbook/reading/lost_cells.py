"""Cells whose value can't be read: a formula that has no result yet, or an error for its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from capa_xl.model.columns import Column
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.notes import Note, is_blank

_NO_RESULT: Final = "公式无结果"
_CAUSES: Final[Mapping[str, str]] = {
    "#REF!": "公式引用的格被删了",
    "#N/A": "公式要查的内容查不到",
    "#NAME?": "函数名或名称写错了",
    "#DIV/0!": "除数是 0 或空白",
    "#VALUE!": "公式把文字当数字算了",
    "#NUM!": "数太大、太小，或算不出来",
    "#NULL!": "公式里两个区域没有相交",
}


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


def lost_note(col: Column, error: str) -> Note:
    """WB05 of such a cell, whatever its column holds: to mend the formula is what helps."""
    told = {"v": error, "why": _CAUSES.get(error, "公式算不出来")} if error else {"none": _NO_RESULT}
    return Note("WB05", {"c": col.header, **told}, unreadable=True)
