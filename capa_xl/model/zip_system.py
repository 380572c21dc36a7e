"""Same bytes on every system: zipfile notes in each entry which system made it, 0 on Windows and 3 elsewhere."""

from __future__ import annotations

import struct

_END = b"PK\x05\x06"
_ENTRY_BYTES = 46
_MADE_BY = 5
_UNIX = 3


def as_made_on_unix(blob: bytes) -> bytes:
    """A zip made by Python, with 3 as the system that made every entry; nothing else changes.

    Args:
        blob: A whole zip without a comment at its end.
    """
    made = bytearray(blob)
    end = made.rindex(_END)
    entries, at = struct.unpack_from("<H4xI", made, end + 10)
    for _ in range(entries):
        made[at + _MADE_BY] = _UNIX
        name, extra, comment = struct.unpack_from("<3H", made, at + 28)
        at += _ENTRY_BYTES + name + extra + comment
    return bytes(made)
