"""How wide the columns of a sheet are, and how high the rows whose height somebody fixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from math import isfinite
from typing import Final

from msgspec import Struct, field

from capa_xl.ooxml.sheet_scan import Sheet, children
from capa_xl.ooxml.xml_bytes import attributes, whole

PADDING: Final = 182 / 256
"""What a file adds to the width in characters that people see and set: five pixels of seven a character."""
_STANDARD_WIDTH = 9.0
_TRUE = (b"1", b"true")


class SheetSizes(Struct, frozen=True):
    """The sizes of a sheet.

    Attributes:
        spans: First and last column, 1-based, and their width as the file has it; 0 for hidden ones.
        standard: Width of the other columns, as the file has it.
        fixed_heights: Row → its height in points, of the rows that are fixed and not hidden.
    """

    spans: tuple[tuple[int, int, float], ...] = ()
    standard: float = _STANDARD_WIDTH
    fixed_heights: Mapping[int, float] = field(default_factory=dict)

    def width(self, column: int) -> float:
        """Width of a 1-based column as the file has it; 0 for a hidden one."""
        return next((width for first, last, width in self.spans if first <= column <= last), self.standard)

    def characters(self, column: int) -> float:
        """Width of a 1-based column in characters, as people see it; 0 for a hidden one."""
        return max(0.0, self.width(column) - PADDING)


def sizes_of(sheet: Sheet) -> SheetSizes:
    """The sizes of a scanned sheet."""
    default = next(_elements(sheet, b"sheetFormatPr"), {})
    standard = _size(default.get(b"defaultColWidth"), _STANDARD_WIDTH)
    return SheetSizes(tuple(_spans(sheet, standard)), standard, _fixed_heights(sheet, default))


def height_of_new_rows(sheet: Sheet) -> bytes:
    """The attributes of a row as high as the sheet's format fixes for all; b"" where rows grow with their text.

    A row without them has that height too, but LibreOffice prints what doesn't fit over the next one.
    """
    default = next(_elements(sheet, b"sheetFormatPr"), {})
    height = default.get(b"defaultRowHeight", b"")
    is_fixed = default.get(b"customHeight") in _TRUE and _size(height, 0.0) > 0
    return b' ht="%s" customHeight="1"' % height if is_fixed else b""


def _elements(sheet: Sheet, name: bytes) -> Iterator[Mapping[bytes, bytes]]:
    mask = sheet.part.mask
    return (attributes(mask[one.start : one.inside]) for one in sheet.head if one.local == name)


def _spans(sheet: Sheet, standard: float) -> Iterator[tuple[int, int, float]]:
    for col in children(sheet, sheet.head, b"cols"):
        width = 0.0 if col.get(b"hidden") in _TRUE else _size(col.get(b"width"), standard)
        yield whole(col.get(b"min")), whole(col.get(b"max")), width


def _fixed_heights(sheet: Sheet, default: Mapping[bytes, bytes]) -> dict[int, float]:
    """Of thousands of rows only the tags that differ in more than their number are taken apart.

    A tag without an end goes no further than the next row: of a million of those each would be looked through by all.
    """
    mask, known = sheet.part.mask, dict[bytes, float | None]()
    fixed: dict[int, float] = {}
    bounds = (*sheet.row_starts[1:], sheet.data.close)[: len(sheet.row_starts)]
    for number, start, bound in zip(sheet.row_numbers, sheet.row_starts, bounds, strict=True):
        end = mask.find(b">", start, bound)
        tag = mask[start : end if end >= 0 else bound].replace(b' r="%d"' % number, b"", 1)
        if tag not in known:
            known[tag] = _fixed_height(attributes(tag), default)
        height = known[tag]
        if height is not None:
            fixed[number] = height
    return fixed


def _fixed_height(row: Mapping[bytes, bytes], default: Mapping[bytes, bytes]) -> float | None:
    """None for one that grows with its text, or is hidden."""
    own = row if b"ht" in row else {b"ht": default.get(b"defaultRowHeight", b""), **default}
    is_fixed = own.get(b"customHeight") in _TRUE and row.get(b"hidden") not in _TRUE
    return (_size(own[b"ht"], 0.0) or None) if is_fixed else None


def _size(raw: bytes | None, default: float) -> float:
    """A width or height in an attribute; the default where there is none, or nonsense."""
    with suppress(ValueError):
        size = float(raw) if raw is not None else default
        return size if isfinite(size) and size >= 0 else default
    return default
