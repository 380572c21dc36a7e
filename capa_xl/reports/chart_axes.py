"""The axes of a native chart: where they begin and end, their steps and the format of their figures."""

from __future__ import annotations

import math
from typing import Any

from capa_xl.model import palette
from capa_xl.model.charts import BAR_KINDS, Chart
from capa_xl.reports.chart_look import ChartLook
from capa_xl.reports.xml_text import one_line

_STEPS = 6
"""At most so many gridlines."""


def axis(title: str, look: ChartLook) -> dict[str, Any]:
    """What every axis has; a title where there is one."""
    line = {"color": f"#{palette.SILENT}"}
    made: dict[str, Any] = {"num_font": look.font(), "line": line, "minor_tick_mark": "none"}
    return made | ({"name": one_line(title), "name_font": look.font()} if title else {})


def value_axis(chart: Chart, look: ChartLook) -> dict[str, Any]:
    """Columns from zero; counts in whole steps; a Pareto's total at the height of 100 %; a line close to its values."""
    lines = {"visible": True, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}
    found = axis(chart.y_title, look) | {"num_format": chart.number_format, "major_gridlines": lines}
    if any(one.second_axis for one in chart.series):
        total = sum(value or 0 for value in chart.series[0].values)
        return found | {"min": 0, "max": total, "major_unit": _whole_step(total), "major_gridlines": {"visible": False}}
    if chart.whole:
        return found | {"min": 0, "max": chart.whole, "major_unit": chart.whole / 5}
    if _begins_at_zero(chart):
        ends = _whole_range(chart) if chart.number_format == "0" else _round_range(chart)
        return found | ends | _mark_top(chart) | _figures(chart, ends["major_unit"])
    if not any(one.kind in BAR_KINDS for one in chart.series):
        ends = _close_range(chart)
        found |= ends | _figures(chart, ends["major_unit"])
    return found | _mark_top(chart)


def _figures(chart: Chart, step: float) -> dict[str, str]:
    """The format of an axis's figures: as many digits as its step has, 3.0 3.5 4.0 and 55 60 65."""
    per_cent = "%" if chart.number_format.endswith("%") else ""
    digits = max(0, -math.floor(math.log10(step * (100 if per_cent else 1)) + 1e-9))
    return {"num_format": f"0.{'0' * digits}{per_cent}" if digits else f"0{per_cent}"}


def _mark_top(chart: Chart) -> dict[str, float]:
    return {"max": top_of(chart)} if chart.mark else {}


def _whole_range(chart: Chart) -> dict[str, float]:
    """Zero to a whole number over the largest, in whole steps, 0 1 2 or 0 5 10: its figure stands inside the plot."""
    largest = max((value for value in _values(chart)), default=0.0)
    step = _whole_step(largest)
    return {"min": 0, "max": step * (math.floor(largest / step) + 1), "major_unit": step}


def _round_range(chart: Chart) -> dict[str, float]:
    """Zero to a round number over the largest, in steps of 1, 2 or 5 with as many digits as they need."""
    largest = max(_values(chart), default=0.0) or 1.0
    step = _round_step(largest)
    return {"min": 0, "max": round(step * math.ceil(round(largest / step, 6)), 6), "major_unit": round(step, 6)}


def _round_step(span: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that takes few steps over it."""
    power = 10.0 ** (math.floor(math.log10(span)) - 1)
    return next(unit * power for unit in (1, 2, 5, 10, 20) if unit * power * _STEPS >= span)


def _whole_step(largest: float) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … that takes few steps to the largest value."""
    power: int = 10 ** max(0, len(str(int(largest))) - 2)
    return next(unit * power for unit in (1, 2, 5, 10, 20) if unit * power * _STEPS >= largest)


def top_of(chart: Chart) -> float:
    """A round number a little over the largest value."""
    largest = max(_values(chart), default=1.0)
    if largest <= 0:
        return 1.0
    unit = 10.0 ** (len(str(int(largest))) - 1) if largest >= 1 else 10.0**-2
    steps = int(largest * 1.1 / unit * 2) + 1
    return round(steps * unit / 2, 6)


def _values(chart: Chart) -> list[float]:
    return [value for one in chart.series for value in one.values if value is not None]


def _begins_at_zero(chart: Chart) -> bool:
    """Columns are measured from zero; a line alone shows its scatter better without it."""
    if not any(one.kind in BAR_KINDS for one in chart.series):
        return False
    return all(value >= 0 for value in _values(chart))


def _close_range(chart: Chart) -> dict[str, float]:
    """Round ends of the axis a little outside the values, never below zero for values that aren't."""
    values = _values(chart)
    low, high = min(values, default=0.0), max(values, default=1.0)
    step = _round_step(high - low or abs(high) or 1.0)
    bottom, top = math.floor(low / step - 0.25) * step, math.ceil(high / step + 0.25) * step
    least = max(bottom, 0.0) if low >= 0 else bottom
    return {"min": round(least, 6), "max": round(top, 6), "major_unit": round(step, 6)}


def share_axis(chart: Chart, look: ChartLook) -> dict[str, Any]:
    """The right-hand axis of every Pareto chart: 0 to 100 % in fifths, so that 80 % has its own line."""
    lines = {"visible": True, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}
    found = axis(chart.second_title, look) | {"major_gridlines": lines}
    return found | {"min": 0, "max": 1, "major_unit": 0.2, "num_format": "0%"}
