"""Date and period cells: true dates, written ones, and those that are none."""

from __future__ import annotations

from datetime import date, datetime, time

from msgspec.structs import replace

from capa_xl.model.columns import Column
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.date_style import ORDER_WORD, is_iso_day
from capa_xl.model.meanings import word_key
from capa_xl.model.period import days_named, span_of
from capa_xl.model.plausible_days import is_plausible
from capa_xl.model.problem import Severity
from capa_xl.model.stated_status import FAMILIES, is_not_yet
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.notes import ColumnContext, Converted, Note, quoted, text_of
from capa_xl.workbook.reading.written_dates import (
    date_of_number,
    date_of_text,
    is_bare_number,
    lacks_a_year,
    period_of_text,
    why_no_day,
)
from capa_xl.workbook.reading.written_names import NOTHING

_AS_PERIOD = {"why": "也不是月、季、半年、年", "kinds": "月、季、半年、年", "eg": "2026-03”“2026Q1”“2026H1"}


def read_date(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A day; FD06 where it was text or a bare number, FD05 where it is none, FD07 where it can't be meant."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return (value, ()) if is_plausible(value) else _strange_date(value, col)
    if col.dates_fact and isinstance(value, str | float) and _is_blank(text := text_of(value), context):
        return None, (Note("FD21", {"c": col.header, "w": text}),)
    if isinstance(value, str):
        return _written_date(value, col, context)
    day = date_of_number(value, date1904=context.date1904) if isinstance(value, float) else None
    return _recognised(day, value, col) if day else (None, (_fault("FD05", col, value),))


def _is_blank(text: str, context: ColumnContext) -> bool:
    """True where the text says *not yet*, by itself or as somebody declared."""
    declared = context.meanings.get(word_key(text)) if context.meanings else None
    return declared == "" if declared is not None else is_not_yet(text)


def _written_date(value: str, col: Column, context: ColumnContext) -> Converted:
    text = text_of(value)
    if not text or text in NOTHING:
        return None, ()
    declared = context.meanings.get(word_key(text)) if context.meanings else None
    if declared in FAMILIES:
        return None, (Note("FD05", {"c": col.header, "v": quoted(value)}, Severity.WARNING),)
    if declared == "":
        return None, ()
    if declared is not None and is_iso_day(declared):
        return _recognised(date.fromisoformat(declared), value, col, word=text)
    if day := date_of_text(text, date1904=context.date1904):
        return _recognised(day, value, col)
    day = date_of_text(text, date1904=context.date1904, style=context.date_style)
    if day is None:
        return None, (_fault("FD05", col, value),)
    return _recognised(day, value, col, year=str(day.year) if lacks_a_year(text) else "", word=ORDER_WORD)


def _recognised(day: date, value: Value, col: Column, *, year: str = "", word: str = "") -> Converted:
    """A day that was read from a text or a number.

    Args:
        year: The one that was given to a day without; "" for a whole date, which `check --fix` writes as one.
        word: One of which somebody said what day it means, or the column's order of day and month.
    """
    if not is_plausible(day):
        return _strange_date(value, col)
    how = {"y": year} if year else {"w": word} if word else {"fix": to_paste("check", THIS_WORKBOOK, "--fix")}
    return day, (
        Note("FD06", {"c": col.header, "v": quoted(value), "d": day.isoformat(), **how_written(value), **how}),
    )


def how_written(value: Value) -> dict[str, str]:
    """What FD06 says of a cell that holds a day and is no date: of a bare number nobody sees which day it is."""
    if is_bare_number(value):
        return {"k": "只是一个数，没有日期格式，按 Excel 的日期序号", "bare": "先看是不是这一天，不是的请更正；是的"}
    return {"k": "为文本日期"}


def _strange_date(value: Value, col: Column) -> Converted:
    return None, (_fault("FD07", col, value),)


def _fault(rule: str, col: Column, value: Value) -> Note:
    why = why_no_day(value) if rule == "FD05" and isinstance(value, str) else ""
    why = "只有时刻，没有日期" if isinstance(value, time) else why
    return Note(rule, {"c": col.header, "v": quoted(value), "why": why}, unreadable=True)


def read_period(value: Value, col: Column, context: ColumnContext) -> Converted:
    """A period as `2026-03`, `2026Q1`, `2026H1`, `2026` or an ISO date; FD05 where it is none."""
    if isinstance(value, float) and not value.is_integer():
        return None, (_no_period(col, value),)
    if isinstance(value, float) and 30_000 <= value <= 80_000:
        return _iso(read_date(value, col, context))
    if isinstance(value, date):
        return _iso(read_date(value, col, context))
    text = text_of(value)
    if not text or text in NOTHING:
        return None, ()
    period = period_of_text(text) or (_days_between(text) if col.takes_span else None)
    return (period, ()) if period else (None, (_no_period(col, value),))


def _days_between(text: str) -> str | None:
    """`2026-03-02至2026-03-08` for the first and the last day as people write them, else None."""
    found = span_of(text)
    is_meant = found is not None and is_plausible(found.start) and is_plausible(found.end)
    return f"{found.start}至{found.end}" if found is not None and is_meant else None


def _no_period(col: Column, value: Value) -> Note:
    """FD05 with the ways a period is written, before that of a day; FD28 for two days the wrong way round."""
    two = days_named(text_of(value)) if col.takes_span else None
    if two is not None and all(map(is_plausible, two)):
        why = f"{col.header}「{quoted(value)}」的止日早于起日，哪一天也不包含，这一行不作数"
        facts = {"why": why, "how": f"照事实改正，或对调成 {two[1]}至{two[0]}", "v": quoted(value)}
        return Note("FD28", facts, Severity.ERROR, unreadable=True)
    note = _fault("FD05", col, value)
    more = {"eg": f"{_AS_PERIOD['eg']}”“2026-03-02至2026-03-08"} if col.takes_span else {}
    return replace(note, facts={**note.facts, **_AS_PERIOD, **more})


def _iso(converted: Converted) -> Converted:
    day, notes = converted
    return day.isoformat() if day else None, tuple(note for note in notes if note.rule != "FD06")
