"""Phases of a control chart and the points its limits are taken from (statistics.md 6).

Limits are frozen: the first twenty points of a phase set them, and later points are judged by them, so that a slow
drift can't widen the limits that should show it. A measure that is completed begins a new phase.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from capa_xl.analysis.signals import monotone_stretches, same_side_stretches
from capa_xl.model.statistics import LEAST_POINTS

FULL, TRIAL = 20, LEAST_POINTS
"""Points for limits; for trial limits (试用界限)."""

Standardised = Callable[[Sequence[int]], Sequence[float]]
"""Indexes of the baseline → z of every point of the series by limits from that baseline."""


class Phase(Struct, frozen=True):
    """One stretch of a series with limits of its own.

    Attributes:
        points: Indexes of its points.
        baseline: Indexes of the points its limits come from.
    """

    points: range
    baseline: tuple[int, ...]


def phases(values: Sequence[float], restarts: Sequence[int], standardised: Standardised) -> tuple[Phase, ...]:
    """The phases of a series of at least twelve points.

    A restart with fewer than twelve points before or behind it begins no phase of its own: its points go on being
    judged by the limits from before the change, and never set them.

    Args:
        values: The series.
        restarts: Indexes of the first points after a change.
        standardised: Gives z for a baseline.
    """
    starts = [0]
    ends = sorted({at for at in restarts if 0 < at < len(values)})
    for at, following in zip(ends, [*ends, len(values)][1:], strict=True):
        if at - starts[-1] >= TRIAL and following - at >= TRIAL:
            starts.append(at)
    found = []
    for start, end in zip(starts, [*starts[1:], len(values)], strict=True):
        quiet = next((at for at in ends if start + TRIAL <= at < end), end)
        found.append(Phase(range(start, end), _baseline(values, range(start, quiet), standardised)))
    return tuple(found)


def _baseline(values: Sequence[float], points: range, standardised: Standardised) -> tuple[int, ...]:
    """The first twenty points; fewer where a rise or fall begins among them, without those that bend the middle.

    A stretch of six rising points tells that the process was changing: what comes after its first point is no baseline.
    Where single points beyond 3σ pull the middle so far that eight others lie on one side of it, they are left out.
    """
    first = points[:FULL]
    changing = monotone_stretches([values[at] for at in first])
    if changing and changing[0].start + 1 >= TRIAL:
        first = first[: changing[0].start + 1]
    z = standardised(tuple(first))
    kept = tuple(at for at in first if abs(z[at]) <= 3)
    bent = same_side_stretches([z[at] for at in first])
    return kept if bent and len(kept) >= TRIAL else tuple(first)
