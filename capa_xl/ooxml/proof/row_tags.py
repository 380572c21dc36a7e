"""What may differ between the tags of a row before and after: `spans` that grew, promised height, promised sight."""

from __future__ import annotations

import re
from functools import lru_cache

_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HEIGHT = re.compile(rb' (?:ht|customHeight)="[^"]*"')
_HIDDEN = re.compile(rb"""\s+hidden\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def is_hidden(tag: bytes) -> bool:
    """Whether a row's start tag says that nobody sees it."""
    return any(b"".join(found).strip() in (b"1", b"true") for found in _HIDDEN.findall(tag))


def is_same_but_for_sight(old: bytes, new: bytes) -> bool:
    """Whether two rows' start tags differ in nothing but who sees them, and `spans`."""
    return is_same_tag(_HIDDEN.sub(b"", old), _HIDDEN.sub(b"", new))


def is_so_high(old: bytes, new: bytes, height: bytes) -> bool:
    """Whether two rows' start tags differ in nothing but the height, which is the promised one, and `spans`."""
    wanted = [b' ht="' + height + b'"', b' customHeight="1"']
    return _HEIGHT.findall(new) == wanted and is_same_tag(_HEIGHT.sub(b"", old), _HEIGHT.sub(b"", new))


def is_same_tag(old: bytes, new: bytes) -> bool:
    """Whether two rows' start tags differ in nothing but `spans` that grew."""
    if old == new:
        return True
    at = old.find(b"spans") - 1
    is_attribute = old[at : at + 7] == b" spans=" and old.count(b'"', 0, at) % 2 == 0 and b"'" not in old[:at]
    if is_attribute and old[:at] == new[:at]:
        return _is_same_rest(old[at:], new[at:])  # without the row's number, so alike in most rows of a table
    return _is_same_rest(old, new)


@lru_cache(maxsize=1024)
def _is_same_rest(old: bytes, new: bytes) -> bool:
    spans = [_SPANS.findall(tag) for tag in (old, new)]
    if _SPANS.sub(b"", old) != _SPANS.sub(b"", new) or len(spans[0]) != 1 or len(spans[1]) != 1:
        return False
    ends = [[int(end) for end in re.findall(rb"[0-9]+", b"".join(each[0]))] for each in spans]
    grown = re.fullmatch(rb"[0-9]+:[0-9]+", b"".join(spans[1][0])) is not None
    return grown and ends[1][0] <= min(ends[0], default=0) and ends[1][1] >= max(ends[0], default=1 << 30)
