"""A chart as a value: what it shows, not how it is drawn. Word papers and workbooks draw the same value natively."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

COLUMNS: Final = "columns"
LINE: Final = "line"
STEP: Final = "limit"
"""A straight reference line (target, centre, control limit), thin and dashed, without points."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers of a chart.

    Attributes:
        name: What it is, for the legend.
        values: One per category; None leaves a gap.
        kind: `COLUMNS`, `LINE` or `STEP`.
        colour: RGB hex of the palette; "" takes the next of the house's order.
        second_axis: True puts it on the right-hand axis (cumulative share of a Pareto chart).
        labels: True writes each value beside its point: only where there are few.
        marked: Indexes of values that stand out (signals of a control chart).
    """

    name: str
    values: tuple[float | None, ...]
    kind: str = COLUMNS
    colour: str = ""
    second_axis: bool = False
    labels: bool = False
    marked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart.

    Attributes:
        title: Subject and period, in Chinese.
        categories: Labels of the horizontal axis (2026-05, 改进前, 响应超时).
        series: Drawn in order.
        x_title: Title of the horizontal axis; "" where the categories speak for themselves.
        y_title: Title of the vertical axis with its unit.
        second_title: Title of the right-hand axis.
        mark: Category at which a vertical line stands (the completion date); "" for none.
        mark_name: What the line means, e.g. 完成 2026-07-28.
        number_format: Excel number format of the values.
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
