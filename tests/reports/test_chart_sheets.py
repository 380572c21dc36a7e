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


def months(count: int, number_format: str = "General") -> Chart:
    names = tuple(f"2025-{at:02}" for at in range(1, count + 1))
    values = tuple(at / 8 for at in range(count))
    series = (Series("实测", values, LINE), Series("CL", values, CENTRE))
    return Chart("网络部 出口带宽峰值利用率：2026-09 起 2 点超出 3σ", names, series, number_format=number_format)


def made(*charts: Chart) -> bytes:
    book = Book("测试", ON)
    chart_sheet(book, "图", "控制图", "注", charts)
    return book.close()


@pytest.mark.parametrize(
    ("counts", "breaks"),
    [
        ((), []),
        ((22,), []),
        ((22, 22), []),
        ((22, 22, 22), [55]),
        ((4, 4, 4, 4, 4), [55, 107]),
        ((36, 36), [43]),
        ((30, 24, 12), [37]),
    ],
)
def test_a_page_ends_between_two_charts_and_holds_two_of_two_years(counts, breaks):
    """A block takes a row a month and two of headings, no less than 24, and two rows lie between blocks."""
    xml = ZipFile(BytesIO(made(*map(months, counts)))).read("xl/worksheets/sheet1.xml").decode()
    assert [int(at) for at in re.findall(r'<brk id="(\d+)"', xml)] == breaks


def test_the_line_over_the_numbers_is_cut_where_the_chart_begins_and_every_row_has_its_height():
    sheet = openpyxl.load_workbook(BytesIO(made(months(3))))["图"]
    assert sheet["A4"].value == "网络部 出口带宽峰值利用率：2026\u201109 起 2…"
    assert {sheet.row_dimensions[row].height for row in range(4, 30)} == {16.5}


def test_shares_are_shown_as_shares():
    sheet = openpyxl.load_workbook(BytesIO(made(months(3, "0.0%"))))["图"]
    assert (sheet["B7"].value, sheet["B7"].number_format) == (0.125, "0.0%")
