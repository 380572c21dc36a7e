"""Charts below each other in a workbook: none is parted by the end of a page, the rows are as high as they say."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from capa_xl.model.charts import CENTRE, LINE, Chart, Series
from capa_xl.reports.chart_sheets import chart_sheet
from capa_xl.reports.sheets import Book

ON = date(2026, 11, 22)


TITLE = "网络部 出口带宽峰值利用率：2026-09 起 2 点超出 3σ"


def months(count: int, number_format: str = "General", title: str = TITLE) -> Chart:
    names = tuple(f"2025-{at:02}" for at in range(1, count + 1))
    values = tuple(at / 8 for at in range(count))
    series = (Series("实测", values, LINE), Series("CL", values, CENTRE))
    return Chart(title, names, series, number_format=number_format)


def made(*charts: Chart) -> bytes:
    book = Book("测试", ON)
    chart_sheet(book, "图", "控制图", "注", charts)
    return book.close()


@pytest.mark.parametrize(("charts", "breaks"), [(1, []), (2, []), (3, [43]), (5, [43, 83])])
def test_two_charts_fill_a_page_and_a_page_ends_between_two(charts, breaks):
    """Three rows of title; a chart and the gap below it are twenty rows high."""
    xml = ZipFile(BytesIO(made(*map(months, [22] * charts)))).read("xl/worksheets/sheet1.xml").decode()
    assert [int(at) for at in re.findall(r'<brk id="(\d+)"', xml)] == breaks


def test_the_charts_are_printed_at_the_width_of_the_page_and_their_numbers_are_not():
    """A4 less its margins: 11.69 - 0.75 - 0.6 inches high, 8.27 - 0.8 wide."""
    sheet = openpyxl.load_workbook(BytesIO(made(months(22), months(36), months(4))))["图"]
    assert sheet.print_area == "'图'!$A$1:$G$63"
    page = sum(sheet.row_dimensions[row].height or 15 for row in range(1, 44))
    assert 0.9 < page / (10.34 * 72) <= 1
    assert 0.9 < sheet.column_dimensions["A"].width * 7 * 7 / 96 / 7.47 <= 1
    assert [sheet.cell(row, 9).value for row in (6, 31, 70)] == ["2025-01"] * 3


def test_every_row_has_its_height_and_the_line_over_the_numbers_is_whole():
    sheet = openpyxl.load_workbook(BytesIO(made(months(3))))["图"]
    assert sheet["I4"].value == "网络部 出口带宽峰值利用率：2026\u201109 起 2 点超出 3σ"
    assert {sheet.row_dimensions[row].height for row in range(4, 24)} == {16.5}


def test_a_title_of_two_lines_is_broken_behind_its_name_and_stays_whole_over_the_numbers():
    said = "2026年9月起连续 2 点超出 3σ，另有 2 个信号点（I 图，22 个月）"
    blob = made(months(3, title=f"网络部 出口带宽峰值利用率：{said}"))
    drawn = ZipFile(BytesIO(blob)).read("xl/charts/chart1.xml").decode()
    assert re.search(r"<a:t>([^<]*)</a:t>", drawn)[1] == f"网络部 出口带宽峰值利用率：\n{said}"
    assert openpyxl.load_workbook(BytesIO(blob))["图"]["I4"].value == f"网络部 出口带宽峰值利用率：{said}"


def test_a_chart_reads_the_cells_its_numbers_stand_in():
    blob = ZipFile(BytesIO(made(months(3), months(4)))).read("xl/charts/chart2.xml").decode()
    assert set(re.findall(r"<c:f>(.*?)</c:f>", blob)) == {
        "图!$J$11", "图!$K$11", "图!$I$12:$I$15", "图!$J$12:$J$15", "图!$K$12:$K$15",
    }  # fmt: skip


def test_shares_are_shown_as_shares():
    sheet = openpyxl.load_workbook(BytesIO(made(months(3, "0.0%"))))["图"]
    assert (sheet["J7"].value, sheet["J7"].number_format) == (0.125, "[=0]0.0%;[<0.01]0.00%;0.0%")
