"""A row of any form before and after a splice: the same outside the patched cells, the wanted values inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capa_xl.a1 import cell_at
from capa_xl.ooxml.patch import CellValue
from capa_xl.ooxml.sheet_runs import cell_start, columns_in
from capa_xl.ooxml.sheet_scan import Cell, Row, cell_from, cells_in, row_at
from capa_xl.ooxml.verify_cell import cell_fault
from capa_xl.ooxml.verify_sides import Expected, Side, same_row_tag


def faults_of_row(
    before: Side, after: Side, number: int, wanted: Mapping[int, CellValue], expected: Expected
) -> Iterator[str]:
    """What is wrong with a patched row, sentence by sentence.

    Args:
        wanted: The promised values by column.
    """
    old_index = before.sheet.row_index(number)
    new_rest, new_cells = _cut(after, number, wanted)
    if old_index is None:
        tag = b"<" + after.sheet.prefix + b'row r="%d">' % number
        if new_rest != (tag, b"</" + after.sheet.prefix + b"row>"):
            yield f"{expected.name} 新的第 {number} 行里有不该有的内容"
        old_cells: Mapping[int, Cell] = {}
    else:
        old_rest, old_cells = _cut(before, number, wanted)
        if not _same_rest(old_rest, new_rest, before.sheet.prefix):
            yield f"{expected.name} 第 {number} 行里别的单元格变了"
    for column, value in wanted.items():
        fault = cell_fault(
            before, after, (number, column), old_cells.get(column), new_cells.get(column), value, expected
        )
        if fault:
            yield f"{expected.name}!{cell_at(number, column)} {fault}"


def _same_rest(old: tuple[bytes, bytes], new: tuple[bytes, bytes], prefix: bytes) -> bool:
    if old == new:
        return True
    if old[0].endswith(b"/>") and not new[0].endswith(b"/>"):  # an empty row was opened
        old = old[0][:-2].rstrip() + b">", b"</" + prefix + b"row>" + old[1]
    return same_row_tag(old[0], new[0]) and old[1] == new[1]


def _cut(side: Side, number: int, columns: Mapping[int, CellValue]) -> tuple[tuple[bytes, bytes], dict[int, Cell]]:
    """A row's start tag and its content without the cells of those columns; and these cells."""
    index = side.sheet.row_index(number)
    if index is None:
        return (b"", b""), {}
    row = row_at(side.sheet, side.patterns, index)
    cells = _found(side, row, columns)
    body = side.sheet.part.body
    kept: list[bytes] = []
    at = row.inside
    for column in sorted(cells):
        kept.append(body[at : cells[column].start])
        at = cells[column].end
    kept.append(body[at : side.sheet.row_bound(index)])
    return (body[row.start : row.inside], b"".join(kept)), cells


def _found(side: Side, row: Row, columns: Mapping[int, CellValue]) -> dict[int, Cell]:
    """The cells of those columns, looked for by their addresses; one by one where those aren't plain or in order."""
    mask = side.sheet.part.mask
    there = columns_in(mask, side.patterns, row.inside, row.close)
    found: dict[int, Cell] = {}
    at = row.inside
    for column in sorted(columns.keys() & set(there or ())):
        start = cell_start(mask, side.patterns, row.number, column, at, row.close)
        if start < 0:
            there = None
            break
        found[column] = cell_from(side.sheet, side.patterns, row, start, column)
        at = found[column].end
    if there is not None:
        return found
    return {cell.column: cell for cell in cells_in(side.sheet, side.patterns, row) if cell.column in columns}
