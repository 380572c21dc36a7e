"""Each cell of 总览 in one place: its formula over the tracker, and the value it has for an `Overview`.

The formulas run in Excel 2010, WPS and LibreOffice alike: no dynamic arrays, A1 ranges to row 5,000. Figures come from
the 〔自动〕 columns, so they hold for 更新时间; rows that no refresh has seen yet count by their own due date.
"""

from __future__ import annotations

from capa_xl.workbook.blank.overview_flow import flow_cells
from capa_xl.workbook.blank.overview_head import head_cells
from capa_xl.workbook.blank.overview_heat_map import heat_map_cells
from capa_xl.workbook.blank.overview_layout import OverviewCell
from capa_xl.workbook.blank.overview_lists import list_cells
from capa_xl.workbook.blank.overview_tiles import tile_cells


def overview_cells(*, by_turn: bool = True) -> tuple[OverviewCell, ...]:
    """Every cell of 总览 that refresh keeps true.

    Args:
        by_turn: False for a sheet made before the heat map's counts were values (`TURN_NAME`).
    """
    return (*head_cells(), *tile_cells(), *list_cells(), *heat_map_cells(by_turn=by_turn), *flow_cells())
