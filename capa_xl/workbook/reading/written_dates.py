"""Dates as people write them into text cells: what is one beyond doubt, and what is not."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import TypeGuard

from capa_xl.model.date_style import DAY_FIRST, ORDERS, PLAIN, YEAR_FIRST, DateStyle
from capa_xl.model.plausible_days import EARLIEST, LATEST, is_plausible
from capa_xl.workbook.reading.written_names import plain_hyphens

_TIME = r"(?:[T ]?\s*(?:上午|下午)?\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?\s*(?:AM|PM|Z)?)?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_BY = r"(?:\s*(?:之?前|以前)(?:完成)?)?"
"""`2026-12-10前` names the day that is the limit (decisions C3)."""
_DAY = rf"(?i)(\d{{4}})\s*[-./年]\s*(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}{_BY}"
"""Patterns of texts are compiled where they are first used: dates mostly are dates, and a start takes 5 ms less."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY_THEN_NAME = rf"(?i)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]*{_NAME}[\s,-]*(\d{{4}}|\d\d){_TIME}"
_NAME_THEN_DAY = rf"(?i){_NAME}\s*(\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+(\d{{4}}){_TIME}"
"""`15-Oct-2026`, `Oct 15, 2026`: the month is named, nothing is open."""
_SHORT_YEAR = rf"(?i)['’]?(\d\d)\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}{_BY}"
"""`26年11月10日`: each number says what it is."""
_THREE_NUMBERS = rf"(?i)(\d{{1,2}})\s*[-./]\s*(\d{{1,2}})\s*[-./]\s*(\d{{4}}|\d{{1,2}}){_TIME}"
"""`03/04/2026`, `26.11.10`: a date only where the order of the column is known."""
_NO_YEAR = rf"(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})\s*[日号]?{_WEEKDAY}{_BY}"
"""`11月12日`, `10.31`: a date only where the year of the column is known."""
_CENTURY, _SHORT_YEARS = 2000, 100
_COMPACT = rf"(?i)(\d{{4}})(\d\d)(\d\d){_TIME}"
_SERIAL = r"\d{5}(?:\.\d+)?"
_MONTH = r"(\d{4})\s*(?:[-./年]\s*)?(\d{1,2})\s*月?"
_QUARTER = r"(?i)(\d{4})\s*[-./年]?\s*(?:Q([1-4])|第?([1-4一二三四])季度?)"
_HALF = r"(?i)(\d{4})\s*[-./年]?\s*(?:H([12])|(上|下)半年?)"
_YEAR = r"(\d{4})\s*年?度?"


def date_of_text(text: str, *, date1904: bool, style: DateStyle = PLAIN) -> date | None:
    """The day a text names without doubt (`2025.1.7`, `2025年1月7日 10:30`, `15-Oct-2026`, a serial number), else None.

    Args:
        text: As it stands.
        date1904: The workbook's date system.
        style: What was decided for the column: then `03/04/2026` and `11月12日` are days too.
    """
    plain = _plain(text)
    if re.fullmatch(_SERIAL, plain):
        return date_of_serial(float(plain), date1904=date1904)
    match = re.fullmatch(_DAY, plain) or re.fullmatch(_COMPACT, plain) or re.fullmatch(_SHORT_YEAR, plain)
    if match:
        return _day(match[1], match[2], match[3])
    return _with_a_named_month(plain) or (_in_style(plain, text, style) if style != PLAIN else None)


def _with_a_named_month(plain: str) -> date | None:
    if match := re.fullmatch(_DAY_THEN_NAME, plain):
        return _day(match[3], month_named(match[2]), match[1])
    match = re.fullmatch(_NAME_THEN_DAY, plain)
    return _day(match[3], month_named(match[1]), match[2]) if match else None


def month_named(name: str) -> int:
    """1 for Jan, January and so on."""
    return _MONTHS.index(name.lower()[:3]) + 1


def _in_style(plain: str, text: str, style: DateStyle) -> date | None:
    if style.order and (day := day_in_order(plain, style.order)):
        return day
    match = re.fullmatch(_NO_YEAR, plain)
    year = style.year_of(text) if match else None
    return _day(year, match[1], match[2]) if year and match else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    number = int(year)
    try:
        return date(number if number >= _SHORT_YEARS else _CENTURY + number, int(month), int(day))
    except ValueError:
        return None


def day_of(value: object) -> date | None:
    """The day that a cell holds, or a text in it names without doubt; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date_of_text(value, date1904=False) if isinstance(value, str) else None


def names_a_day(text: str) -> bool:
    """True for a date, be it one whose order of day and month is still to be decided."""
    return date_of_text(text, date1904=False) is not None or any(day_in_order(text, order) for order in ORDERS)


def is_three_numbers(text: str) -> bool:
    """True for `03/04/2026` and `26.11.10`, which are a day only where the order of the column is known."""
    return re.fullmatch(_THREE_NUMBERS, _plain(text)) is not None


def day_in_order(text: str, order: str) -> date | None:
    """The day that three numbers are in that order; None where they are none, or the year has one digit.

    Args:
        order: One of `ORDERS`.
    """
    match = re.fullmatch(_THREE_NUMBERS, _plain(text))
    if not match:
        return None
    first, second, third = match[1], match[2], match[3]
    if order == YEAR_FIRST:
        year, month, day = first, second, third
    else:
        year, month, day = (third, second, first) if order == DAY_FIRST else (third, first, second)
    return _day(year, month, day) if len(year) > 1 and len(day) < len("2026") else None


def why_no_day(text: str) -> str:
    """What keeps a text from being the day it is written as; "" where it is written as none."""
    if lacks_a_year(text):
        return "没有年份"
    plain = _plain(text)
    is_written = any(re.fullmatch(pattern, plain) for pattern in (_DAY, _COMPACT, _SHORT_YEAR))
    return "没有这一天" if is_written and date_of_text(text, date1904=False) is None else ""


def lacks_a_year(text: str) -> bool:
    """True for a day that is written without its year: `11月12日`, `10.31`."""
    return re.fullmatch(_NO_YEAR, _plain(text)) is not None


def names_a_year(text: str) -> bool:
    """True for a text with a year of four digits in it, be it no day: 2026年3月底."""
    return re.search(r"20\d\d", _plain(text)) is not None


def _plain(text: str) -> str:
    """A text as dates are looked for in it: half-width, its hyphens plain, a full stop for a point."""
    return plain_hyphens(unicodedata.normalize("NFKC", text)).replace("。", ".").strip()


def date_of_number(number: float, *, date1904: bool) -> date | None:
    """The day a number in a cell that isn't formatted as a date stands for: a serial number, or 20250107."""
    if number.is_integer() and 19000101 <= number <= 29991231:
        return date_of_text(str(int(number)), date1904=date1904)
    return date_of_serial(number, date1904=date1904)


def is_bare_number(value: object) -> TypeGuard[str | float]:
    """True for a serial number of Excel's in a cell that isn't formatted as a date: 46400, be it typed as a text."""
    if isinstance(value, float):
        return date_of_serial(value, date1904=False) is not None
    return isinstance(value, str) and re.fullmatch(_SERIAL, _plain(value)) is not None


def date_of_serial(number: float, *, date1904: bool) -> date | None:
    """The day of Excel's serial number, when it lies in 2000–2100; other numbers aren't taken for dates."""
    if not 30_000 <= number <= 80_000:
        return None
    day = (date(1904, 1, 1) if date1904 else date(1899, 12, 30)) + timedelta(days=int(number))
    return day if is_plausible(day) else None


def period_of_text(text: str) -> str | None:
    """`2026-03`, `2026Q1`, `2026H1`, `2026` or an ISO date for a period of 2000–2100 as people write it, else None."""
    plain = plain_hyphens(unicodedata.normalize("NFKC", text)).strip()
    day = date_of_text(plain, date1904=False) if len(plain) > 7 else None
    if day:
        return day.isoformat()
    year = plain[:4]
    if not year.isdecimal() or not EARLIEST.year <= int(year) <= LATEST.year:
        return None
    if month := re.fullmatch(_MONTH, plain):
        return f"{month[1]}-{int(month[2]):02d}" if 1 <= int(month[2]) <= 12 else None
    if quarter := re.fullmatch(_QUARTER, plain):
        number = quarter[2] or quarter[3]
        return f"{quarter[1]}Q{'一二三四'.find(number) + 1 or number}"
    if half := re.fullmatch(_HALF, plain):
        return f"{half[1]}H{half[2] or (1 if half[3] == '上' else 2)}"
    return year if re.fullmatch(_YEAR, plain) else None
