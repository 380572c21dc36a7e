"""The live colours of 总览: tiles without work, old figures, the tints of the heat map and its red corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.model import palette
from capa_xl.workbook.blank import overview_layout as at
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.overview_heat_map import STAGE_LETTERS
from capa_xl.workbook.blank.overview_tiles import SEE_FINDINGS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

UNKNOWN = "未核对"
"""What a tile says at 0 before the first refresh: nobody has looked yet, so nothing is known to be well."""
NO_ERRORS = "没有需要更正的"
"""What the tile of errors says where nothing is wrong, instead of where to look."""
LEAST_DARKEST = 8
"""Where no count is larger, the scale ends here: a map of ones is light, for one is little."""
OLD_DAYS = 2
"""Figures older than this turn amber."""


def colour_overview(sheet: Worksheet, looks: Looks) -> None:
    """Put the rules on; a number or a word stands beside every colour."""
    _colour_head(sheet, looks)
    _colour_flow(sheet, looks)
    _colour_corners(sheet, looks)
    _tint(sheet, looks)
    _unrule_blank_lines(sheet, looks)
    bar = {
        "type": "data_bar",
        "bar_color": f"#{palette.HEAT[1][0]}",
        "bar_solid": True,
        "min_type": "num",
        "min_value": 0,
    }
    sheet.conditional_format(f"{at.HEAT_TOTAL}{at.HEAT_ROW}:{at.HEAT_TOTAL}{at.OTHERS_ROW}", bar)


def _colour_head(sheet: Worksheet, looks: Looks) -> None:
    unknown = looks.colour(font_color=palette.SILENT, bg_color=palette.SILENT_FILL, num_format=f'0;-0;"{UNKNOWN}"')
    quiet = looks.colour(font_color=palette.DONE, bg_color=palette.DONE_FILL)
    grey = looks.colour(font_color=palette.SILENT, bg_color=palette.SILENT_FILL)
    fine = looks.colour(font_color=palette.SILENT, bg_color=palette.SILENT_FILL, num_format=f';;;"{NO_ERRORS}"')
    never, nothing_open = f'={_fixed(at.UPDATED)}=""', f"${at.TILES[0]}${at.TILE_NUMBER_ROW}=0"
    note, number = f"{at.TILES[-1]}{at.TILE_NOTE_ROW}", f"${at.TILES[-1]}${at.TILE_NUMBER_ROW}"
    nothing_to_see = f'AND({never[1:]}=FALSE,{number}=0,{note}="{SEE_FINDINGS}")'
    well = looks.colour(font_color=palette.DONE, bg_color=palette.DONE_FILL, num_format=f';;;"{NO_ERRORS}"')
    for rule, look in ((f"=AND({nothing_open},{nothing_to_see})", fine), (f"={nothing_to_see}", well)):
        sheet.conditional_format(note, {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True})
    uncounted = looks.colour(font_color=palette.SILENT, bg_color=palette.SILENT_FILL, num_format=";;;")
    made_of = {"type": "formula", "criteria": never, "format": uncounted, "stop_if_true": True}
    sheet.conditional_format(f"{at.TILES[0]}{at.TILE_NOTE_ROW}", made_of)
    for first, last in zip(at.TILES, at.TILE_ENDS, strict=True):
        area = f"{first}{at.TILE_TITLE_ROW}:{last}{at.TILE_NOTE_ROW}"
        rule = f"=${first}${at.TILE_NUMBER_ROW}=0"
        unseen = {"type": "formula", "criteria": never, "format": unknown, "stop_if_true": True}
        sheet.conditional_format(area, unseen)
        idle = {"type": "formula", "criteria": f"=AND({rule[1:]},{nothing_open})", "format": grey, "stop_if_true": True}
        sheet.conditional_format(area, idle)
        sheet.conditional_format(area, {"type": "formula", "criteria": rule, "format": quiet})
    today, updated = _fixed(at.TODAY), _fixed(at.UPDATED)
    old = looks.colour(font_color=palette.DUE_SOON, bg_color=palette.DUE_SOON_FILL, bold=True)
    rule = f'=OR({updated}="",{today}-N({updated})>{OLD_DAYS})'
    sheet.conditional_format(f"{at.AGE}:P2", {"type": "formula", "criteria": rule, "format": old})


def _unrule_blank_lines(sheet: Worksheet, looks: Looks) -> None:
    """A line without a number or a department isn't ruled: a list of one is no form of ten."""
    lists = zip((at.LEFT_LIST, at.RIGHT_LIST), (at.LEFT_ENDS, at.RIGHT_ENDS), strict=True)
    spans = [(letters[0], ends[-1], at.LIST_ROWS) for letters, ends in lists]
    white = looks.colour(bottom=1, bottom_color=palette.WHITE)
    for first, last, rows in (*spans, (at.HEAT_NAME, at.HEAT_LATE_TOTAL, at.DEPARTMENT_ROWS)):
        rule = {"type": "formula", "criteria": f'=${first}{rows[0]}=""', "format": white}
        sheet.conditional_format(f"{first}{rows[0]}:{last}{rows[-1]}", rule)


def _colour_flow(sheet: Worksheet, looks: Looks) -> None:
    """Before the first refresh a 0 is no count."""
    area = f"{at.FLOW[1]}{at.FLOW_ROW}:{at.FLOW_ENDS[-1]}{at.LAST_ROW_SHOWN}"
    unseen = looks.colour(font_color=palette.SILENT, num_format='0;-0;"—"')
    sheet.conditional_format(area, {"type": "formula", "criteria": f'={_fixed(at.UPDATED)}=""', "format": unseen})


def _colour_corners(sheet: Worksheet, looks: Looks) -> None:
    red = looks.colour(font_color=palette.WHITE, bg_color=palette.OVERDUE)
    corners = [late for _, late in STAGE_LETTERS] + [at.HEAT_LATE_TOTAL]
    area = " ".join(f"{late}{at.HEAT_ROW}:{late}{at.SUM_ROW}" for late in corners)
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": red, "stop_if_true": True, "multi_range": area}
    sheet.conditional_format(area.split(" ")[0], rule)


def _tint(sheet: Worksheet, looks: Looks) -> None:
    """White to navy by a count's share of the largest one, of eight at least; a pair has the tint of its count."""
    last = at.OTHERS_ROW
    numbers = f"${STAGE_LETTERS[0][0]}${at.HEAT_ROW}:${STAGE_LETTERS[-1][0]}${last}"
    for which in (0, 1):
        area = " ".join(f"{letters[which]}{at.HEAT_ROW}:{letters[which]}{last}" for letters in STAGE_LETTERS)
        count = f"{STAGE_LETTERS[0][0]}{at.HEAT_ROW}"
        for step, (fill, ink) in reversed(list(enumerate(palette.HEAT))):
            rule = f"=N({count})>MAX({numbers},{LEAST_DARKEST})*{step}/{len(palette.HEAT)}"
            look = looks.colour(font_color=f"#{ink}", bg_color=f"#{fill}")
            options = {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True, "multi_range": area}
            sheet.conditional_format(area.split(" ")[0], options)


def _fixed(cell: str) -> str:
    return f"${cell[0]}${cell[1:]}"
