"""Moves the dates and running numbers that stand inside the sample's texts.

A day in a text is written `<2026-05-07 m/d>`, a month `<2026-05 月>`; the word after the blank says how it is printed.
A running number (GJ-2026-031) keeps its serial and takes the year in which its own record is registered; serials are
unique over the years, so numbers stay unique on every day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from capa_xl.workbook.sample.days import Days

_DAY = re.compile(r"<(\d{4}-\d\d-\d\d)(?: ([^<>]+))?>")
_MONTH = re.compile(r"<(\d{4}-\d\d)(?: ([^<>]+))?>")
_NUMBER = re.compile(r"(?<![A-Za-z])([A-Z]{2,4})-20\d\d(-\d{2,3})?(?!\d)")
_QUARTERS = "一二三四"


def moved_text(text: str, days: Days, years: Mapping[str, int]) -> str:
    """The text as it reads on the as-of day.

    Args:
        text: As written for the reference day.
        days: The move.
        years: Running number as written → its year on the as-of day.

    Raises:
        KeyError: A running number that no record explains (a slip in the sample).
    """
    text = _DAY.sub(lambda match: _day_words(date.fromisoformat(match[1]), match[2], days), text)
    text = _MONTH.sub(lambda match: _month_words(days.month(date.fromisoformat(f"{match[1]}-01")), match[2]), text)
    return _NUMBER.sub(lambda match: f"{match[1]}-{years[match[0]]}{match[2] or ''}", text)


def _day_words(day: date, style: str | None, days: Days) -> str:
    if style == "期限":
        return days.exact(day).isoformat()
    on = days.worked(day)
    if style == "m/d":
        return f"{on.month}/{on.day}"
    if style == "m-d":
        return f"{on:%m-%d}"
    if style == "紧凑":
        return f"{on:%Y%m%d}"
    if style == "点":
        return f"{on.year}.{on.month}.{on.day}"
    return on.isoformat()


def _month_words(first: date, style: str | None) -> str:
    if style == "月":
        return f"{first.month}月"
    if style == "季度":
        return f"{_QUARTERS[(first.month - 1) // 3]}季度"
    if style == "年":
        return f"{first.year}年"
    if style == "期间":
        return f"{first:%Y-%m}"
    return f"{first.year}年{first.month}月"
