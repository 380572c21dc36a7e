"""Entries of a zip as the standard library reads them, and whether two are the same to the last byte."""

from __future__ import annotations

import contextlib
import struct
import zipfile
from zipfile import ZipInfo

import pytest

from capa_xl.ooxml.proof.zip_members import is_folder, key_of, open_archive, same_entry
from tests.ooxml.xlsx_maker import raw_zip

MEMBERS = {"a.xml": b"<a>" + bytes(300) + b"</a>", "b.xml": b"<b/>"}
BLOB = raw_zip(MEMBERS)
AT = BLOB.index(b"PK\1\2")


def is_same(before: bytes, after: bytes, key: str = "a.xml") -> bool:
    old, new = open_archive(before), open_archive(after)
    return same_entry(old, old.by_key[key], new, new.by_key[key])


def with_byte(at: int, blob: bytes = BLOB) -> bytes:
    return blob[:at] + bytes([blob[at] ^ 0x40]) + blob[at + 1 :]


@pytest.mark.parametrize(("name", "key"), [("\\XL\\A.xml", "xl/a.xml"), ("/xl/a.XML", "xl/a.xml"), ("a", "a")])
def test_names_of_one_part_have_one_key(name, key):
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("name", "size", "folder"), [("a/", 0, True), ("a\\", 0, True), ("a/", 1, False), ("a", 0, False)]
)
def test_a_folder_holds_nothing(name, size, folder):
    entry = ZipInfo("a")
    entry.orig_filename, entry.file_size = name, size
    assert is_folder(entry) is folder


def test_an_entry_is_unpacked_unless_somebody_has():
    assert open_archive(BLOB).read("a.xml") == MEMBERS["a.xml"]
    known = open_archive(BLOB, {"a.xml": b"known"})
    assert (known.read("a.xml"), known.read("b.xml")) == (b"known", b"<b/>")
    assert list(known.pieces("a.xml")) == [b"known"]


def test_a_large_entry_comes_piece_by_piece():
    content = bytes(range(256)) * 1025
    pieces = list(open_archive(raw_zip({"a.xml": content})).pieces("a.xml"))
    assert [len(piece) for piece in pieces] == [1 << 18, 256]
    assert b"".join(pieces) == content


def test_an_entry_that_is_not_there_is_named():
    archive = open_archive(BLOB)
    for look in (lambda: archive.read("c.xml"), lambda: list(archive.pieces("c.xml"))):
        with pytest.raises(zipfile.BadZipFile, match=r"^no entry c\.xml$"):
            look()


def test_folders_are_entries_and_have_no_key():
    archive = open_archive(raw_zip({"dir/": b"", "dir/a.xml": b"x"}))
    assert [entry.filename for entry in archive.entries] == ["dir/", "dir/a.xml"]
    assert list(archive.by_key) == ["dir/a.xml"]


def test_an_entry_is_the_same_wherever_it_stands():
    assert is_same(BLOB, BLOB)
    assert is_same(BLOB, raw_zip(dict(reversed(MEMBERS.items()))))
    assert is_same(BLOB, raw_zip(MEMBERS, prefix=b"MZ"))


@pytest.mark.parametrize("at", [*range(AT + 4, AT + 8), *range(AT + 10, AT + 16), *range(AT + 36, AT + 42)])
def test_every_fact_of_the_directory_counts(at):
    """Versions, method, time, attributes: with any other the entry is another one."""
    with contextlib.suppress(zipfile.BadZipFile, NotImplementedError):  # not read at all
        assert not is_same(BLOB, with_byte(at))


@pytest.mark.parametrize("at", range(4, 30 + 5 + 8))
def test_every_byte_of_an_entry_counts_where_it_lies(at):
    if at in range(26, 30):
        return  # the lengths of name and extra: they move what is read as data
    assert not is_same(BLOB, with_byte(at))


def test_the_lengths_in_a_local_header_count():
    for at in (26, 28):
        assert not is_same(BLOB, with_byte(at))


def test_checksum_and_sizes_count():
    assert not is_same(BLOB, raw_zip({**MEMBERS, "a.xml": MEMBERS["a.xml"] + b" "}))
    assert not is_same(BLOB, with_byte(AT + 16))


def test_the_comment_of_an_entry_counts():
    short = BLOB[: AT + 32] + b"\1\0" + BLOB[AT + 34 : AT + 51] + b"!" + BLOB[AT + 51 :]
    end = short.rindex(b"PK\5\6")
    size = struct.unpack_from("<L", short, end + 12)[0]
    assert not is_same(BLOB, short[: end + 12] + struct.pack("<L", size + 1) + short[end + 16 :])


@pytest.mark.parametrize("descriptor", ["12", "16", "24"])
def test_a_descriptor_stays_as_it_was(descriptor):
    blob = raw_zip(MEMBERS, descriptor=descriptor)
    behind = blob.index(b"PK\3\4", 4) - 1
    assert is_same(blob, blob)
    assert not is_same(blob, with_byte(behind, blob))


def test_a_zip64_extra_holds_the_place_alone():
    blob = raw_zip(MEMBERS, zip64=True)
    assert is_same(blob, blob)
