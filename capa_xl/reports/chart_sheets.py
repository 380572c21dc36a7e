"""Charts as values, drawn natively in a workbook: their numbers stand in the sheet, the chart beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from capa_xl.model.charts import Chart
from capa_xl.reports.native_charts import ChartLook, complete, native_chart
from capa_xl.reports.sheets import Book

LOOK = ChartLook()
_WIDTH, _HEIGHT = 760, 340
_ROWS_HIGH = 18
_GAP = 2
_ON_A_PAGE = 2


def chart_sheet(book: Book, name: str, title: str, note: str, charts: Iterable[Chart]) -> None:
    """A sheet of charts one below the other, each right of its numbers."""
    sheet = book.sheet(name, title, note)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 5, 10)
    row, breaks = 3, []
    for count, chart in enumerate(map(complete, charts)):
        if count and count % _ON_A_PAGE == 0:
            breaks.append(row)
        write_numbers(book, sheet, row, chart)
        place_chart(book, sheet, (row, len(chart.series) + 2), chart, (name, row), (_WIDTH, _HEIGHT))
        row += max(len(chart.categories) + 2, _ROWS_HIGH) + _GAP
    if breaks:
        sheet.set_h_pagebreaks(breaks)


def write_numbers(book: Book, sheet: Any, row: int, chart: Chart) -> None:
    """The numbers of a complete chart: its title, the names of its series, then a row per category."""
    look = "count" if chart.number_format == "0" else "figure"
    sheet.write_string(row, 0, chart.title, book.format("note"))
    for column, heading in enumerate(("", *(series.name for series in chart.series))):
        sheet.write_string(row + 1, column, heading, book.format("header"))
    for at, category in enumerate(chart.categories, row + 2):
        book.write(sheet, at, 0, category, "text")
        for column, series in enumerate(chart.series, 1):
            value = series.values[at - row - 2]
            if value is not None:  # a blank cell would stand in the chart's cache as 0
                book.write(sheet, at, column, value, look)


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
