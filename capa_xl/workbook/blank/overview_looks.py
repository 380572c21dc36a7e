"""How each cell of 总览 looks, and over which cells it is spread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from capa_xl.model import palette
from capa_xl.model.overview import OVERVIEW_LINES, OVERVIEW_MONTHS
from capa_xl.ooxml.number_formats import DATE_FORMAT
from capa_xl.workbook.blank import overview_layout as at
from capa_xl.workbook.blank.formats import COUNT_FORMAT, Looks
from capa_xl.workbook.blank.overview_flow import BARE, BARE_TO, ENDED_HEADING
from capa_xl.workbook.blank.overview_heat_map import STAGE_LETTERS
from capa_xl.workbook.blank.overview_tiles import WORDS

if TYPE_CHECKING:
    from xlsxwriter.format import Format

NONE_FORMAT = '0;-0;"暂无"'
"""A tile without work says so."""
_CALM, _LATE, _SOON = (
    (palette.ACCENT, palette.NEEDED_FILL),
    (palette.OVERDUE, palette.OVERDUE_FILL),
    (palette.DUE_SOON, palette.DUE_SOON_FILL),
)
TILE_COLOURS = ((palette.NAVY, palette.PALE_BLUE), _LATE, _LATE, _SOON, _CALM, _LATE)


class Spread(NamedTuple):
    """A look, and the last column of the cells it is spread over ("" for one cell)."""

    look: Format
    end: str = ""


def cell_spreads(looks: Looks) -> dict[str, Spread]:
    """Address → look of every cell."""
    parts = (_head(looks), _tiles(looks), _lists(looks), _heat_map(looks), _flow(looks), _figures(looks))
    return {address: spread for part in parts for address, spread in part}


def tile_look(looks: Looks, index: int, **more: object) -> Format:
    """A tile's cell; white lines part the tiles."""
    ink, fill = TILE_COLOURS[index]
    return looks.look(
        font_color=ink, bg_color=fill, align="center", left=5, right=5, left_color="white", right_color="white", **more
    )


def line_look(looks: Looks, **more: object) -> Format:
    """A line of a list or table."""
    return looks.look(bottom=1, bottom_color=palette.BORDER, **more)


def _head(looks: Looks) -> Iterator[tuple[str, Spread]]:
    day = looks.look(num_format=DATE_FORMAT, align="left", bold=True)
    yield at.COMPANY, Spread(looks.look(align="right", font_size=12, font_color=palette.NAVY), "AE")
    yield at.TODAY, Spread(day, "E")
    yield at.UPDATED, Spread(day, "J")
    yield at.AGE, Spread(looks.look(align="left"), "P")


def _tiles(looks: Looks) -> Iterator[tuple[str, Spread]]:
    for index, (letter, end) in enumerate(zip(at.TILES, at.TILE_ENDS, strict=True)):
        number = tile_look(looks, index, bold=True, font_size=24, num_format=NONE_FORMAT)
        yield f"{letter}{at.TILE_NUMBER_ROW}", Spread(number, end)
        if index not in WORDS:
            yield f"{letter}{at.TILE_NOTE_ROW}", Spread(tile_look(looks, index, font_size=9, text_wrap=True), end)


def _lists(looks: Looks) -> Iterator[tuple[str, Spread]]:
    yield f"{at.LEFT_LIST[0]}{at.LIST_TITLE_ROW}", Spread(section_look(looks), at.LEFT_ENDS[-1])
    yield f"{at.RIGHT_LIST[0]}{at.LIST_TITLE_ROW}", Spread(section_look(looks), at.RIGHT_ENDS[-1])
    wrapped = {"text_wrap": True, "font_size": 9}
    number, text, name = line_look(looks), line_look(looks, **wrapped), line_look(looks, indent=1, **wrapped)
    day = line_look(looks, num_format=DATE_FORMAT, align="center", font_size=9)
    late = line_look(looks, bold=True, font_color=palette.OVERDUE, **wrapped)
    soon = line_look(looks, bold=True, align="center", font_color=palette.DUE_SOON)
    for letters, ends, days in ((at.LEFT_LIST, at.LEFT_ENDS, late), (at.RIGHT_LIST, at.RIGHT_ENDS, soon)):
        for row in at.LIST_ROWS:
            for letter, end, look in zip(letters, ends, (number, text, name, text, day, days), strict=True):
                yield f"{letter}{row}", Spread(look, end)


def _heat_map(looks: Looks) -> Iterator[tuple[str, Spread]]:
    count, total = (
        line_look(looks, align="center", num_format=COUNT_FORMAT, bold=bold, font_size=11) for bold in (False, True)
    )
    corner = line_look(looks, align="center", valign="top", num_format=COUNT_FORMAT, bold=True, font_size=8)
    for row in range(at.HEAT_ROW, at.SUM_ROW + 1):
        if row in at.DEPARTMENT_ROWS:
            yield f"{at.HEAT_NAME}{row}", Spread(line_look(looks), at.HEAT_NAME_END)
        for letter, late in (*STAGE_LETTERS, (at.HEAT_TOTAL, at.HEAT_LATE_TOTAL)):
            yield f"{letter}{row}", Spread(total if row == at.SUM_ROW or letter == at.HEAT_TOTAL else count)
            yield f"{late}{row}", Spread(corner)


def _flow(looks: Looks) -> Iterator[tuple[str, Spread]]:
    yield f"B{at.FLOW_TITLE_ROW}", Spread(section_look(looks), "AE")
    yield ENDED_HEADING, Spread(heading_look(looks), at.FLOW_ENDS[2])
    yield BARE, Spread(looks.look(font_color=palette.SILENT, align="center"), BARE_TO)
    month, count = line_look(looks, num_format="yyyy-mm", align="center"), line_look(looks, align="center")
    for row in range(at.FLOW_ROW, at.FLOW_ROW + OVERVIEW_MONTHS):
        for letter, end in zip(at.FLOW, at.FLOW_ENDS, strict=True):
            yield f"{letter}{row}", Spread(month if letter == at.FLOW[0] else count, end)


def heading_look(looks: Looks) -> Format:
    """The heading of a column."""
    return looks.look(
        bold=True, text_wrap=True, align="center", font_size=9, font_color=palette.NAVY, bg_color=palette.PALE_BLUE
    )


def section_look(looks: Looks) -> Format:
    """The heading of a part of the sheet."""
    return looks.look(bold=True, font_size=12, font_color=palette.NAVY, bottom=2, bottom_color=palette.ACCENT)


def _figures(looks: Looks) -> Iterator[tuple[str, Spread]]:
    quiet = {"font_size": 8, "font_color": palette.SILENT, "align": "left"}
    number = looks.look(**quiet)
    for row in range(at.FIGURES_ROW, at.FIGURES_ROW + OVERVIEW_LINES):
        for letter in (at.LATE_KEY, at.LATE_DAYS, at.LATE_AT, at.SOON_KEY, at.SOON_DAYS, at.SOON_AT):
            yield f"{letter}{row}", Spread(number)
    for line in range(len(at.DEPARTMENT_ROWS)):
        yield f"{at.DEPARTMENT}{at.FIGURES_ROW + line}", Spread(looks.look(**quiet, shrink=True))
    for row in at.NAME_ROWS:
        for letter in (at.SHORT_NAME, at.LONG_NAME):
            yield f"{letter}{row}", Spread(number)
    yield f"{at.REFRESHED}{at.FIGURES_ROW}", Spread(looks.look(**quiet, num_format=DATE_FORMAT), "W")
    yield f"{at.HORIZON}{at.FIGURES_ROW}", Spread(looks.look(**quiet, num_format=DATE_FORMAT), "P")
