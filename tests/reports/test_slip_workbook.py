"""How a slip is laid out: most room for the answers, rows high enough for a pen, nothing said again in every row."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from msgspec.structs import replace

from capa_xl.model.row_heights import LINE
from capa_xl.model.slip import HEADER_ROW, HEADINGS, MINUTES, SHEET, Question, Slip
from capa_xl.reports.slip_workbook import slip_workbook
from capa_xl.workbook.reading.slip_answers import read_slip
from tests.printed_scales import printed_small

PROMPT = "写会议定下的：做什么、谁做、何时完成。"
ASKED = Question(
    "progress", "GJ-2026-001", "", "content", "内容", "值班漏接三次", "网络部：完成措施", date(2026, 6, 20), "", "", (),
    True, False, PROMPT,
)  # fmt: skip
OTHER = replace(ASKED, number="GJ-2026-002")


def laid_out(form: str, *questions: Question):
    """The sheet, and its visible columns: heading → width."""
    blob = slip_workbook(Slip("w", "样例公司", "网络部", date(2026, 6, 3), "t", questions, form=form))
    assert not read_slip(blob).filled
    sheet = openpyxl.load_workbook(io.BytesIO(blob))[SHEET]
    columns = {cell.value: sheet.column_dimensions[cell.column_letter] for cell in sheet[HEADER_ROW]}
    return sheet, {heading: found.width for heading, found in columns.items() if not found.hidden}


def test_the_minutes_leave_most_of_the_page_to_what_is_decided_and_say_once_what_is_asked():
    sheet, widths = laid_out(MINUTES, ASKED, OTHER)
    assert list(widths) == [h for h in HEADINGS if h not in ("填写项目", "现在的内容", "怎样填")]
    assert max(widths, key=widths.__getitem__) == "请在这里填写" and widths["要做什么"] >= 40
    assert sheet["A3"].value == PROMPT
    assert min(sheet.row_dimensions[HEADER_ROW + at].height for at in (1, 2)) >= 39  # whole pixels


def test_the_minutes_name_the_first_thing_to_do_and_a_row_of_them_is_four_lines_high_at_most():
    """A slip has all of it."""
    what = "样例集团东区域运维服务与数据中心基础设施保障第28事业部：完成措施，填写：实施情况、实际完成日期"
    long = replace(
        ASKED, about="现场检查发现值守人员" * 20, what=f"{what}；《措施分解》：实际完成（步骤 1、2、3 样例员28）"
    )
    minutes, _ = laid_out(MINUTES, long)
    shown = minutes.cell(HEADER_ROW + 1, 5).value.replace("\n", "")
    assert shown == f"{what}；…"
    assert minutes.row_dimensions[HEADER_ROW + 1].height <= 4 * LINE + 4
    slip, _ = laid_out(SHEET, long)
    assert "样例员28" in slip.cell(HEADER_ROW + 1, 5).value


def test_a_slip_shows_what_is_asked_of_each_cell_and_what_stands_there_now():
    _, widths = laid_out(SHEET, ASKED, replace(OTHER, before="已排新班表"))
    assert tuple(widths) == HEADINGS
    assert max(widths, key=widths.__getitem__) == "请在这里填写"


@pytest.mark.parametrize("form", [SHEET, MINUTES])
def test_where_nothing_stands_yet_its_column_goes_to_the_answers(form):
    _, widths = laid_out(form, ASKED, replace(OTHER, header="备注"))
    assert "现在的内容" not in widths and "填写项目" in widths
    assert widths["请在这里填写"] >= 50


@pytest.mark.parametrize(("rows", "pages"), [(13, 0), (15, None), (24, 0), (30, 2)])
def test_a_few_rows_left_over_are_put_on_the_pages_before(rows, pages):
    """A page takes 573 points at 77 percent, 14 rows of 40; 691 at the least scale, 17. One page is no entry."""
    sheet, _ = laid_out(SHEET, *[ASKED] * rows)
    assert sheet.page_setup.fitToHeight == pages


@pytest.mark.parametrize(("form", "rows"), [(SHEET, 1), (SHEET, 17), (SHEET, 34), (MINUTES, 24)])
@pytest.mark.parametrize("before", ["", "已排新班表"])
def test_no_slip_prints_too_small_to_read_in_any_typeface(form, rows, before):
    """Its columns were 191 wide with what a spreadsheet adds to each; an A4 on its side takes 189 at 65 percent."""
    questions = [replace(ASKED, before=before), *[OTHER] * (rows - 1)]
    blob = slip_workbook(Slip("w", "样例公司", "网络部", date(2026, 6, 3), "t", tuple(questions), form=form))
    assert [*printed_small(blob)] == []


def test_a_date_of_what_is_to_be_done_is_not_broken_and_nothing_late_is_a_dash():
    """A first line is filled as far as its last mark, and the day stands whole on the second."""
    sheet, _ = laid_out(MINUTES, replace(ASKED, what="系统部机房组：等效果显现以后再看看，然后 2026-12-06 起确认效果"))
    row = [cell.value for cell in sheet[HEADER_ROW + 1]]
    assert row[3] == "—"
    assert row[4].endswith("再看看，\n然后 2026-12-06 起确认效果")


def test_a_slip_leaves_nine_millimetres_for_a_pen_at_the_smallest_print():
    sheet, _ = laid_out(SHEET, OTHER)
    assert sheet.row_dimensions[HEADER_ROW + 1].height * 0.65 * 25.4 / 72 >= 9


def test_a_number_with_a_range_is_held_to_it_and_a_share_stays_allowed():
    """进度% takes 80 and 80 %, which a spreadsheet keeps as 0.8."""
    progress = replace(ASKED, key="progress", header="进度%", bounds=(0, 100))
    sheet, _ = laid_out(SHEET, OTHER, progress)
    (check,) = sheet.data_validations.dataValidation
    assert (check.type, check.operator or "between", check.formula1, check.formula2) == (
        "decimal",
        "between",
        "0",
        "100",
    )
    assert (check.errorStyle or "stop", check.error) == ("stop", "请填写 0 到 100 之间的数字。")
    assert str(check.sqref) == f"H{HEADER_ROW + 2}"
