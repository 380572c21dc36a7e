"""The months of a chart over time: those without data stand among them, so that its axis doesn't pretend."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_MOST: Final = 120
"""Months of a chart; a year that somebody mistyped stretches none over a century."""


def month_grid(periods: Sequence[str]) -> tuple[str, ...]:
    """All periods from the first month to the last, as far apart as the given ones have in common: quarters stay so.

    Periods that are no months, aren't in order or stand twice come back as they are.

    Args:
        periods: Such as 2026-05.
    """
    found = [_MONTH.fullmatch(period) for period in periods]
    months = [12 * int(month[1]) + int(month[2]) - 1 for month in found if month]
    distances = [later - earlier for earlier, later in pairwise(months)]
    if len(months) < len(periods) or not distances or min(distances) <= 0:
        return tuple(periods)
    grid = range(months[0], months[-1] + 1, math.gcd(*distances))
    return tuple(f"{at // 12}-{at % 12 + 1:02}" for at in grid) if len(grid) <= _MOST else tuple(periods)
