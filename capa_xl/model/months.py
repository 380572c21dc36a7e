"""Calendar months, counted from a date and clamped to the month's end, as Excel's EDATE does."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def months_before(day: date, months: int) -> date:
    """The same day `months` months earlier, clamped: 2025-03-31 less one is 2025-02-28. Negative counts go forward."""
    years, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month0 + 1, min(day.day, monthrange(years, month0 + 1)[1]))


@lru_cache(maxsize=4096)
def month_start(day: date, months: int = 0) -> date:
    """First day of the month `months` later than the day's own."""
    return months_before(day.replace(day=1), -months)


def one_month_before(day: date) -> date:
    """EDATE(day, -1): the policy's 提前1个月 (4.4.6), always from the due date itself."""
    return months_before(day, 1)
