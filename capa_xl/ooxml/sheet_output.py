"""A worksheet's new bytes: planned pieces between slices of the old ones, `dimension` and row spans grown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from capa_xl.a1 import Range, cell_at, parse_range
from capa_xl.ooxml.sheet_scan import Sheet
from capa_xl.ooxml.sheet_stretches import Stretch
from capa_xl.ooxml.xml_bytes import attributes, with_attribute, without_attributes

Piece = tuple[int, int, bytes]
"""From, to, and what stands there instead."""

_SPANS = re.compile(rb' spans="(\d{1,9}):(\d{1,9})"')


def output(part: Stretch, pieces: Iterable[Piece], added: Range | None) -> Iterator[bytes | memoryview]:
    """The new bytes of a stretch of rows in pieces: slices of the old ones, and what was written.

    Args:
        pieces: In order, never overlapping; each is taken when its turn comes.
        added: The range of cells that weren't there, as far as it may reach beyond the sheet's `dimension`.
    """
    body = memoryview(part.sheet.part.body)
    at = part.start
    for start, end, new in chain(_grown_dimension(part.sheet, added), _in_data(part.sheet, pieces)):
        yield body[at:start]
        yield new
        at = end
    yield body[at : part.end]


def spanning(tag: bytes, first: int, last: int) -> bytes:
    """A row's start tag with its spans reaching over the new columns, if it has spans."""
    at = tag.find(b" spans=")
    if at < 0:
        return _spanning(tag, first, last)
    return tag[:at] + _spanning(tag[at:], first, last)  # from there on alike in most rows of a table


def as_shown(tag: bytes, is_shown: bool | None) -> bytes:
    """A row's start tag, seen or hidden; None leaves it as it is."""
    is_hidden = attributes(tag).get(b"hidden") in (b"1", b"true")
    if is_shown is None or is_hidden != is_shown:
        return tag
    return without_attributes(tag, frozenset((b"hidden",))) if is_shown else with_attribute(tag, b"hidden", b"1")


@lru_cache(maxsize=1024)
def _spanning(tag: bytes, first: int, last: int) -> bytes:
    plain = _SPANS.search(tag)
    if plain:
        grown = b' spans="%d:%d"' % (min(first, int(plain[1])), max(last, int(plain[2])))
        return tag[: plain.start()] + grown + tag[plain.end() :]
    spans = attributes(tag).get(b"spans")
    if spans is None:
        return tag
    pairs = [pair.split(b":") for pair in spans.split()]
    if not pairs or any(len(pair) != 2 or not all(end.isdigit() and len(end) < 10 for end in pair) for pair in pairs):
        return tag
    bounds = [(int(start), int(end)) for start, end in pairs]
    if any(start <= first and last <= end for start, end in bounds):
        return tag
    start = min(first, *(pair[0] for pair in bounds))
    end = max(last, *(pair[1] for pair in bounds))
    return with_attribute(tag, b"spans", b"%d:%d" % (start, end))


def union(one: Range, other: Range) -> Range:
    """The smallest range over both."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def reaches_out(sheet: Sheet, area: Range) -> bool:
    """Whether the sheet's `dimension` would grow, were there cells in all of an area."""
    return any(True for _ in _grown_dimension(sheet, area))


def _in_data(sheet: Sheet, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The planned pieces, with an empty `<sheetData/>` opened."""
    data = sheet.data
    cells = b"".join(piece[2] for piece in pieces) if data.self_closed else b""
    if cells:
        opened = sheet.part.body[data.start : data.inside - 2].rstrip() + b">"
        yield data.start, data.end, opened + cells + b"</" + sheet.prefix + b"sheetData>"
    elif not data.self_closed:
        yield from pieces


def _grown_dimension(sheet: Sheet, added: Range | None) -> Iterator[Piece]:
    """The dimension reaching over the new cells, where it doesn't yet."""
    place = next((element for element in sheet.head if element.local == b"dimension"), None)
    if place is None or added is None:
        return
    tag = sheet.part.body[place.start : place.inside]
    known = parse_range(attributes(tag).get(b"ref", b"").decode("ascii", "replace"))
    if known is None:
        return
    empty = known == (1, 1, 1, 1) and not sheet.row_numbers
    top, left, bottom, right = added if empty else union(known, added)
    if (top, left, bottom, right) == known:
        return
    ref = cell_at(top, left) if (top, left) == (bottom, right) else f"{cell_at(top, left)}:{cell_at(bottom, right)}"
    yield place.start, place.inside, with_attribute(tag, b"ref", ref.encode("ascii"))
