"""Cheap finders in a sheet's bytes: formulas, errors, and the range that holds values."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from capa_xl.a1 import Range, cell_at, column_number
from capa_xl.ooxml.sheet_scan import REF, Patterns, Row, Sheet, cells_in, read_sheet, row_at
from capa_xl.ooxml.xml_bytes import attributes


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell with a formula, and whether a computed value is stored beside it."""

    row: int
    column: int
    has_value: bool

    @property
    def at(self) -> str:
        """Its address."""
        return cell_at(self.row, self.column)


def formula_cells(blob: bytes) -> tuple[FormulaCell, ...]:
    """Every cell with a formula in a worksheet part; nothing is scanned when there is no `<f` at all."""
    sheet = read_sheet(blob)
    patterns = Patterns(sheet.prefix)
    return tuple(_formula_cells(sheet, patterns))


def error_cells(blob: bytes) -> tuple[str, ...]:
    """The addresses of cells that hold an error value (`t="e"`), in order."""
    if b'"e"' not in blob and b"'e'" not in blob and b"e\0" not in blob:
        return ()
    sheet = read_sheet(blob)
    patterns = Patterns(sheet.prefix)
    wrong = re.compile(rb"""\st\s*=\s*["']e["']""")
    return tuple(
        cell_at(row.number, cell.column)
        for row in _rows_with(sheet, patterns, wrong)
        for cell in cells_in(sheet, patterns, row)
        if attributes(sheet.part.mask[cell.start : cell.inside]).get(b"t") == b"e"
    )


def used_range(blob: bytes) -> Range | None:
    """First and last row and column that hold a value, None for an empty sheet.

    To be asked before a reader allocates rows × columns for one stray cell in the last row.
    """
    return used_range_of(read_sheet(blob))


def used_range_of(sheet: Sheet) -> Range | None:
    """`used_range` of a sheet already scanned."""
    patterns = Patterns(sheet.prefix)
    mask = sheet.part.mask
    content = re.compile(rb"<" + re.escape(sheet.prefix) + rb"(?:v|is|f)(?=[\s/>])")
    top = bottom = right = 0
    left = 1 << 30
    for index, number in enumerate(sheet.row_numbers):
        start, bound = sheet.row_starts[index], sheet.row_bound(index)
        first = content.search(mask, start, bound)
        if not first:
            continue
        top, bottom = top or number, number
        columns = _ends(sheet, patterns, index, first.start())
        left, right = min(left, columns[0]), max(right, columns[1])
    return (top, left, bottom, right) if bottom else None


def _rows_with(sheet: Sheet, patterns: Patterns, wanted: re.Pattern[bytes]) -> Iterator[Row]:
    at, mask = sheet.data.inside, sheet.part.mask
    while match := wanted.search(mask, at, sheet.data.close):
        index = bisect_left(sheet.row_starts, match.start()) - 1
        yield row_at(sheet, patterns, index)
        at = sheet.row_bound(index)


def _formula_cells(sheet: Sheet, patterns: Patterns) -> Iterator[FormulaCell]:
    mask = sheet.part.mask
    value = re.compile(rb"<" + re.escape(sheet.prefix) + rb"v\s*>[^<]|<" + re.escape(sheet.prefix) + rb"is[\s>]")
    for row in _rows_with(sheet, patterns, patterns.formula):
        for cell in cells_in(sheet, patterns, row):
            if patterns.formula.search(mask, cell.inside, cell.close):
                yield FormulaCell(row.number, cell.column, bool(value.search(mask, cell.inside, cell.close)))


def _ends(sheet: Sheet, patterns: Patterns, index: int, first_content: int) -> tuple[int, int]:
    """First and last column of a row that hold a value; from the two ends, where the cells name themselves."""
    mask, start, bound = sheet.part.mask, sheet.row_starts[index], sheet.row_bound(index)
    opening = b"<" + sheet.prefix + b'c r="'
    last_content = max(mask.rfind(b"<" + sheet.prefix + name, start, bound) for name in (b"v", b"is", b"f"))
    first, last = mask.rfind(opening, start, first_content), mask.rfind(opening, start, last_content)
    if first >= 0 and last >= 0:
        ends = [REF.match(mask, at + len(opening), bound) for at in (first, last)]
        if ends[0] and ends[1]:
            return column_number(ends[0][1].decode("ascii")), column_number(ends[1][1].decode("ascii"))
    row = row_at(sheet, patterns, index)
    columns = [cell.column for cell in cells_in(sheet, patterns, row) if cell.close > cell.inside]
    return (columns[0], columns[-1]) if columns else (1, 1)
