"""A row in its plainest form before and after a splice: the same bytes around runs of cells that read as wanted.

Quick and never lenient: what isn't plainly right is left to `verify_row`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain, repeat

from capa_xl.a1 import column_number
from capa_xl.ooxml.cell_xml import plain_value
from capa_xl.ooxml.patch import CellValue
from capa_xl.ooxml.sheet_runs import Segment, cell_start, columns_in, segments
from capa_xl.ooxml.verify_cell import is_well_formed, loses_blanks
from capa_xl.ooxml.verify_sides import Expected, Proven, Side, is_value, same_row_tag


def is_plainly_right(
    before: Side, after: Side, index: int, wanted: Mapping[int, CellValue], expected: Expected
) -> bool:
    """Whether a row in its plainest form is as it should be; False also when it needs the slower look."""
    number = after.sheet.row_numbers[index]
    other = before.sheet.row_index(number)
    if other is None or before.sheet.is_masked or after.sheet.is_masked or expected.cached:
        return False
    old, new = before.row_bytes(other), after.row_bytes(index)
    old_at, new_at = old.find(b">") + 1, new.find(b">") + 1
    if not same_row_tag(old[:old_at], new[:new_at]):
        return False
    there = columns_in(new, after.patterns, new_at, len(new))
    if there is None:
        return False
    for segment in segments(tuple(sorted(wanted)), there):
        first, following = (*segment.present, segment.following)[0], segment.following
        start = cell_start(new, after.patterns, number, first, new_at, len(new))
        end = cell_start(new, after.patterns, number, following, new_at, len(new))
        old_start = old_at + start - new_at
        old_end = cell_start(old, before.patterns, number, following, old_at, len(old))
        if old[old_at:old_start] != new[new_at:start] or old_start > old_end:
            return False
        olds = _plain_cells(before, number, old[old_start:old_end]) if old_start < old_end else {}
        if olds is None or not _segment_is_right(after, number, segment, olds, new[start:end], wanted, expected):
            return False
        old_at, new_at = old_end, end
    return old[old_at:] == new[new_at:]


def _plain_cells(side: Side, number: int, cells: bytes) -> dict[int, re.Match[bytes]] | None:
    """The cells that stand side by side in a piece of a row, by column; None when one isn't plain or out of order."""
    found: dict[int, re.Match[bytes]] = {}
    at = last = 0
    while at < len(cells):
        cell = side.patterns.plain.match(cells, at)
        column = column_number(cell[1].decode("ascii")) if cell else 0
        if not cell or column <= last or cell[2] != b"%d" % number:
            return None
        found[column] = cell
        at, last = cell.end(), column
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
    present = segment.present
    if segment.absent and any(wanted[column] not in (None, "") for column in segment.absent):
        return False
    if olds and not olds.keys() <= set(present):
        return False
    found = _as_read_before(after, number, present, cells, wanted) or _read(after, number, present, cells, wanted)
    if found is None:
        return False
    for column, cell in zip(present, found, strict=True):
        if not _is_styled(after, olds.get(column), cell, wanted[column]) and (number, column) not in expected.restyled:
            return False
    return True


def _is_styled(after: Side, old: re.Match[bytes] | None, cell: Proven, value: CellValue) -> bool:
    """Whether a cell has the style it had, or the like for a date; a new one a style that shows its value."""
    if old is None:
        return cell.shows
    if isinstance(value, date):
        return cell.shows and (old[3] == cell.style or after.is_redated(old[3], cell.style))
    return old[3] == cell.style


def _as_read_before(
    after: Side, number: int, columns: Sequence[int], cells: bytes, wanted: Mapping[int, CellValue]
) -> list[Proven] | None:
    """What was read in other rows for the same values, if the same bytes stand here behind the addresses."""
    try:
        found = [after.proven[column, type(wanted[column]), wanted[column]] for column in columns]
    except KeyError:
        return None
    names, rests = map(after.patterns.openings.__getitem__, columns), [cell.rest for cell in found]
    spelled_out = b"".join(chain.from_iterable(zip(names, repeat(b'%d"' % number), rests)))
    return found if cells == spelled_out else None


def _read(
    after: Side, number: int, columns: Sequence[int], cells: bytes, wanted: Mapping[int, CellValue]
) -> list[Proven] | None:
    """The cells read back one by one; None when one isn't plain or doesn't hold the wanted value."""
    read = _plain_cells(after, number, cells)
    if read is None or tuple(read) != tuple(columns):
        return None
    found: list[Proven] = []
    for column, cell in read.items():
        value, raw = wanted[column], cell[5] if cell[6] is None else cell[6]
        if not _is_usual(cell, value):
            return None
        now = None if raw is None else plain_value(after.sheet.part, cell[4] or b"n", raw, after.strings)
        if not is_value(now, value, date1904=after.date1904):
            return None
        rest = cell[0].partition(b'"')[2].partition(b'"')[2]
        found.append(Proven(rest, cell[3], after.shows(cell[3], type(value))))
        after.proven[column, type(value), value] = found[-1]
    return found


def _is_usual(cell: re.Match[bytes], value: CellValue) -> bool:
    """Whether other programs will read a cell as we do: its type fits its form, and its text is no broken XML."""
    kind, raw, text = cell[4], cell[5], cell[6]
    if text is not None:
        return kind == b"inlineStr" and is_well_formed(text) and not loses_blanks(value, cell[0])
    if raw is None:
        return kind is None
    return raw != b"" and kind != b"inlineStr" and (kind != b"str" or is_well_formed(raw))
