"""What the proof makes of a workbook's styles."""

from __future__ import annotations

import datetime as dt

import pytest

from capa_xl.ooxml.proof.style_table import StyleTable, read_styles


def table(formats: str, codes: str = "") -> StyleTable:
    return read_styles(f"<styleSheet><numFmts>{codes}</numFmts><cellXfs>{formats}</cellXfs></styleSheet>".encode())


def xf(number: int, more: str = "") -> str:
    return f'<xf numFmtId="{number}" {more}/>'


@pytest.mark.parametrize("number", [14, 22, 27, 36, 45, 46, 47, 50, 58])
def test_a_built_in_date_is_one(number):
    assert table(xf(number)).formats[0].dated


@pytest.mark.parametrize("number", [0, 13, 23, 26, 37, 44, 48, 49, 59])
def test_any_other_built_in_number_is_none(number):
    assert not table(xf(number)).formats[0].dated


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("yyyy-mm-dd", True), ("YYYY", True), ("d", True), ("h", True), ("s", True), ("[h]:mm", True), ("[SS]", True),
        ("[$-804]d", True), ("General", False), ("STANDARD", False), ("0.0", False), ("&quot;day&quot;0", False),
        ("\\d0", False), ("_d0", False), ("*d0", False), ("[Red]0", False), ("0;d", False), ("d;0", True), ("", False),
    ],
)  # fmt: skip
def test_a_code_of_its_own_is_a_date_by_the_units_in_its_first_part(code, dated):
    assert table(xf(164), f'<numFmt numFmtId="164" formatCode="{code}"/>').formats[0].dated is dated


def test_a_built_in_number_that_is_redefined_is_what_it_says():
    assert not table(xf(14), '<numFmt numFmtId="14" formatCode="0.0"/>').formats[0].dated


@pytest.mark.parametrize("name", ["", "x", "-1", "1.5"])
def test_a_format_number_that_is_none_is_no_date(name):
    assert not table(f'<xf numFmtId="{name}"/>').formats[0].dated
    assert not table("<xf/>").formats[0].dated


@pytest.mark.parametrize(
    ("style", "has"), [("0", True), ("1", True), ("2", False), ("-1", False), ("x", False), ("", False)]
)
def test_a_style_is_there_or_not(style, has):
    assert table(xf(0) + xf(14)).has(style) is has


@pytest.mark.parametrize(
    ("style", "kind", "shows"),
    [
        ("0", int, True), ("0", float, True), ("1", int, False), ("1", float, False), ("0", dt.date, False),
        ("0", dt.datetime, False), ("1", dt.date, True), ("1", dt.datetime, True), ("1", bool, True), ("0", bool, True),
        ("1", str, True), ("1", type(None), True), ("2", str, False), ("2", int, False),
    ],
)  # fmt: skip
def test_a_style_shows_a_date_as_a_date_and_a_number_as_a_number(style, kind, shows):
    assert table(xf(0) + xf(14)).shows(style, kind) is shows


@pytest.mark.parametrize(
    ("then", "now", "redated"),
    [
        ("0", "1", True), ("1", "0", False), ("1", "1", False), ("0", "0", False), ("0", "2", False), ("0", "9", False),
        ("9", "1", False), ("0", "3", False), ("0", "4", True),
    ],
)  # fmt: skip
def test_a_style_is_another_one_with_a_date_format_and_nothing_else(then, now, redated):
    formats = (
        xf(0, 'fontId="1"') + xf(14, 'fontId="1"') + xf(14, 'fontId="2"')
        + '<xf numFmtId="14" fontId="1"><alignment/></xf>' + xf(14, 'applyNumberFormat="1" fontId="1"')
    )  # fmt: skip
    assert table(formats).is_only_redated(then, now) is redated


def test_a_workbook_without_formats_has_one_plain_one():
    for one in (StyleTable(), table(""), read_styles(b"<styleSheet/>")):
        assert one.has("0")
        assert not one.has("1")
        assert one.shows("0", int)


@pytest.mark.parametrize(
    "branches",
    [
        "<Choice><xf numFmtId='0'/></Choice><Fallback><xf numFmtId='14'/></Fallback>",
        "<Choice><xf numFmtId='14'/><xf numFmtId='0'/></Choice>",
        "<Choice><xf numFmtId='14'/></Choice><Choice><xf numFmtId='0'/></Choice>",
    ],
)
def test_of_alternatives_the_form_for_every_program_counts(branches):
    one = table(f"<AlternateContent>{branches}</AlternateContent>" + xf(0))
    assert [each.dated for each in one.formats] == [True, False]
