"""A span of days that figures are counted over, and the name people call it by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from capa_xl.model.months import month_start


@dataclass(frozen=True, slots=True)
class Period:
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
