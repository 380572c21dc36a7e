"""A zip's members in every odd form, and the sentence for each fault."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.container import Container, read_container, refuse_duplicates
from capa_xl.ooxml.container_rewrite import pack_member, packed_new, rewrite
from tests.ooxml.xlsx_maker import contents, raw_zip

MEMBERS = {"a.xml": b"<a/>" * 50, "c.xml": b"c" * 1000}


def patched(blob: bytes, at: int, form: str, value: int) -> bytes:
    new = bytearray(blob)
    struct.pack_into(form, new, at, value)
    return bytes(new)


def said(blob: bytes, name: str = "a.xml") -> str:
    with pytest.raises(UnreadableWorkbook) as trouble:
        container = read_container(blob)
        container.read(container.by_key[name])
    return str(trouble.value).removeprefix("工作簿文件已损坏：").partition(" → ")[0]


BLOB = raw_zip(MEMBERS)
AT = BLOB.index(b"PK\1\2")
END = BLOB.rindex(b"PK\5\6")


@pytest.mark.parametrize(
    ("blob", "sentence"),
    [
        (patched(BLOB, AT + 8, "<H", 1), "压缩包里的 a.xml 带密码"),
        (patched(BLOB, AT + 10, "<H", 12), "压缩包里的 a.xml 用了不支持的压缩方法 12"),
        (patched(BLOB, AT + 16, "<L", 0), "压缩包里的 a.xml 校验和（CRC）不对"),
        (patched(BLOB, AT + 24, "<L", 199), "压缩包里的 a.xml 解不开"),
        (patched(BLOB, AT + 20, "<L", len(BLOB)), "压缩包里的 a.xml 不完整"),
        (patched(BLOB, AT + 42, "<L", 1), "压缩包里的 a.xml 找不到"),
        (patched(BLOB, AT + 42, "<L", len(BLOB)), "压缩包里的 a.xml 找不到"),
        (patched(BLOB, END + 10, "<H", 3), "压缩包目录中断"),
        (patched(BLOB, AT, "<L", 0), "压缩包的目录找不到"),
        (patched(BLOB, END + 12, "<L", 10), "压缩包目录的长度不对"),
        (b"PK\3\4" + bytes(40), "文件不完整（压缩包没有结尾，下载或复制中断）"),
        (BLOB[:-1], "文件不完整（压缩包没有结尾，下载或复制中断）"),
    ],
)
def test_each_fault_has_its_sentence(blob, sentence):
    assert said(blob) == sentence


def test_a_directory_longer_than_it_says_is_told():
    short = struct.unpack_from("<L", BLOB, END + 12)[0] - 1
    moved = patched(patched(BLOB, END + 12, "<L", short), END + 16, "<L", AT)
    assert said(moved) == "压缩包目录的长度不对"


def test_a_zip64_end_that_is_nowhere_is_told():
    blob = raw_zip(MEMBERS, zip64=True)
    assert said(blob.replace(b"PK\6\6", b"PK\0\0")) == "压缩包（zip64）的结尾找不到"


@pytest.mark.parametrize("shift", [0, 1 << 20])
def test_a_zip64_end_is_found_where_the_locator_says_or_before_it(shift):
    blob = raw_zip(MEMBERS, zip64=True)
    locator = blob.index(b"PK\6\7")
    offset = struct.unpack_from("<Q", blob, locator + 8)[0]
    found = read_container(patched(blob, locator + 8, "<Q", offset + shift))
    assert [member.name for member in found.members] == list(MEMBERS)


@pytest.mark.parametrize(("size", "kept"), [((1 << 20) - 1, True), (1 << 20, False)])
def test_a_small_part_is_kept_for_whoever_wants_it_again(size, kept):
    container = read_container(raw_zip({"a.xml": bytes(size)}))
    (member,) = container.members
    assert container.checked == set()
    first = container.read(member)
    assert container.checked == {"a.xml"}
    assert (container.read(member) is first) is kept
    assert container.read(member, keep=True) is container.read(member)


def test_a_member_too_large_is_never_unpacked():
    container = read_container(BLOB)
    huge = type(container.members[0])
    fields = {name: getattr(container.members[0], name) for name in huge.__slots__}
    with pytest.raises(UnreadableWorkbook, match=r"a\.xml 解开后 512 MB"):
        container.read(huge(**{**fields, "size": (512 << 20) + 1}))


@pytest.mark.parametrize(("flags", "name"), [(0x800, "乙.xml"), (0, "ä.xml")])
def test_a_name_is_read_in_its_coding(flags, name):
    raw = name.encode("utf-8" if flags else "cp437")
    plain = raw_zip({"x" * len(raw): b"<a/>"}, flags=flags).replace(b"x" * len(raw), raw)
    assert [member.name for member in read_container(plain).members] == [name]


@pytest.mark.parametrize(("descriptor", "length"), [("", 0), ("12", 12), ("16", 16), ("24", 24), ("none", 0)])
def test_a_descriptor_belongs_to_its_member(descriptor, length):
    container = read_container(raw_zip(MEMBERS, descriptor=descriptor))
    first, second = container.members
    assert first.end - first.data_at - first.packed_size == length
    assert first.described is bool(length)
    assert second.offset == first.end
    assert bytes(container.entry(first)) == container.blob[: first.end]


def test_a_twin_is_refused_by_the_name_of_the_first():
    with pytest.raises(UnsafeWrite, match=r"^压缩包里有两个同名的成员 a\.xml，不知道哪个算数，不能写入 → 请用 Excel"):
        refuse_duplicates(read_container(raw_zip({"a.xml": b"1", "A.xml": b"2"})))


# --- written anew ---


def changed(container: Container, key: str, content: bytes) -> bytes:
    return rewrite(container, {key: pack_member(container.by_key[key], [content])})


@pytest.mark.parametrize("zip64", [False, True])
def test_members_are_replaced_left_out_and_added(zip64):
    container = read_container(
        raw_zip({**MEMBERS, "dir/": b"", "d.xml": b"d"}, zip64=zip64, comment=b"!", prefix=b"MZ")
    )
    replaced = {"a.xml": pack_member(container.by_key["a.xml"], [b"new", b"er"])}
    new = rewrite(container, replaced, frozenset({"c.xml", "dir/"}), {"乙.xml": packed_new(b"added" * 99)})
    assert contents(new) == {"a.xml": b"newer", "dir/": b"", "d.xml": b"d", "乙.xml": b"added" * 99}
    assert new.startswith(b"MZPK\3\4")
    assert new.endswith(b"!")
    added = read_container(new).by_key["乙.xml"]
    assert (added.method, added.packed_size < 99) == (8, True)


def wide_offset(before: bytes = b"", behind: bytes = b"", *, wide: int = 1) -> bytes:
    """Two members; of the second the directory tells the offset in the zip64 extra, and with `wide` 2 its size too."""
    blob = raw_zip(MEMBERS)
    at = blob.index(b"PK\1\2", blob.index(b"PK\1\2") + 1)
    end = blob.rindex(b"PK\5\6")
    head, name = bytearray(blob[at : at + 46]), blob[at + 46 : at + 51]
    size, offset = struct.unpack_from("<L", head, 24)[0], struct.unpack_from("<L", head, 42)[0]
    values = struct.pack("<2Q", size, offset) if wide == 2 else struct.pack("<Q", offset)
    extra = before + struct.pack("<2H", 1, len(values) + len(behind)) + values + behind
    struct.pack_into("<L", head, 42, 0xFFFFFFFF)
    if wide == 2:
        struct.pack_into("<L", head, 24, 0xFFFFFFFF)
    struct.pack_into("<H", head, 30, len(extra))
    tail = bytearray(blob[end:])
    struct.pack_into("<L", tail, 12, struct.unpack_from("<L", tail, 12)[0] + len(extra))
    return blob[:at] + bytes(head) + name + extra + bytes(tail)


TIME = struct.pack("<2H4s", 0x5455, 4, b"time")


@pytest.mark.parametrize(
    "blob", [wide_offset(), wide_offset(wide=2), wide_offset(TIME), wide_offset(TIME, struct.pack("<L", 7), wide=2)]
)
def test_an_offset_in_the_zip64_extra_moves_there_and_all_around_it_stays(blob):
    container = read_container(blob)
    assert rewrite(container, {}) == blob
    new = changed(container, "a.xml", bytes(range(256)) * 9)
    assert contents(new)["c.xml"] == MEMBERS["c.xml"]
    shift = read_container(new).by_key["c.xml"].offset - container.by_key["c.xml"].offset
    old_head, new_head = container.by_key["c.xml"].head, read_container(new).by_key["c.xml"].head
    moved = (
        struct.pack("<Q", container.by_key["c.xml"].offset),
        struct.pack("<Q", container.by_key["c.xml"].offset + shift),
    )
    assert new_head == old_head.replace(*moved)


def test_a_replaced_member_keeps_name_time_and_own_extras_and_says_its_new_size():
    blob = raw_zip(MEMBERS, zip64=True)
    new = changed(read_container(blob), "a.xml", b"<b/>")
    (entry, _) = zipfile.ZipFile(io.BytesIO(new)).infolist()
    packed = read_container(new).by_key["a.xml"]
    assert (entry.filename, entry.file_size, entry.CRC, entry.extra) == ("a.xml", 4, zlib.crc32(b"<b/>"), b"")
    assert bytes(read_container(new).packed(packed)) == new[packed.data_at : packed.data_at + packed.packed_size]
    local = struct.unpack_from("<4s5H3L2H", new, 0)
    assert local[6:9] == (entry.CRC, entry.compress_size, 4)
    assert local[4:6] == struct.unpack_from("<4s5H3L2H", blob, 0)[4:6]


@pytest.mark.parametrize("descriptor", ["12", "16", "24", "none"])
def test_a_replaced_member_promises_no_descriptor_any_more(descriptor):
    new = changed(read_container(raw_zip(MEMBERS, descriptor=descriptor)), "a.xml", b"<b/>")
    first, second = read_container(new).members
    assert (first.flags & 8, first.end) == (0, second.offset)
    assert second.flags & 8 == (0 if descriptor == "none" else 8)
    assert contents(new) == {"a.xml": b"<b/>", "c.xml": MEMBERS["c.xml"]}


def test_the_end_records_tell_the_new_count_size_and_place():
    for zip64 in (False, True):
        container = read_container(raw_zip(MEMBERS, zip64=zip64))
        new = rewrite(container, {}, frozenset({"c.xml"}))
        end, start = new.rindex(b"PK\5\6"), new.index(b"PK\1\2")
        count, size, place = struct.unpack_from("<H2L", new, end + 10)
        assert struct.unpack_from("<H", new, end + 8) == (count,) == (1,)
        if not zip64:
            assert (size, place) == (end - start, start)
            continue
        record = new.index(b"PK\6\6")
        assert (size, place) == (record - start, 0xFFFFFFFF)
        assert struct.unpack_from("<4Q", new, record + 24) == (1, 1, record - start, start)
        assert struct.unpack_from("<LQL", new, record + 60) == (0, record, 1)
