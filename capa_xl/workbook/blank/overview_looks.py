"""How each formula cell of 总览 looks, and over which cells it is spread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from capa_xl.a1 import column_letters
from capa_xl.model import palette, words
from capa_xl.model.overview import OVERVIEW_DEPARTMENTS, OVERVIEW_LINES, OVERVIEW_MONTHS
from capa_xl.ooxml.number_formats import DATE_FORMAT
from capa_xl.workbook.blank import overview_layout as at
from capa_xl.workbook.blank.formats import COUNT_FORMAT, Looks

if TYPE_CHECKING:
    from xlsxwriter.format import Format

TILE_ENDS = ("G", "M", "S", "Y", "AE")
TILE_COLOURS = (
    (palette.OVERDUE, palette.OVERDUE_FILL),
    (palette.DUE_SOON, palette.DUE_SOON_FILL),
    (palette.ACCENT, palette.NEEDED_FILL),
    (palette.ACCENT, palette.NEEDED_FILL),
    (palette.OVERDUE, palette.OVERDUE_FILL),
)
LEFT_ENDS = ("C", "H", "J", "L", "N", "O")
RIGHT_ENDS = ("S", "X", "Z", "AB", "AD", "AE")


class Spread(NamedTuple):
    """A look, and the last column of the cells it is spread over ("" for one cell)."""

    look: Format
    end: str = ""


def cell_spreads(looks: Looks) -> dict[str, Spread]:
    """Address → look of every formula cell."""
    return {**dict(_head(looks)), **dict(_lists(looks)), **dict(_waiting(looks)), **dict(_figures(looks))}


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
    yield "R1", Spread(looks.look(align="right", font_size=12, font_color=palette.NAVY), "AE")
    yield at.TODAY, Spread(day, "E")
    yield at.UPDATED, Spread(day, "L")
    yield at.AGE, Spread(looks.look(align="left"), "P")
    for index, (letter, end) in enumerate(zip(at.TILES, TILE_ENDS, strict=True)):
        yield f"{letter}{at.TILE_NUMBER_ROW}", Spread(tile_look(looks, index, bold=True, font_size=24), end)
    yield f"{at.TILES[3]}{at.TILE_NOTE_ROW}", Spread(tile_look(looks, 3, font_size=9), TILE_ENDS[3])


def _lists(looks: Looks) -> Iterator[tuple[str, Spread]]:
    text, indented = line_look(looks), line_look(looks, indent=1)
    day = line_look(looks, num_format=DATE_FORMAT, align="center")
    late, soon = (
        line_look(looks, bold=True, align="center", font_color=ink) for ink in (palette.OVERDUE, palette.DUE_SOON)
    )
    for letters, ends, days in ((at.LEFT_LIST, LEFT_ENDS, late), (at.RIGHT_LIST, RIGHT_ENDS, soon)):
        for row in range(at.LIST_ROW, at.LIST_ROW + OVERVIEW_LINES):
            for letter, end, look in zip(letters, ends, (text, text, indented, text, day, days), strict=True):
                yield f"{letter}{row}", Spread(look, end if end != letter else "")


def _waiting(looks: Looks) -> Iterator[tuple[str, Spread]]:
    count = line_look(looks, align="center", num_format=COUNT_FORMAT)
    total = line_look(looks, align="center", num_format=COUNT_FORMAT, bold=True)
    letters = [column_letters(at.WAITING_FIRST + index) for index in range(len(words.WAITING))]
    for row in range(at.WAITING_ROW, at.SUM_ROW + 1):
        if row < at.WAITING_ROW + OVERVIEW_DEPARTMENTS:
            yield f"{at.WAITING_NAME}{row}", Spread(line_look(looks), "C")
        for letter in letters:
            yield f"{letter}{row}", Spread(total if row == at.SUM_ROW else count)
        yield f"{at.WAITING_TOTAL}{row}", Spread(total)


def _figures(looks: Looks) -> Iterator[tuple[str, Spread]]:
    quiet = {"font_size": 8, "font_color": palette.SILENT, "align": "left"}
    number, month = looks.look(**quiet), looks.look(**quiet, num_format="yyyy-mm")
    for row in range(at.FIGURES_ROW, at.FIGURES_ROW + OVERVIEW_MONTHS):
        yield f"{at.MONTH}{row}", Spread(month, "C")
        for letter in (at.NEW, at.CLOSED, at.OPEN, at.LATE):
            yield f"{letter}{row}", Spread(number)
        yield f"{at.DEPARTMENT}{row}", Spread(number, "H")
    for row in range(at.FIGURES_ROW, at.FIGURES_ROW + OVERVIEW_LINES):
        for letter in (at.LATE_DAYS, at.LATE_AT, at.SOON_DAYS, at.SOON_AT):
            yield f"{letter}{row}", Spread(number)
    yield f"{at.HORIZON}{at.FIGURES_ROW}", Spread(looks.look(**quiet, num_format=DATE_FORMAT), "R")
