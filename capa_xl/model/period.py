"""A span of days that figures are counted over, and the names people call it by: 2026Q4, 2026H2, 2026, 2026-10."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from capa_xl.errors import UsageError
from capa_xl.model.months import month_start
from capa_xl.model.plausible_days import EARLIEST, LATEST, is_plausible, typed_day

_MONTHS = {"Q": 3, "H": 6}
_FROM_TO = re.compile(r"\s*(?:至|到|~|\.\.|——?|--)\s*|\s+[-–]\s+")
_LONGEST_NAME = len("2026-10")
_SAID = {"本月": (1, 0), "上月": (1, 1), "本季度": (3, 0), "上季度": (3, 1), "本年": (12, 0), "上年": (12, 1)}
"""What people say of a period on a day: its months, and how many such periods it lies back."""
PERIODS = f"2026-10、2026Q4、2026H2、2026，或 起日..止日；也可写 {'、'.join(_SAID)}"
"""How a period is written in a command, in Chinese."""


class Period(Struct, frozen=True):
    """A span of whole days, both ends in it, with its name: 2026Q4, 2026H2, 2026, 2026-10, or FROM..TO."""

    name: str
    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it; a blank never does."""
        return day is not None and self.start <= day <= self.end


def span(start: date, end: date) -> Period:
    """The period from one day to another, named after both."""
    return Period(f"{start.isoformat()}..{end.isoformat()}", start, end)


def span_of(text: str) -> Period | None:
    """The days from one to another as a cell names them: 2026-03-02至2026-03-08; None for anything else.

    Never backwards.
    """
    found = days_named(text)
    return span(*found) if found is not None and found[0] <= found[1] else None


def days_named(text: str) -> tuple[date, date] | None:
    """The two days of a cell that goes from one to another, as they stand; None for anything else.

    A whole date on either side, 至, 到, ~, .. or a dash with blanks around it between them.
    """
    parts = _FROM_TO.split(unicodedata.normalize("NFKC", text).strip())
    days = [day for part in parts if (day := typed_day(part)) is not None]
    return (days[0], days[1]) if len(days) == len(parts) == 2 else None


def parts_of(period: Period, months: int) -> tuple[Period, ...]:
    """The whole quarters (3 months) or years (12) that a period touches."""
    start = month_start(period.start, -((period.start.month - 1) % months))
    found = []
    while start <= period.end:
        found.append(whole_months(start, months))
        start = month_start(start, months)
    return tuple(found)


def whole_months(start: date, months: int) -> Period:
    """That many calendar months from the first of a month, under the shortest name they have."""
    end = month_start(start, months) - timedelta(days=1)
    year, before = start.year, start.month - 1
    if months == 12 and before == 0:
        return Period(str(year), start, end)
    if months == 1:
        return Period(f"{year}-{start.month:02d}", start, end)
    letter = {3: "Q", 6: "H"}.get(months)
    if letter and before % months == 0:
        return Period(f"{year}{letter}{before // months + 1}", start, end)
    return span(start, end)


def calendar_period(name: str) -> Period | None:
    """The months, quarter, half-year or year of that name; None for anything else."""
    return _calendar_period(name) if len(name) <= _LONGEST_NAME else None


@lru_cache(maxsize=1024)  # thousands of cells name the same few months
def _calendar_period(name: str) -> Period | None:
    if found := re.fullmatch(r"([1-9]\d{3})([QH])(\d)", name):
        months, part = _MONTHS[found[2]], int(found[3])
        if 1 <= part <= 12 // months:
            return whole_months(date(int(found[1]), (part - 1) * months + 1, 1), months)
    if (found := re.fullmatch(r"([1-9]\d{3})-(\d{1,2})", name)) and 1 <= int(found[2]) <= 12:
        return whole_months(date(int(found[1]), int(found[2]), 1), 1)
    return whole_months(date(int(name), 1, 1), 12) if re.fullmatch(r"[1-9]\d{3}", name) else None


def period_said(text: str, on: date) -> str:
    """The name of what people say: on 2026-11-28 上月 is 2026-10 and 上季度 2026Q3; every other text as it is.

    Args:
        on: T.
    """
    months, back = _SAID.get(text.strip(), (0, 0))
    if not months:
        return text
    first = date(on.year, (on.month - 1) // months * months + 1, 1)
    return whole_months(month_start(first, -back * months), months).name


def parse_period(text: str) -> Period:
    """The span of days a name stands for, both ends in it.

    Raises:
        UsageError: The text names no period, or one that ends before it begins or isn't within 2000–2100.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    year = plain[:4]
    if re.fullmatch(r"\d{4}", year) and not EARLIEST.year <= int(year) <= LATEST.year:
        raise _out_of_bounds(text)
    found = _between(plain) if ".." in plain else calendar_period(plain.upper())
    if found is None:
        raise UsageError(f"「{text}」不是期间 → 请写成 {PERIODS}。例：2026-10-01..2026-12-31")
    if not (is_plausible(found.start) and is_plausible(found.end)):
        raise _out_of_bounds(text)
    return found


def _out_of_bounds(text: str) -> UsageError:
    return UsageError(f"期间「{text}」不在 {EARLIEST.year}–{LATEST.year} 年以内 → 请核对年份")


def begun_period(text: str, on: date) -> Period:
    """The same for what has begun: of a period to come there is nothing to review.

    Args:
        on: T; the first day of the period may be T itself.

    Raises:
        UsageError: The text names no period, or one that begins after T.
    """
    found = parse_period(text)
    if found.start > on:
        raise UsageError(
            f"期间 {found.name} 从 {found.start} 开始，还没有到（按 {on} 计算），没有可评审的内容 → 请核对期间"
        )
    return found


def period_before(period: Period) -> Period:
    """The period of the same length just before: whole months where the period is whole months, else as many days."""
    last = period.start - timedelta(days=1)
    months = _months_in(period)
    if not months:
        return span(last - (period.end - period.start), last)
    return whole_months(month_start(period.start, -months), months)


def months_of(period: Period) -> tuple[Period, ...]:
    """The calendar months a period touches, cut to its ends."""
    found: list[Period] = []
    day = period.start
    while day <= period.end:
        month = whole_months(day.replace(day=1), 1)
        found.append(Period(month.name, max(month.start, period.start), min(month.end, period.end)))
        day = month.end + timedelta(days=1)
    return tuple(found)


def _between(text: str) -> Period:
    start, end = (typed_day(part) for part in text.split("..", 1))
    if start is None or end is None:
        raise UsageError(f"「{text}」不是期间 → 起止日期请写成 2026-10-01..2026-12-31")
    if end < start:
        raise UsageError(f"「{text}」的止日早于起日 → 请对调")
    return span(start, end)


def _months_in(period: Period) -> int:
    """Whole calendar months the period consists of; 0 when it begins or ends within one."""
    after = period.end + timedelta(days=1)
    if period.start.day != 1 or after.day != 1:
        return 0
    return (after.year - period.start.year) * 12 + after.month - period.start.month
