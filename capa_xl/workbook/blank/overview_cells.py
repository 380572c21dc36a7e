"""Each cell of 总览 in one place: its formula over the tracker, and the value it has for an `Overview`.

The formulas run in Excel 2010, WPS and LibreOffice alike: no dynamic arrays, A1 ranges to row 5,000. Figures come from
the 〔自动〕 columns, so they hold for 更新时间; rows that no refresh has seen yet count by their own due date.
"""

from __future__ import annotations

from capa_xl.workbook.blank.overview_cuts import name_cells
from capa_xl.workbook.blank.overview_flow import flow_cells
from capa_xl.workbook.blank.overview_head import head_cells
from capa_xl.workbook.blank.overview_heat_map import heat_map_cells
from capa_xl.workbook.blank.overview_layout import NEWEST, OverviewCell, OverviewEdition
from capa_xl.workbook.blank.overview_lists import list_cells
from capa_xl.workbook.blank.overview_tiles import tile_cells


def overview_cells(edition: OverviewEdition = NEWEST) -> tuple[OverviewCell, ...]:
    """Every cell of 总览 that refresh keeps true.

    Args:
        edition: That of the workbook's sheet, which may be an earlier one.
    """
    lists, heat_map = list_cells(edition), heat_map_cells(edition)
    return (*head_cells(), *tile_cells(), *lists, *heat_map, *name_cells(edition), *flow_cells())
