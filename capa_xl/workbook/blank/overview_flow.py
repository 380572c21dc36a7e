"""The flow of twelve months on 总览: a table that refresh writes, and the chart over it.

The chart carries no cached numbers: refresh changes cells, not charts, and a cache it can't keep true is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from capa_xl.model import palette
from capa_xl.model.overview import OVERVIEW_MONTHS, FlowMonth, Overview
from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.workbook.blank.overview_layout import (
    FLOW,
    FLOW_HEADER_ROW,
    FLOW_ROW,
    FLOW_TITLE_ROW,
    LiveValue,
    OverviewCell,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADINGS = ("月份", "登记", "结束", "P 策划审批", "D 实施", "C 检查确认", "A 修订归档")
ENDED_HEADING = f"{FLOW[2]}{FLOW_HEADER_ROW}"
"""Written by refresh: workbooks from before said 关闭 there, and counted neither what was cancelled nor superseded."""
NOTHING_OPEN, NOT_YET = "这十二个月的各月末都没有在办的措施", "更新后显示"
BARE, BARE_TO = f"B{FLOW_ROW + 4}", "P"
"""Behind the middle of the chart, which lets it through: what bare axes mean; empty once there is a column to see."""
_SMALL = {"name": palette.FONT, "size": 9, "bold": False, "color": f"#{palette.INK}"}


def flow_cells() -> Iterator[OverviewCell]:
    """The finding, and a line a month: what stood at the end of the one before + 登记 - 结束 stands at its end."""
    yield OverviewCell(f"B{FLOW_TITLE_ROW}", None, lambda overview: overview.flow_finding)
    yield OverviewCell(ENDED_HEADING, None, lambda _: HEADINGS[2])
    yield OverviewCell(BARE, None, _why_bare)
    for line in range(OVERVIEW_MONTHS):
        for letter, value in zip(FLOW, _COLUMNS, strict=True):
            yield OverviewCell(f"{letter}{FLOW_ROW + line}", None, _of_month(line, value))


def _why_bare(overview: Overview) -> LiveValue:
    """Before the first refresh: that nobody has counted."""
    if any(any(month.phases) for month in overview.flow):
        return ""
    return NOT_YET if overview.updated_on is None else NOTHING_OPEN


_COLUMNS: tuple[Callable[[FlowMonth], LiveValue], ...] = (
    lambda month: month.first,
    lambda month: month.new,
    lambda month: month.closed + month.cancelled + month.superseded,
    lambda month: month.phases[0],
    lambda month: month.phases[1],
    lambda month: month.phases[2],
    lambda month: month.phases[3],
)


def _of_month(line: int, value: Callable[[FlowMonth], LiveValue]) -> Callable[[Overview], LiveValue]:
    return lambda overview: value(overview.flow[line])


def insert_chart(workbook: Workbook, sheet: Worksheet) -> None:
    """Put the chart left of the table: open actions at each month's end, a column a month, its phases stacked."""
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    for phase, letter, heading in zip(palette.PHASES, FLOW[3:], HEADINGS[3:], strict=True):
        chart.add_series(
            {
                "name": heading,
                "categories": _cells(FLOW[0]),
                "values": _cells(letter),
                "categories_data": [],
                "values_data": [],
                **_filled(phase),
                "border": {"color": f"#{palette.MUTED}", "width": 0.75},
                "gap": 45,
            }
        )
    axis: dict[str, Any] = {"num_font": _SMALL, "line": {"color": f"#{palette.BORDER}"}}
    chart.set_x_axis({**axis, "num_format": "yy-mm", "text_axis": True})
    lines = {"visible": True, "line": {"color": f"#{palette.PALE_BLUE}", "width": 0.5}}
    whole = {"num_format": '[=0]0;[<1]"";0', "min": 0, "major_gridlines": lines, "name": "月末在办（项）"}
    chart.set_y_axis({**axis, **whole, "name_font": _SMALL, "line": {"none": True}})
    chart.set_title({"none": True})
    chart.set_legend({"position": "top", "font": _SMALL})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"fill": {"none": True}})
    chart.set_size({"width": 690, "height": 300})
    sheet.insert_chart(f"B{FLOW_HEADER_ROW}", chart, {"object_position": 2, "x_offset": 2, "y_offset": 4})


def _filled(phase: str) -> dict[str, Any]:
    """P is all but white: hatched, so that its columns are seen on white paper."""
    fill = f"#{palette.PHASES[phase]}"
    if phase != "P":
        return {"fill": {"color": fill}}
    return {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": f"#{palette.CHART_LIGHT}", "bg_color": fill}}


def _cells(letter: str) -> str:
    return f"={OVERVIEW_SHEET}!${letter}${FLOW_ROW}:${letter}${FLOW_ROW + OVERVIEW_MONTHS - 1}"
