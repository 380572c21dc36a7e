"""The few shared strings that some cells point at: a part of their own, in which all others are empty.

The rows that we own point at a handful of texts; for their sake calamine would take all the texts of the table into
memory, six times as large as they lie in the part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from capa_xl.ooxml.proof.cut_parts import CutItems, HiddenMarkupError, cut_head
from capa_xl.ooxml.proof.elements import as_utf8
from capa_xl.ooxml.proof.zip_members import Archive

_POINTS = re.compile(rb"""\st\s*=\s*["']s["']""")
_INDEX = re.compile(rb"<(?:[^\s:/>]+:)?v(?:\s[^<>]*)?>\s*([0-9]{1,9})\s*</(?:[^\s:/>]+:)?v\s*>")
_ROOT = re.compile(rb"""<((?:[^\s:/>"'<]+:)?)sst(?:\s[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)?>""")


def texts_for(cells: Iterable[bytes], archive: Archive, key: str) -> bytes:
    """What of the shared strings calamine must be given beside these cells, in UTF-8; b"" where none points at a text.

    Args:
        cells: What follows the address of each.
        key: The part's; "" where the workbook has none.

    Raises:
        MalformedError: The part has another coding than it says, or no end.
        zipfile.BadZipFile: It is damaged.
    """
    pointing = [cell for cell in cells if _POINTS.search(cell)] if key else []
    if not pointing:
        return b""
    found = [_INDEX.findall(cell) for cell in pointing]
    try:
        if any(len(each) != 1 for each in found):  # in a form that only a reader of XML knows
            raise HiddenMarkupError
        return _only(frozenset(int(index) for (index,) in found), archive.pieces(key))
    except HiddenMarkupError:
        return as_utf8(archive.read(key))


def _only(indexes: frozenset[int], pieces: Iterator[bytes]) -> bytes:
    """The part up to the last of the indexes, every other item empty.

    Raises:
        HiddenMarkupError: It can't be cut at its tags.
    """
    _, tag, left = cut_head(pieces, _ROOT)
    name, closing = tag[1] + b"si", b"</" + tag[1] + b"sst"
    opening, empty = b"<" + name, b"<" + name + b"/>"
    kept = bytearray(tag[0])  # a join of so many pieces would take eighty bytes for each
    count, end = 0, max(indexes) + 1
    items = CutItems(left, pieces, name, closing)
    for whole in items.runs():
        run = whole[: end - count]
        if indexes.isdisjoint(range(count, count + len(run))):
            kept += empty * len(run)
        else:
            kept += b"".join(opening + item if at in indexes else empty for at, item in enumerate(run, count))
        count += len(run)
        if count == end:
            break
    if items.gap.strip():
        raise HiddenMarkupError
    return bytes(kept) + closing + b">"
