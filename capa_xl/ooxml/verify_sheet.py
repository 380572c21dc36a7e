"""One sheet before and after a splice: the same text outside the patched rows, and in them what was wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from capa_xl.a1 import cell_at, parse_range
from capa_xl.ooxml.package import Package
from capa_xl.ooxml.patch import OwnedCell, SheetRows
from capa_xl.ooxml.shared_strings import SharedStrings
from capa_xl.ooxml.sheet_output import union
from capa_xl.ooxml.sheet_scan import Cell, Patterns, cells_in, read_sheet, row_at
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.verify_cell import owned_cell_fault
from capa_xl.ooxml.verify_plain_row import is_plainly_right
from capa_xl.ooxml.verify_row import faults_of_row
from capa_xl.ooxml.verify_sides import Expected, Side, same_row_tag
from capa_xl.ooxml.xml_bytes import attributes, with_attribute

_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*>")


def differing_sheet(
    old: Package, new: Package, part: str, expected: Expected, strings: SharedStrings, styles: StyleBook
) -> Iterator[str]:
    """What is wrong with a sheet, sentence by sentence.

    Args:
        strings: The shared strings, which no patch may change.
        styles: Those of the new workbook, which begin with the old ones.
    """
    before, after = _side(old, part, strings, styles), _side(new, part, strings, styles)
    yield from _skeleton(before, after, expected)
    bound = expected.owned_from
    old_numbers = [number for number in before.sheet.row_numbers if number < bound]
    new_numbers = [number for number in after.sheet.row_numbers if number < bound]
    added = set(new_numbers).difference(old_numbers)
    if set(old_numbers) - set(new_numbers) or added - set(expected.values):
        yield f"{expected.name} 的行多了或少了"
        return
    for index, number in enumerate(new_numbers):
        wanted = expected.values.get(number)
        other = before.sheet.row_index(number)
        if wanted is None and other is not None:
            if before.row_bytes(other) != after.row_bytes(index):
                yield f"{expected.name} 第 {number} 行不该变而变了"
        elif wanted is not None and not is_plainly_right(before, after, index, wanted, expected):
            yield from faults_of_row(before, after, number, wanted, expected)
    for number in set(expected.values).difference(new_numbers):
        if number < bound and any(
            value not in (None, "") and (number, column) not in expected.cached
            for column, value in expected.values[number].items()
        ):
            yield f"{expected.name} 第 {number} 行没有写入"
    for rows in expected.owned:
        yield from _owned(before, after, rows, expected)


def _side(package: Package, part: str, strings: SharedStrings, styles: StyleBook) -> Side:
    sheet = read_sheet(package.read(part))
    return Side(sheet, Patterns(sheet.prefix), strings, package.date1904, styles)


def _skeleton(before: Side, after: Side, expected: Expected) -> Iterator[str]:
    """Everything before the first row and behind the last, the dimension apart."""
    old, new = before.sheet, after.sheet
    heads = [_DIMENSION.sub(b"", sheet.part.body[: sheet.data.start]) for sheet in (old, new)]
    if not _is_grown(before, after) or heads[0] != heads[1] or old.part.coding != new.part.coding:
        yield f"{expected.name} 的表头部分（列宽、视图等）变了"
    if old.part.body[old.data.end :] != new.part.body[new.data.end :]:
        yield f"{expected.name} 的尾部（合并、条件格式、验证等）变了"
    starts = [sheet.row_starts[0] if sheet.row_starts else sheet.data.close for sheet in (old, new)]
    if old.part.body[old.data.inside : starts[0]] != new.part.body[new.data.inside : starts[1]]:
        yield f"{expected.name} 第一行前面的内容变了"
    tags = [sheet.part.body[sheet.data.start : sheet.data.inside] for sheet in (old, new)]
    ends = [sheet.part.body[sheet.data.close : sheet.data.end] for sheet in (old, new)]
    closed = ends[0] or (ends[1] and b"</" + new.prefix + b"sheetData>")
    if tags[0].rstrip(b"/> ") != tags[1].rstrip(b"/> ") or closed != ends[1]:
        yield f"{expected.name} 的 sheetData 变了"


def _is_grown(before: Side, after: Side) -> bool:
    """Whether the dimension is the old one, or a larger one."""
    old, new = (_DIMENSION.findall(side.body[: side.sheet.data.start]) for side in (before, after))
    if old == new:
        return True
    if len(old) != 1 or len(new) != 1:
        return False
    refs = [attributes(tag).get(b"ref", b"") for tag in (old[0], new[0])]
    areas = [parse_range(ref.decode("ascii", "replace")) for ref in refs]
    if areas[0] is None or areas[1] is None or with_attribute(old[0], b"ref", refs[1]) != new[0]:
        return False
    return areas[0] == (1, 1, 1, 1) or union(areas[0], areas[1]) == areas[1]


def _owned(before: Side, after: Side, rows: SheetRows, expected: Expected) -> Iterator[str]:
    """Rows replaced whole: every cell as wanted and nothing beside them, and none below with a value."""
    numbers = {number for number in after.sheet.row_numbers if number >= rows.first_row}
    for number in sorted({*numbers, *range(rows.first_row, rows.first_row + len(rows.rows))}):
        offset = number - rows.first_row
        wanted = rows.rows[offset] if offset < len(rows.rows) else ()
        then, now = _cells(before, number), _cells(after, number)
        if number in numbers and not _is_whole(before, after, number, now):
            yield f"{expected.name} 第 {number} 行里有不该有的内容"
        for column in sorted({*then, *now, *range(1, len(wanted) + 1)}):
            cell = wanted[column - 1] if column <= len(wanted) else OwnedCell(None)
            fault = _owned_fault(before, after, (number, column), then.get(column), now.get(column), cell)
            if fault:
                yield f"{expected.name}!{cell_at(number, column)} {fault}"


def _owned_fault(
    before: Side, after: Side, place: tuple[int, int], old: Cell | None, new: Cell | None, wanted: OwnedCell
) -> str | None:
    if new is not None:
        return owned_cell_fault(before, after, cell_at(*place), old, new, wanted)
    stays = old is not None and after.sheet.row_index(place[0]) is not None
    return "写入的值不对" if stays or wanted.value not in (None, "") or wanted.formula is not None else None


def _cells(side: Side, number: int) -> dict[int, Cell]:
    index = side.sheet.row_index(number)
    if index is None:
        return {}
    return {cell.column: cell for cell in cells_in(side.sheet, side.patterns, row_at(side.sheet, side.patterns, index))}


def _is_whole(before: Side, after: Side, number: int, cells: Mapping[int, Cell]) -> bool:
    """Whether a row is the old one, or has the old one's start tag and nothing in it but cells."""
    index, old_index, prefix = after.sheet.row_index(number), before.sheet.row_index(number), after.sheet.prefix
    if index is None:
        return False
    if old_index is not None and before.row_bytes(old_index).rstrip() == after.row_bytes(index).rstrip():
        return True
    row = row_at(after.sheet, after.patterns, index)
    tag = b"<" + prefix + b'row r="%d">' % number
    if old_index is not None:
        old = row_at(before.sheet, before.patterns, old_index)
        tag = before.body[old.start : old.inside]
        tag = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
    inside = b"".join(after.body[cell.start : cell.end] for cell in cells.values())
    ended = inside + b"</" + prefix + b"row>"
    new_tag = after.body[row.start : row.inside]
    return same_row_tag(tag, new_tag) and after.body[row.inside : after.sheet.row_bound(index)].rstrip() == ended
