"""Styles derived from a cell's own: found in the part, or appended to it."""

from __future__ import annotations

import pytest

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.patch import CellLook
from capa_xl.ooxml.styles import StyleBook, read_styles

FORMATS = b'<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
LISTS = (
    b"<fonts count='1'><font><b/></font></fonts><fills><fill/></fills><borders count=\"1\"><border/></borders>"
    b'<cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs>'
)


def book(inside: bytes = FORMATS + LISTS) -> StyleBook:
    return read_styles(b"<styleSheet>" + inside + b"</styleSheet>")


# --- dates ---


@pytest.mark.parametrize(
    ("style", "dated", "span"),
    [(0, False, False), (1, True, False), (2, True, True), (3, False, False), (-1, False, False)],
)
def test_a_style_tells_dates_and_spans_of_time_and_one_that_is_not_there_is_the_first(style, dated, span):
    styles = book()
    for _ in range(2):
        assert (styles.is_date(style), styles.is_duration(style)) == (dated, span)


def test_no_style_is_the_first_one():
    assert not book().is_date(None)
    assert book(b'<cellXfs><xf numFmtId="14"/></cellXfs>').is_date(None)


def test_a_book_without_styles_has_no_dates_and_nothing_to_splice():
    none = read_styles(None)
    assert not (none.is_date(0) or none.is_duration(0) or none.grown)
    with pytest.raises(ValueError, match="no styles part to splice"):
        none.spliced()


def test_a_built_in_number_that_the_workbook_redefines_is_what_it_says():
    styles = book(b'<numFmts><numFmt numFmtId="14" formatCode="0.0"/></numFmts>' + LISTS)
    assert not styles.is_date(1)


# --- number formats ---


def test_a_built_in_code_has_its_number_unless_the_workbook_redefines_that():
    assert book().format_id("0.00%") == 10
    own = book(b'<numFmts><numFmt numFmtId="10" formatCode="yyyy"/></numFmts>')
    assert own.format_id("0.00%") == 164


def test_a_known_code_is_used_again_and_a_new_one_gets_the_next_number():
    styles = book()
    assert (styles.format_id("yyyy-mm-dd"), styles.format_id("0.0"), styles.format_id("0.0")) == (164, 165, 165)
    assert styles.items[b"numFmts"][1:] == [b'<numFmt numFmtId="165" formatCode="0.0"/>']


def test_the_first_code_of_its_own_has_number_164_whatever_is_below():
    own = book(b'<numFmts><numFmt numFmtId="40" formatCode="x"/></numFmts>')
    assert own.format_id("0.0") == 164


def test_a_code_is_escaped_and_read_back():
    styles = book()
    styles.format_id('"<张&>"0')
    (entry,) = styles.items[b"numFmts"][1:]
    assert entry == '<numFmt numFmtId="165" formatCode="&quot;&lt;张&amp;&gt;&quot;0"/>'.encode()
    again = book(b"<numFmts>" + entry + b"</numFmts>")
    assert again.formats == {165: '"<张&>"0'}


def test_a_code_is_spelled_in_the_coding_of_the_part():
    styles = read_styles(b'<?xml version="1.0" encoding="GBK"?><styleSheet><numFmts/></styleSheet>')
    styles.format_id("0张")
    assert styles.items[b"numFmts"] == [b'<numFmt numFmtId="164" formatCode="0&#24352;"/>']


# --- fitting ---


def test_a_cell_keeps_its_style_where_nothing_is_asked_for():
    styles = book()
    assert styles.fitting(None, None, 0) is None
    assert styles.fitting(0, CellLook(), 0) == 0
    assert styles.fitting(1, None, 1) == 1
    assert not styles.grown


def test_a_style_that_is_as_wanted_already_is_kept_even_where_the_cell_names_none():
    styles = book()
    assert styles.fitting(None, CellLook(bold=True), 0) is None
    assert styles.fitting(0, CellLook(bold=True, number_format="General"), 0) == 0
    assert not styles.grown


@pytest.mark.parametrize(("dated", "code"), [(1, b"yyyy-mm-dd"), (2, b"yyyy-mm-dd hh:mm")])
def test_a_date_gets_a_date_format_and_a_moment_one_with_the_time(dated, code):
    styles = book(b"<numFmts/>" + LISTS)
    assert styles.fitting(0, None, dated) == 3
    assert styles.items[b"numFmts"] == [b'<numFmt numFmtId="164" formatCode="' + code + b'"/>']
    assert styles.items[b"cellXfs"][3] == b'<xf numFmtId="164" fontId="0" applyNumberFormat="1"/>'
    assert styles.fitting(None, None, dated) == 3


def test_a_format_that_is_asked_for_goes_before_that_of_a_date():
    styles = book()
    assert styles.fitting(0, CellLook(number_format="0.00"), 1) == 3
    assert styles.items[b"cellXfs"][3] == b'<xf numFmtId="2" fontId="0" applyNumberFormat="1"/>'


def test_a_number_in_a_date_style_is_shown_as_a_number_again():
    styles = book()
    assert styles.undated(1) == 3
    assert styles.items[b"cellXfs"][3] == b'<xf numFmtId="0" applyNumberFormat="1"/>'


def test_a_look_points_to_what_was_appended_for_it():
    styles = book()
    look = CellLook(italic=True, fill="FDE9D9", border="BFBFBF", wrap=True)
    assert styles.fitting(0, look, 0) == 3
    assert styles.items[b"cellXfs"][3] == (
        b'<xf numFmtId="0" fontId="1" applyFont="1" fillId="1" applyFill="1" borderId="1" applyBorder="1" '
        b'applyAlignment="1"><alignment wrapText="1"/></xf>'
    )
    assert styles.items[b"fonts"][1] == b"<font><b/><i/></font>"


@pytest.mark.parametrize(
    ("look", "list_name"),
    [
        (CellLook(bold=False), b"fonts"), (CellLook(italic=True), b"fonts"), (CellLook(underline=True), b"fonts"),
        (CellLook(color="C00000"), b"fonts"), (CellLook(fill="C00000"), b"fills"),
        (CellLook(border="C00000"), b"borders"),
    ],
)  # fmt: skip
def test_each_wish_appends_to_its_own_list(look, list_name):
    styles = book()
    styles.fitting(0, look, 0)
    grown = {name for name, items in styles.items.items() if len(items) > styles.old_counts[name]}
    assert grown == {list_name, b"cellXfs"}


def test_no_background_is_the_first_fill():
    lists = LISTS.replace(
        b"<fills><fill/></fills>", b'<fills><fill/><fill><patternFill patternType="solid"/></fill></fills>'
    ).replace(b'fontId="0"', b'fillId="1"')
    styles = book(lists)
    assert styles.fitting(0, CellLook(fill=""), 0) == 3
    assert styles.items[b"cellXfs"][3] == b'<xf numFmtId="0" fillId="0" applyFill="1"/>'
    assert len(styles.items[b"fills"]) == 2


def test_an_index_beyond_its_list_is_nothing_to_start_from():
    styles = book(LISTS.replace(b'fontId="0"', b'fontId="7"'))
    styles.fitting(0, CellLook(italic=True), 0)
    assert styles.items[b"fonts"][1] == b"<font><i/></font>"


@pytest.mark.parametrize("inside", [b"<numFmts/>", b"<numFmts/><cellXfs/>"])
def test_styles_without_any_format_are_refused(inside):
    with pytest.raises(UnsafeWrite, match="工作簿没有样式表，不能设置日期格式或颜色 → 请用 Excel"):
        book(inside).fitting(0, CellLook(bold=True), 0)


def test_styles_without_the_list_that_must_grow_are_refused():
    with pytest.raises(UnsafeWrite, match="工作簿的样式表不完整，不能设置格式 → 请用 Excel"):
        book(LISTS.replace(b"fills", b"other")).fitting(0, CellLook(fill="C00000"), 0)


# --- the new part ---


def test_what_was_appended_stands_last_in_its_list_and_is_counted_where_a_count_stood():
    styles = book()
    styles.fitting(0, CellLook(number_format="0.0", italic=True, fill="C00000"), 0)
    new = styles.spliced()
    assert new.startswith(
        b'<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
        b'<numFmt numFmtId="165" formatCode="0.0"/></numFmts>'
        b"<fonts count='2'><font><b/></font><font><b/><i/></font></fonts><fills><fill/><fill>"
    )
    assert b'</fills><borders count="1"><border/></borders><cellXfs count="4"><xf numFmtId="0" fontId="0"/>' in new
    assert new.endswith(
        b'<xf numFmtId="165" fontId="1" applyNumberFormat="1" applyFont="1" fillId="1" applyFill="1"/>'
        b"</cellXfs></styleSheet>"
    )


def test_nothing_appended_leaves_the_part_as_it_is():
    assert not book().grown
    assert book().spliced() == b"<styleSheet>" + FORMATS + LISTS + b"</styleSheet>"


def test_a_list_that_is_closed_at_once_is_opened():
    styles = book(b"<numFmts count='0' />" + LISTS)
    styles.format_id("0.0")
    assert styles.spliced().startswith(
        b'<styleSheet><numFmts count=\'1\'><numFmt numFmtId="164" formatCode="0.0"/></numFmts><fonts'
    )


def test_number_formats_are_made_first_of_all_where_there_are_none():
    styles = read_styles(b"<x:styleSheet><x:cellXfs><x:xf/></x:cellXfs><x:dxfs/></x:styleSheet>")
    assert styles.fitting(None, CellLook(number_format="0.0"), 0) == 1
    assert styles.spliced() == (
        b'<x:styleSheet><x:numFmts count="1"><x:numFmt numFmtId="164" formatCode="0.0"/></x:numFmts>'
        b'<x:cellXfs><x:xf/><x:xf numFmtId="164" applyNumberFormat="1"/></x:cellXfs><x:dxfs/></x:styleSheet>'
    )


def test_of_two_lists_of_one_name_the_first_counts():
    styles = book(b'<cellXfs><xf numFmtId="14"/></cellXfs><cellXfs><xf numFmtId="0"/></cellXfs>')
    assert styles.is_date(0)


def test_more_formats_than_excel_allows_are_refused():
    fonts = b"<font/>" * 65_490
    assert len(book(b"<fonts>" + fonts + b"</fonts>").items[b"fonts"]) == 65_490
    with pytest.raises(UnreadableWorkbook, match="样式表的 fonts 超过 Excel 的上限 65490 个，没有读取它 → "):
        book(b"<fonts>" + fonts + b"<font/></fonts>")
