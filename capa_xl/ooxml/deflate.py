"""Deflate, inflate and CRC-32: `isal` where the extra is installed, the standard library's zlib elsewhere.

Only speed and size differ between the two; what is read back is the same.
"""

from __future__ import annotations

import importlib.util
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from types import ModuleType

from msgspec import Struct


def _fastest() -> tuple[ModuleType, int]:
    """Module and level: `capa-xl[fast]` brings isal, everyone has zlib."""
    if importlib.util.find_spec("isal") is None:
        return zlib, 4
    from isal import isal_zlib

    return isal_zlib, 2


_ENGINE, _LEVEL = _fastest()
_RAW = -15
_GATHERED = 256
_PIECE = 1 << 16
_USUAL_LEVEL = 6


class Packed(Struct, frozen=True):
    """Content of a member as it will lie in the zip: its bytes there, CRC-32 and unpacked size."""

    packed: bytes
    crc: int
    size: int


def crc32(blob: bytes | memoryview, start: int = 0) -> int:
    """CRC-32 as zip wants it."""
    return int(_ENGINE.crc32(blob, start))


def inflate(packed: bytes | memoryview, size: int) -> bytes:
    """The raw-deflate stream `packed`, unpacked.

    Args:
        size: How long it must be, unpacked: room is made once, and a stream that swells beyond it is given up.

    Raises:
        ValueError: The stream is damaged, ends early or is longer.
    """
    try:
        room = _room_for(size)
    except OverflowError as trouble:  # a zip64 size beyond all memory
        raise ValueError(str(trouble)) from trouble
    for piece in inflated(packed, size):
        room.write(piece)
    return room.getvalue()


def inflated(packed: bytes | memoryview, size: int) -> Iterator[bytes]:
    """The same piece by piece.

    Raises:
        ValueError: As `inflate`; known when the last piece was taken.
    """
    stream, left = _ENGINE.decompressobj(_RAW), size
    for at in range(0, len(packed), _PIECE):
        try:
            piece = stream.decompress(packed[at : at + _PIECE], left + 1)
        except (_ENGINE.error, OverflowError) as trouble:
            raise ValueError(str(trouble)) from trouble
        left -= len(piece)
        yield piece
        if stream.eof or left < 0:
            break
    if not stream.eof or left:
        raise ValueError("the deflate stream has another length than the directory says")


def _room_for(size: int) -> BytesIO:
    """A stream that need not grow up to a size: growing, it would leave its smaller selves in memory."""
    room = BytesIO()
    if size:
        room.seek(size - 1)
        room.write(b"\0")
    room.seek(0)
    return room


def pack(pieces: Iterable[bytes | memoryview], *, deflated: bool) -> Packed:
    """Pieces of one member, packed as fast as this machine can.

    Some hundred pieces are gathered at a time, so the unpacked member never exists as a whole.
    """
    stream = _ENGINE.compressobj(_LEVEL, 8, _RAW) if deflated else None
    packed = BytesIO()  # gives its bytes without a second copy
    crc = size = 0
    for chunk in _chunks(pieces):
        crc = crc32(chunk, crc)
        size += len(chunk)
        packed.write(stream.compress(chunk) if stream else chunk)
    if stream:
        packed.write(stream.flush())
    return Packed(packed.getvalue(), crc, size)


def pack_lasting(content: bytes) -> Packed:
    """Content deflated by the standard library: the same bytes with `isal` and without."""
    stream = zlib.compressobj(_USUAL_LEVEL, zlib.DEFLATED, _RAW)
    return Packed(stream.compress(content) + stream.flush(), zlib.crc32(content), len(content))


def _chunks(pieces: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    left = iter(pieces)
    while gathered := tuple(islice(left, _GATHERED)):
        yield b"".join(gathered)
