"""New workbooks: text stays text, whatever it begins with or holds; the same values give the same bytes."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.reports.sheets import TABLE_ROW, Book
from capa_xl.reports.table_cells import ColumnHead, Link, Mark

ON = date(2026, 11, 22)


def made(*cells: object) -> bytes:
    book = Book("测试", ON)
    book.table(book.sheet("表", "标题", "=注"), [ColumnHead("列")], [[cell] for cell in cells])
    return book.close()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "{=A1}", "http://x.example", "<&>", "𠮷😀", "{{ 7*7 }}"])
def test_text_stays_the_text_it_is(text) -> None:
    for cell in (text, Mark(text, "bad"), Link(text, "表", "A1")):
        read = openpyxl.load_workbook(BytesIO(made(cell)))["表"]["A5"]
        assert (read.value, read.data_type) == (text, "s")


def test_what_xml_cannot_hold_is_dropped_or_shown_as_a_replacement() -> None:
    sheet = openpyxl.load_workbook(BytesIO(made("a\ud800b", "a\x01b", "a_x000D_b", "x" * 40000)))["表"]
    assert [sheet[f"A{row}"].value for row in (5, 6, 7)] == ["a\ufffdb", "ab", "a\nb"]
    assert sheet["A8"].value.endswith("…（全文见跟踪表）")


def test_the_same_values_give_the_same_bytes() -> None:
    assert made("甲", 1, ON, None) == made("甲", 1, ON, None)


LONG_COMPANY = "仁和样例市第一人民医院（集团）医疗信息与后勤保障中心"


@pytest.mark.parametrize(
    ("company", "left", "centre"),
    [
        ("样例公司", "样例公司", "改进看板 2026Q4"),
        (LONG_COMPANY, f"{LONG_COMPANY}\n改进看板 2026Q4", None),
        ("样" * 60, f"{'样' * 33}…\n改进看板 2026Q4", None),
    ],
)
def test_a_title_stands_below_a_company_that_reaches_it(company, left, centre):
    """Once: both stood in one place of an upright page, and neither could be read."""
    book = Book("改进看板 2026Q4", ON, company)
    book.table(book.sheet("表", "标题", "注"), [ColumnHead("列")], [["甲"]])
    header = openpyxl.load_workbook(BytesIO(book.close()))["表"].oddHeader
    assert (header.left.text, header.center.text) == (left, centre)


def test_a_sheet_with_nothing_but_headings_is_hidden_and_named_on_the_first_one():
    book = Book("测试", ON)
    for name, rows in (("首", []), ("空", []), ("满", [["甲"]])):
        book.table(book.sheet(name, "标题", "注"), [ColumnHead("编号")], rows)
    read = openpyxl.load_workbook(BytesIO(book.close()))
    assert [sheet.sheet_state for sheet in read] == ["visible", "hidden", "visible"]
    assert read["首"]["A2"].value == "注　没有内容、未显示的工作表：空"


def test_a_list_of_numbers_breaks_between_them():
    book, numbers = Book("测试", ON), [f"GJ-2026-{at:03}" for at in range(1, 6)]
    book.table(book.sheet("表", "标题"), [ColumnHead("编号", 32, "wrap")], [["、".join(numbers)]])
    lines = openpyxl.load_workbook(BytesIO(book.close()))["表"]["A5"].value.split("\n")
    assert lines == ["GJ-2026-001、GJ-2026-002、", "GJ-2026-003、GJ-2026-004、", "GJ-2026-005"]


def test_what_people_wrote_gets_no_line_break_of_ours():
    text = "2026-10-20 会议，弱电部负责管井"
    book = Book("测试", ON)
    headings = [ColumnHead("改后", 30, "quote"), ColumnHead("说明", 30, "wrap")]
    book.table(book.sheet("表", "标题"), headings, [[text, text]])
    quoted, told = openpyxl.load_workbook(BytesIO(book.close()))["表"][TABLE_ROW + 2]
    assert (quoted.value, told.value.replace("\n", "")) == (text, text)
    assert "\n" in told.value


def test_a_table_without_a_row_says_so():
    book = Book("测试", ON)
    assert book.table(book.sheet("空", "标题"), [ColumnHead("编号")], []) == TABLE_ROW + 2
    sheet = openpyxl.load_workbook(BytesIO(book.close()))["空"]
    assert (sheet["A4"].value, sheet["A5"].value) == ("编号", "（无）")


@pytest.mark.parametrize(("rows", "last"), [(20, None), (600, 4 + 72)])
def test_of_a_list_to_filter_three_pages_are_printed_and_a_line_above_says_so(rows, last) -> None:
    """A page takes (8.27 - 1.35) · 72 points less 16.5 of header, 26 of title, two lines: 422.7, or 25 rows of 16.5.

    One of them stays free, so that pages end in every typeface where they are told to.
    """
    book = Book("测试", ON)
    book.table(book.sheet("表", "标题"), [ColumnHead("列", 30)], [["甲"]] * rows, pages=3)
    sheet = openpyxl.load_workbook(BytesIO(book.close()))["表"]
    told = f"打印只有前 {last and last - 4} 行；共 600 行，在屏幕上筛选查看，要全部打印请取消打印区域"
    assert sheet["A3"].value == (told if last else None)
    assert sheet.print_area == (f"'表'!$A$1:$A${last}" if last else "")
    assert [one.id for one in sheet.row_breaks.brk] == ([28, 52] if last else [])
    assert sheet.max_row == 4 + rows
