"""Row heights that fit their text: Chinese takes two columns of width, everything else about one."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

LINE = 16.5
"""Points of one line of 微软雅黑 10."""
TALLEST = 409.0
"""Excel's limit."""
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
    lines = max((lines_of(text, width) for text, width in cells), default=1)
    return min(TALLEST, max(least, 3 + LINE * lines))
