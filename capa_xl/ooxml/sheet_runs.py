"""Runs of neighbouring columns in one row: where their cells stand, and what stands in them.

Nearly every program writes cells in one plain form, and for that form one pattern reads a whole run; anything else is
walked cell by cell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import groupby, pairwise

from msgspec import Struct

from capa_xl.a1 import column_letters, column_number
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.sheet_scan import VARYING, FoundCell, Patterns, Row, Sheet, cell_from, cells_in
from capa_xl.ooxml.sniff import SAVE_AGAIN

_PLAIN_REF = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)')


def columns_in(body: bytes, patterns: Patterns, start: int, end: int) -> tuple[int, ...] | None:
    """The columns of a row's cells by their addresses; None when one has no plain address or they are out of order.

    Where a sheet is masked, the mask must be given.
    """
    columns = _columns_of(patterns.letters, body[start:end].translate(None, VARYING))
    if columns and body.count(patterns.openings.bare, start, end) != len(columns):
        return None  # `<c2 r="E6"/>` or `<c r1="E"/>` only looks like a cell once the digits are gone
    return columns


@lru_cache(maxsize=1024)
def _columns_of(letters: re.Pattern[bytes], shape: bytes) -> tuple[int, ...] | None:
    columns = tuple(column_number(each.decode("ascii")) for each in letters.findall(shape))  # 0 without an address
    return columns if 0 not in columns and all(one < other for one, other in pairwise(columns)) else None


def plain_cells(
    body: bytes, patterns: Patterns, row: Row, columns: tuple[int, ...]
) -> dict[int, re.Match[bytes]] | None:
    """Cells of a row that stand side by side, as `Patterns.plain` reads them; None when one has another form.

    Args:
        columns: Theirs; the row has a cell in each.
    """
    digits = b"%d" % row.number
    place = cell_start(body, patterns, row.number, columns[0], row.inside, row.close)
    cells: dict[int, re.Match[bytes]] = {}
    for column in columns:
        cell = patterns.plain.match(body, place, row.close) if place >= 0 else None
        if not cell or cell[2] != digits or cell[1] != _spelled(column):
            return None
        cells[column] = cell
        place = cell.end()
    return cells


def hold_texts(body: bytes, patterns: Patterns, row: Row, columns: tuple[int, ...], texts: Sequence[bytes]) -> bool:
    """True where formulas side by side, in their plainest form, have these texts as their results.

    False says nothing: the cells may stand in another form. Most mornings no result of a formula changes.
    """
    digits = b"%d" % row.number
    place = cell_start(body, patterns, row.number, columns[0], row.inside, row.close)
    for column, text in zip(columns, texts, strict=True):
        cell = patterns.result.match(body, place, row.close) if place >= 0 else None
        if not cell or cell[1] != _spelled(column) or cell[2] != digits or cell[3] != text:
            return False
        place = cell.end()
    return True


def held_by(cell: re.Match[bytes]) -> bytes | None:
    """What stands in the value or text of a plain cell; without `xml:space` blanks at its edges are none of a text."""
    text = cell[6]
    if text is None:
        return cell[5]
    is_bare = text[:1].isspace() or text[-1:].isspace()
    return text.strip() if is_bare and cell.string[cell.start(6) - 2 : cell.start(6)] != b'">' else text


@lru_cache(maxsize=1024)
def _spelled(column: int) -> bytes:
    """A column's letters as they stand in the XML."""
    return column_letters(column).encode("ascii")


class Segment(Struct, frozen=True):
    """Wanted columns that no other cell of the row stands between.

    Attributes:
        run: The columns, sorted.
        present: Those that have a cell.
        absent: Those that have none.
        before, following: The columns of the cells before and behind them; 0 where there is none.
    """

    run: tuple[int, ...]
    present: tuple[int, ...]
    absent: tuple[int, ...]
    before: int
    following: int


@lru_cache(maxsize=4096)
def segments(columns: tuple[int, ...], there: tuple[int, ...]) -> tuple[Segment, ...]:
    """Sorted wanted columns → the segments of a row; most rows of a table have cells in the same columns.

    Args:
        there: The columns in which the row has cells, sorted.
    """
    present, others = set(there), sorted(set(there).difference(columns))
    around = (*others, 0)
    found: list[Segment] = []
    for at, group in groupby(columns, partial(bisect_left, others)):
        run = tuple(group)
        has, lacks = (tuple(column for column in run if (column in present) is wanted) for wanted in (True, False))
        found.append(Segment(run, has, lacks, around[at - 1], around[at]))
    return tuple(found)


def cell_start(body: bytes, patterns: Patterns, number: int, column: int, start: int, end: int) -> int:
    """Where a row's cell in that column begins, or its end tag when the column is 0; -1 for nowhere."""
    if not column:
        return body.rfind(patterns.row_close, start, end)
    return body.find(b'%b%d"' % (patterns.openings[column], number), start, end)


@lru_cache(maxsize=64)
def neighbours(columns: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Sorted columns → groups of neighbours, for a row of which nobody knows its cells."""
    return tuple(
        tuple(column for _, column in group) for _, group in groupby(enumerate(columns), lambda pair: pair[1] - pair[0])
    )


def locate(sheet: Sheet, patterns: Patterns, row: Row, first: int, last: int) -> tuple[int, int, dict[int, FoundCell]]:
    """Where the columns first to last stand in a row of any form: from byte, to byte, and the cells that are there.

    Raises:
        UnsafeWrite: Columns out of order or twice.
    """
    mask, prefix = sheet.part.mask, sheet.prefix
    at = cell_start(mask, patterns, row.number, first, row.inside, row.close)
    if at >= 0:
        return _walked(sheet, patterns, row, at, first, last)
    tail = mask.rfind(b"<" + prefix + b"c ", row.inside, row.close)
    if tail < 0:
        return _searched(sheet, patterns, row, first, last)
    if _PLAIN_REF.match(mask, tail):
        cell = cell_from(sheet, patterns, row, tail, 0)
        if cell.column < first:
            return cell.end, cell.end, {}
    return _searched(sheet, patterns, row, first, last)


def _walked(
    sheet: Sheet, patterns: Patterns, row: Row, at: int, first: int, last: int
) -> tuple[int, int, dict[int, FoundCell]]:
    cell = cell_from(sheet, patterns, row, at, first)
    start, cells = cell.start, {first: cell}
    while cell.column < last:
        tag = patterns.cell.search(sheet.part.mask, cell.end, row.close)
        if not tag:
            break
        following = cell_from(sheet, patterns, row, tag.start(), cell.column + 1)
        if following.column <= cell.column:
            raise UnsafeWrite(f"第 {row.number} 行的单元格重复或次序不对，不能安全写入 → {SAVE_AGAIN}")
        if following.column > last:
            break
        cell = following
        cells[cell.column] = cell
    return start, cell.end, cells


def _searched(
    sheet: Sheet, patterns: Patterns, row: Row, first: int, last: int
) -> tuple[int, int, dict[int, FoundCell]]:
    start = row.inside
    cells: dict[int, FoundCell] = {}
    for cell in cells_in(sheet, patterns, row):
        if cell.column < first:
            start = cell.end
        elif cell.column <= last:
            cells[cell.column] = cell
    if not cells:
        return start, start, cells
    found = list(cells.values())
    return found[0].start, found[-1].end, cells
