"""A zip as the standard library reads it: its entries, their bytes as they lie there, their contents piece by piece."""

from __future__ import annotations

import struct
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from io import BytesIO
from types import MappingProxyType
from zipfile import ZipFile, ZipInfo

from msgspec import Struct

_LOCAL_HEADER = struct.Struct("<26xHH")
_PROMISED, _ZIP64 = 0x8, 1
_DESCRIPTORS = (0, 12, 16, 20, 24)
_PIECE = 1 << 18
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


class Archive(Struct, frozen=True):
    """A zip and its entries in the order of the central directory.

    Attributes:
        unpacked: Contents by key, where somebody has unpacked them, CRC checked.
        by_key: The entries that are no folders.
        starts: Where entries begin, and where the last one ends; sorted.
    """

    blob: bytes
    zip: ZipFile
    by_key: Mapping[str, ZipInfo]
    starts: list[int]
    unpacked: Mapping[str, bytes]

    @property
    def entries(self) -> list[ZipInfo]:
        """All entries, folders among them."""
        return self.zip.infolist()

    def read(self, key: str) -> bytes:
        """An entry's content, CRC checked.

        Raises:
            zipfile.BadZipFile: It is damaged, or not there.
        """
        entry = self._entry(key)
        known = self.unpacked.get(key)
        return self.zip.read(entry) if known is None else known

    def pieces(self, key: str) -> Iterator[bytes]:
        """An entry's content piece by piece, so that a large sheet never stands in memory as a whole.

        Raises:
            zipfile.BadZipFile: It is damaged, or not there.
        """
        entry = self._entry(key)
        known = self.unpacked.get(key)
        with self.zip.open(entry) if known is None else BytesIO(known) as stream:
            while piece := stream.read(_PIECE):
                yield piece

    def _entry(self, key: str) -> ZipInfo:
        if key not in self.by_key:
            raise zipfile.BadZipFile(f"no entry {key}")
        return self.by_key[key]


def open_archive(blob: bytes, unpacked: Mapping[str, bytes] = _NOTHING) -> Archive:
    """A zip's entries.

    Args:
        unpacked: Contents by key that somebody has unpacked from these very bytes.

    Raises:
        zipfile.BadZipFile: It is none, or damaged.
    """
    archive = ZipFile(BytesIO(blob))
    files = [entry for entry in archive.infolist() if not is_folder(entry)]
    starts = sorted([archive.start_dir, *(entry.header_offset for entry in archive.infolist())])
    return Archive(blob, archive, {key_of(entry.orig_filename): entry for entry in files}, starts, unpacked)


def is_folder(entry: ZipInfo) -> bool:
    """A directory entry, which holds nothing."""
    return entry.orig_filename.endswith(("/", "\\")) and not entry.file_size


def key_of(name: str) -> str:
    """The form in which two names mean the same part."""
    return name.replace("\\", "/").lstrip("/").lower()


def same_entry(old: Archive, one: ZipInfo, new: Archive, other: ZipInfo) -> bool:
    """Whether an entry lies in both files with the same bytes, wherever it stands in them."""
    header, data, behind = _lies(old, one)
    new_header, new_data, new_behind = _lies(new, other)
    if data != new_data or _facts(one) != _facts(other):
        return False
    if one.flag_bits == other.flag_bits:
        return header == new_header and len(new_behind) in _DESCRIPTORS and behind.startswith(new_behind)
    # A data descriptor that was promised and never there: only the promise may be taken back.
    taken_back = one.flag_bits == other.flag_bits | _PROMISED
    return taken_back and not new_behind and behind[:4] in (b"", b"PK\3\4", b"PK\1\2")


def _facts(entry: ZipInfo) -> tuple[object, ...]:
    """What the central directory says of an entry, its place and flags apart."""
    versions = (entry.create_system, entry.create_version, entry.extract_version, entry.reserved)
    sizes = (entry.compress_type, entry.CRC, entry.compress_size, entry.file_size)
    looks = (entry.date_time, entry.comment, entry.internal_attr, entry.external_attr)
    return (entry.orig_filename, *versions, *sizes, *looks, _extra(entry.extra))


def _extra(extra: bytes) -> bytes:
    """The extra fields without the zip64 one, which holds the place."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        kept += b"" if kind == _ZIP64 else extra[at : at + 4 + length]
        at += 4 + length
    return kept


def _lies(archive: Archive, entry: ZipInfo) -> tuple[bytes, memoryview, bytes]:
    """An entry's local header, its packed data, and what follows before the next header."""
    start = entry.header_offset
    name, extra = _LOCAL_HEADER.unpack_from(archive.blob, start)
    data = start + 30 + name + extra
    end = data + entry.compress_size
    following = bisect_left(archive.starts, end)
    bound = archive.starts[following] if following < len(archive.starts) else end
    return archive.blob[start:data], memoryview(archive.blob)[data:end], archive.blob[end:bound]
