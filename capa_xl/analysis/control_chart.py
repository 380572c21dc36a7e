"""Control charts (statistics.md 4–6): p, u, c and I-MR, with the sizes below which no limits are drawn."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from capa_xl.analysis.signals import run_signals, signals
from capa_xl.analysis.trend import trend
from capa_xl.model.statistics import ControlSeries, Point

FULL, TRIAL = 20, 12
"""Points for limits; for trial limits (试用界限). Fewer: a run chart only."""
SEASON = 24


@dataclass(frozen=True, slots=True)
class Sample:
    """One period: a count over a size (p: of a sample, u: of an area), or a measured value (size None)."""

    period: str
    value: float
    size: float | None = None


def p_chart(name: str, samples: Sequence[Sample], unit: str = "") -> ControlSeries:
    """Share nonconforming; σ_i = √(p̄(1−p̄)/n_i)."""
    centre = sum(s.value for s in samples) / sum(s.size or 0 for s in samples) if samples else 0.0
    shares = [Sample(s.period, s.value / (s.size or 1), s.size) for s in samples]
    sigma = [math.sqrt(centre * (1 - centre) / (s.size or 1)) for s in samples]
    return _chart(name, "p", shares, centre, sigma, (0.0, 1.0), unit)


def u_chart(name: str, samples: Sequence[Sample], unit: str = "") -> ControlSeries:
    """Count per unit of area; σ_i = √(ū/a_i)."""
    centre = sum(s.value for s in samples) / sum(s.size or 0 for s in samples) if samples else 0.0
    rates = [Sample(s.period, s.value / (s.size or 1), s.size) for s in samples]
    return _chart(name, "u", rates, centre, [math.sqrt(centre / (s.size or 1)) for s in samples], (0.0, math.inf), unit)


def c_chart(name: str, samples: Sequence[Sample], unit: str = "") -> ControlSeries:
    """Count over a constant area; σ = √c̄."""
    centre = statistics.fmean(s.value for s in samples) if samples else 0.0
    return _chart(name, "c", samples, centre, [math.sqrt(centre)] * len(samples), (0.0, math.inf), unit)


def imr_chart(name: str, samples: Sequence[Sample], unit: str = "") -> ControlSeries:
    """Single measurements; σ = mean moving range / 1.128, limits ±2.66 of it."""
    values = [s.value for s in samples]
    ranges = [abs(b - a) for a, b in pairwise(values)]
    sigma = statistics.fmean(ranges) / 1.128 if ranges else 0.0
    centre = statistics.fmean(values) if values else 0.0
    return _chart(name, "imr", samples, centre, [sigma] * len(values), (-math.inf, math.inf), unit)


def _chart(
    name: str,
    kind: str,
    samples: Sequence[Sample],
    centre: float,
    sigma: Sequence[float],
    bounds: tuple[float, float],
    unit: str,
) -> ControlSeries:
    if len(samples) < TRIAL or not all(sigma):
        return run_chart(name, samples, unit)
    values = [s.value for s in samples]
    z = [(value - centre) / s for value, s in zip(values, sigma, strict=True)]
    points = tuple(
        Point(s.period, s.value, max(bounds[0], centre - 3 * d), min(bounds[1], centre + 3 * d), x)
        for s, d, x in zip(samples, sigma, z, strict=True)
    )
    found = signals([s.period for s in samples], values, z)
    return ControlSeries(name, kind, len(samples), centre, points, found, trend(values), _note(len(samples)), unit)


def run_chart(name: str, samples: Sequence[Sample], unit: str = "") -> ControlSeries:
    """Values about their median, without limits: too few points, or no variation to draw limits from."""
    values = [s.value for s in samples]
    if not values:
        return ControlSeries(name, "none", 0, None, (), (), None, "无数据", unit)
    centre = statistics.median(values)
    points = tuple(Point(s.period, s.value, None, None, None) for s in samples)
    found = run_signals([s.period for s in samples], values, centre)
    note = (
        f"数据不足（{len(values)} 点，画控制限至少 {TRIAL} 点），只作趋势图"
        if len(values) < TRIAL
        else "数据无变异，只作趋势图"
    )
    return ControlSeries(name, "run", len(values), centre, points, found, trend(values), note, unit)


def _note(n: int) -> str:
    notes = []
    if n < FULL:
        notes.append(f"试用界限（{n} 点，少于 {FULL} 点）")
    if n < SEASON:
        notes.append("不足 24 个月，季节影响未排除")
    return "；".join(notes)
