"""使用说明: one page for the people who fill the workbook in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.model import palette
from capa_xl.model.row_heights import LINE, fitted_height
from capa_xl.workbook.blank import guide_text as text
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.printing import A4, print_footer

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WIDTHS = (2, 15, 20, 58, 26)
"""Of the columns A to E; B holds what a line is about."""


def draw_guide(sheet: Worksheet, looks: Looks) -> None:
    """Write the guide; nothing on it is read back."""
    for position, width in enumerate(WIDTHS):
        sheet.set_column(position, position, width, looks.look())
    row = _head(sheet, looks)
    row = _steps(sheet, looks, row)
    row = _swatches(sheet, looks, row)
    for title, lines in text.SECTIONS:
        row = _section(sheet, looks, row, title)
        for about, words in lines:
            row = _line(sheet, looks, row, about, words, looks.look(bold=True, **_BOX))
    _paragraph(sheet, row, text.CLOSING, looks.look(font_color=palette.SILENT))
    _finish(sheet, row)


_BOX = {"border": 1, "border_color": palette.BORDER, "text_wrap": True, "align": "left", "indent": 1}
_INDENT = 1.5
"""Characters that it takes of a cell."""


def _head(sheet: Worksheet, looks: Looks) -> int:
    sheet.set_row(0, 34)
    sheet.write_string(0, 1, text.TITLE, looks.look(bold=True, font_size=18, font_color=palette.NAVY))
    _paragraph(sheet, 1, text.LEAD, looks.look(text_wrap=True))
    return 2


def _section(sheet: Worksheet, looks: Looks, row: int, title: str) -> int:
    sheet.set_row(row, 30)
    look = looks.look(bold=True, font_size=12, font_color=palette.NAVY, valign="bottom")
    sheet.write_string(row, 1, title, look)
    return row + 1


def _steps(sheet: Worksheet, looks: Looks, row: int) -> int:
    row = _section(sheet, looks, row, "谁在哪一步填什么")
    for position, heading in enumerate(("步骤", "谁填", "填什么", "时限"), start=1):
        sheet.write_string(row, position, heading, looks.header())
    sheet.set_row(row, 20)
    for step in text.STEPS:
        row += 1
        sheet.set_row(row, _height(step.what, WIDTHS[3]))
        for position, words in enumerate(step, start=1):
            sheet.write_string(row, position, words, looks.look(bold=position == 1, **_BOX))
    return row + 1


def _swatches(sheet: Worksheet, looks: Looks, row: int) -> int:
    row = _section(sheet, looks, row, "颜色是什么意思")
    for swatch in text.SWATCHES:
        look = looks.look(bold=True, font_color=f"#{swatch.ink}", bg_color=f"#{swatch.fill}", **_BOX)
        row = _line(sheet, looks, row, swatch.name, swatch.text, look)
    return row


def _line(sheet: Worksheet, looks: Looks, row: int, about: str, words: str, look: Format) -> int:
    sheet.set_row(row, _height(words, sum(WIDTHS[2:])))
    sheet.write_string(row, 1, about, look)
    sheet.merge_range(row, 2, row, 4, words, looks.look(**_BOX))
    return row + 1


def _paragraph(sheet: Worksheet, row: int, words: str, look: Format) -> None:
    sheet.set_row(row, _height(words, sum(WIDTHS[1:])))
    sheet.merge_range(row, 1, row, 4, words, look)


def _height(words: str, width: int) -> float:
    return 3 + fitted_height([(words, width - _INDENT)], LINE)


def _finish(sheet: Worksheet, last_row: int) -> None:
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.print_area(0, 0, last_row, len(WIDTHS) - 1)
    print_footer(sheet, "使用说明")
