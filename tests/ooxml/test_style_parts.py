"""Fonts, fills, borders and alignments: does one look as wanted, and the one that does."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.patch import CellLook
from capa_xl.ooxml.style_parts import (
    bordered,
    filled_with,
    font_with,
    is_bordered,
    is_filled,
    is_font,
    is_struck,
    with_alignment,
    without_alternatives,
)

PLAIN = b'<font><sz val="11"/><name val="x"/></font>'
RED_BOLD = b'<font><b/><sz val="11"/><color rgb="FFC00000"/></font>'
SOLID = b'<fill><patternFill patternType="solid"><fgColor rgb="FFFDE9D9"/><bgColor indexed="64"/></patternFill></fill>'
XF = b'<xf numFmtId="0"/>'


# --- fonts ---


@pytest.mark.parametrize(
    ("font", "look", "fits"),
    [
        (PLAIN, CellLook(), True),
        (PLAIN, CellLook(bold=False, italic=False, underline=False), True),
        (PLAIN, CellLook(bold=True), False), (PLAIN, CellLook(italic=True), False),
        (PLAIN, CellLook(underline=True), False), (PLAIN, CellLook(color="C00000"), False),
        (RED_BOLD, CellLook(bold=True, color="c00000"), True), (RED_BOLD, CellLook(bold=False), False),
        (RED_BOLD, CellLook(color="C00001"), False), (RED_BOLD, CellLook(bold=True, italic=True), False),
        (b'<font><i val="1"/><u val="double"/></font>', CellLook(italic=True, underline=True), True),
        (b'<font><b val="0"/><i val="false"/><u val="none"/></font>', CellLook(bold=True), False),
        (b'<font><b val="0"/><i val="false"/><u val="none"/></font>',
         CellLook(bold=False, italic=False, underline=False), True),
        (b"", CellLook(bold=False), True), (b"", CellLook(color="000000"), False),
    ],
)  # fmt: skip
def test_a_font_is_kept_where_it_looks_as_wanted(font, look, fits):
    assert is_font(font, look) is fits


@pytest.mark.parametrize(
    ("font", "struck"),
    [
        (PLAIN, False), (b"<font><strike/></font>", True), (b'<font><strike val="0"/></font>', False),
        (b'<font><strike val="1"/></font>', True), (b"", False),
    ],
)  # fmt: skip
def test_a_font_strikes_its_text_through_or_not(font, struck):
    assert is_struck(font) is struck


@pytest.mark.parametrize(
    ("font", "look", "after"),
    [
        (PLAIN, CellLook(bold=True, italic=True, underline=True, color="c00000"),
         b'<font><b/><i/><u/><sz val="11"/><color rgb="FFC00000"/><name val="x"/></font>'),
        (RED_BOLD, CellLook(bold=False), b'<font><sz val="11"/><color rgb="FFC00000"/></font>'),
        (RED_BOLD, CellLook(color="000000"), b'<font><b/><sz val="11"/><color rgb="FF000000"/></font>'),
        (b'<font><i val="0"/><u val="double"/></font>', CellLook(italic=True, underline=True),
         b"<font><i/><u/></font>"),
        (b'<font><i val="0"/><u val="double"/></font>', CellLook(italic=False, underline=False), b"<font></font>"),
        (b"<font><own/><scheme/><charset/><family/><name/><color/><sz/><vertAlign/><u/><shadow/><outline/><extend/>"
         b"<condense/><strike/><i/><b/></font>", CellLook(),
         b"<font><b/><i/><strike/><condense/><extend/><outline/><shadow/><u/><vertAlign/><sz/><color/><name/><family/>"
         b"<charset/><scheme/><own/></font>"),
        (b"", CellLook(bold=True), b"<font><b/></font>"),
    ],
)  # fmt: skip
def test_a_font_becomes_as_wanted_its_parts_in_the_order_of_the_schema(font, look, after):
    assert font_with(font, b"", look) == after


def test_a_font_keeps_the_prefix_of_its_styles():
    assert font_with(b"<x:font/>", b"x:", CellLook(bold=True, color="AbCdEf")) == (
        b'<x:font><x:b/><x:color rgb="FFABCDEF"/></x:font>'
    )


# --- fills ---


@pytest.mark.parametrize(
    ("fill", "wanted", "fits"),
    [
        (SOLID, "fde9d9", True), (SOLID, "FDE9D8", False), (SOLID, "", False),
        (SOLID.replace(b"solid", b"gray125"), "FDE9D9", False), (b"", "FDE9D9", False),
        (b'<fill><patternFill patternType="none"/></fill>', "", True), (b"<fill><patternFill/></fill>", "", True),
        (b"<fill/>", "", True), (b"", "", True), (b"<fill><gradientFill/></fill>", "", False),
        (b'<fill><patternFill patternType="gray125"/></fill>', "", False),
    ],
)  # fmt: skip
def test_a_fill_is_kept_where_it_looks_as_wanted(fill, wanted, fits):
    assert is_filled(fill, wanted) is fits


def test_a_solid_fill_names_its_colour_in_front():
    assert filled_with(b"", "fde9d9") == SOLID
    assert filled_with(b"x:", "FDE9D9") == SOLID.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/", b"</")


# --- borders ---


def box(style: bytes = b"thin", color: bytes = b"FFBFBFBF", sides: tuple[bytes, ...] = ()) -> bytes:
    line = b' style="%s"><color rgb="%s"/></' % (style, color)
    listed = sides or (b"left", b"right", b"top", b"bottom")
    return b"<border>" + b"".join(b"<" + side + line + side + b">" for side in listed) + b"<diagonal/></border>"


@pytest.mark.parametrize(
    ("border", "fits"),
    [
        (box(), True), (box(b"medium"), False), (box(color=b"FFBFBFBE"), False), (b"<border/>", False), (b"", False),
        (box(sides=(b"left", b"right", b"top")), False), (box(sides=(b"right", b"top", b"bottom")), False),
    ],
)  # fmt: skip
def test_a_border_is_kept_where_thin_lines_of_the_colour_stand_on_all_sides(border, fits):
    assert is_bordered(border, "bfbfbf") is fits


def test_a_border_has_thin_lines_on_all_sides():
    assert bordered(b"", "bfbfbf") == box()
    assert bordered(b"x:", "BFBFBF").startswith(b'<x:border><x:left style="thin"><x:color rgb="FFBFBFBF"/></x:left>')
    assert bordered(b"x:", "BFBFBF").endswith(b"</x:bottom><x:diagonal/></x:border>")


# --- alignment ---


@pytest.mark.parametrize(
    ("xf", "look", "after"),
    [
        (XF, CellLook(), XF),
        (XF, CellLook(wrap=False), XF),
        (XF, CellLook(wrap=True),
         b'<xf numFmtId="0" applyAlignment="1"><alignment wrapText="1"/></xf>'),
        (XF, CellLook(wrap=True, horizontal="center", vertical="top"),
         b'<xf numFmtId="0" applyAlignment="1"><alignment wrapText="1" horizontal="center" vertical="top"/></xf>'),
        (b'<xf numFmtId="0" ><alignment indent="2" horizontal="left"/><protection locked="0"/></xf>',
         CellLook(horizontal="right"),
         b'<xf numFmtId="0"  applyAlignment="1"><alignment indent="2" horizontal="right"/><protection locked="0"/></xf>'
         .replace(b"  ", b" ")),
        (b'<xf applyAlignment="0"><alignment wrapText="1"></alignment></xf>', CellLook(wrap=False),
         b'<xf applyAlignment="1"><alignment wrapText="0"></alignment></xf>'),
        (b'<xf><alignment horizontal="left" vertical="top"/></xf>', CellLook(horizontal="left", vertical="top"),
         b'<xf><alignment horizontal="left" vertical="top"/></xf>'),
    ],
)  # fmt: skip
def test_a_format_gets_the_alignment_that_it_lacks(xf, look, after):
    assert with_alignment(xf, b"", look) == after


def test_an_alignment_has_the_prefix_of_the_styles():
    assert with_alignment(b"<x:xf />", b"x:", CellLook(wrap=True)) == (
        b'<x:xf applyAlignment="1"><x:alignment wrapText="1"/></x:xf>'
    )


# --- alternatives ---


@pytest.mark.parametrize(
    ("item", "plain"),
    [
        (XF, XF), (b"<xf><mc:AlternateContent/></xf>", b"<xf><mc:AlternateContent/></xf>"),
        (b"<mc:AlternateContent><mc:Choice><xf a='1'/></mc:Choice><mc:Fallback><xf/></mc:Fallback>"
         b"</mc:AlternateContent>", b"<xf/>"),
        (b"<mc:AlternateContent><mc:Choice><xf a='1'/></mc:Choice></mc:AlternateContent>", b"<xf a='1'/>"),
        (b"<mc:AlternateContent></mc:AlternateContent>", b""),
    ],
)  # fmt: skip
def test_of_alternatives_the_form_for_every_program_is_taken(item, plain):
    assert without_alternatives(item) == plain
