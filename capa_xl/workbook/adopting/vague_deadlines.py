"""Deadlines that people wrote as a month, a quarter or a word: asked for their day (decisions C3).

2026年3月底, Q3, 年底前 and 9月1日—9月30日 are proposed as the last day they name, 12月中 and mid December as the
earliest they can end, a week as its Friday; 长期 and 立即 name none, and 12月前 and before December don't tell whether
that month is in it. Somebody answers with a day, or with a blank: then the row has no deadline. Unanswered they stay
refused (FD05).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from capa_xl.model.adoption import ListWord
from capa_xl.model.columns import Column
from capa_xl.model.meanings import word_key, word_of_sheet
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.days_without_a_year import is_of_another_year
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.tracker import GUARDED
from capa_xl.workbook.reading.written_dates import (
    date_of_text,
    day_of,
    is_three_numbers,
    lacks_a_year,
    month_named,
    names_a_year,
)

DEADLINES = ("due_on", "original_due_on")
"""The deadline in force, and the one that stood first: it holds for the rows that were never given another."""
_BEFORE = r"(?:之?前|以前|完成|前完成)?"
_END = r"(?:底|末|内|月末|下旬)"
_MONTH = re.compile(rf"(?:(20\d\d)\s*[年./-]\s*)?(\d{{1,2}})\s*月(?:份?(?:完成)?|{_END}{_BEFORE})")
_MIDDLE = re.compile(rf"(?:(20\d\d)\s*年\s*)?(\d{{1,2}})\s*月(上旬|中旬|中){_BEFORE}")
_QUARTER = re.compile(
    rf"(?:(20\d\d)\s*年?\s*)?(?:(?:end of )?[Qq]([1-4])|第?([一二三四1-4])季度?)(?:(?:完成)?|[底末内]{_BEFORE})"
)
_QUARTER_FIRST = re.compile(r"[Qq]([1-4])\s*[-/ ]?\s*(20\d\d)")
_HALF = re.compile(rf"(?:(20\d\d)\s*年?\s*)?([上下])半年(?:(?:完成)?|[底末内]{_BEFORE})")
_LATIN_HALF = re.compile(r"(?:(20\d\d)\s*)?[Hh]([12])(?:[\s/-]*(20\d\d))?")
_WEEK = re.compile(
    r"(?:(20\d\d)\s*年?\s*-?)?(?:第(\d{1,2})周|(?:week|wk|cw|kw|w)\s*-?\s*(\d{1,2}))(?:[\s,/-]*(20\d\d))?",
    re.IGNORECASE,
)
_WEEK_FROM = re.compile(r"(?:w/c|week commencing|wc|week of)\s*:?\s*(.+)", re.IGNORECASE)
_YEAR = re.compile(rf"(?:(20\d\d)\s*年?)?(?:年?[底末内]|年度内){_BEFORE}")
_NAMED = re.compile(
    r"(?:(?:(?:by|before)\s+)?(?:the\s+)?(early|mid|middle|late|end)[\s-]+(?:of\s+|in\s+)?)?"
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?,?\s*(20\d\d)?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(early|mid|late|end)\s*[-–—]\s*", re.IGNORECASE)
"""A dash that is none of a range: mid–Dec."""
_WHOLE_YEAR = re.compile(r"20\d\d")
_RANGE = re.compile(r"\s*(?:—+|–|~|～|至|到|--)\s*")
_NOT_SET = re.compile(
    r"(时间|期限|日期)?(待定|未定|待确定|待明确|另定|另行通知)|tb[cda]|to be (confirmed|decided|agreed)", re.IGNORECASE
)
"""No day was set: proposed as a blank, which leaves the row without a deadline and named for it."""
_ANY_YEAR = "2026"
"""Of 53 weeks: what names a day in some year names one in it."""
_DECEMBER = 12
_FRIDAY = 5
_TENTHS = {"上旬": 10, "中旬": 20, "中": 15, "early": 10, "mid": 15, "middle": 15}
_Reading = Callable[[re.Match[str]], tuple[str | None, int, int | None]]
"""A match → its year or None, its month, its day or None for the last."""


def vague_deadlines(
    heading: str,
    col: Column,
    texts: Sequence[str],
    declared: Mapping[str, str],
    table: FoundTable,
    years: Sequence[str],
) -> Iterator[ListWord]:
    """The questions for the day of every text under a deadline that names none.

    A text without a year is asked as that of its sheet: `asked_once` joins those that mean one day.

    Args:
        texts: What is no date by itself, row by row.
        declared: `word_key` → the day in ISO form, "" for none.
        table: Where most of its rows have no day there is no register without an answer. A first deadline keeps no row
            out of tracking.
        years: Those that the table names.
    """
    counts = Counter(text for text in texts if not (lacks_a_year(text) or is_three_numbers(text)))
    needed = col.key in GUARDED and 2 * counts.total() > len(table.rows)
    named = years or sorted({year for text in counts for year in _WHOLE_YEAR.findall(text)})
    for text, count in counts.items():
        since = _registered(table, col, text)
        word, answer = _answer(text, declared, table.name, [day for day in since if day])
        day = _proposed_day(text, named, since)
        proposal = day.isoformat() if day else "" if _NOT_SET.fullmatch(text) else None
        yield ListWord(
            heading,
            col.header,
            word,
            count,
            answer or "",
            (proposal,) if proposal and answer is None else (),
            proposal=proposal,
            is_answered=answer is not None,
            is_needed=needed,
            texts=(text,),
            takes_a_day=True,
        )


def asked_once(words: Sequence[ListWord]) -> Iterator[ListWord]:
    """The words of all sheets; one that is asked of several sheets is asked as it stands where it means one day there.

    It stays that of its sheet where another sheet has another day, or none is likely, or another's was told.
    """
    others: dict[tuple[str, str], list[ListWord]] = {}
    for word in words:
        if word.takes_a_day:
            others.setdefault((word.field, word.texts[0]), []).append(word)
    for word in words:
        same = others[word.field, word.texts[0]] if word.takes_a_day else []
        days = {one.proposal for one in same if one.is_asked}
        is_one = len(same) == 1 or (all(one.is_asked for one in same) and len(days) == 1 and None not in days)
        yield replace(word, word=word.texts[0]) if word.is_asked and same and is_one else word


def _answer(text: str, declared: Mapping[str, str], sheet: str, since: Sequence[date]) -> tuple[str, str | None]:
    """The word that was answered, or is to be, and its answer; None for none.

    What was said of the text holds for every sheet, but for one of whose rows every one was registered in another year:
    after that day, or a year and more before it.
    """
    if likely_day(text) or not likely_day(text, _ANY_YEAR):
        return text, declared.get(word_key(text))
    own = word_of_sheet(text, sheet)
    if (answer := declared.get(word_key(own))) is not None:
        return own, answer
    said = declared.get(word_key(text))
    holds = said is not None and not (said and since and all(is_of_another_year(said, day) for day in since))
    return (text, said) if holds else (own, None)


def _registered(table: FoundTable, col: Column, text: str) -> tuple[date | None, ...]:
    """The days on which the rows with that text were registered; None for a row that doesn't tell."""
    at, since = table.match.columns[col.key] - 1, table.match.columns.get("registered_on")
    return tuple(day_of(row[since - 1]) if since else None for row in table.rows if text_of(row[at]) == text)


def _proposed_day(text: str, years: Sequence[str], since: Sequence[date | None]) -> date | None:
    """The day that a text likely means, by the year in which its rows were registered, else by that of the table.

    None where those differ, and where the day would lie before a row was registered.
    """
    own = sorted({str(day.year) for day in since if day}) if all(since) else years
    day = likely_day(text, own[0] if len(own) == 1 else "")
    is_late = day and not names_a_year(text) and any(one > day for one in since if one)
    return None if is_late else day


def likely_day(text: str, year: str = "") -> date | None:
    """The last day that a text names, of a part of a month the earliest it can end; None where it names none.

    Args:
        text: As it stands in the cell.
        year: Of a text without one; "" where nobody knows it: then such a text names no day.
    """
    plain = _JOINED.sub(r"\1 ", text)
    plain = "".join(plain.split()) if not plain.isascii() else plain.strip()
    if start := _WEEK_FROM.fullmatch(plain):
        monday = _whole_day(start[1], year)
        return monday + timedelta(days=_FRIDAY - 1) if monday else None
    if week := _WEEK.fullmatch(plain):
        return _friday_of(int(week[1] or week[4] or year or 0), int(week[2] or week[3]))
    if (ends := _RANGE.split(plain)) and len(ends) == 2:
        return _whole_day(ends[1], year) or likely_day(ends[1], year)
    for pattern, reading in _READINGS:
        if match := pattern.fullmatch(plain):
            said, month, day = reading(match)
            number = int(said or year or 0)
            return _day_of(number, month, day) if number else None
    return None


def _whole_day(text: str, year: str) -> date | None:
    with_year = f"{text.strip()} {year}" if text.isascii() else f"{year}年{text}"
    return date_of_text(text, date1904=False) or date_of_text(with_year if year else "", date1904=False)


def _friday_of(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, _FRIDAY)
    except ValueError:  # no year, or no such week in it
        return None


def _day_of(year: int, month: int, day: int | None) -> date | None:
    return date(year, month, day or monthrange(year, month)[1]) if 1 <= month <= _DECEMBER else None


def _quarter(match: re.Match[str]) -> tuple[str | None, int, int | None]:
    number = match[2] or match[3]
    return match[1], 3 * ("一二三四".find(number) + 1 or int(number)), None


_READINGS: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (_MONTH, lambda found: (found[1], int(found[2]), None)),
    (_MIDDLE, lambda found: (found[1], int(found[2]), _TENTHS[found[3]])),
    (_QUARTER, _quarter),
    (_QUARTER_FIRST, lambda found: (found[2], 3 * int(found[1]), None)),
    (_HALF, lambda found: (found[1], 6 if found[2] == "上" else 12, None)),
    (_YEAR, lambda found: (found[1], _DECEMBER, None)),
    (_LATIN_HALF, lambda found: (found[1] or found[3], 6 * int(found[2]), None)),
    (_NAMED, lambda found: (found[3], month_named(found[2]), _TENTHS.get((found[1] or "").lower()))),
)
