"""The records of the zip format, as both reading and rewriting a container need them."""

from __future__ import annotations

import struct

END = struct.Struct("<4s4H2LH")
END_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR_64 = struct.Struct("<4sLQL")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
STORED, DEFLATED = 0, 8
ENCRYPTED, DESCRIBED, UTF8 = 0x1, 0x8, 0x800
FULL_16, FULL_32 = 0xFFFF, 0xFFFFFFFF
"""A field full of ones: the true value stands in the zip64 record or extra."""
ZIP64_EXTRA = 1


def extra_field(extra: bytes, wanted: int) -> bytes:
    """The content of one extra field; b"" where it isn't there."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def without_extra(extra: bytes, unwanted: int) -> bytes:
    """The extra fields without one of them."""
    kept = b""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != unwanted:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept + extra[at:]
