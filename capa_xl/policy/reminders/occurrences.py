"""The days the first and the later occurrences of a milestone fall on.

M days move back to a working day, all others forward. What is due follows from the dates and the journal, never from
the day the job happens to run: a missed Monday is still that week's.
"""

from __future__ import annotations

from datetime import date, timedelta

from capa_xl.model.letter import FIRST, iso_month, iso_week
from capa_xl.model.months import months_before
from capa_xl.policy.calendar import WorkCalendar

REPEATS_AFTER = timedelta(days=14)
"""Least time between two monthly reminders of one matter to one person."""

Occurrence = tuple[str, date]
"""Name of the occurrence and its planned day."""


def weekly(calendar: WorkCalendar, first: date, on: date, most: int | None = None) -> Occurrence | None:
    """The occurrence in force at T of what comes first on `first` and then on Mondays.

    Args:
        first: Planned day of the first one.
        on: T.
        most: Largest number of occurrences; None for no limit.

    Returns:
        None before the first day, and once the largest number is used up.
    """
    if on < first:
        return None
    this_monday = on - timedelta(days=on.weekday())
    for monday in (this_monday, this_monday - timedelta(days=7)):
        planned = calendar.forward(monday)
        if monday > first and planned <= on:
            return _within(first, monday, planned, most)
    return FIRST, first


def _within(first: date, monday: date, planned: date, most: int | None) -> Occurrence | None:
    before = (monday - first + timedelta(days=first.weekday())).days // 7
    return (iso_week(monday), planned) if most is None or before < most else None


def monthly(calendar: WorkCalendar, first: date, on: date) -> Occurrence | None:
    """The occurrence in force at T of what comes first on `first` and then each month on that day."""
    if on < first:
        return None
    months = (on.year - first.year) * 12 + on.month - first.month
    for n in (months, months - 1):
        if n > 0 and (planned := calendar.forward(months_before(first, -n))) <= on:
            return iso_month(months_before(first, -n)), planned
    return FIRST, first


def month_list(calendar: WorkCalendar, first: date, on: date) -> Occurrence | None:
    """The occurrence in force at T of what comes first on `first` and then on the first working day of every month.

    All items share that day, so a person gets one list. An item joins it two weeks after its first reminder, so that
    nobody hears of it twice within days.
    """
    if on < first:
        return None
    start = on.replace(day=1)
    for begin in (start, months_before(start, 1)):
        planned = calendar.forward(begin)
        if first + REPEATS_AFTER <= planned <= on:
            return iso_month(begin), planned
    return FIRST, first
