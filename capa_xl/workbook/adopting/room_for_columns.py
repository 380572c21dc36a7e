"""Room for our columns on the right of somebody's table: where it is, and their widths and look in the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from capa_xl.a1 import LAST_COLUMN, Range
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.package import Package, SheetPart
from capa_xl.ooxml.sheet_scan import Sheet, read_sheet
from capa_xl.ooxml.sheet_sizes import PADDING
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.xml_bytes import Element, attributes, elements, whole, with_attribute
from capa_xl.workbook.reading.header_match import HeaderMatch


def free_column(values: SheetValues, match: HeaderMatch, areas: Iterable[Range], wanted: int) -> int:
    """The first of that many empty columns side by side, right of the table; 1-based.

    Args:
        values: The sheet.
        match: The table's header.
        areas: Excel tables and pivot tables on the sheet.
        wanted: How many columns.

    Raises:
        UnsafeWrite: There is no room before the sheet's last column.
    """
    taken = taken_columns(values, areas)
    first = max((heading.column for heading in match.headings), default=0) + 1
    while clash := [column for column in range(first, first + wanted) if column in taken]:
        first = clash[-1] + 1
    if first + wanted - 1 > LAST_COLUMN:
        raise UnsafeWrite(f"工作表《{values.name}》右侧没有 {wanted} 列空列 → 请删除表格右侧多余的内容后再运行")
    return first


def taken_columns(values: SheetValues, areas: Iterable[Range]) -> frozenset[int]:
    """The columns with a value, a formula, an error or a merged cell in them, or under one of the areas."""
    taken = {at for row in values.rows for at, value in enumerate(row, 1) if value != ""}
    taken |= {column for _, column in (*values.formulas, *values.errors)}
    for _, left, _, right in (*values.merged, *areas):
        taken.update(range(left, right + 1))
    return frozenset(taken)


def areas_on(package: Package, tab: SheetPart) -> tuple[Range, ...]:
    """The Excel tables and pivot tables of a sheet."""
    return (*(one.area for one in package.tables(tab)), *package.pivots(tab))


def with_columns(blob: bytes, first: int, widths: Sequence[float], style: int) -> bytes:
    """A sheet whose columns from `first` on have these widths, in characters, and this style; all its other bytes stay.

    Column elements that reach over ours are parted, so that their other columns keep what they had.
    """
    sheet = read_sheet(blob)
    part, body = sheet.part, sheet.part.body
    ours = [_col(sheet.prefix, first + at, width, style) for at, width in enumerate(widths)]
    place = next((element for element in sheet.head if element.local == b"cols"), None)
    if place is None:
        name = sheet.prefix + b"cols"
        new = b"<" + name + b">" + b"".join(ours) + b"</" + name + b">"
        return part.stored(body[: sheet.data.start] + new + body[sheet.data.start :])
    pieces = list(_parted(sheet, place, first, first + len(widths) - 1))
    before = [piece for piece in pieces if _bounds(piece)[1] < first]
    after = [piece for piece in pieces if _bounds(piece)[1] >= first]
    opened = body[place.start : place.inside]
    opened = opened[:-2].rstrip() + b">" if place.self_closed else opened
    close = body[place.close : place.end] or b"</" + place.name + b">"
    listed = b"".join((opened, *before, *ours, *after, close))
    return part.stored(body[: place.start] + listed + body[place.end :])


def without_columns(blob: bytes) -> bytes:
    """A sheet's XML without its column elements: what `with_columns` leaves as it was."""
    sheet = read_sheet(blob)
    place = next((element for element in sheet.head if element.local == b"cols"), None)
    body = sheet.part.body
    return body if place is None else body[: place.start] + body[place.end :]


def _parted(sheet: Sheet, place: Element, first: int, last: int) -> Iterable[bytes]:
    for element in elements(sheet.part, place.inside, place.close):
        col = sheet.part.body[element.start : element.end]
        low, high = _bounds(col)
        if high < first or low > last:
            yield col
            continue
        if low < first:
            yield with_attribute(col, b"max", b"%d" % (first - 1))
        if high > last:
            yield with_attribute(col, b"min", b"%d" % (last + 1))


def _bounds(col: bytes) -> tuple[int, int]:
    values = attributes(col)
    return whole(values.get(b"min")), whole(values.get(b"max"))


def _col(prefix: bytes, column: int, width: float, style: int) -> bytes:
    placed = b'col min="%d" max="%d" width="' % (column, column)
    return b"<" + prefix + placed + b"%r" % (width + PADDING) + b'" style="%d" customWidth="1"/>' % style
