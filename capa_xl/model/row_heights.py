"""Row heights that fit their text: Chinese takes two columns of width, everything else about one."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

LINE = 16.5
"""Points of one line of 微软雅黑 10."""
TALLEST = 409.0
"""Excel's limit."""
BEGINNING = 4
"""Lines that a row shows of a text which it would not show by half at its tallest."""
_WIDE, _NARROW = 1.95, 1.1
"""Column widths a character takes, measured in substitute fonts too."""


def lines_of(text: str, width: float) -> int:
    """Lines a text takes in a column of that width, its own line breaks counted."""
    return sum(max(1, ceil(text_width(line) / width)) for line in text.split("\n"))


def text_width(text: str) -> float:
    """Column width that a text takes on one line."""
    return sum(_WIDE if east_asian_width(letter) in "WFA" else _NARROW for letter in text)


def fitted_height(cells: Iterable[tuple[str, float]], least: float) -> float:
    """Height of a row that shows all of its wrapped texts, each with the width of its column."""
    return _height(max((lines_of(text, width) for text, width in cells), default=1), least)


def typed_height(cells: Iterable[tuple[str, float]], least: float) -> float:
    """Height of a row of texts that people typed: nobody may cut those.

    A row at its tallest takes a third of a page. It does so for a text of which it shows the larger part; of a longer
    one it shows the beginning, for which nobody turns two pages a row.
    """
    lines = (lines_of(text, width) for text, width in cells)
    return _height(max((_shown(needed) for needed in lines), default=1), least)


def _shown(needed: int) -> int:
    return needed if _points(needed) <= 2 * TALLEST else BEGINNING


def _points(lines: int) -> float:
    return 3 + LINE * lines


def _height(lines: int, least: float) -> float:
    return min(TALLEST, max(least, _points(lines)))
