"""One cell's XML: what is stored in it, and what stores another value."""

from __future__ import annotations

import datetime as dt

import pytest

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.cell_xml import (
    ErrorValue,
    Stored,
    Wanted,
    computed,
    filled,
    formula_element,
    formula_text,
    kept_tag,
    new_rest,
    new_tag,
    number_in,
    ready,
    rest_after_value,
    same_cached,
    same_value,
    stored,
)
from capa_xl.ooxml.patch import CellLook
from capa_xl.ooxml.shared_strings import SharedStrings
from capa_xl.ooxml.sheet_scan import Patterns, cells_in, read_sheet, row_at
from capa_xl.ooxml.xml_bytes import read_part

PART = read_part(b"<worksheet/>")
STRINGS = "<sst><si><t>甲</t></si><si><t></t></si></sst>".encode()
DAY, NOON = dt.date(2026, 11, 22), dt.datetime(2026, 11, 22, 12)


def found(xml: str):
    sheet = read_sheet(f'<worksheet><sheetData><row r="1">{xml}</row></sheetData></worksheet>'.encode())
    patterns = Patterns(b"")
    (cell,) = cells_in(sheet, patterns, row_at(sheet, patterns, 0))
    return sheet.part, cell


def now(xml: str) -> Stored:
    return stored(*found(xml), SharedStrings(lambda: STRINGS))


def wanted(value, look=None, *, prefix=b"", date1904=False) -> Wanted:
    return ready(value, look, PART, prefix, date1904=date1904, at="表!A1")


def refused(value, *, date1904=False) -> str:
    with pytest.raises(UnsafeWrite) as trouble:
        wanted(value, date1904=date1904)
    return str(trouble.value)


# --- what is stored ---


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("n", "5", 5), ("n", " 5 ", 5), ("n", "5.5", 5.5), ("n", "-0", 0),
        ("n", "999999999999999", 999_999_999_999_999),
        ("n", "1e15", 1e15), ("n", "1_0", "1_0"), ("n", "inf", "inf"), ("n", "nan", "nan"), ("n", "٣", "٣"),
        ("n", "x", "x"),
        ("n", "", None), ("n", " ", None), ("b", "1", True), ("b", "true", True), ("b", "0", False),
        ("b", "false", False),
        ("b", "2", "2"), ("e", "#N/A", ErrorValue("#N/A")), ("str", "a_x0041_", "aA"), ("str", " a ", " a "),
        ("str", "", None),
        ("inlineStr", "b", "b"), ("s", "0", "甲"), ("s", " 0", "甲"), ("s", "1", None), ("s", "9", None),
        ("s", "x", None),
        ("d", "2026-11-22", DAY), ("d", "2026-11-22T12:00:00Z", NOON),
        ("d", "2026-11-22T00:00:00", dt.datetime(2026, 11, 22)),
        ("d", "soon", "soon"), ("zz", "5", "5"),
    ],
)  # fmt: skip
def test_a_value_is_told_by_its_type_however_its_tag_is_written(kind, raw, value):
    for xml in (
        f'<c r="A1" s="3" t="{kind}"><v>{raw}</v></c>',
        f"<c r='A1' s='3' t='{kind}'><v >{raw}</v ></c>",
        f'<c r="A1" s="3" t="{kind}"><v>{raw}</v><extLst/></c>',
    ):
        found_now = now(xml)
        assert (found_now, type(found_now.value)) == (Stored(value, 3), type(value))


@pytest.mark.parametrize(
    ("xml", "cell"),
    [
        ('<c r="A1"/>', Stored(None, None)), ('<c r="A1" s="2"/>', Stored(None, 2)),
        ('<c r="A1" s="2"></c>', Stored(None, 2)),
        ('<c r="A1" s="2" vm="1"/>', Stored(None, 2, rich=True)),
        ('<c r="A1" s="2" vm="1"><v>5</v></c>', Stored(5, 2, rich=True)),
        ('<c r="A1" s="2" vm="1"><v >5</v ></c>', Stored(5, 2, rich=True)),
        ('<c r="A1"><v>5</v></c>', Stored(5, None)),
        ('<c r="A1" t="inlineStr"><is><t>a</t></is></c>', Stored("a", None)),
        ('<c r="A1" t="inlineStr"><is><t> a </t></is></c>', Stored("a", None)),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a&lt;_x0041_ </t></is></c>', Stored(" a<A ", None)),
        ('<c r="A1" s="2" t="inlineStr"><is><t>a<!-- b --></t></is></c>', Stored("a", 2)),
        ('<c r="A1" t="inlineStr"><is><t></t></is></c>', Stored(None, None)),
        ('<c r="A1" t="n"><is><t>5</t></is></c>', Stored(None, None)),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', Stored("ab", None)),
        ('<c r="A1" t="inlineStr"><is><t/></is></c>', Stored(None, None)),
        ('<c r="A1" t="inlineStr"><v>a</v><extLst/></c>', Stored("a", None)),
        ('<c r="A1"><is><t>a</t></is></c>', Stored(None, None)),
        ('<c r="A1" s="1"><f>B1</f><v>2</v></c>', Stored(2, 1, b"<f>B1</f>")),
        ('<c r="A1"><f>B1</f><v>1<!-- 2 --></v></c>', Stored(1, None, b"<f>B1</f>")),
        ('<c r="A1"><f>B1&amp;C1</f><v/></c>', Stored(None, None, b"<f>B1&amp;C1</f>")),
        ('<c r="A1" t="s"><f>B1</f><v>0</v></c>', Stored("甲", None, b"<f>B1</f>")),
        ('<c r="A1" t="str"><f>B1</f></c>', Stored(None, None, b"<f>B1</f>")),
        ('<c r="A1" t="s"><f t="normal">B1</f><v>0</v></c>', Stored("甲", None, b'<f t="normal">B1</f>')),
        ('<c r="A1" s="1" vm="3"><f t="array" ref="A1">B1</f><v>2</v></c>',
         Stored(2, 1, b'<f t="array" ref="A1">B1</f>', "array", True)),
    ],
)  # fmt: skip
def test_a_cell_is_told_whole(xml, cell):
    assert now(xml) == cell


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1.0), ("-1.5e3", -1500.0), (" 1 ", 1.0), ("", None), ("x", None), ("1_0", None), ("٣", None), ("inf", None),
     ("-inf", None), ("nan", None), ("1e999", None)],
)  # fmt: skip
def test_xml_spells_fewer_numbers_than_python(text, number):
    assert number_in(text) == number


# --- what shall be stored ---


@pytest.mark.parametrize(
    ("value", "ready_value"),
    [
        (None, Wanted("", b"", None)), ("", Wanted("", b"", None)),
        (True, Wanted("b", b"1", True, tail=b' t="b"><v>1</v></c>')),
        (False, Wanted("b", b"0", False, tail=b' t="b"><v>0</v></c>')),
        ("a<b", Wanted("inlineStr", b"a&lt;b", "a<b", tail=b' t="inlineStr"><is><t>a&lt;b</t></is></c>')),
        (" a", Wanted("inlineStr", b" a", " a", tail=b' t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>')),
        (DAY, Wanted("n", b"46348", DAY, None, 1, 46348.0, b"><v>46348</v></c>")),
        (NOON, Wanted("n", b"46348.5", NOON, None, 2, 46348.5, b"><v>46348.5</v></c>")),
        (5, Wanted("n", b"5", 5, None, 0, 5.0, b"><v>5</v></c>")),
        (5.0, Wanted("n", b"5", 5.0, None, 0, 5.0, b"><v>5</v></c>")),
        (0.1, Wanted("n", b"0.1", 0.1, None, 0, 0.1, b"><v>0.1</v></c>")),
        (999_999_999_999_999.0, Wanted("n", b"999999999999999", 999_999_999_999_999.0, None, 0, 999_999_999_999_999.0,
                                       b"><v>999999999999999</v></c>")),
        (1e15, Wanted("n", b"1000000000000000.0", 1e15, None, 0, 1e15, b"><v>1000000000000000.0</v></c>")),
        (10**20, Wanted("n", b"1" + b"0" * 20, 10**20, None, 0, 1e20, b"><v>1" + b"0" * 20 + b"</v></c>")),
    ],
)  # fmt: skip
def test_a_value_is_made_ready(value, ready_value):
    assert wanted(value) == ready_value


@pytest.mark.parametrize("value", [None, True, "a", DAY, 5])
def test_a_look_goes_along_with_any_value(value):
    look = CellLook(bold=True)
    assert wanted(value, look).look is look


@pytest.mark.parametrize(
    ("moment", "dated"),
    [
        (dt.datetime(2026, 11, 22), 1), (dt.datetime(2026, 11, 22, 1), 2), (dt.datetime(2026, 11, 22, 0, 1), 2),
        (dt.datetime(2026, 11, 22, 0, 0, 1), 2), (dt.datetime(2026, 11, 22, 0, 0, 0, 1), 2),
    ],
)  # fmt: skip
def test_a_moment_has_a_time_unless_it_is_midnight(moment, dated):
    assert wanted(moment).dated == dated


def test_the_prefix_stands_before_every_name():
    assert wanted("a", prefix=b"x:").tail == b' t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c>'
    assert wanted(5, prefix=b"x:").tail == b"><x:v>5</x:v></x:c>"


def test_what_a_cell_can_not_hold_is_refused_with_value_and_cell():
    assert refused("x" * 32_768) == f"表!A1：「{'x' * 20}…」有 32768 个字符，超过单元格上限 32767 → 请缩短"
    assert refused("\ud800" + "x" * 19) == (f"表!A1：「?{'x' * 19}」含有半个字符（孤立的代理项） → 请重新输入这段文字")
    before = "表!A1：「{}」早于工作簿的起始日 {}，或带有时区，不能存为日期 → 请改成文字"
    assert refused(dt.date(1899, 12, 31)) == before.format("1899-12-31", "1900-01-01")
    assert refused(dt.date(1903, 12, 31), date1904=True) == before.format("1903-12-31", "1904-01-01")
    assert refused(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).startswith("表!A1：「2026-01-01 00:00:00+00:00」早于")
    out = "表!A1：「{}」不是单元格能存的数（无穷大、NaN 或超出范围） → 请改成文字或留空"
    assert (refused(float("nan")), refused(-1e308)) == (out.format("nan"), out.format("-1e+308"))
    assert refused(10**400) == out.format("1" + "0" * 19 + "…")
    assert refused(2**53 + 1) == "表!A1：「9007199254740993」位数太多，存成数会丢失末几位 → 请改成文字"
    assert wanted(9.99999999999999e307).kind == "n"


# --- the same already ---


@pytest.mark.parametrize(
    ("value", "wish", "same"),
    [
        (None, None, True), (None, "", True), ("a", None, False), (0, None, False), (None, "a", False),
        (None, 0, False),
        (True, True, True), (False, True, False), (1, True, False), (True, 1, False), (False, 0, False),
        ("a", "a", True), ("a", "b", False), ("5", 5, False), (5, "5", False), (5, 5, True), (5, 5.0, True),
        (5, 6, False),
        (46348, DAY, True), (46349, DAY, False), (46348 + 3e-7, DAY, False), (DAY, DAY, True),
        (dt.datetime(2026, 11, 22), DAY, True), (NOON, DAY, False), (NOON, NOON, True), (DAY, "2026-11-22", False),
        (46348.5, NOON, True), (46348.5 + 3.9e-7, NOON, True), (46348.5 + 4.2e-7, NOON, False),
        (ErrorValue("#N/A"), "#N/A", False), (ErrorValue("#N/A"), None, False),
    ],
)  # fmt: skip
def test_a_value_is_there_already_or_not(value, wish, same):
    assert same_value(value, wanted(wish)) is same


@pytest.mark.parametrize(
    ("value", "wish", "same"),
    [
        (0.30000000000000004, 0.3, True), (1 + 9e-15, 1, True), (1 + 2e-14, 1, False), (1e-301, 0, True),
        (1e-299, 0, False),
        (True, 1, False), (1, True, False), ("a", "a", True), ("1", 1, False), (None, None, True),
    ],
)  # fmt: skip
def test_a_result_is_the_same_to_fifteen_digits(value, wish, same):
    assert same_cached(Stored(value, None), wanted(wish)) is same


# --- cells and tags ---


@pytest.mark.parametrize(("style", "shown"), [(None, b""), (0, b""), (3, b' s="3"')])
def test_a_new_cell_names_its_style_unless_it_is_the_first(style, shown):
    assert new_rest(style, wanted(5)) == b'"' + shown + b"><v>5</v></c>"
    assert new_tag(b"x:", b"B2", style) == b'<x:c r="B2"' + shown + b">"


@pytest.mark.parametrize(
    ("tag", "style", "cached", "kept"),
    [
        (b'<c r="A1" s="1" t="s" cm="1" vm="2" ph="1" own="x"/>', 3, False, b'<c r="A1" s="3" own="x">'),
        (b'<c r="A1" s="1" t="s" cm="1" vm="2" ph="1" own="x">', 1, True, b'<c r="A1" s="1" cm="1" ph="1" own="x">'),
        (b'<c r="A1" s="1" />', None, False, b'<c r="A1" s="1">'), (b'<c r="A1">', 0, False, b'<c r="A1" s="0">'),
        (b"<c r='A1' >", 2, False, b"<c r='A1' s=\"2\">"),
    ],
)  # fmt: skip
def test_a_start_tag_keeps_what_is_its_own(tag, style, cached, kept):
    assert kept_tag(tag, style, cached=cached) == kept


def test_a_cell_is_filled_behind_its_tag():
    assert filled(b'<c r="A1">', wanted(5)) == b'<c r="A1"><v>5</v></c>'
    assert filled(b'<c r="A1">', wanted(None)) == b'<c r="A1"/>'


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (5, b'<x:c r="A1"><f>B1</f><x:v>5</x:v><e/></x:c>'),
        ("a", b'<x:c r="A1" t="str"><f>B1</f><x:v>a</x:v><e/></x:c>'),
        (None, b'<x:c r="A1" t="str"><f>B1</f><x:v></x:v><e/></x:c>'),
        (True, b'<x:c r="A1" t="b"><f>B1</f><x:v>1</x:v><e/></x:c>'),
    ],
)  # fmt: skip
def test_a_result_stands_between_its_formula_and_what_followed(value, cell):
    assert computed(b"x:", b'<x:c r="A1">', b"<f>B1</f>", wanted(value, prefix=b"x:"), b"<e/>") == cell


def test_a_formula_is_written_and_read():
    assert formula_element(b"x:", 'A1&"<"', PART) == b'<x:f>A1&amp;"&lt;"</x:f>'
    assert formula_text(PART, b"<f t='x'>A1&amp;\"&lt;\"</f >") == 'A1&"<"'
    assert formula_text(PART, b"<f si='0'/>") == ""


def test_what_a_cell_holds_beside_formula_and_value_is_kept():
    xml = '<c r="A1"><f>1</f><a/><v>2</v><is><t/></is><extLst><ext/></extLst></c>'
    assert rest_after_value(*found(xml)) == b"<a/><extLst><ext/></extLst>"
