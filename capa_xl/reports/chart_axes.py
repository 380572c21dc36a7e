"""The axes of a native chart: where they begin and end, their steps and the format of their figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from capa_xl.model import palette
from capa_xl.model.charts import BARS, COLUMNS, MARK, Chart
from capa_xl.reports.chart_look import ChartLook, is_control
from capa_xl.reports.xml_text import one_line

_STEPS: Final = 6
"""At most so many gridlines."""
_NOISE: Final = 1e-9
"""Share of the largest value below which two differ by the computer's rounding only."""


def axis(title: str, look: ChartLook) -> dict[str, Any]:
    """What every axis has; a title where there is one."""
    line = {"color": f"#{palette.SILENT}"}
    ticks = {"major_tick_mark": "outside", "minor_tick_mark": "none"}
    made: dict[str, Any] = {"num_font": look.font(), "line": line, **ticks}
    return made | ({"name": one_line(title), "name_font": look.font()} if title else {})


def category_axis(chart: Chart, look: ChartLook) -> dict[str, Any]:
    """Names below the plot where values lie below zero; no ticks that would strike the name of a limit."""
    made = axis(chart.x_title, look) | {"num_font": look.names_font(chart)}
    if is_control(chart):
        made |= {"major_tick_mark": "none"}
    if any(value < 0 for value in _values(chart)):
        made |= {"label_position": "low"}
    return made


def value_axis(chart: Chart, look: ChartLook) -> dict[str, Any]:
    """Columns from zero; counts in whole steps; a Pareto's total at the height of 100 %; a line close to its values."""
    lines = {"visible": True, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}
    found = axis(chart.y_title, look) | {"num_format": chart.number_format, "major_gridlines": lines}
    if any(one.second_axis for one in chart.series):
        total = sum(value or 0 for value in chart.series[0].values)
        return found | {"min": 0, "max": total, "major_unit": _whole_step(total), "major_gridlines": {"visible": False}}
    if chart.whole:
        return found | {"min": 0, "max": chart.whole, "major_unit": chart.whole / 5}
    ends = _ends(chart)
    return found | ends | _figures(chart, ends["major_unit"])


def share_axis(chart: Chart, look: ChartLook) -> dict[str, Any]:
    """The right-hand axis of every Pareto chart: 0 to 100 % in fifths, so that 80 % has its own line."""
    lines = {"visible": True, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}
    made = axis(chart.second_title, look) | {"major_gridlines": lines}
    return made | {"min": 0, "max": 1, "major_unit": 0.2, "num_format": "0%"}


def figure_length(made: Mapping[str, Any]) -> int:
    """Signs of the longest figure beside an axis of values."""
    shown = str(made["num_format"])
    digits = len(shown.partition(".")[2].rstrip("%"))
    sign, size = ("%", 100) if shown.endswith("%") else ("", 1)
    return max(len(f"{made[end] * size:.{digits}f}{sign}") for end in ("min", "max"))


def mark_height(chart: Chart) -> float:
    """How far a column must reach to stand over the whole plot: to its top, or where that is below zero, its bottom."""
    ends = _ends(chart)
    return ends["max"] if ends["max"] > 0 else ends["min"]


def _ends(chart: Chart) -> dict[str, float]:
    """Lowest, highest and step; columns are measured from zero, a line alone shows its scatter better without it."""
    if not any(one.kind in (COLUMNS, BARS) for one in chart.series) or any(value < 0 for value in _values(chart)):
        return _close_range(chart)
    return _whole_range(chart) if chart.number_format == "0" else _round_range(chart)


def _figures(chart: Chart, step: float) -> dict[str, str]:
    """The format of an axis's figures: as many digits as its step has, 3.0 3.5 4.0 and 55 60 65."""
    per_cent = "%" if chart.number_format.endswith("%") else ""
    digits = max(0, -math.floor(math.log10(step * (100 if per_cent else 1)) + 1e-9))
    return {"num_format": f"0.{'0' * digits}{per_cent}" if digits else f"0{per_cent}"}


def _whole_range(chart: Chart) -> dict[str, float]:
    """Zero to a whole number over the largest, in whole steps, 0 1 2 or 0 5 10: its figure stands inside the plot."""
    largest = max(_values(chart), default=0.0)
    step = _whole_step(largest)
    return {"min": 0, "max": step * (math.floor(largest / step) + 1), "major_unit": step}


def _round_range(chart: Chart) -> dict[str, float]:
    """Zero to a round number over the largest, in steps of 1, 2 or 5 with as many digits as they need."""
    largest = max(_values(chart), default=0.0) or 1.0
    step = _round_step(largest)
    return {"min": 0, "max": _times(step, math.ceil(round(largest / step, 6))), "major_unit": _times(step, 1)}


def _close_range(chart: Chart) -> dict[str, float]:
    """Round ends of the axis a little outside the values, never below zero for values that aren't."""
    values = _values(chart)
    low, high = min(values, default=0.0), max(values, default=1.0)
    if any(one.kind in (COLUMNS, BARS) for one in chart.series):
        low, high = min(low, 0.0), max(high, 0.0)
    largest = max(abs(low), abs(high))
    step = _round_step(high - low if high - low > _NOISE * largest else largest or 1.0)
    step = max(step, 1.0) if chart.is_counted else step
    bottom = math.floor(low / step - 0.25)
    least, most = max(bottom, 0) if low >= 0 else bottom, math.ceil(high / step + 0.25)
    return {"min": _times(step, least), "max": _times(step, most), "major_unit": _times(step, 1)}


def _times(step: float, count: int) -> float:
    """So many steps, without what binary fractions leave behind: 0.3, never 0.30000000000000004."""
    return round(step * count, max(0, 2 - math.floor(math.log10(step))))


def _round_step(span: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that takes few steps over it."""
    power = 10.0 ** (math.floor(math.log10(span)) - 1)
    return next(unit * power for unit in (1, 2, 5, 10, 20) if unit * power * _STEPS >= span)


def _whole_step(largest: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that takes few steps to the largest value."""
    power: int = 10 ** max(0, len(str(int(largest))) - 2)
    return next(unit * power for unit in (1, 2, 5, 10, 20) if unit * power * _STEPS >= largest)


def _values(chart: Chart) -> list[float]:
    return [value for one in chart.series if one.kind != MARK for value in one.values if value is not None]
