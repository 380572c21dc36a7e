"""The zip file as bytes: members exactly as they lie there, and a rewrite that copies what it doesn't replace.

`zipfile` gives contents; we need the raw compressed bytes, the local headers, the data descriptors and the
order of the central directory, so that an untouched member stays the same byte for byte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from capa_xl.errors import UnsafeWrite
from capa_xl.workbook.deflate import crc32, inflate, pack
from capa_xl.workbook.sniff import damaged, refuse_unless_zip

_EOCD = struct.Struct("<4s4H2LH")
_EOCD64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _DESCRIBED, _UTF8 = 0x1, 0x8, 0x800
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF
_ZIP64_EXTRA = 1
_FIRST_DAY = 33
"""1980-01-01, the zip format's first day."""


@dataclass(frozen=True, slots=True)
class Member:
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
    """A zip read but not unpacked; members in the order of the central directory."""

    blob: bytes
    members: tuple[Member, ...]
    shift: int  # bytes before the zip proper; offsets in headers don't count them
    tail: bytes  # from the end of the central directory to the end of the file
    by_key: Mapping[str, Member]

    def find(self, name: str) -> Member | None:
        """The member for a part name, whatever its case, slashes or leading slash."""
        return self.by_key.get(member_key(name))

    def packed(self, member: Member) -> memoryview:
        """The compressed bytes as they lie in the file."""
        return memoryview(self.blob)[member.data_at : member.data_at + member.packed_size]

    def read(self, member: Member) -> bytes:
        """The unpacked, CRC-checked content.

        Raises:
            UnreadableWorkbook: Encrypted, packed by a method nobody uses here, or damaged.
        """
        if member.flags & _ENCRYPTED:
            raise damaged(f"压缩包里的 {member.name} 带密码")
        packed = self.packed(member)
        if member.method == _STORED:
            content = bytes(packed)
        elif member.method == _DEFLATED:
            content = _inflated(member, packed)
        else:
            raise damaged(f"压缩包里的 {member.name} 用了不支持的压缩方法 {member.method}")
        if len(content) != member.size or crc32(content) != member.crc:
            raise damaged(f"压缩包里的 {member.name} 校验和 (CRC) 不对")
        return content

    def entry(self, member: Member) -> memoryview:
        """Local header, data and descriptor as they lie in the file."""
        return memoryview(self.blob)[member.offset : member.end]


@dataclass(frozen=True, slots=True)
class Packed:
    """New content of a member as it will lie in the file."""

    packed: bytes
    crc: int
    size: int


_NOTHING: Mapping[str, Packed] = MappingProxyType({})


def packed_new(content: bytes) -> Packed:
    """Content of a new member, deflated."""
    return Packed(*pack([content], deflated=True))


def pack_member(member: Member, pieces: Iterable[bytes | memoryview]) -> Packed:
    """New content for a member, packed the way it was: stored stays stored."""
    return Packed(*pack(pieces, deflated=member.method != _STORED))


def member_key(name: str) -> str:
    """The form in which two names would mean the same part: slashes forward, none leading, lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


def read_container(blob: bytes) -> Container:
    """The members of a zip file, found through its central directory.

    Raises:
        UnreadableWorkbook: No zip at all (the message says what it is instead), or a damaged one.
    """
    refuse_unless_zip(blob)
    count, size, start, tail_at, shift = _directory(blob)
    members: list[Member] = []
    at = start
    for _ in range(count):
        member, at = _central_entry(blob, at, shift)
        members.append(member)
    if at > start + size or at > tail_at:
        raise damaged("压缩包目录的长度不对")
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
            raise UnsafeWrite(
                f"压缩包里有两个同名的成员 {seen[member.key]}，不知道哪一个算数，不能写入。"
                "请用 Excel 或 WPS 打开后另存一份，再用新文件"
            )
        seen[member.key] = member.name


def rewrite(
    container: Container,
    replaced: Mapping[str, Packed],
    dropped: frozenset[str] = frozenset(),
    added: Mapping[str, Packed] = _NOTHING,
) -> bytes:
    """The container with some members' contents replaced, some left out and some added; all others byte for byte.

    Args:
        container: What to copy from.
        replaced: New content by member key.
        dropped: Keys of members to leave out.
        added: Deflated content of new members by name; they come last.
    """
    out: list[bytes | memoryview] = [container.blob[: container.shift]]
    heads: list[bytes] = []
    at = 0
    for member in container.members:
        if member.key in dropped and not member.is_folder:
            continue
        if member.key in replaced and not member.is_folder:
            entry, head = _new_entry(container, member, replaced[member.key], at)
        else:
            entry, head = _copied_entry(container, member, at)
        out += entry
        heads.append(head)
        at += sum(map(len, entry))
    for name, new in added.items():
        entry, head = _added_entry(name, new, at)
        out += entry
        heads.append(head)
        at += sum(map(len, entry))
    directory = b"".join(heads)
    if at + len(directory) >= _FULL32:
        raise UnsafeWrite("工作簿超过 4 GB，不能安全写入，请先拆分")
    out += [directory, _new_tail(container, len(heads), len(directory), at)]
    return b"".join(out)


# --- reading ---------------------------------------------------------------------------------------------


def _directory(blob: bytes) -> tuple[int, int, int, int, int]:
    """Number of entries, size and place of the central directory, its end, and the shift of all offsets."""
    end_at = _end_record(blob)
    _, _, _, _, count, size, start, _ = _EOCD.unpack_from(blob, end_at)
    tail_at = end_at
    locator = end_at - _LOCATOR64.size
    if locator >= 0 and blob[locator : locator + 4] == b"PK\x06\x07":
        record = _zip64_record(blob, locator)
        *_, count, size, start = _EOCD64.unpack_from(blob, record)
        tail_at = record
    shift = tail_at - size - start
    if shift < 0 or (count and blob[start + shift : start + shift + 4] != b"PK\x01\x02"):
        shift = 0  # something stands between directory and end record: trust the offset
    if count and blob[start + shift : start + shift + 4] != b"PK\x01\x02":
        raise damaged("压缩包的目录找不到")
    return count, size, start + shift, tail_at, shift


def _end_record(blob: bytes) -> int:
    at = blob.rfind(b"PK\x05\x06")
    while at >= 0 and at + _EOCD.size > len(blob):
        at = blob.rfind(b"PK\x05\x06", 0, at)
    if at < 0:
        raise damaged("文件不完整（压缩包没有结尾，下载或复制中断）")
    return at


def _zip64_record(blob: bytes, locator: int) -> int:
    _, _, offset, _ = _LOCATOR64.unpack_from(blob, locator)
    for at in (int(offset), locator - _EOCD64.size):
        if 0 <= at <= len(blob) - _EOCD64.size and blob[at : at + 4] == b"PK\x06\x06":
            return at
    raise damaged("压缩包 (zip64) 的结尾找不到")


def _central_entry(blob: bytes, at: int, shift: int) -> tuple[Member, int]:
    if blob[at : at + 4] != b"PK\x01\x02" or at + _CENTRAL.size > len(blob):
        raise damaged("压缩包目录中断")
    fields = _CENTRAL.unpack_from(blob, at)
    flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
    name_len, extra_len, comment_len = fields[10], fields[11], fields[12]
    name_at = at + _CENTRAL.size
    after = name_at + name_len + extra_len + comment_len
    raw_name = blob[name_at : name_at + name_len]
    extra = blob[name_at + name_len : name_at + name_len + extra_len]
    size, packed, offset = _wide((size, packed, fields[16]), extra)
    name = raw_name.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    local = offset + shift
    data_at = _data_start(blob, local, name)
    if data_at + packed > len(blob):
        raise damaged(f"压缩包里的 {name} 不完整")
    end = data_at + packed
    descriptor = _descriptor_length(blob, end, crc, packed, size) if flags & _DESCRIBED else 0
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
    wide = _extra_field(extra, _ZIP64_EXTRA)
    found: list[int] = []
    for value in values:
        if value == _FULL32 and len(wide) >= 8:
            found.append(int.from_bytes(wide[:8], "little"))
            wide = wide[8:]
        else:
            found.append(value)
    return found[0], found[1], found[2]


def _extra_field(extra: bytes, wanted: int) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == wanted:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _without_extra(extra: bytes, unwanted: int) -> bytes:
    kept = b""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != unwanted:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept + extra[at:]


def _data_start(blob: bytes, local: int, name: str) -> int:
    if blob[local : local + 4] != b"PK\x03\x04" or local + _LOCAL.size > len(blob):
        raise damaged(f"压缩包里的 {name} 找不到")
    fields = _LOCAL.unpack_from(blob, local)
    return int(local + _LOCAL.size + fields[9] + fields[10])


def _descriptor_length(blob: bytes, at: int, crc: int, packed: int, size: int) -> int:
    """12, 16, 20 or 24 bytes, with or without signature, with short or wide sizes; 0 if none is there."""
    for layout in ("<LQQ", "<LLL"):
        if layout == "<LLL" and max(packed, size) > _FULL32:
            continue
        body = struct.pack(layout, crc, packed, size)
        for candidate in (b"PK\x07\x08" + body, body):
            if blob[at : at + len(candidate)] == candidate:
                return len(candidate)
    return 0


def _inflated(member: Member, packed: memoryview) -> bytes:
    try:
        return inflate(packed)
    except ValueError as trouble:
        raise damaged(f"压缩包里的 {member.name} 解不开") from trouble


# --- writing ---------------------------------------------------------------------------------------------


def _copied_entry(container: Container, member: Member, at: int) -> tuple[list[bytes | memoryview], bytes]:
    entry = container.entry(member)
    if member.flags & _DESCRIBED and not member.described:
        # Sizes promised behind the data aren't there: put them into the header, where readers look first.
        local = _local_with_sizes(container, member, member.crc, member.packed_size, member.size)
        return [local, container.packed(member)], _central_with(
            member, at, (member.crc, member.packed_size, member.size)
        )
    return [entry], _central_with(member, at, None)


def _new_entry(container: Container, member: Member, new: Packed, at: int) -> tuple[list[bytes | memoryview], bytes]:
    if max(len(new.packed), new.size) >= _FULL32:
        raise UnsafeWrite(f"{member.name} 超过 4 GB，不能安全写入，请先拆分工作簿")
    local = _local_with_sizes(container, member, new.crc, len(new.packed), new.size)
    return [local, new.packed], _central_with(member, at, (new.crc, len(new.packed), new.size))


def _added_entry(name: str, new: Packed, at: int) -> tuple[list[bytes | memoryview], bytes]:
    """A member that wasn't there; its time is always the same, so that the same input gives the same bytes."""
    spelled, sizes = name.encode("utf-8"), (new.crc, len(new.packed), new.size)
    local = _LOCAL.pack(b"PK\x03\x04", 20, _UTF8, _DEFLATED, 0, _FIRST_DAY, *sizes, len(spelled), 0) + spelled
    fields = (b"PK\x01\x02", 20, 20, _UTF8, _DEFLATED, 0, _FIRST_DAY, *sizes, len(spelled), 0, 0, 0, 0, 0, at)
    return [local, new.packed], _CENTRAL.pack(*fields) + spelled


def _local_with_sizes(container: Container, member: Member, crc: int, packed: int, size: int) -> bytes:
    """The local header with true sizes and no promise of a descriptor; name, time and other extras kept."""
    blob, at = container.blob, member.offset
    fields = list(_LOCAL.unpack_from(blob, at))
    name = blob[at + _LOCAL.size : at + _LOCAL.size + fields[9]]
    extra = _without_extra(blob[at + _LOCAL.size + fields[9] : member.data_at], _ZIP64_EXTRA)
    fields[2] &= ~_DESCRIBED
    fields[6:9] = [crc, packed, size]
    fields[10] = len(extra)
    return _LOCAL.pack(*fields) + name + extra


def _central_with(member: Member, at: int, sizes: tuple[int, int, int] | None) -> bytes:
    """The directory entry pointing to its new place; `sizes` (crc, packed, size) when they are new."""
    fields = list(_CENTRAL.unpack_from(member.head, 0))
    rest = member.head[_CENTRAL.size :]
    name, extra = rest[: fields[10]], rest[fields[10] : fields[10] + fields[11]]
    comment = rest[fields[10] + fields[11] :]
    if sizes is not None:
        fields[3] &= ~_DESCRIBED
        fields[7:10] = sizes
        extra = _without_extra(extra, _ZIP64_EXTRA)
        fields[16] = at
    elif fields[16] == _FULL32:
        extra = _with_wide_offset(fields, extra, at)
    else:
        fields[16] = at
    fields[11] = len(extra)
    return _CENTRAL.pack(*fields) + name + extra + comment


def _with_wide_offset(fields: list[int], extra: bytes, at: int) -> bytes:
    """The zip64 extra with the offset, its last-but-disk field, pointing to `at`."""
    before = 8 * ((fields[9] == _FULL32) + (fields[8] == _FULL32))
    wide = _extra_field(extra, _ZIP64_EXTRA)
    new = wide[:before] + at.to_bytes(8, "little") + wide[before + 8 :]
    where = extra.index(struct.pack("<2H", _ZIP64_EXTRA, len(wide)) + wide)
    return extra[: where + 4] + new + extra[where + 4 + len(wide) :]


def _new_tail(container: Container, count: int, size: int, start: int) -> bytes:
    """Zip64 record and locator where they were, end record, archive comment and whatever followed it."""
    tail = bytearray(container.tail)
    at = bytes(tail).rfind(b"PK\x05\x06")
    if tail[:4] == b"PK\x06\x06":
        fields = list(_EOCD64.unpack_from(tail, 0))
        fields[6:10] = [count, count, size, start]
        _EOCD64.pack_into(tail, 0, *fields)
        locator = bytes(tail).find(b"PK\x06\x07")
        _, disk, _, disks = _LOCATOR64.unpack_from(tail, locator)
        _LOCATOR64.pack_into(tail, locator, b"PK\x06\x07", disk, start + size, disks)
    end = list(_EOCD.unpack_from(tail, at))
    short = count if end[4] != _FULL16 else _FULL16
    end[3:7] = [short, short, size if end[5] != _FULL32 else _FULL32, start if end[6] != _FULL32 else _FULL32]
    _EOCD.pack_into(tail, at, *end)
    return bytes(tail)
