"""A worksheet's new bytes: planned pieces between slices of the old ones, `dimension` and row spans grown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from capa_xl.a1 import Range, cell_at, parse_range
from capa_xl.ooxml.sheet_scan import Sheet
from capa_xl.ooxml.xml_bytes import attributes, with_attribute

Piece = tuple[int, int, bytes]
"""From, to, and what stands there instead."""

_SPANS = re.compile(rb' spans="(\d{1,9}):(\d{1,9})"')


def output(sheet: Sheet, pieces: Sequence[Piece], added: Range | None) -> Iterator[bytes | memoryview]:
    """The new body in pieces: slices of the old one, and what was written.

    Args:
        pieces: In order, never overlapping.
        added: The range of cells that weren't there.
    """
    body = memoryview(sheet.part.body)
    at = 0
    for start, end, new in _all_pieces(sheet, pieces, added):
        yield body[at:start]
        yield new
        at = end
    yield body[at:]


def spanning(tag: bytes, first: int, last: int) -> bytes:
    """A row's start tag with its spans reaching over the new columns, if it has spans."""
    at = tag.find(b" spans=")
    if at < 0:
        return _spanning(tag, first, last)
    return tag[:at] + _spanning(tag[at:], first, last)  # from there on alike in most rows of a table


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


def _all_pieces(sheet: Sheet, pieces: Sequence[Piece], added: Range | None) -> list[Piece]:
    """The planned pieces, with the dimension grown and an empty `<sheetData/>` opened."""
    data, listed = sheet.data, list(pieces)
    if data.self_closed and listed:
        cells = b"".join(piece[2] for piece in listed)
        opened = sheet.part.body[data.start : data.inside - 2].rstrip() + b">"
        listed = [(data.start, data.end, opened + cells + b"</" + sheet.prefix + b"sheetData>")]
    dimension = _grown_dimension(sheet, added)
    return [dimension, *listed] if dimension else listed


def _grown_dimension(sheet: Sheet, added: Range | None) -> Piece | None:
    place = next((element for element in sheet.head if element.local == b"dimension"), None)
    if place is None or added is None:
        return None
    tag = sheet.part.body[place.start : place.inside]
    known = parse_range(attributes(tag).get(b"ref", b"").decode("ascii", "replace"))
    if known is None:
        return None
    empty = known == (1, 1, 1, 1) and not sheet.row_numbers
    top, left, bottom, right = added if empty else union(known, added)
    if (top, left, bottom, right) == known:
        return None
    ref = cell_at(top, left) if (top, left) == (bottom, right) else f"{cell_at(top, left)}:{cell_at(bottom, right)}"
    return place.start, place.inside, with_attribute(tag, b"ref", ref.encode("ascii"))
