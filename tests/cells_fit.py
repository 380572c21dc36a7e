"""Cells whose text doesn't fit: cut off by the neighbour or by the height of its row, without … to say so."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import openpyxl
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from capa_xl.model.row_heights import BEGINNING, LINE, MOST, TALLEST, lines_of, text_width

_INDENT, _FONT = 1.5, 10.0
_LEAST_LINE = 1.35
"""Points of a line for each point of its letters: 微软雅黑 sets them 1.32 apart."""
_DEFAULT_WIDTH = 8.43


def hidden_texts(blob: bytes, *, typed: bool = False) -> Iterator[str]:
    """Sheet, cell and beginning of every text that a reader can't see whole.

    Args:
        typed: People's own texts stand in it, which nobody cuts: one that is higher than the highest row may go on
            unseen in a row of 21 lines, one of more than twice that in a row of four, where the page says so below.
    """
    for sheet in openpyxl.load_workbook(BytesIO(blob), data_only=True).worksheets:
        if sheet.sheet_state == "visible":
            widths, merged = _widths(sheet), _merged(sheet)
            for cell in _texts(sheet, widths):
                told = typed and _goes_on(sheet, cell, widths) and "长文只印开头" in (sheet.oddFooter.center.text or "")
                if not told and not _fits(sheet, cell, widths, merged):
                    yield f"{sheet.title}!{cell.coordinate} {cell.value[:20]}"


def _goes_on(sheet: Worksheet, cell: Cell, widths: list[float]) -> bool:
    """Whether no row would show the text whole, and its row shows of it what it must."""
    needed = lines_of(cell.value, widths[cell.column - 1] - _INDENT) * LINE
    height = sheet.row_dimensions[cell.row].height or 0
    return needed > TALLEST - LINE and height >= (MOST if needed <= 2 * MOST - LINE else BEGINNING)


def _texts(sheet: Worksheet, widths: list[float]) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell.value, str) and widths[cell.column - 1])


def _widths(sheet: Worksheet) -> list[float]:
    """Of every column; 0 for a hidden one."""
    found = [sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH] * (sheet.max_column + 30)
    for letters, one in sheet.column_dimensions.items():
        first = one.min or openpyxl.utils.column_index_from_string(letters)
        for at in range(first, min(one.max or first, len(found)) + 1):
            found[at - 1] = 0.0 if one.hidden else one.width
    return found


def _merged(sheet: Worksheet) -> dict[str, tuple[int, int]]:
    """First cell of a merged range → its last column and last row."""
    return {
        f"{get_column_letter(area.min_col)}{area.min_row}": (area.max_col, area.max_row)
        for area in sheet.merged_cells.ranges
    }


def _fits(sheet: Worksheet, cell: Cell, widths: list[float], merged: dict[str, tuple[int, int]]) -> bool:
    last, bottom = merged.get(cell.coordinate, (cell.column, cell.row))
    size = (cell.font.sz or _FONT) / _FONT
    room = (sum(widths[cell.column - 1 : last]) - _INDENT * (cell.alignment.indent or 0)) / size
    if cell.alignment.shrink_to_fit:
        return True
    if not cell.alignment.wrap_text:
        free = sum(widths[last : _next_filled(sheet, cell, last) - 1]) if cell.alignment.horizontal in _LEFT else 0
        return text_width(cell.value) <= room + free / size + 1
    heights = [sheet.row_dimensions[row].height for row in range(cell.row, bottom + 1)]
    lines = lines_of(cell.value, room)
    if None in heights:
        return lines == 1
    return lines * _LEAST_LINE * size * _FONT <= sum(heights) + 1


_LEFT = (None, "general", "left")


def _next_filled(sheet: Worksheet, cell: Cell, last: int) -> int:
    """The column right of it where text stands."""
    beyond = range(last + 1, len(sheet[cell.row]) + 1)
    return next((at for at in beyond if sheet.cell(cell.row, at).value not in (None, "")), sheet.max_column + 30)
