"""Charts as values, drawn natively in a workbook: their numbers stand in the sheet, the chart beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from capa_xl.model import palette
from capa_xl.model.charts import COLUMNS, STEP, Chart, Series
from capa_xl.reports.sheets import Book

_WIDTH, _HEIGHT = 760, 340
_ROWS_HIGH = 18
_GAP = 2
_ON_A_PAGE = 2
_DOTS = "dots"
"""Kind of the series that holds only the points that stand out: markers without a line."""


def chart_sheet(book: Book, name: str, title: str, note: str, charts: Iterable[Chart]) -> None:
    """A sheet of charts one below the other, each right of its numbers."""
    sheet = book.sheet(name, title, note)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 5, 10)
    row, breaks = 3, []
    for count, chart in enumerate(map(_with_struck, charts)):
        if count and count % _ON_A_PAGE == 0:
            breaks.append(row)
        _numbers(book, sheet, row, chart)
        sheet.insert_chart(row, len(chart.series) + 2, _drawn(book, name, row, chart), {"object_position": 2})
        row += max(len(chart.categories) + 2, _ROWS_HIGH) + _GAP
    if breaks:
        sheet.set_h_pagebreaks(breaks)


def _with_struck(chart: Chart) -> Chart:
    """The points that stand out as a series of their own: LibreOffice and WPS don't colour single points of a line."""
    struck = [series for series in chart.series if series.marked]
    return replace(chart, series=(*chart.series, *map(_struck, struck)))


def _struck(series: Series) -> Series:
    values = tuple(value if at in series.marked else None for at, value in enumerate(series.values))
    return Series("信号", values, _DOTS, palette.OVERDUE, second_axis=series.second_axis)


def _numbers(book: Book, sheet: Any, row: int, chart: Chart) -> None:
    look = "count" if chart.number_format == "0" else "figure"
    sheet.write_string(row, 0, chart.title, book.format("note"))
    for column, heading in enumerate(("", *(series.name for series in chart.series))):
        sheet.write_string(row + 1, column, heading, book.format("header"))
    for at, category in enumerate(chart.categories, row + 2):
        book.write(sheet, at, 0, category, "text")
        for column, series in enumerate(chart.series, 1):
            book.write(sheet, at, column, series.values[at - row - 2], look)


def _drawn(book: Book, sheet: str, row: int, chart: Chart) -> Any:
    """Columns first, lines laid over them."""
    columns = [at for at, series in enumerate(chart.series) if series.kind == COLUMNS]
    lines = [at for at in range(len(chart.series)) if at not in columns]
    drawn = _group(book, sheet, row, chart, columns, "column") if columns else None
    laid = _group(book, sheet, row, chart, lines, "line") if lines else None
    if drawn is not None and laid is not None:
        drawn.combine(laid)
    return _dressed(drawn or laid, laid if drawn is not None else None, chart)


def _group(book: Book, sheet: str, row: int, chart: Chart, chosen: list[int], kind: str) -> Any:
    group = book.workbook.add_chart({"type": kind})
    first, last = row + 2, row + 1 + len(chart.categories)
    for at in chosen:
        series = chart.series[at]
        place = {
            "name": [sheet, row + 1, at + 1],
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, at + 1, last, at + 1],
        }
        group.add_series(place | (_bars(series, chart) if kind == "column" else _line(series)))
    return group


def _bars(series: Series, chart: Chart) -> dict[str, Any]:
    labels = {"data_labels": {"value": True, "num_format": chart.number_format}} if series.labels else {}
    return {"fill": {"color": f"#{series.colour or palette.ACCENT}"}, "gap": 60, **labels}


def _line(series: Series) -> dict[str, Any]:
    colour = f"#{series.colour or palette.ACCENT}"
    look: dict[str, Any] = {"y2_axis": True} if series.second_axis else {}
    if series.kind == STEP:
        return look | {"line": {"color": colour, "width": 1, "dash_type": "dash"}}
    dots = series.kind == _DOTS
    look |= {"line": {"none": True} if dots else {"color": colour, "width": 1.75}}
    size = 8 if dots else 5
    look["marker"] = {"type": "circle", "size": size, "fill": {"color": colour}, "border": {"color": colour}}
    return look


def _dressed(drawn: Any, laid: Any, chart: Chart) -> Any:
    font = {"name": palette.FONT, "size": 9}
    drawn.set_title({"name": chart.title, "name_font": {"name": palette.FONT, "size": 11, "bold": True}})
    drawn.set_x_axis({"num_font": font, "name": chart.x_title})
    drawn.set_y_axis(
        {"num_font": font, "name": chart.y_title, "name_font": font, "num_format": chart.number_format,
         "major_gridlines": {"visible": True, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}}
    )  # fmt: skip
    if laid is not None and any(series.second_axis for series in chart.series):
        laid.set_y2_axis({"num_font": font, "name": chart.second_title, "name_font": font, "min": 0, "max": 100})
    drawn.set_legend({"position": "bottom", "font": font})
    drawn.set_size({"width": _WIDTH, "height": _HEIGHT})
    return drawn
