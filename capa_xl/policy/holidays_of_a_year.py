"""Whether sheet 节假日 holds the whole arrangement of a year, or a single day somebody typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

_Span = tuple[tuple[int, int], tuple[int, int]]
_WHEN: Final[dict[str, _Span]] = {
    "元旦": ((1, 1), (1, 4)),
    "春节": ((1, 20), (2, 28)),
    "清明": ((4, 2), (4, 8)),
    "劳动节": ((4, 28), (5, 6)),
    "端午": ((5, 25), (6, 28)),
    "中秋": ((9, 6), (9, 30)),
    "国庆": ((10, 1), (10, 9)),
}
"""The statutory holidays, and from which to which day one of their days off lies in every year up to 2060."""
_MID_AUTUMN_IN_OCTOBER: Final = frozenset({2017, 2020, 2025, 2028, 2031, 2036, 2039, 2044, 2047, 2055, 2058})
"""Then 中秋 is a day of 国庆's holiday; by the Chinese calendar of ICU (Intl.DateTimeFormat of Chromium), to 2060."""


def lacking_holidays(rests: Iterable[date], year: int) -> tuple[str, ...]:
    """The statutory holidays of a year of which no day is among those that are off, in their order.

    Args:
        rests: Days that sheet 节假日 names as off.
    """
    days = [(day.month, day.day) for day in rests if day.year == year]
    wanted = (name for name in _WHEN if name != "中秋" or year not in _MID_AUTUMN_IN_OCTOBER)
    return tuple(name for name in wanted if not any(_WHEN[name][0] <= day <= _WHEN[name][1] for day in days))
