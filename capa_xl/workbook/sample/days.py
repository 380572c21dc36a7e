"""The sample's time: everything is written as of one reference day and moved to the as-of day asked for.

A day of the sample is an offset from `REFERENCE_DAY`, written as the date it stands for there because that is what one
can read. Days on which people did something move back to a working day; deadlines keep their offset to the day (PL20).
"""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

REFERENCE_DAY = date(2026, 11, 22)


class Days(Struct, frozen=True):
    """The move from the reference day to `as_of`."""

    as_of: date

    def exact(self, day: date) -> date:
        """The day with the same offset from T: deadlines and calendar periods."""
        return day + (self.as_of - REFERENCE_DAY)

    def worked(self, day: date) -> date:
        """The same, moved back to a working day: what somebody did or what happened at work."""
        on = self.exact(day)
        while not _is_working_day(on):
            on -= timedelta(days=1)
        return on

    def month(self, day: date) -> date:
        """First day of the month as many whole months before T's month as that day's is before the reference day's."""
        months = _months(self.as_of) + _months(day) - _months(REFERENCE_DAY)
        return date(months // 12, months % 12 + 1, 1)

    def month_end(self, day: date) -> date:
        """Last day of that month."""
        return (self.month(day) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _is_working_day(day: date) -> bool:
    """By the holidays chinesecalendar knows; Monday to Friday in years it doesn't."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
