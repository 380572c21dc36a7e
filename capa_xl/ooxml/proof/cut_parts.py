"""A part cut at its tags while it is unpacked, so that it never stands in memory as a whole."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from capa_xl.ooxml.proof.elements import MalformedError

_HIDING = {b"!": b"<!", b"?": b"<?", b"x": b"extLst", b":": b"AlternateContent"}
"""What may hold elements that look like rows and cells, by a byte it can't be without: most pieces have none of these
bytes, and one byte is found ten to forty times as fast as a word. AlternateContent has a prefix or namespace."""
_BLANKS_OR_END = b" \t\r\n/>"


class HiddenMarkupError(Exception):
    """The part can't be cut at its tags: something in it may only look like one, or it isn't in UTF-8."""


def cut_items(left: bytes, pieces: Iterator[bytes], name: bytes, closing: bytes) -> Generator[bytes, None, bytes]:
    """What stands before the first item, then every item up to where the next one starts; gives what was read behind.

    Args:
        left: What was read of the content already.
        pieces: What follows it.
        name: Of the items, with its prefix.
        closing: How the end tag of what holds them begins.

    Raises:
        HiddenMarkupError: It can't be cut.
        MalformedError: The end tag doesn't come.
    """
    opening = b"<" + name
    stop, is_first = -1, True
    while stop < 0:
        stop = left.find(closing)
        known = left if stop < 0 else left[:stop]
        if hides_markup(known):
            raise HiddenMarkupError
        gap, *items = known.split(opening)
        if is_first and (items or stop >= 0):
            yield gap
            is_first = False
        unfinished = [items.pop()] if items and stop < 0 else []
        for item in items:
            if item[:1] not in _BLANKS_OR_END:
                raise HiddenMarkupError
            yield opening + item
        left = left[stop:] if stop >= 0 else (opening + unfinished[0] if unfinished else left)
        if stop < 0:
            left += next_piece(pieces)
    return left


def hides_markup(xml: bytes) -> bool:
    """Whether a tag may not be what it looks like."""
    return any(byte in xml and word in xml for byte, word in _HIDING.items())


def next_piece(pieces: Iterator[bytes]) -> bytes:
    """The next piece.

    Raises:
        MalformedError: There is none.
    """
    piece = next(pieces, b"")
    if not piece:
        raise MalformedError("the part ends early")
    return piece
