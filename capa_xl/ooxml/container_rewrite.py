"""A container written anew: members' contents replaced, left out or added, all others copied byte for byte."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.container import Container, Member
from capa_xl.ooxml.deflate import Packed, pack
from capa_xl.ooxml.new_zip import NewMember, new_entry
from capa_xl.ooxml.zip_records import (
    CENTRAL,
    DESCRIBED,
    END,
    END_64,
    FULL_16,
    FULL_32,
    LOCAL,
    LOCATOR_64,
    STORED,
    ZIP64_EXTRA,
    extra_field,
    without_extra,
)

_NOTHING: Mapping[str, Packed] = MappingProxyType({})


def packed_new(content: bytes) -> Packed:
    """Content of a new member, deflated."""
    return pack([content], deflated=True)


def pack_member(member: Member, pieces: Iterable[bytes | memoryview]) -> Packed:
    """New content for a member, packed the way it was: stored stays stored."""
    return pack(pieces, deflated=member.method != STORED)


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
        entry, head = new_entry(NewMember(name, new), at)
        out += entry
        heads.append(head)
        at += sum(map(len, entry))
    directory = b"".join(heads)
    if at + len(directory) >= FULL_32:
        raise UnsafeWrite("工作簿超过 4 GB，不能安全写入 → 请先拆分")
    out += [directory, _new_tail(container, len(heads), len(directory), at)]
    return b"".join(out)


def _copied_entry(container: Container, member: Member, at: int) -> tuple[list[bytes | memoryview], bytes]:
    entry = container.entry(member)
    if member.flags & DESCRIBED and not member.described:
        # Sizes promised behind the data aren't there: put them into the header, where readers look first.
        local = _local_with_sizes(container, member, member.crc, member.packed_size, member.size)
        return [local, container.packed(member)], _central_with(
            member, at, (member.crc, member.packed_size, member.size)
        )
    return [entry], _central_with(member, at, None)


def _new_entry(container: Container, member: Member, new: Packed, at: int) -> tuple[list[bytes | memoryview], bytes]:
    if max(len(new.packed), new.size) >= FULL_32:
        raise UnsafeWrite(f"{member.name} 超过 4 GB，不能安全写入 → 请先拆分工作簿")
    local = _local_with_sizes(container, member, new.crc, len(new.packed), new.size)
    return [local, new.packed], _central_with(member, at, (new.crc, len(new.packed), new.size))


def _local_with_sizes(container: Container, member: Member, crc: int, packed: int, size: int) -> bytes:
    """The local header with true sizes and no promise of a descriptor; name, time and other extras kept."""
    blob, at = container.blob, member.offset
    fields = list(LOCAL.unpack_from(blob, at))
    name = blob[at + LOCAL.size : at + LOCAL.size + fields[9]]
    extra = without_extra(blob[at + LOCAL.size + fields[9] : member.data_at], ZIP64_EXTRA)
    fields[2] &= ~DESCRIBED
    fields[6:9] = [crc, packed, size]
    fields[10] = len(extra)
    return LOCAL.pack(*fields) + name + extra


def _central_with(member: Member, at: int, sizes: tuple[int, int, int] | None) -> bytes:
    """The directory entry pointing to its new place; `sizes` (crc, packed, size) when they are new."""
    fields = list(CENTRAL.unpack_from(member.head, 0))
    rest = member.head[CENTRAL.size :]
    name, extra = rest[: fields[10]], rest[fields[10] : fields[10] + fields[11]]
    comment = rest[fields[10] + fields[11] :]
    if sizes is not None:
        fields[3] &= ~DESCRIBED
        fields[7:10] = sizes
        extra = without_extra(extra, ZIP64_EXTRA)
        fields[16] = at
    elif fields[16] == FULL_32:
        extra = _with_wide_offset(fields, extra, at)
    else:
        fields[16] = at
    fields[11] = len(extra)
    return CENTRAL.pack(*fields) + name + extra + comment


def _with_wide_offset(fields: list[int], extra: bytes, at: int) -> bytes:
    """The zip64 extra with the offset, its last-but-disk field, pointing to `at`."""
    before = 8 * ((fields[9] == FULL_32) + (fields[8] == FULL_32))
    wide = extra_field(extra, ZIP64_EXTRA)
    new = wide[:before] + at.to_bytes(8, "little") + wide[before + 8 :]
    where = extra.index(struct.pack("<2H", ZIP64_EXTRA, len(wide)) + wide)
    return extra[: where + 4] + new + extra[where + 4 + len(wide) :]


def _new_tail(container: Container, count: int, size: int, start: int) -> bytes:
    """Zip64 record and locator where they were, end record, archive comment and whatever followed it."""
    tail = bytearray(container.tail)
    at = bytes(tail).rfind(b"PK\x05\x06")
    if tail[:4] == b"PK\x06\x06":
        fields = list(END_64.unpack_from(tail, 0))
        fields[6:10] = [count, count, size, start]
        END_64.pack_into(tail, 0, *fields)
        locator = bytes(tail).find(b"PK\x06\x07")
        _, disk, _, disks = LOCATOR_64.unpack_from(tail, locator)
        LOCATOR_64.pack_into(tail, locator, b"PK\x06\x07", disk, start + size, disks)
    end = list(END.unpack_from(tail, at))
    short = count if end[4] != FULL_16 else FULL_16
    end[3:7] = [short, short, size if end[5] != FULL_32 else FULL_32, start if end[6] != FULL_32 else FULL_32]
    END.pack_into(tail, at, *end)
    return bytes(tail)
