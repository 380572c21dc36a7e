"""How a native chart looks: the typefaces and sizes of its letters, and what they leave of the picture to the plot."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from capa_xl.model import palette
from capa_xl.model.charts import BARS, CENTRE, COLUMNS, LIMIT, LINE, Chart, lines_drawn
from capa_xl.model.row_heights import text_width

_LEADING: Final = 1.45
"""Height of a line over the size of its letters, in the tallest typeface that stands in for a missing one."""
_LOW: Final = 240.0
"""Points of a picture below which a reader's program would leave the plot half of it."""
_LEAST_LEFT, _DIGIT, _GAPS = 0.09, 0.55, 10
"""Share of the picture left of the plot; width of a digit over the size of its letters; points between and before."""
_CATEGORY_ROOM: Final = 80
"""Column width of the categories that stand beside each other below a plot."""
_SLANT = 45
"""Degrees."""


class ChartLook(Struct, frozen=True):
    """How big its letters are and what they are set in.

    Attributes:
        text, heading: Typefaces of the axes and of the title.
        size, heading_size: In points.
        height, width: Of the picture, in points.
    """

    text: str = palette.FONT
    heading: str = palette.FONT
    size: float = 9
    heading_size: float = 11
    height: float = 320
    width: float = 459

    def font(self, *, bold: bool = False, colour: str = palette.INK) -> dict[str, Any]:
        """The font of axes and labels."""
        return {"name": self.text, "size": self.size, "bold": bold, "color": f"#{colour}"}

    def names_font(self, chart: Chart) -> dict[str, Any]:
        """The same for categories: names of several lines lie, many periods slant, others as a program draws them."""
        if any("\n" in name for name in chart.categories):
            return self.font() | {"rotation": 0}
        return self.font() | ({"rotation": -_SLANT} if _slants(chart) else {})


def is_control(chart: Chart) -> bool:
    """It has lines that carry their names at their ends: room is left beside them, and no legend is needed."""
    return any(one.kind in (CENTRE, LIMIT) for one in chart.series)


def _slants(chart: Chart) -> bool:
    """Its categories are more periods than have room beside each other."""
    is_over_time = any(one.kind == LINE and not one.second_axis for one in chart.series)
    return is_over_time and _width_of_names(chart) > _CATEGORY_ROOM


def _lines_of_names(chart: Chart) -> float:
    """Lines that the categories are high; of slanting ones by the longest."""
    if _slants(chart):
        return 0.9 + 0.3 * max(map(len, chart.categories))
    return max((name.count("\n") + 1 for name in chart.categories), default=1)


def _width_of_names(chart: Chart) -> float:
    return sum(max(map(text_width, name.split("\n"))) + 1 for name in chart.categories)


def plot_layout(chart: Chart, look: ChartLook, *, has_legend: bool, figures: int) -> dict[str, float] | None:
    """Where the plot stands, in shares of the picture: all that title, categories, words below and legend leave.

    None where that is left to the reader's program: of a picture high enough, and of names that nobody knows the
    height of.

    Args:
        has_legend: Below the plot.
        figures: Signs of the longest figure beside the axis.
    """
    if not is_control(chart) and (look.height >= _LOW or not _has_short_names(chart)):
        return None
    left = max(_LEAST_LEFT, (look.size * (_LEADING * bool(chart.y_title) + _DIGIT * figures) + _GAPS) / look.width)
    width = 1 - left - (0.15 if is_control(chart) else 0.1 if any(one.second_axis for one in chart.series) else 0.04)
    line, small = (size * _LEADING / look.height for size in (look.heading_size, look.size))
    above = line * lines_drawn(chart.title.split("\n")) + 1.25 * small
    names = _lines_of_names(chart)
    below = small * (0.5 + names + 1.1 * bool(chart.x_title) + 1.6 * has_legend)
    return {"x": round(left, 3), "y": round(above, 3), "width": round(width, 3), "height": round(1 - above - below, 3)}


def _has_short_names(chart: Chart) -> bool:
    """Each has room below an upright plot, on one line."""
    if not any(one.kind in (COLUMNS, LINE) for one in chart.series) or any(one.kind == BARS for one in chart.series):
        return False
    return _slants(chart) or _width_of_names(chart) <= _CATEGORY_ROOM
