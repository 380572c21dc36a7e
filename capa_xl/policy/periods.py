"""The periods of 过程指标, 质量数据 and 分析记录: what a period cell stands for, and which period follows."""

from __future__ import annotations

import re
from datetime import date, timedelta

from capa_xl.model.period import Period, calendar_period, whole_months

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTHS = {"月": 1, "季": 3, "半年": 6, "年": 12}
"""频度 → months of its period."""


def period_of(text: str | None, months: int = 1) -> Period | None:
    """The calendar period a cell names as the reader writes it: 2026-03, 2026Q1, 2026H1, 2026, or an ISO date.

    Args:
        months: Length of the period a plain month or date stands for: 2026-03 is the quarter January to March with 3.

    Returns:
        None for a blank and for anything else.
    """
    name = text or ""
    found = calendar_period(name[:7] if _DAY.fullmatch(name) else name)
    if found is None or "-" not in name:
        return found
    return whole_months(found.start.replace(month=(found.start.month - 1) // months * months + 1), months)


def month_of(text: str | None) -> date | None:
    """First day of the period a cell names; None where it names none."""
    period = period_of(text)
    return period.start if period is not None else None


def has_begun(text: str | None, on: date) -> bool:
    """Whether the period a cell names has begun on a day; True for a blank, False for what names none."""
    if not text or _DAY.fullmatch(text):
        return (text or "") <= on.isoformat()
    start = month_of(text)
    return start is not None and start <= on


def following(period: Period, months: int) -> Period:
    """The next period of that many months."""
    return whole_months(period.end + timedelta(days=1), months)
