"""The data rows of an owned sheet, replaced whole when a value, formula or look in them differs."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator

from msgspec import Struct

from capa_xl.a1 import cell_at
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.cell_xml import (
    Stored,
    Wanted,
    computed,
    filled,
    formula_element,
    formula_text,
    kept_tag,
    new_tag,
    same_cached,
    same_value,
    stored,
)
from capa_xl.ooxml.patch import CellLook, CellValue, OwnedCell, SheetRows
from capa_xl.ooxml.sheet_output import Piece, spanning
from capa_xl.ooxml.sheet_scan import FoundCell, Row, cells_in, row_at
from capa_xl.ooxml.sheet_splice import SheetSplice

ReadyOf = Callable[[CellValue, CellLook | None, int, int], Wanted]
"""A value and its look made ready to be stored; row and column for the message when it can't be."""


class _OldRow(Struct, frozen=True):
    row: Row
    bound: int  # where the next row starts: a row that goes takes the line break behind it along


def owned_pieces(splice: SheetSplice, owned: SheetRows, ready_of: ReadyOf) -> list[Piece]:
    """What replaces all rows from `owned.first_row` down; nothing when they are already so.

    Raises:
        UnsafeWrite: A value that can't be stored, or an array formula or picture in the way.
    """
    pieces: list[Piece] = []
    late: list[bytes] = []
    old = {row.row.number: row for row in _old_rows(splice, owned.first_row)}
    standing = sorted(old)
    numbers = sorted({*old, *range(owned.first_row, owned.first_row + len(owned.rows))})
    for number in numbers:
        index = number - owned.first_row
        cells = owned.rows[index] if index < len(owned.rows) else ()
        height = owned.heights[index] if index < len(owned.heights) else None
        new = _row(splice, number, old.get(number), cells, height, ready_of)
        if new is None:
            continue
        if number in old:
            pieces.append((old[number].row.start, old[number].row.end if new else old[number].bound, new))
        elif standing and number < standing[-1]:
            following = old[standing[bisect(standing, number)]].row.start
            pieces.append((following, following, new))
        else:
            late.append(new)
    if late:
        pieces.append((splice.sheet.data.close, splice.sheet.data.close, b"".join(late)))
    return pieces


def _old_rows(splice: SheetSplice, first: int) -> Iterator[_OldRow]:
    for index, number in enumerate(splice.sheet.row_numbers):
        if number >= first:
            yield _OldRow(row_at(splice.sheet, splice.patterns, index), splice.sheet.row_bound(index))


def _row(
    splice: SheetSplice,
    number: int,
    old: _OldRow | None,
    cells: tuple[OwnedCell, ...],
    height: float | None,
    ready_of: ReadyOf,
) -> bytes | None:
    """A whole row; None when it stays, b"" when it goes."""
    if old and _stands(splice, old.row, cells, ready_of):
        return None
    prefix, body = splice.sheet.prefix, splice.sheet.part.body
    known = {cell.column: cell for cell in cells_in(splice.sheet, splice.patterns, old.row)} if old else {}
    out: list[bytes] = []
    for column in sorted({*known, *range(1, len(cells) + 1)}):
        cell = cells[column - 1] if column <= len(cells) else OwnedCell(None)
        wanted = ready_of(cell.value, cell.look, number, column)
        out.append(_cell(splice, number, column, known.get(column), old, cell, wanted))
    if number not in splice.changed:
        return None
    if not cells:
        return b""
    splice.grow(number, 1, len(cells))
    if old is None:
        tag = _as_high(b"<" + prefix + b'row r="%d">' % number, height)
        return tag + b"".join(out) + b"</" + prefix + b"row>"
    tag = spanning(body[old.row.start : old.row.inside], 1, len(cells))
    if tag.endswith(b"/>"):
        tag = tag[:-2].rstrip() + b">"
    return _as_high(tag, height) + b"".join(out) + b"</" + prefix + b"row>"


_STYLE = re.compile(rb'(?: s="([0-9]+)")?')


def _stands(splice: SheetSplice, row: Row, cells: tuple[OwnedCell, ...], ready_of: ReadyOf) -> bool:
    """True for a row that holds byte for byte what we would write; False says nothing.

    Most mornings no row changes, and of such a row no cell is taken apart.
    """
    if splice.sheet.is_masked:
        return False
    body, at = splice.sheet.part.body, row.inside
    for column, cell in enumerate(cells, 1):
        wanted = ready_of(cell.value, cell.look, row.number, column)
        opening = b'%b%d"' % (splice.patterns.openings[column], row.number)
        if not body.startswith(opening, at):
            if _is_something(cell, wanted):
                return False
            continue
        styled = _STYLE.match(body, at + len(opening))
        content = _content(splice, b">", wanted, cell.formula)
        if not styled or not splice.fits_as_is(styled[1], wanted) or not body.startswith(content, styled.end()):
            return False
        at = styled.end() + len(content)
    return at == row.close


def _is_something(cell: OwnedCell, wanted: Wanted) -> bool:
    """Whether there is a cell to write where none stands."""
    return bool(wanted.kind) or cell.formula is not None or cell.look is not None


_HEIGHT = re.compile(rb' (?:ht|customHeight)="[^"]*"')


def _as_high(tag: bytes, height: float | None) -> bytes:
    """A row's start tag with that height."""
    if height is None:
        return tag
    return _HEIGHT.sub(b"", tag)[:-1] + b' ht="%g" customHeight="1">' % height


def _cell(
    splice: SheetSplice,
    number: int,
    column: int,
    old: FoundCell | None,
    row: _OldRow | None,
    cell: OwnedCell,
    wanted: Wanted,
) -> bytes:
    """A cell's XML, as it is when it needs no change."""
    at = cell_at(number, column)
    part, prefix = splice.sheet.part, splice.sheet.prefix
    if old is None:
        if not _is_something(cell, wanted):
            return b""
        place = row.row if row else Row(number, -1, -1, -1, -1)
        style = splice.new_styles.style(place, column, wanted)
        tag = new_tag(prefix, at.encode("ascii"), style)
        if wanted.kind or cell.formula is not None:
            splice.changed.note(number, (column,), (None,), (cell.value,))
        return _content(splice, tag, wanted, cell.formula)
    now = stored(part, old, splice.strings)
    style = splice.styles.fitting(now.style, cell.look, wanted.dated)
    if style == now.style and _same(splice, now, wanted, cell.formula):
        return part.body[old.start : old.end]
    _refuse_special(splice, now, at)
    splice.changed.note(number, (column,), (splice.shown(now),), (cell.value,))
    splice.lost_formula = splice.lost_formula or (now.formula is not None and cell.formula is None)
    return _content(splice, kept_tag(part.body[old.start : old.inside], style), wanted, cell.formula)


def _content(splice: SheetSplice, tag: bytes, wanted: Wanted, formula: str | None) -> bytes:
    if formula is None:
        return filled(tag, wanted)
    element = formula_element(splice.sheet.prefix, formula, splice.sheet.part)
    return computed(splice.sheet.prefix, tag, element, wanted)


def _same(splice: SheetSplice, now: Stored, wanted: Wanted, formula: str | None) -> bool:
    if now.rich or (now.formula is None) != (formula is None):
        return False
    if now.formula is None:
        return same_value(now.value, wanted)
    return not now.formula_kind and formula_text(splice.sheet.part, now.formula) == formula and same_cached(now, wanted)


def _refuse_special(splice: SheetSplice, now: Stored, at: str) -> None:
    if now.rich or now.formula_kind in ("array", "dataTable"):
        raise UnsafeWrite(f"{splice.name}!{at} 里是图片、数据类型或数组公式，工具的工作表不能重写 → 请先清空这个单元格")
