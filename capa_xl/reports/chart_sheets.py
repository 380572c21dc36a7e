"""Charts as values, drawn natively in a workbook: their numbers stand in the sheet, the chart beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from capa_xl.model.charts import Chart
from capa_xl.model.cut_text import cut_text
from capa_xl.model.row_heights import LINE, lines_of, text_width
from capa_xl.reports.native_charts import ChartLook, complete, native_chart
from capa_xl.reports.sheets import INDENT, Book

LOOK = ChartLook()
_WIDTH, _HEIGHT = 560, 480
_NUMBER_WIDTH = 8
_NAME_WIDTHS = 12, 26
"""Least and most characters of the column of categories; a longer one takes two lines."""
_ROWS_HIGH = 24
"""Rows of `LINE` that a chart is high."""
_GAP = 2
_TOP = 3
_ROWS_ON_A_PAGE = 58
"""Of A4 upright, at the scale that a chart beside three columns of numbers takes: two charts."""
_LONGEST_HEAD = 26
"""Characters of the line over the numbers that stand left of the chart."""


def chart_sheet(book: Book, name: str, title: str, note: str, charts: Iterable[Chart]) -> None:
    """A sheet of charts one below the other, each right of its numbers; a page ends between two of them."""
    sheet = book.sheet(name, title, note)
    sheet.set_portrait()
    drawn = tuple(map(complete, charts))
    sheet.set_column(0, 0, _name_width(drawn))
    sheet.set_column(1, 5, _NUMBER_WIDTH)
    row, page, breaks = _TOP, 0, []
    for chart in drawn:
        high = max(len(chart.categories) + 2, _ROWS_HIGH) + _GAP
        if row > _TOP and row + high - _GAP - page > _ROWS_ON_A_PAGE:
            breaks.append(row)
            page = row
        _set_heights(sheet, row, chart, high)
        write_numbers(book, sheet, row, chart)
        place_chart(book, sheet, (row, len(chart.series) + 2), chart, (name, row), (_WIDTH, _HEIGHT))
        row += high
    if breaks:
        sheet.set_h_pagebreaks(breaks)


def _name_width(charts: Iterable[Chart]) -> float:
    least, most = _NAME_WIDTHS
    longest = max((text_width(name) for chart in charts for name in chart.categories), default=0.0)
    return min(most, max(least, longest + INDENT))


def _set_heights(sheet: Any, row: int, chart: Chart, high: int) -> None:
    """Every row as high as its text, none left to the reader: the chart keeps its place beside its numbers."""
    width = _name_width([chart]) - INDENT
    lines = [1, 1, *(lines_of(name, width) for name in chart.categories)]
    for at, count in enumerate(lines + [1] * (high - len(lines)), row):
        sheet.set_row(at, count * LINE)


def write_numbers(book: Book, sheet: Any, row: int, chart: Chart) -> None:
    """The numbers of a complete chart: its title, the names of its series, then a row per category."""
    look = "count" if chart.number_format == "0" else "share" if chart.number_format.endswith("%") else "figure"
    sheet.write_string(row, 0, cut_text(chart.title, _LONGEST_HEAD), book.format("note"))
    for column, heading in enumerate(("", *(series.name for series in chart.series))):
        sheet.write_string(row + 1, column, heading, book.format("header"))
    for at, category in enumerate(chart.categories, row + 2):
        book.write(sheet, at, 0, category, "text")
        for column, series in enumerate(chart.series, 1):
            value = series.values[at - row - 2]
            if value is not None:  # a blank cell would stand in the chart's cache as 0
                book.write(sheet, at, column, value, "share" if series.second_axis else look)


def place_chart(
    book: Book, sheet: Any, at: tuple[int, int], chart: Chart, numbers: tuple[str, int], size: tuple[int, int]
) -> None:
    """Draw a complete chart.

    Args:
        at: 0-based row and column of its upper left corner.
        numbers: Sheet and 0-based row where `write_numbers` put them.
        size: Width and height in pixels.
    """
    name, row = numbers
    first, last = row + 2, row + 1 + len(chart.categories)
    drawn = native_chart(
        book.workbook,
        chart,
        lambda one: {
            "name": [name, row + 1, one + 1],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, one + 1, last, one + 1],
        },
        LOOK,
    )
    drawn.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(*at, drawn, {"object_position": 2})
