"""A zip made anew: members deflated and sorted, dated the format's first day, so that same content is same bytes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from capa_xl.ooxml.deflate import Packed, pack_lasting
from capa_xl.ooxml.zip_records import CENTRAL, DEFLATED, END, LOCAL, UTF8

_FIRST_DAY = 33
"""1980-01-01, the zip format's first day."""
_VERSION = 20


class NewMember(Struct, frozen=True):
    """One member of a zip that is being made."""

    name: str
    content: Packed


def new_member(name: str, content: bytes) -> NewMember:
    """A member packed the same way on every machine."""
    return NewMember(name, pack_lasting(content))


def new_zip(members: Iterable[NewMember]) -> bytes:
    """The zip file; members sorted by name."""
    body: list[bytes | memoryview] = []
    heads: list[bytes] = []
    at = 0
    for member in sorted(members, key=lambda one: one.name):
        entry, head = new_entry(member, at)
        body += entry
        heads.append(head)
        at += sum(map(len, entry))
    directory = b"".join(heads)
    count = len(heads)
    return b"".join((*body, directory, END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0)))


def new_entry(member: NewMember, at: int) -> tuple[list[bytes | memoryview], bytes]:
    """Local header and data of a member that stands at offset `at`, and its entry in the central directory."""
    name, content = member.name.encode("utf-8"), member.content
    sizes = (content.crc, len(content.packed), content.size)
    common = (UTF8, DEFLATED, 0, _FIRST_DAY, *sizes, len(name))
    local = LOCAL.pack(b"PK\x03\x04", _VERSION, *common, 0) + name
    head = CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *common, 0, 0, 0, 0, 0, at) + name
    return [local, content.packed], head
