"""Text as a cell stores it, there and back."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.xstring import decode_coded, escape, escape_formula, keeps_blanks, text_fault, unescape, unescape_xml


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a" * 32_767, None),
        ("a" * 32_768, "有 32768 个字符，超过单元格上限 32767 → 请缩短"),
        ("😀" * 16_383 + "a", None),
        ("😀" * 16_384, "有 32768 个字符，超过单元格上限 32767 → 请缩短"),
        ("半\ud800个", "含有半个字符（孤立的代理项） → 请重新输入这段文字"),
        ("半\udfff个", "含有半个字符（孤立的代理项） → 请重新输入这段文字"),
        ("", None),
    ],
)
def test_what_a_cell_can_not_hold_is_said(text, fault):
    assert text_fault(text) == fault


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("_x0041_", "_x005F_x0041_"), ("_x00aF__x0041_", "_x005F_x00aF__x005F_x0041_"),
        ("_xyz_", "_xyz_"), ("_x004g_", "_x004g_"), ("_x0041", "_x0041"), ("x0041_", "x0041_"),
        ("\0", "_x0000_"), ("\x08", "_x0008_"), ("\x0b\x0c\r", "_x000B__x000C__x000D_"), ("\x0e\x1f", "_x000E__x001F_"),
        ("\ufffe\uffff", "_xFFFE__xFFFF_"), ("\t\n ", "\t\n "), ("'\"", "'\""),
    ],
)  # fmt: skip
def test_a_text_is_escaped_and_comes_back(text, stored):
    assert escape(text) == stored
    assert unescape(stored) == text


def test_a_formula_is_escaped_for_xml_alone():
    assert escape_formula('"_x0041_"&B1<2>3') == '"_x0041_"&amp;B1&lt;2&gt;3'


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"),
        ("&#24352;&#x5F20;&#X5f20;", "张张张"),
        ("&nbsp;&unknown;", "&nbsp;&unknown;"),
        ("&amp;lt;", "&lt;"),
        ("<![CDATA[a<b>&lt;\n]]>c", "a<b>&lt;\nc"),
        ("a<!-- x -->b", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a&#13;", "a\r"),
    ],
)
def test_xml_text_is_read_as_xml_reads_it(fragment, text):
    assert unescape_xml(fragment) == text


@pytest.mark.parametrize(("coded", "text"), [("_x000d_", "\r"), ("a_x0041_b", "aAb"), ("_x41_", "_x41_"), ("x", "x")])
def test_coded_characters_are_told(coded, text):
    assert decode_coded(coded) == text


@pytest.mark.parametrize("text", [" a", "a ", "\ta", "a\n", "\ra", "a\nb", "a\tb", "a  b"])
def test_blanks_that_xml_would_lose_are_to_be_kept(text):
    assert keeps_blanks(text)


@pytest.mark.parametrize("text", ["", "a", "a b", "\u3000a", "XaX"])
def test_other_texts_need_no_mark(text):
    assert not keeps_blanks(text)
