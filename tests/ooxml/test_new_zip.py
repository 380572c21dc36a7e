"""A zip made anew: the same bytes for the same content, on every machine."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from capa_xl.ooxml.new_zip import new_entry, new_member, new_zip
from tests.ooxml.xlsx_maker import deflated


def test_one_member_is_written_to_the_last_byte():
    data = deflated(b"<a/>")
    facts = (0x800, 8, 0, 33, zlib.crc32(b"<a/>"), len(data), 4, 5)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 20, *facts, 0) + b"a.xml" + data
    central = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, *facts, 0, 0, 0, 0, 0, 0) + b"a.xml"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)
    assert new_zip([new_member("a.xml", b"<a/>")]) == local + central + end


def test_members_are_sorted_and_found_by_any_reader():
    contents = {"乙.xml": b"2" * 300, "a.xml": b"", "b.xml": b"1"}
    blob = new_zip(new_member(name, content) for name, content in contents.items())
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        assert archive.namelist() == ["a.xml", "b.xml", "乙.xml"]
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == contents
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert blob == new_zip(new_member(name, contents[name]) for name in reversed(contents))


def test_a_zip_without_members_is_its_end_record():
    assert new_zip([]) == b"PK\5\6" + bytes(18)


def test_an_entry_knows_where_it_stands():
    entry, head = new_entry(new_member("a", b"x"), 0x1234)
    assert struct.unpack_from("<L", head, 42) == (0x1234,)
    assert entry[1] == deflated(b"x")
