"""时间轴: the open actions by department over half a year, drawn with formulas and conditional formats alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from capa_xl.model import palette
from capa_xl.model.schema import TIMELINE_SHEET
from capa_xl.model.timeline import Timeline
from capa_xl.ooxml.number_formats import DATE_FORMAT
from capa_xl.ooxml.serial import to_serial
from capa_xl.workbook.blank import timeline_layout as at
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.formula_results import formula_result
from capa_xl.workbook.blank.printing import print_one_page

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

WIDTHS = (20, 14, 46, 18, 11, 12)
WEEK_WIDTH = 3.6
_LEGEND = (
    ("P", "策划审批"),
    ("D", "实施"),
    ("C", "检查确认"),
    ("A", "修订归档"),
)
_WORDS = (
    "◆ 完成期限　◇ 原完成期限（已延期）　红底、逾：已过完成期限未完成　黄底、等：环节超时　"
    "蓝框：截至日的一周，为当时的阶段；以前各周为周末的阶段（重开的只画重开以后），以后为计划（实施逾期的和没有期限的，以后不画）"
)


def draw_timeline(workbook: Workbook, sheet: Worksheet, looks: Looks, today: date) -> None:
    """Draw the sheet without an action; `refresh` brings them."""
    _set_columns(sheet, looks)
    _draw_words(sheet, looks)
    for cell in at.timeline_cells(Timeline(today, ())):
        look = _look(looks, cell)
        if cell.formula is None:
            if cell.value is not None:
                sheet.write(cell.at, cell.value, look)
            else:
                sheet.write_blank(cell.at, None, look)
        else:
            value = to_serial(cell.value, date1904=False) if isinstance(cell.value, date) else cell.value
            sheet.write_formula(cell.at, f"={cell.formula}", look, formula_result(value or ""))
    _colour(sheet, looks)
    workbook.define_name(at.LAYOUT_NAME, f"={at.LAYOUT}")
    workbook.define_name(at.WIDE_NAME, "=1")
    workbook.define_name(at.AS_OF_NAME, f"={TIMELINE_SHEET}!{at.AS_OF_CELL}")
    sheet.freeze_panes(at.FIRST_ROW - 1, 2)
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_tab_color(f"#{palette.NAVY}")
    print_one_page(sheet, TIMELINE_SHEET, area=(0, 0, at.MORE_ROW - 1, at.FIRST_WEEK + at.WEEKS - 2))


def _set_columns(sheet: Worksheet, looks: Looks) -> None:
    for position, width in enumerate(WIDTHS):
        sheet.set_column(position, position, width, looks.look())
    last = at.FIRST_WEEK + at.WEEKS - 2
    sheet.set_column(at.FIRST_WEEK - 1, last, WEEK_WIDTH, looks.look())
    sheet.set_column(last + 1, last + 8, 11, looks.look(num_format=DATE_FORMAT), {"hidden": True})
    sheet.set_row(0, 28)
    for row in range(at.FIRST_ROW - 1, at.MORE_ROW):
        sheet.set_row(row, 17)


def _draw_words(sheet: Worksheet, looks: Looks) -> None:
    quiet = looks.look(font_size=9, font_color=palette.SILENT)
    for area, (phase, words) in zip(("D1", "E1", "F1", "G1:J1"), _LEGEND, strict=True):
        ink, fill = palette.PHASE_INKS[phase], palette.PHASES[phase]
        chip = looks.look(bold=True, align="center", font_size=9, font_color=f"#{ink}", bg_color=f"#{fill}")
        write = sheet.merge_range if ":" in area else sheet.write_string
        write(area, f"{phase} {words}", chip)
    sheet.write_string(1, 0, _WORDS, quiet)
    for letter, heading in zip(at.SHOWN, at.HEADINGS, strict=True):
        sheet.write_string(f"{letter}{at.HEADER_ROW}", heading, looks.header())


def _look(looks: Looks, cell: at.TimelineCell) -> Format:
    letter, row = cell.at.rstrip("0123456789"), int(cell.at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if cell.at == "A1":
        return looks.look(bold=True, font_size=16, font_color=palette.NAVY)
    if cell.at == at.AS_OF:
        return looks.look(num_format=DATE_FORMAT)
    if row == at.MONTH_ROW:
        return looks.look(bold=True, font_size=9, font_color=palette.NAVY)
    if row == at.HEADER_ROW:
        return looks.look(
            bold=True, align="center", font_size=8, font_color=palette.NAVY, bg_color=palette.PALE_BLUE, num_format="d"
        )
    if row == at.MORE_ROW:
        return looks.look(font_color=palette.SILENT)
    if letter in at.WEEK_LETTERS:
        return looks.look(align="center", font_size=9)
    if letter in at.SHOWN:
        return looks.look(font_size=9, bold=letter == "A", **_shape(letter))
    return looks.look(num_format="0" if letter == at.LATE else DATE_FORMAT)


def _shape(letter: str) -> dict[str, str]:
    return {"num_format": DATE_FORMAT, "align": "center"} if letter == "F" else {}


def _colour(sheet: Worksheet, looks: Looks) -> None:
    """Past 完成期限 red, a waiting step past its limit yellow, else the tint of the phase; this week framed.

    None begins before the bar does, which of something reopened is the day it was.
    What is late has its word behind the letter, for who prints without colours. No row: lines for a pen.
    LibreOffice applies the first rule that holds and no other, so the frame comes last.
    """
    first, last = at.WEEK_LETTERS[0], at.WEEK_LETTERS[-1]
    area = f"{first}{at.FIRST_ROW}:{last}{at.LAST_ROW}"
    week, row = f"{first}${at.HEADER_ROW}", at.FIRST_ROW
    now = f"AND({week}<={at.AS_OF_CELL},{week}+6>={at.AS_OF_CELL})"
    frame = looks.colour(left=1, right=1, left_color=palette.ACCENT, right_color=palette.ACCENT)
    head = looks.colour(font_color=palette.WHITE, bg_color=palette.ACCENT)
    _rule(sheet, f"{first}{at.HEADER_ROW}:{last}{at.HEADER_ROW}", now, head)
    seen = f"{week}+6>=${at.PLAN}{row},{week}<={at.AS_OF_CELL}"
    late = f"AND(${at.LATE}{row}=1,{week}+6>=${at.DUE}{row},{seen})"
    _rule(sheet, area, late, _late(looks, palette.OVERDUE_FILL, "逾"))
    waits = f"AND(N(${at.LATE}{row})>1,{week}+6>=${at.LATE}{row},{seen})"
    _rule(sheet, area, waits, _late(looks, palette.DUE_SOON_FILL, "等"))
    starts = (at.PLAN, at.DO, at.CHECK, at.ACT)
    for phase, start, end in zip("PDC", starts, starts[1:], strict=False):
        _rule(sheet, area, _between(row, week, start, f"{week}+6<${end}{row}"), _phase(looks, phase))
    _rule(sheet, area, _between(row, week, at.ACT, f"{week}<=${at.END}{row}"), _phase(looks, "A"))
    _rule(sheet, area, f'AND($B{row}<>"",{now})', frame)
    line = looks.colour(bottom=1, bottom_color=palette.BORDER)
    _rule(sheet, f"{at.SHOWN[0]}{row}:{at.SHOWN[-1]}{at.LAST_ROW}", f'$B{row}<>""', line)
    lines = looks.colour(border=1, border_color=palette.BORDER)
    _rule(sheet, f"{at.SHOWN[0]}{row}:{last}{at.LAST_ROW}", f'$B${row}=""', lines)


def _between(row: int, week: str, start: str, end: str) -> str:
    return f'AND(${at.PLAN}{row}<>"",{week}+6>=${start}{row},{end})'


def _late(looks: Looks, fill: str, word: str) -> Format:
    return looks.colour(font_color=palette.OVERDUE, bg_color=fill, num_format=f'@"{word}"')


def _phase(looks: Looks, phase: str) -> Format:
    return looks.colour(font_color=f"#{palette.PHASE_INKS[phase]}", bg_color=f"#{palette.PHASES[phase]}")


def _rule(sheet: Worksheet, area: str, when: str, look: Format) -> None:
    sheet.conditional_format(area, {"type": "formula", "criteria": f"={when}", "format": look})
