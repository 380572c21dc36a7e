"""Charts as values, drawn natively in a workbook: as wide as the page, their numbers beside them in the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from msgspec.structs import replace

from capa_xl.model.charts import Chart, title_lines
from capa_xl.model.row_heights import LINE, text_width
from capa_xl.reports.chart_look import ChartLook
from capa_xl.reports.native_charts import complete, native_chart
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import INDENT

LOOK = ChartLook()
_COLUMNS, _COLUMN = 7, 100
"""The charts lie over so many columns of so many pixels: the width of an upright A4 page."""
_ROWS_HIGH, _CHARTS_ON_A_PAGE = 20, 2
"""Rows of `LINE` that a chart and the gap below it are high: two of them and the title fill a page."""
_GAP, _PIXELS_OF_A_POINT = 0.5, 4 / 3
_NUMBERS = _COLUMNS + 1
"""0-based column of the numbers: right of the charts, where no page of paper reaches."""
_NUMBER_WIDTH = 8
_NAME_WIDTHS = 12, 60
"""Least and most characters of the column of categories."""
_TOP = 3
_UNPRINTED = "各点的数值在图的右侧（不打印）"


def chart_sheet(book: Book, name: str, title: str, note: str, charts: Iterable[Chart]) -> None:
    """A sheet of charts, two on a page as wide as it is; their numbers stand below each other on the right of them."""
    sheet = book.sheet(name, title, f"{note}　{_UNPRINTED}")
    sheet.set_portrait()
    drawn = tuple(map(complete, charts))
    sheet.set_column_pixels(0, _COLUMNS - 1, _COLUMN)
    sheet.set_column(_NUMBERS, _NUMBERS, _name_width(drawn))
    sheet.set_column(_NUMBERS + 1, _NUMBERS + 5, _NUMBER_WIDTH)
    tops = [_TOP + at * _ROWS_HIGH for at in range(len(drawn))]
    numbers = [_TOP, *accumulate((len(chart.categories) + 3 for chart in drawn), initial=_TOP)][1:]
    bottom = _TOP + len(drawn) * _ROWS_HIGH
    for row in range(_TOP, max(bottom, numbers[-1])):
        sheet.set_row(row, LINE)  # none left to the reader: the charts keep their places on the pages
    size = _COLUMNS * _COLUMN, int((_ROWS_HIGH - _GAP) * LINE * _PIXELS_OF_A_POINT)
    for chart, top, row in zip(drawn, tops, numbers, strict=False):
        write_numbers(book, sheet, row, chart, _NUMBERS)
        place_chart(book, sheet, (top, 0), chart, (name, row, _NUMBERS), size)
    sheet.set_h_pagebreaks(tops[_CHARTS_ON_A_PAGE::_CHARTS_ON_A_PAGE])
    sheet.print_area(0, 0, bottom - 1, _COLUMNS - 1)


def _name_width(charts: Iterable[Chart]) -> float:
    least, most = _NAME_WIDTHS
    longest = max((text_width(name) for chart in charts for name in chart.categories), default=0.0)
    return min(most, max(least, longest + INDENT))


def write_numbers(book: Book, sheet: Any, row: int, chart: Chart, left: int = 0) -> None:
    """The numbers of a complete chart: its title, the names of its series, then a row per category.

    Args:
        row, left: 0-based corner of the title.
    """
    look = "count" if chart.number_format == "0" else "share" if chart.number_format.endswith("%") else "figure"
    sheet.write_string(row, left, chart.title, book.format("note"))
    for column, heading in enumerate(("", *(series.name for series in chart.series)), left):
        sheet.write_string(row + 1, column, heading, book.format("header"))
    for at, category in enumerate(chart.categories, row + 2):
        if category:  # the one beyond the last has no name, likewise
            book.write(sheet, at, left, category, "text")
        for column, series in enumerate(chart.series, left + 1):
            value = series.values[at - row - 2]
            if value is not None:  # a blank cell would stand in the chart's cache as 0
                book.write(sheet, at, column, value, "share" if series.second_axis else look)


def place_chart(
    book: Book,
    sheet: Any,
    at: tuple[int, int],
    chart: Chart,
    numbers: tuple[str, int, int],
    size: tuple[int, int],
    right: int = 0,
) -> None:
    """Draw a complete chart.

    Args:
        at: 0-based row and column of its upper left corner.
        numbers: Sheet and 0-based row and column where `write_numbers` put them.
        size: Width and height in pixels.
        right: Pixels it stands right of that corner.
    """
    name, row, left = numbers
    first, last = row + 2, row + 1 + len(chart.categories)
    drawn = native_chart(
        book.workbook,
        replace(chart, title="\n".join(title_lines(chart.title, size[0]))),
        lambda one: {
            "name": [name, row + 1, left + one + 1],
            "categories": [name, first, left, last, left],
            "values": [name, first, left + one + 1, last, left + one + 1],
        },
        replace(LOOK, height=size[1] / _PIXELS_OF_A_POINT, width=size[0] / _PIXELS_OF_A_POINT),
    )
    drawn.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(*at, drawn, {"object_position": 2, "x_offset": right})
