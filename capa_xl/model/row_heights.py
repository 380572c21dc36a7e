"""Row heights that fit their text: Chinese takes two columns of width, everything else about one."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

LINE = 16.5
"""Points of one line of 微软雅黑 10."""
TALLEST = 409.0
"""Excel's limit."""
ONE_LINE, TWO_LINES = 17.25, 32.25
"""Points of a row of one or two lines that people typed, and of a row to come, for which they have to do."""
LEAST_OF_TWO = 27.0
"""Points from which a row shows two lines: of the common fonts none sets a letter of ten points closer."""
MOST, BEGINNING = 348.0, 61.5
"""Points of a row whose text no row shows whole, and of one of which that would be less than half.

All four are whole pixels. A cut falls between two lines of 微软雅黑, and of what stands in for it where that is
missing: lines of 14.5 points whose letters stand at their foot.
"""
_WIDE, _NARROW = 1.95, 1.1
"""Column widths a character takes, measured in substitute fonts too."""


def lines_of(text: str, width: float) -> int:
    """Lines a text takes in a column of that width, its own line breaks counted."""
    return sum(1 if fits(line, width) else ceil(text_width(line) / width) for line in text.split("\n"))


def text_width(text: str) -> float:
    """Column width that a text takes on one line."""
    return sum(_WIDE if east_asian_width(letter) in "WFA" else _NARROW for letter in text)


def fits(text: str, room: float) -> bool:
    """Whether a text takes no more than that; of a short one no letter need be looked at."""
    return len(text) * _WIDE <= room or text_width(text) <= room


def fitted_height(cells: Iterable[tuple[str, float]], least: float) -> float:
    """Height of a row that shows all of its wrapped texts, each with the width of its column."""
    return _height(max((lines_of(text, width) for text, width in cells), default=1), least)


def typed_height(cells: Iterable[tuple[str, float]], least: float) -> float:
    """Height of a row of texts that people typed: nobody may cut those.

    A row near its tallest takes a third of a page. It does so for a text of which it shows the larger part; of a longer
    one it shows the beginning, for which nobody turns two pages a row.
    """
    return max((least, *(_shown(_typed(lines_of(text, width))) for text, width in cells)))


def _shown(needed: float) -> float:
    if needed <= TALLEST:
        return needed
    return MOST if needed <= 2 * MOST else BEGINNING


def _typed(lines: int) -> float:
    return {1: ONE_LINE, 2: TWO_LINES}.get(lines, _points(lines))


def _points(lines: int) -> float:
    return 3 + LINE * lines


def _height(lines: int, least: float) -> float:
    return min(TALLEST, max(least, _points(lines)))
