"""Control charts (statistics.md 4–6): p, u, c and I-MR, with the sizes below which no limits are drawn."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from capa_xl.analysis.baseline import FULL, TRIAL, Phase, phases
from capa_xl.analysis.signals import run_signals, signals
from capa_xl.analysis.trend import trend
from capa_xl.model.half_up import half_up
from capa_xl.model.statistics import ControlSeries, Point, Signal

SEASON = 24
LARGE, SCATTERED = 1000, 1.2
"""Mean size and σ_z from which a p or u chart widens its limits (Laney)."""


class Sample(Struct, frozen=True):
    """One period: a count over a size (p: of a sample, u: of an area), or a measured value (size None)."""

    period: str
    value: float
    size: float | None = None


class _Fit(Struct, frozen=True):
    """Centre line and σ of a point, by a baseline.

    Attributes:
        spread: How much wider than the binomial or Poisson σ the points scatter (Laney); 1 where that isn't used.
    """

    centre: float
    sigma: Callable[[Sample], float]
    spread: float = 1.0

    def z(self, sample: Sample, value: float) -> float:
        """How many σ a point lies from the centre."""
        sigma = self.sigma(sample)
        return (value - self.centre) / sigma if sigma else 0.0


class _Kind(Struct, frozen=True):
    """One kind of chart: its letter, what a point is, how limits are fitted, and where they are clamped for display."""

    letter: str
    value: Callable[[Sample], float]
    fit: Callable[[Sequence[Sample], Sequence[int]], _Fit]
    bounds: tuple[float, float]


def p_chart(name: str, samples: Sequence[Sample], unit: str = "", restarts: Sequence[str] = ()) -> ControlSeries:
    """Share nonconforming; σ_i = √(p̄(1−p̄)/n_i).

    Args:
        name: Of the series.
        samples: In time order.
        unit: Of the values.
        restarts: The first periods after a completed measure, at which limits begin anew.
    """
    return _chart(_P, name, samples, unit, restarts)


def u_chart(name: str, samples: Sequence[Sample], unit: str = "", restarts: Sequence[str] = ()) -> ControlSeries:
    """Count per unit of area; σ_i = √(ū/a_i)."""
    return _chart(_U, name, samples, unit, restarts)


def c_chart(name: str, samples: Sequence[Sample], unit: str = "", restarts: Sequence[str] = ()) -> ControlSeries:
    """Count over a constant area; σ = √c̄."""
    return _chart(_C, name, samples, unit, restarts)


def imr_chart(name: str, samples: Sequence[Sample], unit: str = "", restarts: Sequence[str] = ()) -> ControlSeries:
    """Single measurements; σ = mean moving range / 1.128, limits ±2.66 of it."""
    return _chart(_IMR, name, samples, unit, restarts)


def _share(sample: Sample) -> float:
    return sample.value / (sample.size or 1)


def _measured(sample: Sample) -> float:
    return sample.value


def _mean_share(samples: Sequence[Sample], baseline: Sequence[int]) -> float:
    return sum(samples[at].value for at in baseline) / sum(samples[at].size or 0 for at in baseline)


def _p_fit(samples: Sequence[Sample], baseline: Sequence[int]) -> _Fit:
    mean = _mean_share(samples, baseline)
    return _laney(_Fit(mean, lambda sample: math.sqrt(mean * max(1 - mean, 0) / (sample.size or 1))), samples, baseline)


def _u_fit(samples: Sequence[Sample], baseline: Sequence[int]) -> _Fit:
    mean = _mean_share(samples, baseline)
    return _laney(_Fit(mean, lambda sample: math.sqrt(mean / (sample.size or 1))), samples, baseline)


def _laney(fit: _Fit, samples: Sequence[Sample], baseline: Sequence[int]) -> _Fit:
    """Laney p′ and u′: with large samples that scatter more than chance alone would, σ grows by what is seen."""
    if statistics.fmean(samples[at].size or 0 for at in baseline) < LARGE or not all(
        fit.sigma(samples[at]) for at in baseline
    ):
        return fit
    z = {at: fit.z(samples[at], _share(samples[at])) for at in baseline}
    ranges = [abs(z[at] - z[at - 1]) for at in baseline if at - 1 in z]
    spread = statistics.fmean(ranges) / 1.128 if ranges else 0.0
    if spread < SCATTERED:
        return fit
    return _Fit(fit.centre, lambda sample: spread * fit.sigma(sample), spread)


def _c_fit(samples: Sequence[Sample], baseline: Sequence[int]) -> _Fit:
    mean = statistics.fmean(samples[at].value for at in baseline)
    return _Fit(mean, lambda _: math.sqrt(mean))


def _imr_fit(samples: Sequence[Sample], baseline: Sequence[int]) -> _Fit:
    kept = frozenset(baseline)
    ranges = [abs(samples[at].value - samples[at - 1].value) for at in baseline if at - 1 in kept]
    sigma = statistics.fmean(ranges) / 1.128 if ranges else 0.0
    return _Fit(statistics.fmean(samples[at].value for at in baseline), lambda _: sigma)


_P = _Kind("p", _share, _p_fit, (0.0, 1.0))
_U = _Kind("u", _share, _u_fit, (0.0, math.inf))
_C = _Kind("c", _measured, _c_fit, (0.0, math.inf))
_IMR = _Kind("imr", _measured, _imr_fit, (-math.inf, math.inf))


def _chart(kind: _Kind, name: str, samples: Sequence[Sample], unit: str, restarts: Sequence[str]) -> ControlSeries:
    values = [kind.value(sample) for sample in samples]
    if len(samples) < TRIAL:
        return _run(kind, name, samples, unit)

    def standardised(baseline: Sequence[int]) -> Sequence[float]:
        fit = kind.fit(samples, baseline)
        return [fit.z(sample, value) for sample, value in zip(samples, values, strict=True)]

    begins = [at for at, sample in enumerate(samples) if sample.period in restarts]
    found = phases(values, begins, standardised)
    fits = [kind.fit(samples, phase.baseline) for phase in found]
    if not all(fit.sigma(samples[at]) for fit, phase in zip(fits, found, strict=True) for at in phase.points):
        return _run(kind, name, samples, unit)
    drawn = [_points(kind, fit, phase, samples, values) for fit, phase in zip(fits, found, strict=True)]
    points = tuple(point for part in drawn for point in part)
    struck = tuple(signal for part in drawn for signal in _signals(part))
    note = "；".join(_notes(kind, samples, found, fits))
    return ControlSeries(name, kind.letter, len(samples), fits[-1].centre, points, struck, trend(values), note, unit)


def _points(
    kind: _Kind, fit: _Fit, phase: Phase, samples: Sequence[Sample], values: Sequence[float]
) -> tuple[Point, ...]:
    """Points with their limits, clamped for display only."""
    low, high = kind.bounds
    made = []
    for at in phase.points:
        spread = 3 * fit.sigma(samples[at])
        lcl, ucl = max(low, fit.centre - spread), min(high, fit.centre + spread)
        z = fit.z(samples[at], values[at])
        made.append(Point(samples[at].period, values[at], lcl, ucl, z, fit.centre, _counted(kind, samples[at])))
    return tuple(made)


def _counted(kind: _Kind, sample: Sample) -> tuple[float, float] | None:
    return (sample.value, sample.size or 1) if kind is _P else None


def _signals(points: Sequence[Point]) -> tuple[Signal, ...]:
    return signals([p.period for p in points], [p.value for p in points], [p.z or 0.0 for p in points])


def run_chart(name: str, samples: Sequence[Sample], unit: str = "") -> ControlSeries:
    """Values about their median, without limits: too few points, or no variation to draw limits from."""
    return _run(_IMR, name, samples, unit)


def _run(kind: _Kind, name: str, samples: Sequence[Sample], unit: str) -> ControlSeries:
    values = [kind.value(sample) for sample in samples]
    if not values:
        return ControlSeries(name, "none", 0, None, (), (), None, "无数据", unit)
    centre = statistics.median(values)
    points = tuple(
        Point(one.period, value, None, None, None, centre, _counted(kind, one))
        for one, value in zip(samples, values, strict=True)
    )
    found = run_signals([s.period for s in samples], values, centre)
    note = (
        f"数据不足（{len(values)} 点，画控制限至少 {TRIAL} 点），只作趋势图"
        if len(values) < TRIAL
        else "数据无变异，只作趋势图"
    )
    return ControlSeries(name, "run", len(values), centre, points, found, trend(values), note, unit)


def _notes(kind: _Kind, samples: Sequence[Sample], found: Sequence[Phase], fits: Sequence[_Fit]) -> Iterator[str]:
    """Where the limits come from, and what they can't tell."""
    last = found[-1]
    if len(found) > 1:
        starts = "、".join(samples[phase.points.start].period for phase in found[1:])
        yield f"措施完成后自 {starts} 起重新计算控制限"
    if len(last.baseline) < len(last.points):
        first, end = samples[last.baseline[0]].period, samples[last.baseline[-1]].period
        out = [samples[at].period for at in range(last.baseline[0], last.baseline[-1]) if at not in last.baseline]
        yield f"控制限取自 {first} 至 {end}" + (f"，不含 {'、'.join(out)}" if out else "")
    if len(last.baseline) < FULL:
        yield f"试用界限（{len(last.baseline)} 点，少于 {FULL} 点）"
    if fits[-1].spread > 1:
        yield f"数据比随机波动更分散（σz={half_up(fits[-1].spread, 2)}），按 Laney {kind.letter}′ 放宽控制限"
    if kind is _P and fits[-1].centre * statistics.fmean(s.size or 0 for s in samples) < 1:
        yield "平均每期不合格数不足 1，p 图不灵敏"
    if len(samples) < SEASON:
        yield f"不足 {SEASON} 个月，季节影响未排除"
