"""XML read by expat, with the places of its bytes."""

from __future__ import annotations

import codecs

import pytest

from capa_xl.ooxml.proof.elements import (
    MalformedError,
    PlacedElement,
    as_utf8,
    coding_of,
    read_elements,
    refuse_malformed,
    without,
)
from tests.ooxml.xlsx_maker import declared

XML = b"<r a='1'>t<b>u</b >v<c/></r>"


@pytest.mark.parametrize(
    ("blob", "coding"),
    [
        (b"<a/>", "utf-8"), (b"", "utf-8"), (declared("GBK"), "gbk"), (b" \r\n" + declared("UTF-8"), "utf-8"),
        (codecs.BOM_UTF8 + declared("GB2312"), "gb2312"), (b"<?xml encoding = 'x-y.1'?>", "x-y.1"),
        (b"\xff\xfe<\0", "utf-16"), (b"\xfe\xff\0<", "utf-16"), (b"<\0a\0", "utf-16-le"), (b"\0<\0a", "utf-16-be"),
    ],
)  # fmt: skip
def test_the_coding_is_told_by_mark_else_by_look_else_by_declaration(blob, coding):
    assert coding_of(blob) == coding


def test_a_part_in_utf_8_or_ascii_stays_the_very_same():
    for blob in (b"<a/>", declared("UTF-8") + "<a>张</a>".encode(), declared("US-ASCII") + b"<a/>"):
        assert as_utf8(blob) is blob


@pytest.mark.parametrize("blob", [
    declared("GBK") + "<a>张</a>".encode("gbk"),
    '\ufeff<?xml version="1.0" encoding="UTF-16"?><a>张</a>'.encode("utf-16-be"),
    '<?xml version="1.0" encoding="UTF-16"?><a>张</a>'.encode("utf-16-le"),
])  # fmt: skip
def test_any_other_coding_becomes_utf_8_and_loses_its_declaration(blob):
    assert as_utf8(blob) == "<a>张</a>".encode()


@pytest.mark.parametrize(
    ("blob", "message"),
    [(declared("klingon"), "klingon: unknown encoding: klingon"), (b"\xff\xfe<\0a", r"utf-16: .*truncated data")],
)
def test_an_unknown_or_broken_coding_is_malformed(blob, message):
    with pytest.raises(MalformedError, match=message):
        as_utf8(blob)


def test_elements_are_placed_down_to_the_depth_that_is_asked_for():
    b = PlacedElement("b", {}, 10, 13, 14, 19, [], "u")
    c = PlacedElement("c", {}, 20, 24, 24, 24)
    assert read_elements(XML, 2) == PlacedElement("r", {"a": "1"}, 0, 9, 24, 28, [b, c], "tv")
    assert read_elements(XML, 1) == PlacedElement("r", {"a": "1"}, 0, 9, 24, 28, [], "tv")


def test_what_lies_deeper_is_neither_placed_nor_read():
    found = read_elements(b"<r><a>1<b>2<c>3</c></b>4</a><d/></r>", 2)
    assert [(child.name, child.text, child.children) for child in found.children] == [("a", "14", []), ("d", "", [])]
    deeper = read_elements(b"<r><a>1<b>2<c>3</c></b>4</a><d/></r>", 3)
    assert [child.name for child in deeper.children[0].children] == ["b"]


def test_names_lose_their_namespace_and_attributes_keep_it():
    found = read_elements(b'<x:r xmlns:x="urn:x" x:a="1" a="2"/>', 1)
    assert (found.name, found.attributes) == ("r", {"urn:x a": "1", "a": "2"})
    assert (found.inside, found.close, found.end) == (36, 36, 36)


def test_a_bracket_in_an_attribute_ends_no_tag():
    assert read_elements(b"<r a='>' b=\">\"><b/></r>", 1).inside == 15


@pytest.mark.parametrize("xml", [b"<r>", b"<r/>x", b"<r a='1' a='2'/>", b"<!DOCTYPE r><r/>", b"", b"<r>\xff</r>"])
def test_what_not_every_reader_takes_is_malformed(xml):
    with pytest.raises(MalformedError):
        read_elements(xml, 1)
    with pytest.raises(MalformedError):
        refuse_malformed(xml)


def test_a_doctype_is_told():
    with pytest.raises(MalformedError, match=r"^DOCTYPE$"):
        refuse_malformed(b"<!DOCTYPE r><r/>")


def test_well_formed_xml_passes():
    refuse_malformed(XML)


def test_elements_are_cut_out():
    children = read_elements(XML, 2).children
    assert without(XML, children) == b"<r a='1'>tv</r>"
    assert without(XML, children[1:]) == b"<r a='1'>t<b>u</b >v</r>"
    assert without(XML, []) == XML
