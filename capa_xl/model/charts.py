"""A chart as a value: what it shows, not how it is drawn. Word papers and workbooks draw the same value natively."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from capa_xl.model.cut_text import cut_inside
from capa_xl.model.row_heights import text_width

TITLE_WIDTH: Final = 126
"""Column width of a title: two lines of 11 points over the narrowest chart, 560 pixels, a fifth of which stays free."""
NARROWEST, _ONE_LINE = 560, 61
"""Pixels of the narrowest chart; column width of a line over it, less what wide figures of substitute fonts take."""
_NAME_ENDS: Final = re.compile("(?<=：)")
_CLAUSE_ENDS: Final = re.compile("(?<=[，；。])|(?=（)")
_BLANKS: Final = re.compile("(?<=[^0-9] )")
COLUMNS: Final = "columns"
BARS: Final = "bars"
"""Columns lying on their side, for long names; never mixed with lines."""
MARK: Final = "mark"
"""A thin column over the whole height, at one category: when something happened."""
BAR_KINDS: Final = frozenset({COLUMNS, BARS, MARK})
LINE: Final = "line"
STEP: Final = "step"
"""A straight reference line (a target, 80 %), thin and dashed, without points."""
CENTRE: Final = "centre"
"""The centre line of a control chart: thin, solid, without points."""
LIMIT: Final = "limit"
"""A control limit: thin, in long dashes, without points."""
POINTS: Final = "points"
"""Marks without a line."""

NO_FIGURES: Final = ";;;"
"""Number format of an axis without figures: of values told as fractions, 1/4 beside 2/3, decimals mean nothing."""


class Series(Struct, frozen=True):
    """One row of numbers of a chart.

    Attributes:
        name: What it is, for the legend.
        values: One per category; None leaves a gap.
        kind: One of the kinds above.
        colour: RGB hex of the palette; "" takes the next of the house's order, which a photocopy tells apart.
        second_axis: True puts it on the right-hand axis: shares between 0 and 1 (a Pareto chart).
        labels: True writes each value beside its point: only where there are few.
        texts: Words written beside the points instead of their values, one per category, "" for none; () for no words.
        marked: Indexes of values that stand out (signals of a control chart).
        mark_words: What is written at one of these.
        mark_words_at: Index of that one.
    """

    name: str
    values: tuple[float | None, ...]
    kind: str = COLUMNS
    colour: str = ""
    second_axis: bool = False
    labels: bool = False
    texts: tuple[str, ...] = ()
    marked: tuple[int, ...] = ()
    mark_words: str = ""
    mark_words_at: int = 0


class Chart(Struct, frozen=True):
    """One chart.

    Attributes:
        title: What it shows, and its period, in Chinese.
        categories: Labels of the horizontal axis (2026-05, 改进前, 响应超时).
        series: Drawn in order.
        x_title: Title of the horizontal axis; "" where the categories speak for themselves.
        y_title: Title of the vertical axis with its unit.
        second_title: Title of the right-hand axis.
        mark: Category at which a vertical line stands (the completion date); "" for none.
        mark_name: What the line means, e.g. 完成 2026-07-28.
        number_format: Excel number format of the values; "0" (counts) gives the axis whole steps.
        height_cm: How high it is on paper, where its page has so much room; 0.0 for as high as others are.
        has_legend: False where the words below the axis or at the lines' ends say what they are.
        is_counted: The axis has whole steps, though limits between them aren't whole.
        whole: What a value can come to at most, where the axis ends: 1.0 for shares, a half of which is half as long;
            0.0 for an end over the largest.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    x_title: str = ""
    y_title: str = ""
    second_title: str = ""
    mark: str = ""
    mark_name: str = ""
    number_format: str = "General"
    height_cm: float = 0.0
    has_legend: bool = True
    is_counted: bool = False
    whole: float = 0.0


def at_its_end(values: tuple[float | None, ...], words: str) -> tuple[str, ...]:
    """`Series.texts` with words at the last value only."""
    last = max((at for at, value in enumerate(values) if value is not None), default=-1)
    return tuple(words if at == last else "" for at in range(len(values)))


def fits_title(title: str) -> bool:
    """It takes two lines at most."""
    return text_width(title) <= TITLE_WIDTH


def fitted_title(title: str) -> str:
    """The title on two lines: a longer one loses its middle."""
    most, shown = min(len(title), TITLE_WIDTH), title
    while not fits_title(shown):
        most -= 1
        shown = cut_inside(title, most)
    return shown


def title_lines(title: str, pixels: int = NARROWEST) -> tuple[str, ...]:
    """The lines of a fitted title: a longer one goes on behind its name, else behind the clause or blank in its middle.

    Whoever draws it wraps it at the last sign that fits, and leaves one sign alone on the second line.

    Args:
        title: What `fitted_title` gave.
        pixels: Width of the chart.
    """
    room = _ONE_LINE * pixels / NARROWEST
    if text_width(title) <= room:
        return (title,)
    for ends in (_NAME_ENDS, _CLAUSE_ENDS, _BLANKS):
        pairs = [(title[: end.start()], title[end.start() :]) for end in ends.finditer(title)]
        fitting = [pair for pair in pairs if all(pair) and _wider(pair) <= room]
        if pair := min(fitting, key=_wider, default=None):
            return pair
    return (title,)


def lines_drawn(lines: Sequence[str]) -> int:
    """How many the lines of a title take over the narrowest chart: one without a blank is wrapped where it must."""
    return sum(math.ceil(text_width(line) / _ONE_LINE) for line in lines)


def _wider(pair: tuple[str, str]) -> float:
    return max(map(text_width, pair))
