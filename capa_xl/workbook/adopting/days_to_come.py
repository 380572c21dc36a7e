"""Days that lie ahead: nothing was found, begun, done or checked on one, so they are planned ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.written_dates import date_of_text

_LEAST, _SHARE = 2, 4
"""One day ahead may be a slip of the hand; two and a quarter of all are none."""


def are_to_come(values: Sequence[Value], as_of: date | None) -> bool:
    """True where at least two of the days, and a quarter of the values, lie after a day.

    Args:
        values: What stands in a column.
        as_of: The day of the run; None where nobody said it: then nothing lies ahead.
    """
    if as_of is None:
        return False
    ahead = sum(day > as_of for value in values if (day := _day(value)) is not None)
    return ahead >= _LEAST and _SHARE * ahead >= len(values)


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date_of_text(value, date1904=False) if isinstance(value, str) else None
