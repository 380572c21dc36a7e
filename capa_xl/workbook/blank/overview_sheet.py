"""总览: what is overdue, what comes next month, whose turn it is; one screen of live formulas and two charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.a1 import column_letters
from capa_xl.model import palette, words
from capa_xl.model.overview import Overview
from capa_xl.model.register import Register
from capa_xl.model.schema import OVERVIEW_SHEET
from capa_xl.ooxml.patch import CachedValue
from capa_xl.ooxml.serial import to_serial
from capa_xl.workbook.blank import overview_layout as at
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.overview_cells import overview_cells
from capa_xl.workbook.blank.overview_charts import insert_charts
from capa_xl.workbook.blank.overview_looks import (
    LEFT_ENDS,
    RIGHT_ENDS,
    TILE_ENDS,
    cell_spreads,
    line_look,
    tile_look,
)
from capa_xl.workbook.blank.place import Place
from capa_xl.workbook.blank.printing import print_one_page

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

OLD_DAYS = 2
"""Figures older than this turn amber."""
LAST_COLUMN = 31
"""0-based; the right margin."""
_HEIGHTS = {1: 30, 2: 20, 3: 6, 4: 20, 5: 34, 6: 18, 7: 8, 20: 8, at.WAITING_HEADER_ROW: 30}
_TILES = (
    ("实施逾期", "超过完成期限仍未完成"),
    ("一个月内到期", "未完成，请抓紧"),
    ("待审批", "等批准人签批"),
    ("待检查／待确认", ""),
    ("数据错误", "详见“校验结果”"),
)
_LIST_HEADINGS = ("编号", "问题描述", "责任部门", "轮到谁", "完成期限")
_FIGURE_HEADINGS = {
    at.MONTH: "月份", at.NEW: "新增", at.CLOSED: "关闭", at.DEPARTMENT: "责任部门", at.OPEN: "未结",
    at.LATE: "逾期", at.LATE_DAYS: "逾期", at.LATE_AT: "位置", at.SOON_DAYS: "到期", at.SOON_AT: "位置",
    at.HORIZON: "到期止",
}  # fmt: skip


def overview_patch(register: Register, overview: Overview) -> tuple[CachedValue, ...]:
    """The true results of 总览's formulas after a refresh; () where the workbook has no such sheet."""
    if OVERVIEW_SHEET not in register.sheet_names:
        return ()
    return tuple(CachedValue(OVERVIEW_SHEET, cell.at, cell.value(overview)) for cell in overview_cells())


def draw_overview(workbook: Workbook, sheet: Worksheet, looks: Looks, place: Place, overview: Overview) -> None:
    """Draw the sheet over a tracker laid out as `place` says, with the results that `overview` holds."""
    sheet.set_column(0, LAST_COLUMN, 1.5, looks.look())
    sheet.set_column(1, LAST_COLUMN - 1, 6.2, looks.look())
    for row in range(1, at.SUM_ROW + 1):
        sheet.set_row(row - 1, _HEIGHTS.get(row, 18))
    _draw_words(sheet, looks)
    _draw_headings(sheet, looks)
    _draw_formulas(sheet, looks, place, overview)
    _colour(sheet, looks)
    insert_charts(workbook, sheet)
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_tab_color(f"#{palette.NAVY}")
    print_one_page(sheet, OVERVIEW_SHEET, area=(0, 0, at.SUM_ROW, LAST_COLUMN))


def _draw_words(sheet: Worksheet, looks: Looks) -> None:
    quiet = looks.look(font_color=palette.SILENT, font_size=9)
    section = looks.look(bold=True, font_size=12, font_color=palette.NAVY, bottom=2, bottom_color=palette.ACCENT)
    sheet.write_string("B1", "改进计划总览", looks.look(bold=True, font_size=18, font_color=palette.NAVY))
    sheet.write_string("B2", "今天", quiet)
    sheet.write_string("H2", "更新时间", quiet)
    note = "数字取自〔自动〕列，截至更新时间；此后新填的行先按完成期限计入前两格。"
    sheet.merge_range("R2:AE2", note, looks.look(font_color=palette.SILENT, font_size=9, align="right"))
    for index, (title, text) in enumerate(_TILES):
        first, last = at.TILES[index], TILE_ENDS[index]
        above = at.TILE_NUMBER_ROW - 1
        _spread(sheet, first, last, above, title, tile_look(looks, index, bold=True, font_size=11))
        if text:
            _spread(sheet, first, last, at.TILE_NOTE_ROW, text, tile_look(looks, index, font_size=9))
    row = at.LIST_TITLE_ROW
    _spread(sheet, "B", "O", row, "逾期最久前 10", section)
    _spread(sheet, "R", "AE", row, "未来一个月到期（最近 10 项）", section)
    row = at.WAITING_HEADER_ROW - 1
    _spread(sheet, "B", "O", row, "轮到谁：各部门各阶段的未结项数", section)
    _spread(sheet, "R", "AE", row, "趋势与分布", section)
    row = at.FIGURES_ROW - 1
    sheet.write_string(f"B{row - 1}", "以下是上面图表所用的数字，由公式计算，请勿修改。", quiet)
    for letter, text in _FIGURE_HEADINGS.items():
        sheet.write_string(f"{letter}{row}", text, quiet)


def _draw_headings(sheet: Worksheet, looks: Looks) -> None:
    small = looks.look(
        bold=True, text_wrap=True, align="center", font_size=9, font_color=palette.NAVY, bg_color=palette.PALE_BLUE
    )
    row = at.LIST_HEADER_ROW
    for letters, ends, days in ((at.LEFT_LIST, LEFT_ENDS, "逾期天"), (at.RIGHT_LIST, RIGHT_ENDS, "剩余天")):
        for first, last, text in zip(letters, ends, (*_LIST_HEADINGS, days), strict=True):
            _spread(sheet, first, last, row, text, small)
    row = at.WAITING_HEADER_ROW
    _spread(sheet, "B", "C", row, "部门", small)
    for index, status in enumerate(words.WAITING):
        sheet.write_string(f"{column_letters(at.WAITING_FIRST + index)}{row}", _in_two_lines(status), small)
    sheet.write_string(f"{at.WAITING_TOTAL}{row}", "合计", small)
    _spread(sheet, "B", "C", at.OTHERS_ROW, "其他或未填", line_look(looks, font_color=palette.SILENT))
    _spread(sheet, "B", "C", at.SUM_ROW, "合计", line_look(looks, bold=True))


def _draw_formulas(sheet: Worksheet, looks: Looks, place: Place, overview: Overview) -> None:
    spreads = cell_spreads(looks)
    for cell in overview_cells():
        look, end = spreads[cell.at]
        if end:
            _spread(sheet, cell.at.rstrip("0123456789"), end, int(cell.at.lstrip(_LETTERS)), "", look)
        value = cell.value(overview)
        cached = value if isinstance(value, str | int) else to_serial(value, date1904=False)
        sheet.write_formula(cell.at, f"={cell.formula(place)}", look, cached)


def _in_two_lines(status: str) -> str:
    return f"{status[:3]}\n{status[3:]}" if len(status) > 4 else status


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _fixed(cell: str) -> str:
    return f"${cell[0]}${cell[1:]}"


def _spread(sheet: Worksheet, first: str, last: str, row: int, text: str, look: Format) -> None:
    """Text over the cells from one column to another."""
    if first == last:
        sheet.write_string(f"{first}{row}", text, look)
    else:
        sheet.merge_range(f"{first}{row}:{last}{row}", text, look)


def _colour(sheet: Worksheet, looks: Looks) -> None:
    """A tile without work turns quiet; figures over two days old turn amber."""
    quiet = looks.colour(font_color=palette.DONE, bg_color=palette.DONE_FILL)
    for first, last in zip(at.TILES, TILE_ENDS, strict=True):
        area = f"{first}{at.TILE_NUMBER_ROW - 1}:{last}{at.TILE_NOTE_ROW}"
        rule = f"=${first}${at.TILE_NUMBER_ROW}=0"
        sheet.conditional_format(area, {"type": "formula", "criteria": rule, "format": quiet})
    today, updated = _fixed(at.TODAY), _fixed(at.UPDATED)
    old = looks.colour(font_color=palette.DUE_SOON, bg_color=palette.DUE_SOON_FILL, bold=True)
    rule = f'=OR({updated}="",{today}-N({updated})>{OLD_DAYS})'
    sheet.conditional_format(f"{at.AGE}:P2", {"type": "formula", "criteria": rule, "format": old})
