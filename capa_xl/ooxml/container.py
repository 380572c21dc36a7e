"""The zip file as bytes: its members exactly as they lie there.

`zipfile` gives contents; we need the raw compressed bytes, the local headers, the data descriptors and the
order of the central directory, so that an untouched member stays the same byte for byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.ceilings import MOST_UNPACKED, refuse_many, refuse_swollen, too_large
from capa_xl.ooxml.deflate import crc32, inflate, inflated
from capa_xl.ooxml.sniff import SAVE_AGAIN, damaged, refuse_unless_zip
from capa_xl.ooxml.zip_records import (
    CENTRAL,
    DEFLATED,
    DESCRIBED,
    ENCRYPTED,
    END,
    END_64,
    FULL_32,
    LOCAL,
    LOCATOR_64,
    STORED,
    UTF8,
    ZIP64_EXTRA,
    extra_field,
)

SMALL = 1 << 20
"""Unpacked bytes below which a part is kept in case somebody wants it again."""
LARGE = 64 << 20
"""Unpacked bytes from which no part is kept, whoever will want it again: of a tracker of 26,000 rows and more, the
sheet would be a quarter of the memory of a run, and to unpack it twice more is a fiftieth of its time."""


class Member(Struct, frozen=True):
    """One entry of the central directory; `name` is as stored, `key` is what two members may not share."""

    name: str
    key: str
    head: bytes  # the entry as it stands in the central directory
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int  # of the local header
    data_at: int
    end: int  # behind data and descriptor
    described: bool  # a data descriptor of known form follows

    @property
    def is_folder(self) -> bool:
        """A directory entry, which holds nothing."""
        return self.name.endswith(("/", "\\")) and not self.size


@dataclass(frozen=True, slots=True)
class Container:
    """A zip whose members are unpacked when they are asked for; members in the order of the central directory.

    Attributes:
        unpacked: What is kept of them: the small ones, and larger ones that somebody said would be wanted again.
        checked: The keys of all that were unpacked, so that their CRC is known to be right.
    """

    blob: bytes
    members: tuple[Member, ...]
    shift: int  # bytes before the zip proper; offsets in headers don't count them
    tail: bytes  # from the end of the central directory to the end of the file
    by_key: Mapping[str, Member]
    unpacked: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    checked: set[str] = field(default_factory=set, compare=False, repr=False)

    def find(self, name: str) -> Member | None:
        """The member for a part name, whatever its case, slashes or leading slash."""
        return self.by_key.get(member_key(name))

    def packed(self, member: Member) -> memoryview:
        """The compressed bytes as they lie in the file."""
        return memoryview(self.blob)[member.data_at : member.data_at + member.packed_size]

    def read(self, member: Member, *, keep: bool = False) -> bytes:
        """The unpacked, CRC-checked content.

        Args:
            keep: It will be wanted again, so let it be kept up to `LARGE`.

        Raises:
            UnreadableWorkbook: Encrypted, too large, packed by a method nobody uses here, or damaged.
        """
        known = self.unpacked.get(member.key)
        if known is not None:
            return known
        content = self._unpacked(member)
        self.checked.add(member.key)
        if len(content) < (LARGE if keep else SMALL):
            self.unpacked[member.key] = content
        return content

    def pieces(self, member: Member) -> Iterator[bytes]:
        """The unpacked content piece by piece, kept by nobody; its CRC is checked behind the last piece.

        Raises:
            UnreadableWorkbook: As `read`.
        """
        _refuse_unreadable(member)
        crc = 0
        try:
            for piece in _pieces(member, self.packed(member)):
                crc = crc32(piece, crc)
                yield piece
        except ValueError as trouble:
            raise _not_unpacked(member) from trouble
        if crc != member.crc:
            raise _wrong_crc(member)
        self.checked.add(member.key)

    def _unpacked(self, member: Member) -> bytes:
        _refuse_unreadable(member)
        packed = self.packed(member)
        content = bytes(packed) if member.method == STORED else _inflated(member, packed)
        if len(content) != member.size or crc32(content) != member.crc:
            raise _wrong_crc(member)
        return content

    def entry(self, member: Member) -> memoryview:
        """Local header, data and descriptor as they lie in the file."""
        return memoryview(self.blob)[member.offset : member.end]


def member_key(name: str) -> str:
    """The form in which two names would mean the same part: slashes forward, none leading, lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


def read_container(blob: bytes) -> Container:
    """The members of a zip file, found through its central directory.

    Raises:
        UnreadableWorkbook: No zip at all (the message says what it is instead), a damaged one, or one that holds more
            than can be unpacked.
    """
    refuse_unless_zip(blob)
    count, size, start, tail_at, shift = _directory(blob)
    refuse_many(count)
    members: list[Member] = []
    at = start
    for _ in range(count):
        member, at = _central_entry(blob, at, shift)
        members.append(member)
    if at > start + size or at > tail_at:
        raise damaged("压缩包目录的长度不对")
    refuse_swollen(members, len(blob))
    by_key = {member.key: member for member in members if not member.is_folder}
    return Container(blob, tuple(members), shift, blob[tail_at:], by_key)


def refuse_duplicates(container: Container) -> None:
    """Let a container pass whose names are all different.

    Raises:
        UnsafeWrite: Two members share a name, or differ only in case or slashes: readers disagree which counts.
    """
    seen: dict[str, str] = {}
    for member in container.members:
        if member.is_folder:
            continue
        if member.key in seen:
            raise UnsafeWrite(f"压缩包里有两个同名的成员 {seen[member.key]}，不知道哪个算数，不能写入 → {SAVE_AGAIN}")
        seen[member.key] = member.name


def _directory(blob: bytes) -> tuple[int, int, int, int, int]:
    """Number of entries, size and place of the central directory, its end, and the shift of all offsets."""
    end_at = _end_record(blob)
    _, _, _, _, count, size, start, _ = END.unpack_from(blob, end_at)
    tail_at = end_at
    locator = end_at - LOCATOR_64.size
    if locator >= 0 and blob[locator : locator + 4] == b"PK\x06\x07":
        record = _zip64_record(blob, locator)
        *_, count, size, start = END_64.unpack_from(blob, record)
        tail_at = record
    shift = tail_at - size - start
    if shift < 0 or (count and blob[start + shift : start + shift + 4] != b"PK\x01\x02"):
        shift = 0  # something stands between directory and end record: trust the offset
    if count and blob[start + shift : start + shift + 4] != b"PK\x01\x02":
        raise damaged("压缩包的目录找不到")
    return count, size, start + shift, tail_at, shift


def _end_record(blob: bytes) -> int:
    at = blob.rfind(b"PK\x05\x06")
    while at >= 0 and at + END.size > len(blob):
        at = blob.rfind(b"PK\x05\x06", 0, at)
    if at < 0:
        raise damaged("文件不完整（压缩包没有结尾，下载或复制中断）")
    return at


def _zip64_record(blob: bytes, locator: int) -> int:
    _, _, offset, _ = LOCATOR_64.unpack_from(blob, locator)
    for at in (int(offset), locator - END_64.size):
        if 0 <= at <= len(blob) - END_64.size and blob[at : at + 4] == b"PK\x06\x06":
            return at
    raise damaged("压缩包（zip64）的结尾找不到")


def _central_entry(blob: bytes, at: int, shift: int) -> tuple[Member, int]:
    if blob[at : at + 4] != b"PK\x01\x02" or at + CENTRAL.size > len(blob):
        raise damaged("压缩包目录中断")
    fields = CENTRAL.unpack_from(blob, at)
    flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
    name_len, extra_len, comment_len = fields[10], fields[11], fields[12]
    name_at = at + CENTRAL.size
    after = name_at + name_len + extra_len + comment_len
    raw_name = blob[name_at : name_at + name_len]
    extra = blob[name_at + name_len : name_at + name_len + extra_len]
    size, packed, offset = _wide((size, packed, fields[16]), extra)
    name = raw_name.decode("utf-8" if flags & UTF8 else "cp437", "replace")
    local = offset + shift
    data_at = _data_start(blob, local, name)
    if data_at + packed > len(blob):
        raise damaged(f"压缩包里的 {name} 不完整")
    end = data_at + packed
    descriptor = _descriptor_length(blob, end, crc, packed, size) if flags & DESCRIBED else 0
    member = Member(
        name,
        member_key(name),
        blob[at:after],
        flags,
        method,
        crc,
        packed,
        size,
        local,
        data_at,
        end + descriptor,
        bool(descriptor),
    )
    return member, after


def _wide(values: tuple[int, int, int], extra: bytes) -> tuple[int, int, int]:
    """Size, packed size and offset, each from the zip64 extra where the 32-bit field is full."""
    wide = extra_field(extra, ZIP64_EXTRA)
    found: list[int] = []
    for value in values:
        if value == FULL_32 and len(wide) >= 8:
            found.append(int.from_bytes(wide[:8], "little"))
            wide = wide[8:]
        else:
            found.append(value)
    return found[0], found[1], found[2]


def _data_start(blob: bytes, local: int, name: str) -> int:
    if blob[local : local + 4] != b"PK\x03\x04" or local + LOCAL.size > len(blob):
        raise damaged(f"压缩包里的 {name} 找不到")
    fields = LOCAL.unpack_from(blob, local)
    return int(local + LOCAL.size + fields[9] + fields[10])


def _descriptor_length(blob: bytes, at: int, crc: int, packed: int, size: int) -> int:
    """12, 16, 20 or 24 bytes, with or without signature, with short or wide sizes; 0 if none is there."""
    for layout in ("<LQQ", "<LLL"):
        if layout == "<LLL" and max(packed, size) > FULL_32:
            continue
        body = struct.pack(layout, crc, packed, size)
        for candidate in (b"PK\x07\x08" + body, body):
            if blob[at : at + len(candidate)] == candidate:
                return len(candidate)
    return 0


def _refuse_unreadable(member: Member) -> None:
    """Let a member pass that can be unpacked.

    Raises:
        UnreadableWorkbook: Encrypted, too large, or packed by a method nobody uses here.
    """
    if member.size > MOST_UNPACKED:
        raise too_large(f"{member.name} 解开后 {member.size >> 20} MB")
    if member.flags & ENCRYPTED:
        raise damaged(f"压缩包里的 {member.name} 带密码")
    if member.method not in (STORED, DEFLATED):
        raise damaged(f"压缩包里的 {member.name} 用了不支持的压缩方法 {member.method}")


def _inflated(member: Member, packed: memoryview) -> bytes:
    try:
        return inflate(packed, member.size)
    except ValueError as trouble:
        raise _not_unpacked(member) from trouble


def _pieces(member: Member, packed: memoryview) -> Iterator[bytes]:
    if member.method == DEFLATED:
        return inflated(packed, member.size)
    return (bytes(packed[at : at + SMALL]) for at in range(0, len(packed), SMALL))


def _not_unpacked(member: Member) -> UnreadableWorkbook:
    return damaged(f"压缩包里的 {member.name} 解不开")


def _wrong_crc(member: Member) -> UnreadableWorkbook:
    return damaged(f"压缩包里的 {member.name} 校验和（CRC）不对")
