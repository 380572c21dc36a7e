"""A sheet told apart: what stands before its rows, row after row, what stands behind.

In most sheets nothing can hide markup (no comment, CDATA or instruction), and then `<row` is the start of a row
wherever it stands: such a sheet is cut while it is unpacked, and never stands in memory as a whole; expat reads what
stands around the rows. Any other is told apart by expat's own places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from capa_xl.ooxml.proof.cut_parts import CutItems, cut_head
from capa_xl.ooxml.proof.elements import MalformedError, as_utf8, coding_of, read_elements
from capa_xl.ooxml.proof.zip_members import Archive

_DATA_TAG = re.compile(rb"""<((?:[^\s:/>"'<]+:)?)sheetData(?:\s[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)?/?>""")
_PREFIX = re.compile(rb"<((?:[^\s:/>]+:)?)")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']\s*([0-9]+)\s*["']""")


class RowBytes(NamedTuple):
    """A row's number, and its bytes up to where the next row starts."""

    number: int
    xml: bytes


class SheetInRows(Struct):
    """A sheet in UTF-8, read once from front to back.

    Attributes:
        coding: How the part is stored.
        prefix: Of its elements: "" or `x:`.
        head: From the first byte to the start tag of sheetData.
        data_tag: That tag; `<sheetData/>` where there is no row.
        rows: RowBytes after row.
        gap: What stands before the first row.
        tail: From the end tag of sheetData to the last byte; known, like `gap`, when all rows were taken.
    """

    coding: str
    prefix: bytes
    head: bytes
    data_tag: bytes
    rows: Iterator[RowBytes]
    gap: bytes = b""
    tail: bytes = b""


def cut_sheet(archive: Archive, key: str) -> SheetInRows:
    """A sheet cut at its tags while it is unpacked.

    Raises:
        HiddenMarkupError: It can't be, also while the rows are taken; then `parsed_sheet` can.
        MalformedError: It is no well-formed worksheet, also while the rows are taken.
    """
    pieces = archive.pieces(key)
    head, tag, left = cut_head(pieces, _DATA_TAG)
    prefix = tag[1]
    if read_elements(head + b"</" + prefix + b"worksheet>", 1).name != "worksheet":
        raise MalformedError("no worksheet")
    sheet = SheetInRows("utf-8", prefix, head, tag[0], iter(()))
    sheet.rows = _numbered(_cut_rows(sheet, left, pieces))
    return sheet


def parsed_sheet(archive: Archive, key: str) -> SheetInRows:
    """A sheet told apart by expat alone, whatever is in it.

    Raises:
        MalformedError: It is no well-formed worksheet.
    """
    blob = archive.read(key)
    xml = as_utf8(blob)
    root = read_elements(xml, 3)
    data = next((child for child in root.children if child.name == "sheetData"), None)
    prefix = _PREFIX.match(xml, root.start)
    if root.name != "worksheet" or data is None or prefix is None:
        raise MalformedError("no sheetData")
    starts = [row.start for row in data.children if row.name == "row"]
    rows = (xml[start:bound] for start, bound in zip(starts, [*starts[1:], data.close], strict=True))
    gap = xml[data.inside : min([data.close, *starts])]
    head, tag, tail = xml[: data.start], xml[data.start : data.inside], xml[data.close :]
    return SheetInRows(coding_of(blob), prefix[1], head, tag, _numbered(rows), gap, tail)


def _cut_rows(sheet: SheetInRows, left: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes of the rows; what stands around them goes into the sheet."""
    if not sheet.data_tag.endswith(b"/>"):
        rows = CutItems(left, pieces, sheet.prefix + b"row", b"</" + sheet.prefix + b"sheetData")
        opening = b"<" + rows.name
        for run in rows.runs():
            yield from (opening + row for row in run)
        sheet.gap, left = rows.gap, rows.behind
    sheet.tail = left + b"".join(pieces)


def _numbered(rows: Iterable[bytes]) -> Iterator[RowBytes]:
    """Rows with the number that is written or implied."""
    last = 0
    for xml in rows:
        end = xml.find(b">")
        if end < 0:
            raise MalformedError("a row's start tag without end")
        written = _NUMBER.search(xml, 0, end)
        last = int(written[1]) if written else last + 1
        yield RowBytes(last, xml)
