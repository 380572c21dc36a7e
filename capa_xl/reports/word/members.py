"""The zip of a .docx as members packed beforehand: what a paper doesn't change is copied, not compressed again.

Dates are fixed and members sorted, so the same content gives the same bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _DEFLATED, _MIDNIGHT, _FIRST_DAY = 20, 0x800, 8, 0, 0x21  # 1980-01-01
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class PackedPart:
    """One packed member."""

    name: str
    packed: bytes
    crc: int
    size: int


def pack(name: str, content: bytes) -> PackedPart:
    """`content` deflated at level 6."""
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return PackedPart(name, stream.compress(content) + stream.flush(), zlib.crc32(content), len(content))


def join(members: Iterable[PackedPart]) -> bytes:
    """The zip file; members sorted by name."""
    body: list[bytes] = []
    heads: list[bytes] = []
    at = 0
    for member in sorted(members, key=lambda one: one.name):
        name = member.name.encode()
        sizes = (member.crc, len(member.packed), member.size)
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, _UTF8, _DEFLATED, _MIDNIGHT, _FIRST_DAY, *sizes, len(name), 0)
        body += (local, name, member.packed)
        heads += (
            _CENTRAL.pack(
                b"PK\x01\x02", _VERSION, _VERSION, _UTF8, _DEFLATED, _MIDNIGHT, _FIRST_DAY,
                *sizes, len(name), 0, 0, 0, 0, 0, at,
            ),
            name,
        )  # fmt: skip
        at += len(local) + len(name) + len(member.packed)
    directory = b"".join(heads)
    count = len(heads) // 2
    return b"".join((*body, directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)))


def unpack(blob: bytes) -> dict[str, bytes]:
    """Name → content of every member of a .docx, folders left out.

    Raises:
        ValueError: `blob` is no zip file, or a damaged one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            return {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as trouble:
        raise ValueError(str(trouble)) from trouble
