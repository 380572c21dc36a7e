"""Trend of a series (statistics.md 3): Mann-Kendall with ties, Theil-Sen slope."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence

from capa_xl.model.statistics import Trend

FEWEST = 4
"""Points below which no trend is spoken of."""


def trend(values: Sequence[float]) -> Trend | None:
    """Two-sided p and slope per period; None under four points."""
    if len(values) < FEWEST:
        return None
    return Trend(_mann_kendall_p(values), _theil_sen(values))


def _mann_kendall_p(values: Sequence[float]) -> float:
    n = len(values)
    s = sum(_sign(values[j] - values[i]) for i in range(n) for j in range(i + 1, n))
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values() if t > 1)
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    if variance <= 0 or s == 0:
        return 1.0
    z = (s - _sign(s)) / math.sqrt(variance)
    return math.erfc(abs(z) / math.sqrt(2))


def _theil_sen(values: Sequence[float]) -> float:
    """Median of the slopes of all pairs; a test holds it against SciPy's `theilslopes`."""
    pairs = ((values[j] - values[i]) / (j - i) for i in range(len(values)) for j in range(i + 1, len(values)))
    return statistics.median(pairs)


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)
