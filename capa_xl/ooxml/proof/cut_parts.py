"""A part cut at its tags while it is unpacked, so that it never stands in memory as a whole."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from capa_xl.ooxml.proof.elements import MalformedError, coding_of

_HIDING = {b"!": b"<!", b"?": b"<?", b"x": b"extLst", b":": b"AlternateContent"}
"""What may hold elements that look like rows and cells, by a byte it can't be without: most pieces have none of these
bytes, and one byte is found ten to forty times as fast as a word. AlternateContent has a prefix or namespace."""
_BLANKS_OR_END = b" \t\r\n/>"


class HiddenMarkupError(Exception):
    """The part can't be cut at its tags: something in it may only look like one, or it isn't in UTF-8."""


def cut_head(pieces: Iterator[bytes], tag: re.Pattern[bytes]) -> tuple[bytes, re.Match[bytes], bytes]:
    """(what stands before the first tag of a form, that tag, what was read of the content behind it).

    Args:
        pieces: Of the part, from its first byte.

    Raises:
        HiddenMarkupError: The part can't be cut: it isn't in UTF-8, or something before the tag hides markup.
        MalformedError: The tag doesn't come.
    """
    begun, found = b"", None
    while found is None:
        begun += _next_piece(pieces)
        if coding_of(begun) != "utf-8":
            raise HiddenMarkupError
        found = tag.search(begun)
    head = begun[: found.start()]
    if _hides_markup(head[head.find(b"?>") + 1 :]):
        raise HiddenMarkupError
    return head, found, begun[found.end() :]


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
        if _hides_markup(known):
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
            left += _next_piece(pieces)
    return left


def _hides_markup(xml: bytes) -> bool:
    """Whether a tag may not be what it looks like."""
    return any(byte in xml and word in xml for byte, word in _HIDING.items())


def _next_piece(pieces: Iterator[bytes]) -> bytes:
    """The next piece.

    Raises:
        MalformedError: There is none.
    """
    piece = next(pieces, b"")
    if not piece:
        raise MalformedError("the part ends early")
    return piece
