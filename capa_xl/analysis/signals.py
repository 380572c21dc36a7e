"""Signals on standardised values (statistics.md 5): Western Electric 1–4 and Nelson 3 (GB/T 17989.2, ISO 7870-2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from capa_xl.model.statistics import Signal


class _Stretch(NamedTuple):
    """Points in a row that make a pattern, above the centre or rising (`up`), or below or falling."""

    points: range
    up: bool


def beyond_words(points: int) -> str:
    """What so many points beyond a limit are called."""
    return f"{points} 点超出 3σ"


_Named = Callable[[_Stretch, int], str]
"""A stretch, and how many of its points lie beyond the rule's limit → what it is."""

_NAMES: Mapping[str, tuple[float, _Named]] = {
    "WE1": (3.0, lambda _, beyond: beyond_words(beyond)),
    "WE2": (2.0, lambda stretch, beyond: f"连续 {len(stretch.points)} 点中 {beyond} 点在同侧 2σ 以外"),
    "WE3": (1.0, lambda stretch, beyond: f"连续 {len(stretch.points)} 点中 {beyond} 点在同侧 1σ 以外"),
    "WE4": (0.0, lambda stretch, _: f"连续 {len(stretch.points)} 点在中心线{'上' if stretch.up else '下'}侧"),
    "N3": (0.0, lambda stretch, _: f"连续 {len(stretch.points)} 点{'上升' if stretch.up else '下降'}"),
}
"""Rule → the limit that counts, and the words for a stretch of it."""

RULES = tuple(_NAMES)
"""The default set, the one that says most first; all eight Nelson rules together would multiply false alarms."""


def signals(periods: Sequence[str], values: Sequence[float], z: Sequence[float]) -> tuple[Signal, ...]:
    """Every pattern found, one signal per rule and unbroken stretch; a point on the centre line breaks a run."""
    found = (
        ("WE1", _beyond(z, 1, 1, 3.0)),
        ("WE2", _beyond(z, 3, 2, 2.0)),
        ("WE3", _beyond(z, 5, 4, 1.0)),
        ("WE4", _runs(z, 8)),
        ("N3", _monotone(values, 6)),
    )
    return tuple(_signals(periods, z, found))


def run_signals(periods: Sequence[str], values: Sequence[float], centre: float) -> tuple[Signal, ...]:
    """On a run chart only runs and monotone stretches count: there are no limits to cross."""
    side = [value - centre for value in values]
    return tuple(_signals(periods, side, (("WE4", _runs(side, 8)), ("N3", _monotone(values, 6)))))


def monotone_stretches(values: Sequence[float]) -> list[range]:
    """Stretches of six or more strictly rising or falling points (Nelson 3)."""
    return [stretch.points for stretch in _joined(_monotone(values, 6))]


def same_side_stretches(z: Sequence[float]) -> list[range]:
    """Stretches of eight or more points on one side of the centre (Western Electric 4)."""
    return [stretch.points for stretch in _joined(_runs(z, 8))]


def _signals(
    periods: Sequence[str], z: Sequence[float], found: Iterable[tuple[str, Iterable[_Stretch]]]
) -> Iterator[Signal]:
    for rule, windows in found:
        limit, named = _NAMES[rule]
        for stretch in _joined(windows):
            beyond = sum((z[at] if stretch.up else -z[at]) > limit for at in stretch.points)
            yield Signal(rule, named(stretch, beyond), tuple(periods[at] for at in stretch.points))


def _beyond(z: Sequence[float], width: int, needed: int, sigma: float) -> Iterator[_Stretch]:
    for end in range(width, len(z) + 1):
        window = z[end - width : end]
        for side in (1, -1):
            if sum(side * x > sigma for x in window) >= needed and side * window[-1] > sigma:
                yield _Stretch(range(end - width, end), side > 0)


def _runs(side: Sequence[float], width: int) -> Iterator[_Stretch]:
    for end in range(width, len(side) + 1):
        window = side[end - width : end]
        if all(x > 0 for x in window) or all(x < 0 for x in window):
            yield _Stretch(range(end - width, end), window[0] > 0)


def _monotone(values: Sequence[float], width: int) -> Iterator[_Stretch]:
    for end in range(width, len(values) + 1):
        steps = [b - a for a, b in zip(values[end - width : end], values[end - width + 1 : end], strict=False)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            yield _Stretch(range(end - width, end), steps[0] > 0)


def _joined(windows: Iterable[_Stretch]) -> list[_Stretch]:
    """Windows of one side that overlap, or single points beside each other, as one stretch; by their first point."""
    joined: list[_Stretch] = []
    for window in sorted(windows, key=lambda w: (w.up, w.points.start)):
        last = joined[-1] if joined else None
        if last and last.up == window.up and window.points.start < last.points.stop + (len(window.points) == 1):
            joined[-1] = _Stretch(range(last.points.start, max(last.points.stop, window.points.stop)), window.up)
        else:
            joined.append(window)
    return sorted(joined, key=lambda stretch: stretch.points.start)
