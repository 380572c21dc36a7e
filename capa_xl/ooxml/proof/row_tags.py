"""What may differ between the tags of a row before and after: `spans` that grew, and the promised height."""

from __future__ import annotations

import re

_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLAIN = re.compile(rb"""(<[^<>"']*(?:"[^<>"']*"[^<>"']*)*?) spans="([0-9]+):([0-9]+)"([^<>']*>)""")
"""A start tag around `spans` as nearly every program writes it."""
_HEIGHT = re.compile(rb' (?:ht|customHeight)="[^"]*"')


def is_so_high(old: bytes, new: bytes, height: bytes) -> bool:
    """Whether two rows' start tags differ in nothing but the height, which is the promised one, and `spans`."""
    wanted = [b' ht="' + height + b'"', b' customHeight="1"']
    return _HEIGHT.findall(new) == wanted and is_same_tag(_HEIGHT.sub(b"", old), _HEIGHT.sub(b"", new))


def is_same_tag(old: bytes, new: bytes) -> bool:
    """Whether two rows' start tags differ in nothing but `spans` that grew."""
    if old == new:
        return True
    one, other = _PLAIN.fullmatch(old), _PLAIN.fullmatch(new)
    if one and other:
        grown = int(other[2]) <= int(one[2]) and int(other[3]) >= int(one[3])
        return grown and one[1] == other[1] and one[4] == other[4]
    spans = [_SPANS.findall(tag) for tag in (old, new)]
    if _SPANS.sub(b"", old) != _SPANS.sub(b"", new) or len(spans[0]) != 1 or len(spans[1]) != 1:
        return False
    ends = [[int(end) for end in re.findall(rb"[0-9]+", b"".join(each[0]))] for each in spans]
    grown = re.fullmatch(rb"[0-9]+:[0-9]+", b"".join(spans[1][0])) is not None
    return grown and ends[1][0] <= min(ends[0], default=0) and ends[1][1] >= max(ends[0], default=1 << 30)
