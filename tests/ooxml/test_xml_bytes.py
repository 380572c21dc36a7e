"""A part's coding, what only looks like markup in it, and where its elements stand."""

from __future__ import annotations

import codecs

import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.xml_bytes import (
    Coding,
    Element,
    attributes,
    elements,
    local,
    next_tag,
    parse_xml,
    read_coding,
    read_part,
    root,
    whole,
    with_attribute,
    without_attributes,
)
from tests.ooxml.xlsx_maker import declared

# --- coding ---


@pytest.mark.parametrize(
    ("blob", "coding"),
    [
        (b"<a/>", Coding(b"", "utf-8", wide=False, unicode=True)),
        (b"", Coding(b"", "utf-8", wide=False, unicode=True)),
        (declared("UTF-8"), Coding(b"", "utf-8", wide=False, unicode=True)),
        (codecs.BOM_UTF8 + declared("GBK"), Coding(codecs.BOM_UTF8, "utf-8", wide=False, unicode=True)),
        (b"\xff\xfe<\0", Coding(b"\xff\xfe", "utf-16-le", wide=True, unicode=True)),
        (b"\xfe\xff\0<", Coding(b"\xfe\xff", "utf-16-be", wide=True, unicode=True)),
        (b"<\0a\0", Coding(b"", "utf-16-le", wide=True, unicode=True)),
        (b"\0<\0a", Coding(b"", "utf-16-be", wide=True, unicode=True)),
        (declared("GBK"), Coding(b"", "gbk", wide=False, unicode=False)),
        (b" \t\r\n" + declared("latin-1"), Coding(b"", "iso8859-1", wide=False, unicode=False)),
        (b"<?xml encoding = 'gb18030' ?>", Coding(b"", "gb18030", wide=False, unicode=False)),
        (b"<a>" + declared("GBK"), Coding(b"", "utf-8", wide=False, unicode=True)),
    ],
)
def test_the_coding_is_told_by_mark_else_by_look_else_by_declaration(blob, coding):
    assert read_coding(blob) == coding


@pytest.mark.parametrize(
    ("codec", "message"),
    [
        ("klingon", "XML 声明了未知的编码 klingon → "),
        ("base64", "XML 声明了未知的编码 base64 → "),
        ("UTF-16", "XML 声明的编码 utf-16 与内容不符 → "),
        ("cp037", "XML 声明的编码 cp037 与内容不符 → "),
    ],
)
def test_a_coding_nobody_knows_or_that_is_not_the_one_declared_is_refused(codec, message):
    with pytest.raises(UnreadableWorkbook, match=message):
        read_coding(declared(codec) + b"<a/>")


def test_text_is_spelled_as_the_part_spells_it_and_read_back():
    utf8, gbk = read_part(b"<a/>"), read_part(declared("GBK") + b"<a/>")
    assert (utf8.encode("张"), gbk.encode("张")) == ("张".encode(), b"&#24352;")
    assert (utf8.decode("张".encode()), gbk.decode(b"\xd5\xc5")) == ("张", "张")
    assert utf8.decode(b"a\xff") == "a\ufffd"


@pytest.mark.parametrize(
    "blob",
    [b"<a/>", "\ufeff<a>张</a>".encode(), "\ufeff<a>张</a>".encode("utf-16-be"), "<a>张</a>".encode("utf-16-le")],
)
def test_a_body_is_stored_in_the_coding_it_came_in(blob):
    part = read_part(blob)
    assert part.stored(part.body) == blob


def test_half_a_character_of_utf_16_is_refused():
    with pytest.raises(UnreadableWorkbook, match="UTF-16 文字不完整"):
        read_part(b"\xff\xfe<\0a")


# --- what hides markup ---


@pytest.mark.parametrize("hidden", [b"<!--<b>-->", b"<![CDATA[</a><b>]]>", b"<?old <b> ?>", b"<!-- a --><!-- <b> -->"])
def test_what_only_looks_like_markup_is_blank_in_the_mask_and_stays_in_the_body(hidden):
    blob = b"<a>" + hidden + b"<c/></a>"
    part = read_part(blob)
    assert part.body == blob
    assert part.mask == b"<a>" + b" " * len(hidden) + b"<c/></a>"


@pytest.mark.parametrize(
    "blob",
    [
        b"<a/>", b"<a>!</a>", b"<a>?</a>", declared("UTF-8") + b"<a>what?</a>",
        codecs.BOM_UTF8 + declared("UTF-8") + b"<a>?!</a>",
    ],
)  # fmt: skip
def test_nothing_is_masked_where_nothing_hides_markup(blob):
    part = read_part(blob)
    assert part.mask is part.body


@pytest.mark.parametrize("before", [b"", b" ", declared("UTF-8"), codecs.BOM_UTF8 + declared("UTF-8")])
def test_an_instruction_before_the_root_is_masked_with_a_declaration_and_without(before):
    part = read_part(before + b"<?x <b>?><a/>")
    assert root(part).name == b"a"
    assert part.mask.endswith(b"         <a/>")


@pytest.mark.parametrize("opened", [b"<!--", b"<![CDATA[", b"<a/><?x "])
def test_what_hides_markup_must_end(opened):
    with pytest.raises(UnreadableWorkbook, match="XML 里的注释或 CDATA 没有结尾 → "):
        read_part(b"<a>" + opened + b"</a>")


def test_a_nul_is_refused():
    with pytest.raises(UnreadableWorkbook, match="XML 里有空字符（NUL） → "):
        read_part(b"<a>\0</a>")


def test_entities_of_its_own_are_refused_with_what_helps():
    with pytest.raises(UnsafeWrite, match="工作簿的 XML 里有 DOCTYPE 或自定义实体，不能安全读写 → 请用 Excel"):
        read_part(b"<!DOCTYPE a><a/>")


# --- elements ---


def test_the_root_is_found_with_its_places():
    found = root(read_part(b"<x:a>txt</x:a>"))
    assert found == Element(b"x:a", 0, 5, 8, 14)
    assert found.local == b"a"
    assert not found.self_closed


def test_a_root_may_be_closed_at_once():
    found = root(read_part(declared("UTF-8") + b"\r\n<a />\n"))
    assert (found.start, found.inside, found.close, found.end) == (40, 45, 45, 45)
    assert found.self_closed


@pytest.mark.parametrize(
    ("blob", "message"),
    [
        (b"", "工作簿里的 XML 是空的 → "),
        (b"text", "工作簿里的 XML 是空的 → "),
        (b"<a>x", "工作簿里的 XML 不完整 → "),
        (b"<a/>x", "工作簿里的 XML 在根元素外面还有文字 → "),
        (b"x<a/>", "工作簿里的 XML 在根元素外面还有文字 → "),
        (b"<a></a><b/>", "工作簿里的 XML 在根元素外面还有文字 → "),
        (declared("UTF-8") * 2 + b"<a/>", "工作簿里的 XML 在根元素外面还有文字 → "),
    ],
)
def test_a_part_is_one_element_and_nothing_else(blob, message):
    part = read_part(blob)
    part = type(part)(part.body, part.body, part.coding)
    with pytest.raises(UnreadableWorkbook, match=message):
        root(part)


def test_the_elements_of_one_level_are_found_with_their_places():
    part = read_part(b"<r><a/><b>x<b/></b></r>")
    assert list(elements(part, 3, 19)) == [Element(b"a", 3, 7, 7, 7), Element(b"b", 7, 10, 15, 19)]
    assert list(elements(part, 0, 23)) == [Element(b"r", 0, 3, 19, 23)]
    assert list(elements(part, 10, 11)) == []


@pytest.mark.parametrize(("start", "end"), [(3, 10), (3, 23), (19, 23), (15, 19)])
def test_tags_must_match(start, end):
    with pytest.raises(UnreadableWorkbook, match="工作簿里的 XML 标签不配对 → "):
        list(elements(read_part(b"<r><a/><b>x<b/></b></r>"), start, end))


@pytest.mark.parametrize("more", [0, 1])
def test_a_tag_may_have_a_megabyte_and_no_more(more):
    tag = b"<a b='" + b"x" * ((1 << 20) - 9 + more) + b"'/>"
    part = read_part(tag)
    if not more:
        assert list(elements(part, 0, len(tag))) == [Element(b"a", 0, 1 << 20, 1 << 20, 1 << 20)]
        return
    for look in (lambda: list(elements(part, 0, len(tag))), lambda: next_tag(part, 0)):
        with pytest.raises(UnreadableWorkbook, match="一个标签有 1 MB，没有读取它 → "):
            look()


def test_tags_are_told_one_by_one():
    part = read_part(b"<a x='1'>t</a>")
    assert next_tag(part, 0) == (b"a", False, b" x='1'", 0, 9)
    assert next_tag(part, 1) == (b"a", True, b"", 10, 14)
    assert next_tag(part, 11) is None


# --- attributes ---


def test_attributes_are_read_in_either_quotes():
    assert attributes(b'<a b="1" c=\'2\'\td = "3" e="">') == {b"b": b"1", b"c": b"2", b"d": b"3", b"e": b""}


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (b"7", 7), ("7", 7), (" 7 ", 7), ("0", 0), ("9" * 20, 10**20 - 1),
        (None, 5), (b"", 5), ("", 5), ("x", 5), ("-1", 5), ("1.0", 5), ("٣", 5), (b"\xff", 5), ("9" * 21, 5),
    ],
)  # fmt: skip
def test_a_whole_number_or_else_the_default(raw, number):
    assert whole(raw, 5) == number
    assert whole(raw) == (0 if number == 5 else number)


@pytest.mark.parametrize(
    ("tag", "after"),
    [
        (b"<a/>", b'<a n="1"/>'), (b"<a />", b'<a n="1"/>'), (b"<a>", b'<a n="1">'), (b"<a \n>", b'<a n="1">'),
        (b'<a n="22" m="3">', b'<a n="1" m="3">'), (b"<a m='3' n='22'/>", b"<a m='3' n='1'/>"),
        (b'<a xn="2">', b'<a xn="2" n="1">'), (b'<a n="">', b'<a n="1">'),
    ],
)  # fmt: skip
def test_an_attribute_is_replaced_in_its_place_or_added_as_the_last(tag, after):
    assert with_attribute(tag, b"n", b"1") == after


def test_attributes_go_and_the_others_stay_as_they_stand():
    assert without_attributes(b'<a b="1"  c=\'2\' d="3">', frozenset({b"b", b"d"})) == b"<a  c='2'>"


# --- trees ---


@pytest.mark.parametrize(
    "blob",
    ["<a>张</a>".encode(), declared("GBK") + "<a>张</a>".encode("gbk"), "\ufeff <a>张</a>".encode("utf-16-le")],
)
def test_a_small_part_is_read_as_a_tree_in_any_coding(blob):
    assert parse_xml(blob).text == "张"


def test_a_tree_that_is_not_well_formed_says_where():
    with pytest.raises(UnreadableWorkbook, match=r"工作簿里的 XML 不完整（原文：mismatched tag: line 1, column 8） → "):
        parse_xml(b"<a><b></a>")


def test_a_part_of_more_than_32_megabytes_is_no_tree():
    with pytest.raises(UnreadableWorkbook, match="工作簿的一个部件有 32 MB，没有读取它 → "):
        parse_xml(b" " * ((32 << 20) + 1))
    with pytest.raises(UnreadableWorkbook, match="XML 不完整"):
        parse_xml(b" " * (32 << 20))


def test_a_name_without_its_namespace():
    assert (local("{urn:x}a"), local("a")) == ("a", "a")
