"""A large sheet in stretches of rows, unpacked one after another, so that it never stands in memory as a whole.

Each stretch is a worksheet of its own: the sheet's head, some rows, and an end. Where nothing hides markup (a comment,
CDATA, an instruction), `<row ` is the start of a row wherever it stands. Any other sheet is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from capa_xl.ooxml.sheet_scan import Sheet, read_sheet
from capa_xl.ooxml.xml_bytes import has_opaque, read_coding

STRETCH = 4 << 20
"""Unpacked bytes of a stretch, about."""
_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^<>]*)?>")


class WholeSheetNeededError(Exception):
    """The sheet can't be cut between its rows, or what is wanted of it can't be known before its last one."""


class Stretch(Struct, frozen=True):
    """Some rows of a sheet, in order.

    Attributes:
        sheet: They, below the sheet's head and, from the second stretch on, the row above, whose styles new cells take.
        start, end: Between which places of its body the bytes are that this stretch adds to the sheet.
        is_last: No rows follow, and the sheet's own end stands behind them.
    """

    sheet: Sheet
    start: int
    end: int
    is_last: bool

    @property
    def own(self) -> memoryview:
        """The bytes that this stretch adds."""
        return memoryview(self.sheet.part.body)[self.start : self.end]


def whole(sheet: Sheet) -> Stretch:
    """A sheet that is no larger than a stretch may be."""
    return Stretch(sheet, 0, len(sheet.part.body), is_last=True)


def stretches(pieces: Iterator[bytes], size: int = STRETCH) -> Iterator[Stretch]:
    """A sheet, stretch by stretch.

    Args:
        pieces: Its content, from the first byte.
        size: Unpacked bytes of a stretch; one has at least a row.

    Raises:
        WholeSheetNeededError: It can't be cut, also while stretches are taken.
        UnreadableWorkbook: No worksheet, or damaged.
    """
    head, prefix, left = _head(pieces, size)
    opening, closing = b"<" + prefix + b"row ", b"</" + prefix + b"sheetData"
    above, last, is_last = b"", 0, False
    while not is_last:
        left, cut = _cut(left, pieces, size, opening, closing)
        is_last = cut < 0
        rows, left = (b"".join((left, *pieces)), b"") if is_last else (left[:cut], left[cut:])
        end = b"" if is_last else closing + b"></" + prefix + b"worksheet>"
        sheet = _scanned(head + above + rows + end, last)
        start = len(head) + len(above) if above else 0
        yield Stretch(sheet, start, len(sheet.part.body) - len(end), is_last)
        above, last = rows[rows.rfind(opening) :], sheet.row_numbers[-1] if sheet.row_numbers else 0


def _head(pieces: Iterator[bytes], size: int) -> tuple[bytes, bytes, bytes]:
    """(everything up to the start tag of sheetData, the prefix, what was read behind it)."""
    begun = b""
    while not (found := _DATA.search(begun)):
        piece = next(pieces, b"")
        if not piece or len(begun) > max(size, STRETCH):
            raise WholeSheetNeededError
        begun += piece
    if found[0].endswith(b"/>") or read_coding(begun).wide:
        raise WholeSheetNeededError
    return begun[: found.end()], found[1], begun[found.end() :]


def _cut(left: bytes, pieces: Iterator[bytes], size: int, opening: bytes, closing: bytes) -> tuple[bytes, int]:
    """What was read so far, and where the next stretch starts in it: at a row, behind one at least; -1 for nowhere."""
    while True:
        gathered, length = [left], len(left)
        while length < size and (piece := next(pieces, b"")):
            gathered.append(piece)
            length += len(piece)
        left = b"".join(gathered)
        stop = left.find(closing)
        first, bound = left.find(opening), stop if stop >= 0 else len(left)
        within = left.rfind(opening, first + 1, min(size, bound))
        at = within if within >= 0 else left.find(opening, first + 1, bound)
        if at >= 0 or stop >= 0:
            return left, at
        if not (piece := next(pieces, b"")):
            raise WholeSheetNeededError
        left += piece


def _scanned(blob: bytes, above: int) -> Sheet:
    """A stretch scanned.

    Args:
        above: The number of the row above, which must stand in its tag; 0 for none.
    """
    if has_opaque(blob):
        raise WholeSheetNeededError
    sheet = read_sheet(blob)
    if above and sheet.row_numbers[:1] != (above,):
        raise WholeSheetNeededError
    return sheet
