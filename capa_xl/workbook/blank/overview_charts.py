"""The two native charts of 总览: new and closed by month, open and overdue by department."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from capa_xl.model import palette
from capa_xl.model.overview import OVERVIEW_DEPARTMENTS, OVERVIEW_MONTHS
from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.workbook.blank import overview_layout as at

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

_FONT = {"name": palette.FONT, "size": 9, "color": f"#{palette.NAVY}"}
_SMALL = {"name": palette.FONT, "size": 8, "bold": False}


def insert_charts(workbook: Workbook, sheet: Worksheet) -> None:
    """Put both charts to the right of 待办责任人."""
    months = _chart(workbook, "近 12 个月新增与关闭", OVERVIEW_MONTHS, at.MONTH)
    _series(months, "新增", at.MONTH, at.NEW, OVERVIEW_MONTHS, palette.ACCENT)
    _series(months, "关闭", at.MONTH, at.CLOSED, OVERVIEW_MONTHS, palette.DONE)
    departments = _chart(workbook, "各责任部门未结与逾期", OVERVIEW_DEPARTMENTS, at.DEPARTMENT)
    _series(departments, "未结", at.DEPARTMENT, at.OPEN, OVERVIEW_DEPARTMENTS, palette.ACCENT)
    _series(departments, "逾期", at.DEPARTMENT, at.LATE, OVERVIEW_DEPARTMENTS, palette.OVERDUE)
    row = at.WAITING_HEADER_ROW
    sheet.insert_chart(f"R{row}", months, {"object_position": 2, "x_offset": 2, "y_offset": 4})
    sheet.insert_chart(f"Y{row}", departments, {"object_position": 2, "x_offset": 2, "y_offset": 4})


def _chart(workbook: Workbook, title: str, count: int, letter: str) -> Chart:
    chart = workbook.add_chart({"type": "column"})
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 11, "bold": True}, "overlay": False})
    axis: dict[str, Any] = {"num_font": {**_SMALL, "rotation": -90}, "line": {"color": f"#{palette.BORDER}"}}
    if letter == at.MONTH:
        axis |= {"num_format": "yy-mm", "text_axis": True}
    chart.set_x_axis(axis)
    chart.set_y_axis(
        {
            "name": "项",
            "name_font": {**_SMALL, "rotation": 0},
            "num_font": _SMALL,
            "num_format": "0",
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": f"#{palette.PALE_BLUE}"}},
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"color": f"#{palette.BORDER}"}})
    chart.set_size({"width": 338, "height": 372})
    return chart


def _series(chart: Chart, name: str, names: str, values: str, count: int, colour: str) -> None:
    first, last = at.FIGURES_ROW, at.FIGURES_ROW + count - 1
    chart.add_series(
        {
            "name": name,
            "categories": f"={OVERVIEW_SHEET}!${names}${first}:${names}${last}",
            "values": f"={OVERVIEW_SHEET}!${values}${first}:${values}${last}",
            "fill": {"color": f"#{colour}"},
            "gap": 60,
            "overlap": -5,
        }
    )
