"""Runs of neighbouring columns in one row: where their cells stand, and what stands in them.

Nearly every program writes cells in one plain form, and for that form one pattern reads a whole run; anything else is
walked cell by cell.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby, pairwise

from capa_xl.errors import UnsafeWrite
from capa_xl.model.a1 import column_letters, column_number
from capa_xl.workbook.sheet_scan import Cell, Patterns, Row, Sheet, cell_from, cells_in
from capa_xl.workbook.sniff import SAVE_AGAIN

_PLAIN_REF = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)')


@dataclass(frozen=True, slots=True)
class PlainRun:
    """The cells of a run of columns in a row, each in its plainest form; those that aren't there are left out.

    Attributes:
        start, end: From the first to behind the last one; both the place for new ones when none is there.
        cells: Matches of `Patterns.plain` by column.
        left: The match of the cell before, when none of the run is there.
    """

    start: int
    end: int
    cells: dict[int, re.Match[bytes]]
    left: re.Match[bytes] | None = None


def columns_in(body: bytes, patterns: Patterns, start: int, end: int) -> tuple[int, ...] | None:
    """The columns of a row's cells by their addresses; None when one has no plain address or they are out of order.

    Only for sheets that aren't masked.
    """
    return _in_order(tuple(patterns.letters.findall(body, start, end)))


@lru_cache(maxsize=4096)
def _in_order(letters: tuple[bytes, ...]) -> tuple[int, ...] | None:
    columns = tuple(column_number(each.decode("ascii")) for each in letters)  # 0 where there is no address
    return columns if 0 not in columns and all(one < other for one, other in pairwise(columns)) else None


def plain_run(
    body: bytes,
    patterns: Patterns,
    number: int,
    run: tuple[int, ...],
    columns: tuple[int, ...],
    start: int,
    end: int,
) -> PlainRun | None:
    """A run of columns in the row that stands in body[start:end]; None when it isn't plain enough to be sure.

    Args:
        run: One of `runs`.
        columns: `columns_in` the whole row; `start` may stand behind cells of it.
    """
    digits = b"%d" % number
    at = bisect_left(columns, run[0])
    if at == len(columns) or columns[at] > run[-1]:
        return _gap(body, patterns, digits, columns[at - 1] if at else 0, start, end)
    first = place = body.find(patterns.openings[columns[at]] + digits + b'"', start, end)
    if place < 0:
        return None
    cells: dict[int, re.Match[bytes]] = {}
    for column in columns[at : bisect_right(columns, run[-1])]:
        cell = patterns.plain.match(body, place, end)
        if not cell or cell[2] != digits or cell[1] != _spelled(column):
            return None
        cells[column] = cell
        place = cell.end()
    return PlainRun(first, place, cells)


def _gap(body: bytes, patterns: Patterns, digits: bytes, before: int, start: int, end: int) -> PlainRun | None:
    """The place behind the cell in the column `before`, where a row has no cell; at `start` when that one is passed."""
    left_at = body.find(patterns.openings[before] + digits + b'"', start, end) if before else -1
    left = patterns.plain.match(body, left_at, end) if left_at >= 0 else None
    if left_at >= 0 and not left:
        return None
    place = left.end() if left else start
    if not (body.startswith(patterns.openings.bare, place) or body.startswith(patterns.row_close, place)):
        return None
    return PlainRun(place, place, {}, left)


@lru_cache(maxsize=1024)
def _spelled(column: int) -> bytes:
    """A column's letters as they stand in the XML."""
    return column_letters(column).encode("ascii")


@lru_cache(maxsize=4096)
def runs(columns: tuple[int, ...], there: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Sorted columns → groups that no other cell of the row stands between.

    Args:
        there: The columns in which the row has cells.
    """
    others = sorted(set(there).difference(columns))
    return tuple(tuple(group) for _, group in groupby(columns, partial(bisect_left, others)))


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of columns in rows that have cells in the same columns.

    Attributes:
        run: The wanted columns.
        present: Those that have a cell.
        following: The column of the next cell behind the run; 0 when none follows.
    """

    run: tuple[int, ...]
    present: tuple[int, ...]
    following: int


@lru_cache(maxsize=4096)
def segments(columns: tuple[int, ...], there: tuple[int, ...]) -> tuple[Segment, ...]:
    """The runs of sorted wanted columns (`runs`) in a row that has cells in the columns `there`."""
    present = set(there)
    others = (*(column for column in there if column not in set(columns)), 0)
    return tuple(
        Segment(run, tuple(column for column in run if column in present), others[bisect_left(others[:-1], run[-1])])
        for run in runs(columns, there)
    )


def cell_start(body: bytes, patterns: Patterns, number: int, column: int, start: int) -> int:
    """Where a row's plain cell in that column begins, or the row's end tag when the column is 0; -1 for nowhere."""
    if not column:
        return body.rfind(patterns.row_close, start)
    return body.find(b'%b%d"' % (patterns.openings[column], number), start)


@lru_cache(maxsize=64)
def neighbours(columns: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """Sorted columns → groups of neighbours, for a row of which nobody knows its cells."""
    return tuple(
        tuple(column for _, column in group) for _, group in groupby(enumerate(columns), lambda pair: pair[1] - pair[0])
    )


def locate(sheet: Sheet, patterns: Patterns, row: Row, first: int, last: int) -> tuple[int, int, dict[int, Cell]]:
    """Where the columns first to last stand in a row of any form: from byte, to byte, and the cells that are there.

    Raises:
        UnsafeWrite: Columns out of order or twice.
    """
    mask, prefix = sheet.part.mask, sheet.prefix
    ref = b'%b%d"' % (patterns.openings[first], row.number)
    at = mask.find(ref, row.inside, row.close)
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
) -> tuple[int, int, dict[int, Cell]]:
    cell = cell_from(sheet, patterns, row, at, first)
    start, cells = cell.start, {first: cell}
    while cell.column < last:
        tag = patterns.cell.search(sheet.part.mask, cell.end, row.close)
        if not tag:
            break
        following = cell_from(sheet, patterns, row, tag.start(), cell.column + 1)
        if following.column <= cell.column:
            raise UnsafeWrite(f"第 {row.number} 行的单元格重复或次序不对，不能安全写入。{SAVE_AGAIN}")
        if following.column > last:
            break
        cell = following
        cells[cell.column] = cell
    return start, cell.end, cells


def _searched(sheet: Sheet, patterns: Patterns, row: Row, first: int, last: int) -> tuple[int, int, dict[int, Cell]]:
    start = row.inside
    cells: dict[int, Cell] = {}
    for cell in cells_in(sheet, patterns, row):
        if cell.column < first:
            start = cell.end
        elif cell.column <= last:
            cells[cell.column] = cell
    if not cells:
        return start, start, cells
    found = list(cells.values())
    return found[0].start, found[-1].end, cells
