"""Cells that tell a day, and the minute where it is given: 2026-03-02 14:30."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec.structs import replace

from capa_xl.model.columns import Column
from capa_xl.model.plausible_days import is_plausible
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.cells_of_dates import how_written, read_date
from capa_xl.workbook.reading.notes import ColumnContext, Converted, Note, quoted, text_of
from capa_xl.workbook.reading.written_dates import date_of_serial

_WRITTEN = (
    r"(?i)(?P<day>.+?)(?:[\sT]+|(?<=[日号)]))"
    r"(?P<half>上午|下午|晚上)?\s*(?P<hour>\d{1,2})\s*[:时点](?P<minute>\d{1,2})?分?(?:[:分]\d{1,2}(?:\.\d+)?秒?)?"
    r"\s*(?P<meridiem>AM|PM)?\s*(?:之?前|以前)?"
)
_NAMES_A_TIME = r"(?i)\d\s*[:时点]|[AP]M|[午晚]"
"""Both compiled where a moment is written as a text: ours have days."""
_SERIAL = re.compile(r"\d{5}\.\d+")
_SECONDS = timedelta(seconds=30)
_MINUTES_A_DAY = 24 * 60
AS_MOMENT: Final[Mapping[str, str]] = {"hm": "时刻", "m": "17:30"}
"""What FD05 adds to its help, so that whoever follows it loses no minute."""


def read_moment(value: Value, col: Column, context: ColumnContext) -> Converted:
    """An ISO day, with hour and minute behind it where the cell has them, to the nearest minute.

    Notes FD05 where it is neither, or tells a time that isn't understood: it is never read as the day alone. FD06 for a
    bare number (46333.75 is 18:00), FD07 for a day that can't be meant.
    """
    if isinstance(value, datetime) and is_plausible(value.date()):
        near = value + _SECONDS
        return (f"{near:%Y-%m-%d %H:%M}" if value.time() != time.min else f"{value:%Y-%m-%d}"), ()
    plain = unicodedata.normalize("NFKC", text_of(value)).strip()
    if serial := _of_serial(value, plain, context):
        return serial, (Note("FD06", {"c": col.header, "v": quoted(value), "d": serial, **how_written(value)}),)
    found = re.fullmatch(_WRITTEN, plain) if isinstance(value, str) else None
    return _written(found, value, col, context) if found else _day_alone(value, plain, col, context)


def _of_serial(value: Value, plain: str, context: ColumnContext) -> str:
    """The minute of a number with a fraction that isn't formatted as a date; "" for any other cell."""
    if not isinstance(value, str | float) or not _SERIAL.fullmatch(plain):
        return ""
    whole, fraction = divmod(float(plain), 1)
    day = date_of_serial(whole, date1904=context.date1904)
    if day is None:
        return ""
    at = datetime.combine(day, time.min) + timedelta(minutes=round(fraction * _MINUTES_A_DAY))
    return f"{at:%Y-%m-%d %H:%M}"


def _written(found: re.Match[str], value: Value, col: Column, context: ColumnContext) -> Converted:
    day, _ = read_date(found["day"], col, context)
    hour, minute = _hour(found), int(found["minute"] or 0)
    if not isinstance(day, date) or hour > 23 or minute > 59:
        return None, (_no_moment(value, col),)
    return f"{day.isoformat()} {hour:02}:{minute:02}", ()


def _hour(found: re.Match[str]) -> int:
    """Of the day, 0 to 23; more where it can't be: 上午 14 点, and 12 点 in the morning, which may be either."""
    hour, half = int(found["hour"]), (found["half"] or found["meridiem"] or "").upper()
    if half in ("上午", "AM"):
        return hour if hour < 12 else 24
    return hour + 12 if half and hour < 12 else hour


def _day_alone(value: Value, plain: str, col: Column, context: ColumnContext) -> Converted:
    """A day without a time; `check --fix`, which repairs no such column, isn't named."""
    day, notes = read_date(value, col, context)
    is_declared = any("w" in note.facts for note in notes)
    if isinstance(day, date) and isinstance(value, str) and re.search(_NAMES_A_TIME, plain) and not is_declared:
        return None, (_no_moment(value, col),)
    return (day.isoformat() if isinstance(day, date) else None), tuple(map(_as_moment, notes))


def _as_moment(note: Note) -> Note:
    facts = {key: fact for key, fact in note.facts.items() if key != "fix"}
    return replace(note, facts={**facts, **AS_MOMENT} if note.rule == "FD05" else facts)


def _no_moment(value: Value, col: Column) -> Note:
    return Note("FD05", {"c": col.header, "v": quoted(value), **AS_MOMENT}, unreadable=True)
