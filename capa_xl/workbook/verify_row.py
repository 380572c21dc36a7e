"""A row of any form before and after a splice: the same outside the patched cells, the wanted values inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from capa_xl.model.a1 import cell_at
from capa_xl.workbook.cell_xml import stored
from capa_xl.workbook.patch import CellValue
from capa_xl.workbook.sheet_scan import Cell, Row, cells_in, row_at
from capa_xl.workbook.verify_sides import Expected, Side, is_value, without_spans
from capa_xl.workbook.xml_bytes import attributes

_LOOSE = (b"t", b"cm", b"vm", b"ph")


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
        fault = _cell_fault(
            before, after, (number, column), old_cells.get(column), new_cells.get(column), value, expected
        )
        if fault:
            yield f"{expected.name}!{cell_at(number, column)} {fault}"


def _same_rest(old: tuple[bytes, bytes], new: tuple[bytes, bytes], prefix: bytes) -> bool:
    if old == new:
        return True
    old_tag, new_tag = (without_spans(rest[0]) for rest in (old, new))
    if old_tag.endswith(b"/>"):  # an empty row was opened
        return old_tag[:-2].rstrip() + b">" == new_tag and new[1] == b"</" + prefix + b"row>" + old[1]
    return old_tag == new_tag and old[1] == new[1]


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
    """The cells of those columns, looked for by their addresses; one by one where a row doesn't write them."""
    mask, prefix = side.sheet.part.mask, side.sheet.prefix
    opening = b"<" + prefix + b"c"
    named = mask.count(opening + b' r="', row.inside, row.close)
    if named != len(re.findall(re.escape(opening) + rb"[\s/>]", mask[row.inside : row.close])):
        return {cell.column: cell for cell in cells_in(side.sheet, side.patterns, row) if cell.column in columns}
    found: dict[int, Cell] = {}
    at = row.inside
    for column in sorted(columns):
        ref = b'%b%d"' % (side.patterns.openings[column], row.number)
        start = mask.find(ref, at, row.close)
        if start >= 0:
            found[column] = _whole_cell(side, row, start, column)
            at = found[column].end
    return found


def _whole_cell(side: Side, row: Row, start: int, column: int) -> Cell:
    mask = side.sheet.part.mask
    inside = mask.index(b">", start) + 1
    if mask[inside - 2] == 0x2F:
        return Cell(column, start, inside, inside, inside)
    close = side.patterns.cell_close.search(mask, inside, row.close)
    end = close.end() if close else row.close
    return Cell(column, start, inside, close.start() if close else row.close, end)


def _cell_fault(
    before: Side,
    after: Side,
    place: tuple[int, int],
    old: Cell | None,
    new: Cell | None,
    value: CellValue,
    expected: Expected,
) -> str | None:
    if place in expected.cached and (old is None or not _has_formula(before, old)):
        return None if old is None and new is None else _untouched(before, after, old, new)
    if new is None:
        return "没有写入" if value not in (None, "") else None
    bodies = before.sheet.part.body, after.sheet.part.body
    if old and bodies[0][old.start : old.end] == bodies[1][new.start : new.end] and value is None:
        return None
    now = stored(after.sheet.part, new, after.strings)
    if not is_value(now.value, value, date1904=after.date1904):
        return "写入的值不对"
    if old is not None and place not in expected.restyled:
        fault = _tag_fault(bodies[0][old.start : old.inside], bodies[1][new.start : new.inside], value)
        if fault:
            return fault
    if place in expected.cached:
        then = stored(before.sheet.part, old, before.strings).formula if old else None
        return None if now.formula == then and then is not None else "公式变了"
    return "公式还在" if now.formula is not None else None


def _has_formula(side: Side, cell: Cell) -> bool:
    return side.patterns.formula.search(side.sheet.part.mask, cell.inside, cell.close) is not None


def _untouched(before: Side, after: Side, old: Cell | None, new: Cell | None) -> str | None:
    """A cell that should have had a formula stays as it is."""
    if old is None or new is None:
        return "多了或少了"
    one, other = before.sheet.part.body[old.start : old.end], after.sheet.part.body[new.start : new.end]
    return None if one == other else "不该变而变了"


def _tag_fault(old: bytes, new: bytes, value: CellValue) -> str | None:
    then, now = attributes(old), attributes(new)
    if not isinstance(value, date) and then.get(b"s") != now.get(b"s"):
        return "的样式变了"
    ours = (*_LOOSE, b"s")
    kept = [{key: text for key, text in attrs.items() if key not in ours} for attrs in (then, now)]
    return None if kept[0] == kept[1] else "的属性变了"
