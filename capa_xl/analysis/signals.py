"""Signals on standardised values (statistics.md 5): Western Electric 1–4 and Nelson 3 (GB/T 17989.2, ISO 7870-2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from capa_xl.model.statistics import Signal

RULES = {
    "WE1": "1 点超出 3σ",
    "WE2": "连续 3 点中 2 点在同侧 2σ 以外",
    "WE3": "连续 5 点中 4 点在同侧 1σ 以外",
    "WE4": "连续 8 点在中心线同侧",
    "N3": "连续 6 点上升或下降",
}
"""The default set; all eight Nelson rules together would multiply false alarms."""


def signals(periods: Sequence[str], values: Sequence[float], z: Sequence[float]) -> tuple[Signal, ...]:
    """Every pattern found, one signal per rule and unbroken stretch; a point on the centre line breaks a run."""
    return tuple(_stretches(periods, _windows(values, z)))


def run_signals(periods: Sequence[str], values: Sequence[float], centre: float) -> tuple[Signal, ...]:
    """On a run chart only runs and monotone stretches count: there are no limits to cross."""
    side = [value - centre for value in values]
    windows = [("WE4", list(_runs(side, 8))), ("N3", list(_monotone(values, 6)))]
    return tuple(_stretches(periods, windows))


def monotone_stretches(values: Sequence[float]) -> list[range]:
    """Stretches of six or more strictly rising or falling points (Nelson 3)."""
    return _joined(list(_monotone(values, 6)))


def same_side_stretches(z: Sequence[float]) -> list[range]:
    """Stretches of eight or more points on one side of the centre (Western Electric 4)."""
    return _joined(list(_runs(z, 8)))


def _stretches(periods: Sequence[str], found: Iterable[tuple[str, list[range]]]) -> Iterator[Signal]:
    for rule, windows in found:
        for stretch in _joined(windows):
            yield Signal(rule, RULES[rule], tuple(periods[i] for i in stretch))


def _windows(values: Sequence[float], z: Sequence[float]) -> Iterator[tuple[str, list[range]]]:
    yield "WE1", [range(i, i + 1) for i, x in enumerate(z) if abs(x) > 3]
    yield "WE2", list(_beyond(z, 3, 2, 2.0))
    yield "WE3", list(_beyond(z, 5, 4, 1.0))
    yield "WE4", list(_runs(z, 8))
    yield "N3", list(_monotone(values, 6))


def _beyond(z: Sequence[float], width: int, needed: int, sigma: float) -> Iterator[range]:
    for end in range(width, len(z) + 1):
        window = z[end - width : end]
        for side in (1, -1):
            if sum(side * x > sigma for x in window) >= needed and side * window[-1] > sigma:
                yield range(end - width, end)


def _runs(side: Sequence[float], width: int) -> Iterator[range]:
    for end in range(width, len(side) + 1):
        window = side[end - width : end]
        if all(x > 0 for x in window) or all(x < 0 for x in window):
            yield range(end - width, end)


def _monotone(values: Sequence[float], width: int) -> Iterator[range]:
    for end in range(width, len(values) + 1):
        steps = [b - a for a, b in zip(values[end - width : end], values[end - width + 1 : end], strict=False)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            yield range(end - width, end)


def _joined(windows: Sequence[range]) -> list[range]:
    joined: list[range] = []
    for window in sorted(windows, key=lambda w: w.start):
        if joined and window.start <= joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, window.stop))
        else:
            joined.append(window)
    return joined
