"""A part cut at its tags while it is unpacked, so that it never stands in memory as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from msgspec import Struct

from capa_xl.ooxml.proof.elements import MalformedError, coding_of

_HIDING = {b"!": b"<!", b"?": b"<?", b"x": b"extLst", b":": b"AlternateContent"}
"""What may hold elements that look like rows and cells, by a byte it can't be without: most pieces have none of these
bytes, and one byte is found ten to forty times as fast as a word. AlternateContent has a prefix or namespace."""
_ENDS_OF_NAME = frozenset((b"", b" ", b"\t", b"\r", b"\n", b"/", b">"))


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


class CutItems(Struct):
    """The items of a part, cut at their tags.

    Attributes:
        left: What was read of the content already.
        pieces: What follows it.
        name: Of the items, with its prefix.
        closing: How the end tag of what holds them begins.
        gap: What stands before the first item; known with the first run.
        behind: What was read behind the last one; known when all runs were taken.
    """

    left: bytes
    pieces: Iterator[bytes]
    name: bytes
    closing: bytes
    gap: bytes = b""
    behind: bytes = b""

    def runs(self) -> Iterator[list[bytes]]:
        """The items that stand whole in a piece, and again; each from behind its name up to where the next one starts.

        Raises:
            HiddenMarkupError: They can't be cut.
            MalformedError: The end tag doesn't come.
        """
        opening, left = b"<" + self.name, self.left
        stop, is_first = -1, True
        while stop < 0:
            stop = left.find(self.closing)
            known = left if stop < 0 else left[:stop]
            if _hides_markup(known):
                raise HiddenMarkupError
            gap, *items = known.split(opening)
            if is_first and items:
                self.gap, is_first = gap, False
            unfinished = [items.pop()] if items and stop < 0 else []
            if not _ENDS_OF_NAME.issuperset(map(itemgetter(slice(1)), items)):
                raise HiddenMarkupError
            yield items
            left = left[stop:] if stop >= 0 else (opening + unfinished[0] if unfinished else left)
            if stop < 0:
                left += _next_piece(self.pieces)
        self.gap, self.behind = gap if is_first else self.gap, left


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
