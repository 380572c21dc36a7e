"""总览: what is overdue, what comes next month, where everything stands; one page of live formulas and a chart."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from capa_xl.model import palette, words
from capa_xl.model.overview import Overview
from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.ooxml.serial import to_serial
from capa_xl.workbook.blank import overview_layout as at
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.formula_results import formula_result
from capa_xl.workbook.blank.overview_cells import overview_cells
from capa_xl.workbook.blank.overview_colours import colour_overview
from capa_xl.workbook.blank.overview_flow import ENDED_HEADING, HEADINGS, insert_chart
from capa_xl.workbook.blank.overview_heat_map import STAGE_LETTERS
from capa_xl.workbook.blank.overview_looks import cell_spreads, heading_look, line_look, section_look, tile_look
from capa_xl.workbook.blank.overview_tiles import TITLES, WORDS
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.blank.printing import print_one_page

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LAST_COLUMN = 31
"""0-based; the right margin."""
WIDE, NARROW = 8.4, 4.0
_HEIGHTS = {1: 30, 2: 20, 3: 6, 4: 20, 5: 34, 6: 28, 7: 8, 20: 8, at.HEAT_HEADER_ROW: 30, at.SUM_ROW + 1: 8,
            **dict.fromkeys(at.LIST_ROWS, 28)}  # fmt: skip
_HEIGHT = 19
_NOTE = "数字取自〔自动〕列，截至更新时间；此后新填的行先按完成期限计入“实施逾期”和“一个月内到期”。"
_LIST_HEADINGS = ("编号", "问题描述", "责任部门", "待办责任人")
_FIGURE_HEADINGS = {
    at.LATE_KEY: "逾期序", at.LATE_DAYS: "天数", at.LATE_AT: "位置", at.SOON_KEY: "到期序", at.SOON_DAYS: "天数",
    at.SOON_AT: "位置", at.HORIZON: "到期止", at.DEPARTMENT: "部门", at.REFRESHED: "空表更新",
    at.SHORT_NAME: "部门简称", at.LONG_NAME: "部门全称",
}  # fmt: skip


def draw_overview(workbook: Workbook, sheet: Worksheet, looks: Looks, place: Place, overview: Overview) -> None:
    """Draw the sheet over a tracker laid out as `place` says, with the results that `overview` holds."""
    _set_grid(sheet, looks)
    _draw_words(sheet, looks)
    _draw_headings(sheet, looks)
    _draw_cells(sheet, looks, place, overview)
    colour_overview(sheet, looks)
    insert_chart(workbook, sheet)
    workbook.define_name(at.LAYOUT_NAME, f"={at.LAYOUT}")
    for name in (at.TURN_NAME, at.APART_NAME, at.ORDER_NAME):
        workbook.define_name(name, "=1")
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_tab_color(f"#{palette.NAVY}")
    print_one_page(sheet, OVERVIEW_SHEET, area=(0, 0, at.LAST_ROW_SHOWN, LAST_COLUMN))


def _set_grid(sheet: Worksheet, looks: Looks) -> None:
    sheet.set_column(0, LAST_COLUMN, 1.5, looks.look())
    for column in range(1, LAST_COLUMN):
        sheet.set_column(column, column, WIDE if column % 2 else NARROW, looks.look())
    for row in range(1, at.LAST_ROW_SHOWN + 1):
        sheet.set_row(row - 1, _HEIGHTS.get(row, _HEIGHT))
    for row in range(at.FIGURES_ROW - 2, at.LAST_FIGURES_ROW + 1):
        sheet.set_row(row - 1, None, None, {"hidden": True})


def _draw_words(sheet: Worksheet, looks: Looks) -> None:
    quiet = looks.look(font_color=palette.SILENT, font_size=9)
    sheet.write_string("B1", "改进计划总览", looks.look(bold=True, font_size=18, font_color=palette.NAVY))
    sheet.write_string("B2", "今天", quiet)
    sheet.write_string("F2", "更新时间", quiet)
    sheet.merge_range(f"{at.NOTE}:AE2", _NOTE, looks.look(font_color=palette.SILENT, font_size=9, align="right"))
    for index, title in enumerate(TITLES):
        first, last = at.TILES[index], at.TILE_ENDS[index]
        _spread(sheet, first, last, at.TILE_TITLE_ROW, title, tile_look(looks, index, bold=True, font_size=11))
        if index in WORDS:
            look = tile_look(looks, index, font_size=9, text_wrap=True)
            _spread(sheet, first, last, at.TILE_NOTE_ROW, WORDS[index], look)
    section = section_look(looks)
    heat = "在办项数：待办部门和阶段（右上红底：其中逾期）"
    _spread(sheet, "B", "AE", at.HEAT_TITLE_ROW, heat, section)
    row = at.FIGURES_ROW - 1
    sheet.write_string(f"B{row - 1}", "以下是上面各表所用的数字，由公式计算，请勿修改。", quiet)
    for letter, text in _FIGURE_HEADINGS.items():
        sheet.write_string(f"{letter}{row}", text, quiet)


def _draw_headings(sheet: Worksheet, looks: Looks) -> None:
    small = heading_look(looks)
    lists = (
        (at.LEFT_LIST, at.LEFT_ENDS, ("应办日期", "逾期")),
        (at.RIGHT_LIST, at.RIGHT_ENDS, ("完成期限", "剩余天数")),
    )
    for letters, ends, days in lists:
        for first, last, text in zip(letters, ends, (*_LIST_HEADINGS, *days), strict=True):
            _spread(sheet, first, last, at.LIST_HEADER_ROW, text, small)
    row = at.HEAT_HEADER_ROW
    _spread(sheet, at.HEAT_NAME, at.HEAT_NAME_END, row, "待办部门", small)
    for (letter, late), status in zip(STAGE_LETTERS, words.OPEN, strict=True):
        _spread(sheet, letter, late, row, status, small)
    _spread(sheet, at.HEAT_TOTAL, at.HEAT_LATE_TOTAL, row, "合计", small)
    rest = line_look(looks, font_color=palette.SILENT)
    _spread(sheet, at.HEAT_NAME, at.HEAT_NAME_END, at.OTHERS_ROW, "其他部门或未定部门", rest)
    _spread(sheet, at.HEAT_NAME, at.HEAT_NAME_END, at.SUM_ROW, "合计", line_look(looks, bold=True))
    for first, last, text in zip(at.FLOW, at.FLOW_ENDS, HEADINGS, strict=True):
        if f"{first}{at.FLOW_HEADER_ROW}" != ENDED_HEADING:
            _spread(sheet, first, last, at.FLOW_HEADER_ROW, text, small)


def _draw_cells(sheet: Worksheet, looks: Looks, place: Place, overview: Overview) -> None:
    spreads = cell_spreads(looks)
    for cell in overview_cells():
        look, end = spreads[cell.at]
        letter, row = _PARTS.fullmatch(cell.at).groups()  # type: ignore[union-attr]
        if end:
            _spread(sheet, letter, end, int(row), "", look)
        value = cell.value(overview)
        shown = to_serial(value, date1904=False) or 0 if isinstance(value, date) else value
        if cell.formula is None:
            sheet.write(cell.at, shown, look)
        else:
            sheet.write_formula(cell.at, f"={cell.formula(place)}", look, formula_result(shown))


_PARTS = re.compile(r"([A-Z]+)(\d+)")


def _spread(sheet: Worksheet, first: str, last: str, row: int, text: str, look: Format) -> None:
    """Text over the cells from one column to another."""
    if first == last:
        sheet.write_string(f"{first}{row}", text, look)
    else:
        sheet.merge_range(f"{first}{row}:{last}{row}", text, look)
