"""Periods as they are asked for on the command line: 2026Q4, 2026H2, 2026, 2026-10, or FROM..TO."""

from __future__ import annotations

import re
from datetime import date, timedelta

from capa_xl.errors import UsageError
from capa_xl.model.kpi import Period

_MONTHS = {"Q": 3, "H": 6}


def parse_period(text: str) -> Period:
    """The span of days a name stands for, both ends in it.

    Raises:
        UsageError: The text names no period, or it ends before it begins.
    """
    if ".." in text:
        return _span(text)
    if found := re.fullmatch(r"(\d{4})([QH])(\d)", text.strip().upper()):
        year, kind, part = int(found[1]), found[2], int(found[3])
        if 1 <= part <= 12 // _MONTHS[kind]:
            return _months(text.upper(), year, (part - 1) * _MONTHS[kind] + 1, _MONTHS[kind])
    if (found := re.fullmatch(r"(\d{4})-(\d{1,2})", text.strip())) and 1 <= int(found[2]) <= 12:
        return _months(text, int(found[1]), int(found[2]), 1)
    if re.fullmatch(r"\d{4}", text.strip()):
        return _months(text, int(text), 1, 12)
    raise UsageError(f"「{text}」不是期间。请写成 2026Q4、2026H2、2026、2026-10 或 2026-10-01..2026-12-31。")


def period_before(period: Period) -> Period:
    """The period of the same length just before: whole months where the period is whole months, else as many days."""
    last = period.start - timedelta(days=1)
    length = _whole_months(period)
    if not length:
        return _named(last - (period.end - period.start), last)
    months = last.year * 12 + last.month - length
    first = date(months // 12, months % 12 + 1, 1)
    return Period(_name(first, length), first, last)


def months_of(period: Period) -> tuple[Period, ...]:
    """The calendar months a period touches, cut to its ends."""
    found: list[Period] = []
    day = period.start
    while day <= period.end:
        month = _months(f"{day.year}-{day.month:02d}", day.year, day.month, 1)
        found.append(Period(month.name, max(month.start, period.start), min(month.end, period.end)))
        day = month.end + timedelta(days=1)
    return tuple(found)


def _span(text: str) -> Period:
    try:
        start, end = (date.fromisoformat(part.strip()) for part in text.split("..", 1))
    except ValueError:
        raise UsageError(f"「{text}」不是期间。起止日期请写成 2026-10-01..2026-12-31。") from None
    if end < start:
        raise UsageError(f"「{text}」的止日早于起日，请对调。")
    return _named(start, end)


def _named(start: date, end: date) -> Period:
    return Period(f"{start.isoformat()}..{end.isoformat()}", start, end)


def _months(name: str, year: int, month: int, length: int) -> Period:
    after = year * 12 + month - 1 + length
    return Period(name.strip(), date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1))


def _whole_months(period: Period) -> int:
    after = period.end + timedelta(days=1)
    if period.start.day != 1 or after.day != 1:
        return 0
    return (after.year - period.start.year) * 12 + after.month - period.start.month


def _name(first: date, length: int) -> str:
    if length == 12 and first.month == 1:
        return str(first.year)
    for letter, months in _MONTHS.items():
        if length == months and (first.month - 1) % months == 0:
            return f"{first.year}{letter}{(first.month - 1) // months + 1}"
    if length == 1:
        return f"{first.year}-{first.month:02d}"
    after = first.year * 12 + first.month - 1 + length
    return f"{first.isoformat()}..{(date(after // 12, after % 12 + 1, 1) - timedelta(days=1)).isoformat()}"
