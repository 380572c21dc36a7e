"""Dates as the numbers Excel stores, in both date systems.

1900: day 1 is 1 January 1900 and a 29 February 1900 that never was is day 60, so days before 1 March 1900 count
from another start. 1904: day 0 is 1 January 1904.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

_START_1904 = datetime(1904, 1, 1)
_START_1900 = datetime(1899, 12, 30)
_LEAP_BUG_UNTIL = datetime(1900, 3, 1)
_LAST_SERIAL = 2_958_466.0
_MICROSECONDS_A_DAY = 86_400_000_000


def to_serial(value: date, *, date1904: bool) -> int | float | None:
    """The stored number of a date or datetime; None for one before the system's first day or with a time zone."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if moment.tzinfo is not None:
        return None
    start = _START_1904 if date1904 else _START_1900
    delta = moment - start
    if not date1904 and moment < _LEAP_BUG_UNTIL:
        delta -= timedelta(days=1)
    if delta.days < (0 if date1904 else 1):
        return None
    micros = delta.seconds * 1_000_000 + delta.microseconds
    return delta.days + micros / _MICROSECONDS_A_DAY if micros else delta.days


def from_serial(number: float, *, date1904: bool, parts_of_second: int = 1) -> date | datetime | None:
    """The date of a stored number (a datetime where it has a time of day); None outside Excel's calendar.

    Args:
        parts_of_second: To which part of a second the time of day is rounded, 1000 for milliseconds.
    """
    if not 0 <= number < _LAST_SERIAL:
        return None
    start = _START_1904 if date1904 else _START_1900
    days, part = divmod(number, 1)
    if not date1904 and days < 60:
        days += 1
    moment = start + timedelta(days=days, seconds=round(part * 86_400 * parts_of_second) / parts_of_second)
    return moment if part else moment.date()
