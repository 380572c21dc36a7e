"""Periods as people write them: 2026-03, 2026Q1, 2026H1, 2026, a date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from capa_xl.policy.months import months_before

Period = tuple[date, date]
MONTHS = {"月": 1, "季": 3, "半年": 6, "年": 12}
"""频度 → months of its period."""

_MONTH = re.compile(r"(\d{4})\D(\d{1,2})(?:\D\d{1,2}\D?)?\D?")
_QUARTER = re.compile(r"(\d{4})\D*[Qq第]([1-4])\D*")
_HALF = re.compile(r"(\d{4})\D*[Hh]([12])")
_YEAR = re.compile(r"(\d{4})年?")


def period_of(text: str | None, months: int = 1) -> Period | None:
    """First and last day of the period a text names; None when it names none.

    Args:
        months: Length of the period a plain month or date stands for: 2026-03 is the quarter January to March with 3.
    """
    if not text:
        return None
    for pattern, size in ((_QUARTER, 3), (_HALF, 6)):
        if found := pattern.fullmatch(text.strip()):
            return _span(int(found.group(1)), int(found.group(2)) * size, size)
    if found := _YEAR.fullmatch(text.strip()):
        return _span(int(found.group(1)), 12, 12)
    if (found := _MONTH.fullmatch(text.strip())) and 1 <= int(found.group(2)) <= 12:
        return _span(int(found.group(1)), -(-int(found.group(2)) // months) * months, months)
    return None


def following(period: Period, months: int) -> Period:
    """The next period of that many months."""
    start = period[1] + timedelta(days=1)
    return start, months_before(start, -months) - timedelta(days=1)


def period_name(period: Period, months: int) -> str:
    """2026-03 for a month, 2026Q1, 2026H1, 2026."""
    year, month = period[1].year, period[1].month
    return {1: f"{year}-{month:02}", 3: f"{year}Q{month // 3}", 6: f"{year}H{month // 6}"}.get(months, str(year))


def _span(year: int, last_month: int, months: int) -> Period:
    first = date(year, last_month - months + 1, 1)
    return first, months_before(first, -months) - timedelta(days=1)
