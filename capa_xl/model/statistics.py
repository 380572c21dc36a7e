"""Results of the statistics of 4.3.1 as values: charts' numbers, signals, Pareto tables, effect tests."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from capa_xl.model.shares import has_few

WITHOUT_LIMITS: Final = frozenset({"run", "none"})
"""Charts of fewer than `LEAST_POINTS`, or of values that don't vary: no control limits are drawn."""
LEAST_POINTS: Final = 12
"""Of which limits are drawn, as trial limits."""


class Point(Struct, frozen=True):
    """One period of a series; limits and z are None on a run chart.

    Attributes:
        centre: Centre line of its phase; run chart: the median.
        counted: 不合格数 and 样本量 of a share; None for all others.
    """

    period: str
    value: float
    lcl: float | None
    ucl: float | None
    z: float | None
    centre: float | None = None
    counted: tuple[float, float] | None = None


class Signal(Struct, frozen=True):
    """One rule that struck, with the periods that make the pattern, e.g. WE1 or N3."""

    rule: str
    name: str
    periods: tuple[str, ...]


class Trend(Struct, frozen=True):
    """Mann-Kendall p (ties corrected, two-sided) and Theil-Sen slope per period."""

    p: float
    slope: float


class ControlSeries(Struct, frozen=True):
    """One series of quality data with its chart.

    Attributes:
        name: Department, item and indicator.
        chart: p, u, c, imr, run or none.
        n: Number of periods with data.
        centre: Centre line (run chart: the median); None without data.
        points: In time order.
        trend: None under 4 points.
        note: What the reader must know: 试用界限, 数据不足, seasonal caution; "" otherwise.
        unit: Of the values.
    """

    name: str
    chart: str
    n: int
    centre: float | None
    points: tuple[Point, ...]
    signals: tuple[Signal, ...]
    trend: Trend | None
    note: str
    unit: str = ""

    @property
    def is_share(self) -> bool:
        """Its values are shares of cases; of too few points a run chart shows them."""
        return self.chart == "p" or any(point.counted for point in self.points)

    @property
    def is_in_percent(self) -> bool:
        """It is told in per cent: a share of many cases in every period, or of as many periods as a p chart takes."""
        wholes = (point.counted[1] for point in self.points if point.counted)
        return self.chart == "p" or (self.is_share and not has_few(*wholes))

    @property
    def own_unit(self) -> str:
        """The unit of its figures; "" of shares, which have none."""
        return "" if self.is_share else self.unit


class ParetoRow(Struct, frozen=True):
    """One bar: its count, share and cumulative share (0..1); `vital` marks the smallest set of at least 80 %."""

    category: str
    count: float
    share: float
    cumulative: float
    vital: bool


class Pareto(Struct, frozen=True):
    """One Pareto table; `n` is the sum of the counts."""

    by: str
    rows: tuple[ParetoRow, ...]
    n: float


class EffectTest(Struct, frozen=True):
    """Before against after.

    Attributes:
        method: fisher, binomial (conditional exact), or "" when nothing can be tested.
        p: One-sided p in the direction of improvement; None when nothing can be tested.
        is_enough: p < 0.05: chance alone would hardly do this.
        needed: Clean cases still needed before the data could speak; None where that has no meaning.
        sentence: The one Chinese sentence papers print.
    """

    method: str
    p: float | None
    is_enough: bool
    needed: int | None
    sentence: str
