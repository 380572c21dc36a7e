"""Cells that tell a day, and the minute where it is given: 2026-03-02 14:30."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from capa_xl.model.columns import Column
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.cells_of_dates import read_date
from capa_xl.workbook.reading.notes import ColumnContext, Converted, Note, quoted, text_of

_WRITTEN = re.compile(r"(?P<day>\S+?)[\sT]+(?P<hour>\d{1,2})[:：时点](?P<minute>\d{1,2})?分?(?:[:：]\d{1,2})?")
_SECONDS = timedelta(seconds=30)


def read_moment(value: Value, col: Column, context: ColumnContext) -> Converted:
    """An ISO day, with hour and minute behind it where the cell has them, to the nearest minute; FD05 for neither."""
    if isinstance(value, datetime):
        near = value + _SECONDS
        return (f"{near:%Y-%m-%d %H:%M}" if value.time() != datetime.min.time() else f"{value:%Y-%m-%d}"), ()
    found = _WRITTEN.fullmatch(text_of(value).strip()) if isinstance(value, str) else None
    if found is None:
        day, notes = read_date(value, col, context)
        return (day.isoformat() if isinstance(day, date) else None), notes
    day, notes = read_date(found["day"], col, context)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if not isinstance(day, date) or hour > 23 or minute > 59:
        return None, (Note("FD05", {"c": col.header, "v": quoted(value)}, unreadable=True),)
    return f"{day.isoformat()} {hour:02}:{minute:02}", ()
