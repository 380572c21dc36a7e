"""What each sheet of a workbook needs of paper: legible, on the smallest that is, and no page for a spill."""

from __future__ import annotations

import warnings
from datetime import date
from io import BytesIO
from itertools import pairwise

import openpyxl
import pytest

from capa_xl.model.levels import level_named
from capa_xl.model.row_heights import TWO_LINES, lines_of, text_width
from capa_xl.reports.table_cells import INDENT
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import blank_content
from capa_xl.workbook.blank.printing import (
    A3,
    A4,
    BEGINNINGS,
    LEAST_SCALE,
    WIDEST_A3,
    WIDEST_A4,
    WIDEST_UPRIGHT,
    rows_of_a_page,
)
from tests.made_workbooks import blank, sample
from tests.printed_scales import printed_small
from tests.sizes import LONG_NAME, sized

_PADDING = 0.7109375
"""What a file adds to the width of every column."""
_WIDEST_AT_ITS_SCALE = 233
"""Characters that a page of the tracker takes in a wide substitute font: a column more goes on to another page."""
_SEVERAL_ACROSS = {"改进计划跟踪表", "问题需求登记"}
"""Sheets of more columns than any page holds."""


@pytest.fixture(
    scope="module", params=[blank, sample, lambda: sized(12, departments=30)], ids=["blank", "sample", "departments"]
)
def sheets(request):
    book = openpyxl.load_workbook(BytesIO(request.param()))
    return {sheet.title: sheet for sheet in book.worksheets}


def _width(sheet) -> float:
    """Of the columns that stand on paper."""
    last = max(cell.column for cell in sheet[1] if cell.value is not None)
    spans = [one for one in sheet.column_dimensions.values() if not one.hidden and one.min <= last]
    return sum(one.width * (min(one.max, last) - one.min + 1) for one in spans)


def test_a_person_to_come_has_room_for_a_long_department(sheets):
    """Names of 27 characters on two lines of 17: what a row hides of them tells nobody apart."""
    people = sheets["人员部门"]
    name, department = (people.column_dimensions[letter].width for letter in "AB")
    assert name >= text_width("样例人员01") + INDENT
    assert lines_of(LONG_NAME.format(16), department - INDENT) == 2
    assert people.row_dimensions[max(people.row_dimensions)].height == TWO_LINES


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_every_sheet_stands_on_the_smallest_paper_that_keeps_it_legible(sheets):
    for name, sheet in sheets.items():
        if name in {"总览", "时间轴", "使用说明"} | _SEVERAL_ACROSS:
            continue
        page, width = sheet.page_setup, _width(sheet)
        assert width <= WIDEST_A3, name
        assert page.paperSize == (A4 if width <= WIDEST_A4 else A3), name
        assert page.orientation == ("portrait" if width <= WIDEST_UPRIGHT else "landscape"), name
        assert sheet.sheet_properties.pageSetUpPr.fitToPage or page.scale >= LEAST_SCALE, name


@pytest.mark.parametrize(
    ("width", "height", "rows"),
    [
        (60, 20, 36),  # upright A4 as it is: 755 - 30 = 725
        (125, 33, 26),  # at 83.1 %: 755 / 0.831 - 30 = 878
        (170, 33, 16),  # A4 across at 89.1 %: 508 / 0.891 - 30 = 540
        (270, 33, 27),  # A3 across at 80.8 %
        (300, 36, 30),  # wider than any page: at 67 %, 1097 points
    ],
)
def test_so_many_rows_stand_on_a_first_page_in_whatever_font(width, height, rows):
    assert rows_of_a_page(width, 30, height) == rows


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_sheet_that_nobody_has_filled_in_has_lines_to_write_on():
    """Excel prints a page for its headings all the same."""
    book = openpyxl.load_workbook(BytesIO(blank()))
    ruled = {sheet.title: sheet.max_row - 1 for sheet in book.worksheets if sheet["B2"].border.bottom.style}
    empty = {"措施分解", "进展反馈", "延期记录", "效果确认", "更正记录", "文件修订", "问题需求登记", "管理评审", "计划",
             "过程指标", "质量数据", "分析记录", "例外说明", "人员部门", "部门沿革", "节假日",
             "校验结果", "提醒台账"}  # fmt: skip
    written_on = {"总览", "时间轴", "参数", "字典", "使用说明"}
    assert empty | {"改进计划跟踪表"} == {sheet.title for sheet in book.worksheets} - written_on
    assert empty <= ruled.keys()
    assert min(ruled[name] for name in empty) >= 12


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_lines_to_write_on_look_other_than_their_column_or_libreoffice_prints_none_of_them():
    """It leaves blank cells out from the first 84 rows on that have one border and one ground."""
    for sheet in openpyxl.load_workbook(BytesIO(blank())).worksheets:
        if sheet.title in {"总览", "时间轴", "参数", "字典", "使用说明"}:
            continue
        lines = {cell.border.bottom.color.rgb for cell in sheet[3] if cell.border.bottom.style}
        columns = [one.border.bottom for one in sheet.column_dimensions.values()]
        assert lines == {"FF9AA8BC"} and sheet.max_row < 84, sheet.title
        assert {line.color.rgb for line in columns if line.style} == {"FF9AA8BD"}, sheet.title


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(("name", "highest"), [("校验结果", 50), ("提醒台账", 17.25)])
def test_rows_that_the_tool_brings_take_the_place_of_the_lines_and_push_none_to_a_second_page(name, highest):
    sheet = openpyxl.load_workbook(BytesIO(blank()))[name]
    assert sheet.max_row - 1 <= rows_of_a_page(_width(sheet), 30, highest)
    assert all(highest <= sheet.row_dimensions[row].height < highest + 1 for row in range(2, sheet.max_row + 1))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_timeline_without_a_row_has_lines_over_all_it_prints(sheets):
    ruled = {
        str(area.sqref): rule.dxf.border
        for area in sheets["时间轴"].conditional_formatting
        for rule in area.rules
        if rule.formula == ['$B$5=""']
    }
    (area, border) = ruled.popitem()
    assert area == "A5:AF64" and not ruled
    assert {border.left.style, border.right.style, border.bottom.style} == {"thin"}


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_lists_stand_side_by_side_on_one_page_however_long_the_departments_are(sheets):
    lists = sheets["字典"]
    assert _width(lists) <= WIDEST_A3
    assert (lists.page_setup.fitToWidth or 1) == 1
    assert lists.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_lists_and_the_guide_have_lines_and_no_text_that_touches_them(sheets):
    lists, guide = sheets["字典"]["A2"], sheets["使用说明"]["B5"]
    assert lists.border.bottom.style or sheets["字典"].column_dimensions["A"].border.bottom.style
    assert guide.border.left.style == "thin" and guide.alignment.indent == 1


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_settings_stand_on_one_upright_page(sheets):
    _assert_on_one_upright_page(sheets["参数"])


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("level", ["台账", "制度", "评审"])
def test_the_settings_of_a_smaller_workbook_do_too(level):
    content = blank_content("一", level_named(level))
    made = build_workbook(content, as_of=date(2026, 11, 22), level=level_named(level))
    _assert_on_one_upright_page(openpyxl.load_workbook(BytesIO(made))["参数"])


def _assert_on_one_upright_page(settings) -> None:
    named = [row for row in range(1, settings.max_row + 1) if settings.cell(row, 1).value]
    height = sum(settings.row_dimensions[row].height for row in named)
    assert settings.page_setup.scale >= LEAST_SCALE and not settings.sheet_properties.pageSetUpPr.fitToPage
    assert height * settings.page_setup.scale / 100 <= 842 - 2 * 0.5 * 72
    assert _width(settings) * settings.page_setup.scale / LEAST_SCALE <= WIDEST_UPRIGHT


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_tracker_takes_four_pages_across_and_parts_no_band(sheets):
    tracker = sheets["改进计划跟踪表"]
    assert tracker.page_setup.scale >= LEAST_SCALE
    breaks = [one.id for one in tracker.col_breaks.brk]
    assert [tracker.cell(1, at + 1).value for at in breaks] == ["策划", "审批", "确认"]
    widths = {at: one.width - _PADDING for one in tracker.column_dimensions.values() if not one.hidden
              for at in range(one.min, one.max + 1)}  # fmt: skip
    last = max(cell.column for cell in tracker[2] if cell.value is not None)
    for first, end in pairwise([3, *breaks, last]):
        page = sum(widths.get(at, 0) for at in (1, 2, 3, *range(first + 1, end + 1)))
        assert page <= _WIDEST_AT_ITS_SCALE, (first, page)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_below_the_pages_of_what_people_typed_stands_that_long_texts_are_only_begun(sheets):
    ours = {"总览", "时间轴", "字典", "校验结果", "提醒台账", "使用说明"}
    told = {name for name, sheet in sheets.items() if BEGINNINGS in (sheet.oddFooter.center.text or "")}
    assert told == sheets.keys() - ours - {"节假日"}
    assert "没有列出的日子" in sheets["节假日"].oddFooter.center.text


def test_the_ledger_is_printed_without_the_codes_that_nobody_reads():
    """Hidden: an area of whole columns is one that some readers refuse, one of so many rows would print them empty."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Print area cannot be set")
        ledger = openpyxl.load_workbook(BytesIO(blank()))["提醒台账"]
    hidden = [ledger[f"{letter}1"].value for letter, one in ledger.column_dimensions.items() if one.hidden]
    assert hidden == ["工作簿标识", "消息号", "校验码"]
    assert ledger.freeze_panes == "C2"


def test_findings_stand_on_one_page_across_forty_a_page():
    """A3 between its margins, at the scale that 257 characters take: a third of the lines may take a second line."""
    findings = openpyxl.load_workbook(BytesIO(blank()))["校验结果"]
    height = (297 - 2 * 0.6 * 25.4) / 25.4 * 72
    rows = (height * 100 / LEAST_SCALE - 30) / (20 + 16 / 3)
    assert round(_width(findings), 1) == 257.4 and findings.page_setup.paperSize == A3
    assert findings.page_setup.orientation == "landscape" and findings.print_title_rows == "$1:$1"
    assert rows >= 40


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_an_overfull_book_prints_no_page_for_two_rows():
    """Nobody turns 500 pages; with rows to the top it was that many."""
    book = openpyxl.load_workbook(BytesIO(sized(60, departments=30, people=25, long=True)))
    typed = [sheet for sheet in book.worksheets if BEGINNINGS in (sheet.oddFooter.center.text or "")]
    heights = {sheet.title: _heights(sheet) for sheet in typed}
    assert {name for name, rows in heights.items() if max(rows, default=0) > 409 / 2 + 20} == set()
    assert sum(heights["质量数据"]) <= 334 * 70


def _heights(sheet) -> list[float]:
    named = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value]
    return [sheet.row_dimensions[row].height for row in named]


@pytest.mark.parametrize("level", ["台账", "制度", "评审", "数据"])
def test_no_sheet_of_any_level_prints_too_small_to_read(level):
    made = build_workbook(blank_content("一", level_named(level)), as_of=date(2026, 11, 22), level=level_named(level))
    assert [*printed_small(made)] == []


@pytest.mark.parametrize(("level", "across"), [("制度", 4), ("评审", 6), ("数据", 4)])
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_no_page_of_a_tracker_of_any_level_spills_over_to_another(level, across):
    """评审 shows all of its columns: the widest of four pages would print at 67 · 235 / 336 = 47 %."""
    book = openpyxl.load_workbook(BytesIO(build_workbook({}, as_of=date(2026, 11, 22), level=level_named(level))))
    tracker = book["改进计划跟踪表"]
    widths = {at: one.width - _PADDING for one in tracker.column_dimensions.values() if not one.hidden
              for at in range(one.min, one.max + 1)}  # fmt: skip
    last = max(cell.column for cell in tracker[2] if cell.value is not None)
    pages = [
        sum(widths.get(at, 0) for at in (1, 2, 3, *range(first + 1, end + 1)))
        for first, end in pairwise([3, *(one.id for one in tracker.col_breaks.brk), last])
    ]
    assert len(pages) == across and max(pages) <= _WIDEST_AT_ITS_SCALE, pages
    assert tracker.page_setup.scale >= LEAST_SCALE
