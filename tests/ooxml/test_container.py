import io
import struct
import zipfile

import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.container import read_container, refuse_duplicates
from capa_xl.ooxml.container_rewrite import pack_member, rewrite
from capa_xl.ooxml.package import open_package
from tests.ooxml.xlsx_maker import Book, raw_zip, zipped

MEMBERS = {"a.xml": b"<a/>" * 50, "dir/b.bin": bytes(range(256)), "c.xml": b"c" * 1000}


def replaced(blob, key, content):
    container = read_container(blob)
    found = container.by_key[key]
    return rewrite(container, {key: pack_member(found, [content])})


@pytest.mark.parametrize("descriptor", ["", "12", "16", "24"])
def test_copying_all_members_gives_the_same_bytes(descriptor):
    blob = raw_zip(MEMBERS, descriptor=descriptor)
    assert rewrite(read_container(blob), {}) == blob


@pytest.mark.parametrize("descriptor", ["", "12", "16", "24", "none"])
def test_only_the_replaced_member_gets_other_bytes(descriptor):
    blob = raw_zip(MEMBERS, descriptor=descriptor)
    new = replaced(blob, "dir/b.bin", b"new content")
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(MEMBERS)
        assert archive.read("dir/b.bin") == b"new content"
    before, after = read_container(blob), read_container(new)
    for key in ("a.xml", "c.xml"):
        assert before.packed(before.by_key[key]) == after.packed(after.by_key[key])


def test_zip64_extras_and_end_records_point_to_the_new_places():
    new = replaced(raw_zip(MEMBERS, zip64=True), "a.xml", b"x" * 5000)
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        assert archive.testzip() is None
        assert archive.read("c.xml") == MEMBERS["c.xml"]


def test_members_are_written_in_the_order_of_the_central_directory():
    order = ("c.xml", "a.xml", "dir/b.bin")
    blob = raw_zip(MEMBERS, central_order=order)
    new = replaced(blob, "a.xml", b"new")
    container = read_container(new)
    assert [found.name for found in container.members] == list(order)
    assert [found.offset for found in container.members] == sorted(found.offset for found in container.members)


def test_a_stored_member_stays_stored():
    blob = raw_zip(MEMBERS, stored=("a.xml",))
    container = read_container(replaced(blob, "a.xml", b"<b/>"))
    assert container.by_key["a.xml"].method == 0
    assert container.read(container.by_key["a.xml"]) == b"<b/>"


def test_archive_comment_and_bytes_before_the_zip_are_kept():
    blob = raw_zip(MEMBERS, comment="注释PK".encode(), prefix=b"#!stub\n")
    new = replaced(blob, "a.xml", b"new")
    assert new.startswith(b"#!stub\nPK")
    assert new.endswith("注释PK".encode())
    with zipfile.ZipFile(io.BytesIO(new)) as archive:
        assert archive.read("c.xml") == MEMBERS["c.xml"]


def test_a_member_may_be_dropped():
    new = rewrite(read_container(raw_zip(MEMBERS)), {}, frozenset({"c.xml"}))
    assert zipfile.ZipFile(io.BytesIO(new)).namelist() == ["a.xml", "dir/b.bin"]


def test_backslashes_and_a_leading_slash_name_the_same_part():
    container = read_container(raw_zip({"xl\\Workbook.xml": b"x", "/xl/styles.xml": b"y"}))
    assert container.find("xl/workbook.xml").name == "xl\\Workbook.xml"
    assert container.find("xl/styles.xml").name == "/xl/styles.xml"


@pytest.mark.parametrize("twin", ["A.XML", "/a.xml"])
def test_names_that_differ_only_in_case_or_slashes_are_refused(twin):
    with pytest.raises(UnsafeWrite, match=r"a\.xml"):
        refuse_duplicates(read_container(raw_zip({"a.xml": b"1", twin: b"2"})))


def test_a_directory_entry_twice_harms_nobody():
    refuse_duplicates(read_container(raw_zip({"xl/": b"", "xl\\": b"", "xl/a.xml": b"1"})))


def test_a_wrong_checksum_is_refused_by_name():
    blob = bytearray(raw_zip({"a.xml": b"hello world"}, stored=("a.xml",)))
    blob[blob.index(b"hello")] = ord("j")
    container = read_container(bytes(blob))
    with pytest.raises(UnreadableWorkbook, match=r"a\.xml.*CRC"):
        container.read(container.members[0])


def test_a_damaged_deflate_stream_is_refused_by_name():
    blob = bytearray(raw_zip({"a.xml": b"hello world" * 20}))
    container = read_container(bytes(blob))
    blob[container.members[0].data_at] ^= 0xFF
    damaged = read_container(bytes(blob))
    with pytest.raises(UnreadableWorkbook, match=r"a\.xml"):
        damaged.read(damaged.members[0])


@pytest.mark.parametrize("size", [0, 219, 221, 1 << 40, 1 << 63, (1 << 64) - 1])
def test_a_size_that_the_directory_has_wrong_is_refused_by_name(size):
    blob = bytearray(raw_zip({"a.xml": b"hello world" * 20}, zip64=True))
    struct.pack_into("<Q", blob, blob.index(struct.pack("<2HQ", 1, 24, 220)) + 4, size)
    with pytest.raises(UnreadableWorkbook, match=r"已损坏.*a\.xml"):
        first_member(bytes(blob))


def first_member(blob):
    container = read_container(blob)
    return container.read(container.members[0])


def test_an_encrypted_member_is_refused():
    container = read_container(raw_zip(MEMBERS, flags=1))
    with pytest.raises(UnreadableWorkbook, match="密码"):
        container.read(container.members[0])


@pytest.mark.parametrize("cut", [10, 40, 200, -30])
def test_a_truncated_workbook_is_refused(cut):
    with pytest.raises(UnreadableWorkbook, match=r"不完整|损坏"):
        open_package(Book().blob()[:cut])


CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("blob", "words"),
    [
        (b"", "空的"),
        (b"\0" * 600, "空的"),
        (CFB + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (CFB + "Workbook".encode("utf-16-le"), r"\.xls）"),
        (CFB + "DRMEncryptedTransform".encode("utf-16-le"), "权限管理"),
        (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table>", "HTML"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", "XML 电子表格 2003"),
        ("编号,问题描述\nGJ-01,备份失败\n".encode("gbk"), "CSV"),
        (b"%PDF-1.7", "PDF"),
        (b"PK", "不完整"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}), "ods"),
        (zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b""}), "xlsb"),
        (zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b""}), "Word"),
        (zipped({"跟踪表.xlsx": b"PK"}), "解压"),
    ],
)
def test_what_is_no_workbook_is_named(blob, words):
    with pytest.raises(UnreadableWorkbook, match=words):
        open_package(blob)


def test_an_offset_beyond_the_file_is_refused_not_followed():
    blob = bytearray(raw_zip(MEMBERS))
    at = blob.index(b"PK\1\2") + 42
    blob[at : at + 4] = struct.pack("<L", 0x7FFFFFFF)
    with pytest.raises(UnreadableWorkbook, match="损坏"):
        read_container(bytes(blob))


def test_xml_that_breaks_off_in_its_declaration_is_refused():
    book = Book()
    book.parts = {"xl/workbook.xml": "<?xml version='1.0'"}
    with pytest.raises(UnreadableWorkbook, match="XML 不完整"):
        open_package(book.blob())
