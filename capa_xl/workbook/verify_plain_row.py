"""A row in its plainest form before and after a splice: the same bytes around runs of cells that read as wanted.

Quick and never lenient: what isn't plainly right is left to `verify_row`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from capa_xl.model.a1 import column_number
from capa_xl.workbook.cell_xml import plain_value
from capa_xl.workbook.patch import CellValue
from capa_xl.workbook.sheet_runs import Segment, cell_start, columns_in, segments, spelled
from capa_xl.workbook.verify_sides import SPANS, Expected, Side, is_value


def is_plainly_right(
    before: Side, after: Side, index: int, wanted: Mapping[int, CellValue], expected: Expected
) -> bool:
    """Whether a row in its plainest form is as it should be; False also when it needs the slower look."""
    number = after.sheet.row_numbers[index]
    other = before.sheet.row_index(number)
    if other is None or not (before.sheet.names_cells and after.sheet.names_cells) or expected.cached:
        return False
    old, new = before.row_bytes(other), after.row_bytes(index)
    old_at, new_at = old.find(b">") + 1, new.find(b">") + 1
    if old[:old_at] != new[:new_at] and SPANS.sub(b"", old[:old_at]) != SPANS.sub(b"", new[:new_at]):
        return False
    there = columns_in(new, after.patterns, new_at, len(new))
    if there is None:
        return False
    for segment in segments(tuple(sorted(wanted)), there):
        first, following = (*segment.present, segment.following)[0], segment.following
        two = [cell_start(new, after.patterns, number, column, new_at) for column in (first, following)]
        one = [old_at + two[0] - new_at, cell_start(old, before.patterns, number, following, old_at)]
        if old[old_at : one[0]] != new[new_at : two[0]] or one[0] > one[1]:
            return False
        olds = _plain_cells(before, number, old[one[0] : one[1]])
        if olds is None or not _segment_is_right(after, number, segment, olds, new[two[0] : two[1]], wanted, expected):
            return False
        old_at, new_at = one[1], two[1]
    return old[old_at:] == new[new_at:]


def _plain_cells(side: Side, number: int, cells: bytes) -> dict[int, re.Match[bytes]] | None:
    """The cells that stand side by side in a piece of a row, by column; None when one isn't plain."""
    found: dict[int, re.Match[bytes]] = {}
    at = 0
    while at < len(cells):
        cell = side.patterns.plain.match(cells, at)
        if not cell or int(cell[2]) != number:
            return None
        found[column_number(cell[1].decode("ascii"))] = cell
        at = cell.end()
    return found


def _segment_is_right(
    after: Side,
    number: int,
    segment: Segment,
    olds: Mapping[int, re.Match[bytes]],
    cells: bytes,
    wanted: Mapping[int, CellValue],
    expected: Expected,
) -> bool:
    """Whether the new cells of a segment hold what is wanted, in the styles they had."""
    opening = after.patterns.opening
    before_first, *news = cells.split(opening)
    if before_first or len(news) != len(segment.present) or not olds.keys() <= set(segment.present):
        return False
    if any(wanted[column] not in (None, "") for column in segment.run if column not in segment.present):
        return False
    digits = b'%d"' % number
    for column, cell in zip(segment.present, news, strict=True):
        value, name = wanted[column], spelled(column) + digits
        reading = (cell[len(name) :], type(value), value)
        if not cell.startswith(name) or (reading not in after.right and not _reads(after, opening + cell, reading)):
            return False
        if column in olds and not isinstance(value, date) and (number, column) not in expected.restyled:
            then, now = olds[column], after.patterns.plain.match(opening + cell)
            if now is None or then[3] != now[3]:
                return False
    return True


def _reads(after: Side, cell: bytes, reading: tuple[bytes, type, CellValue]) -> bool:
    """Whether a plain cell holds the wanted value; what was read once needn't be read again."""
    found = after.patterns.plain.fullmatch(cell)
    if not found:
        return False
    kind, raw, text = found.group(4, 5, 6)
    raw = raw if text is None else text
    now = None if raw is None else plain_value(after.sheet.part, kind or b"n", raw, after.strings)
    if not is_value(now, reading[2], date1904=after.date1904):
        return False
    after.right.add(reading)
    return True
