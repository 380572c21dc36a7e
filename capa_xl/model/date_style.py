"""How the dates of one column of somebody's table are written where their text alone leaves it open.

Kept in 参数 with the words of the column: `取值_完成期限_日期写法` = 月/日/年, `取值_完成期限_没有年份的日期` =
`2026：11月12日、10.31`. A year holds for the texts that stood there when it was given: next year's 3月5日 is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from capa_xl.model.meanings import word_key, word_of_sheet

ORDER_WORD: Final = "日期写法"
"""Stands for the order of day and month in the column, where a word would stand."""
YEAR_WORD: Final = "没有年份的日期"
"""Stands for the year of days written without one; with _ and a sheet behind it for those of that sheet."""
ALL_DATES: Final = "全部日期"
"""Stands for all date columns of the table, where a column would stand."""
MONTH_FIRST: Final = "月/日/年"
DAY_FIRST: Final = "日/月/年"
YEAR_FIRST: Final = "年/月/日"
"""Of a year of two digits, `26.11.10`; one of four leaves nothing open."""
ORDERS: Final = (MONTH_FIRST, DAY_FIRST, YEAR_FIRST)
_BEHIND_THE_YEAR, _BETWEEN = "：", "、"


class DateStyle(Struct, frozen=True):
    """What was decided for a column.

    Attributes:
        order: `MONTH_FIRST`, `DAY_FIRST`, `YEAR_FIRST`, or "": 03/04/2026 is no date then.
        year: Of days that are written without one; None: those are no dates.
        texts: `word_key` of the days that the year was given for; () for all.
    """

    order: str = ""
    year: int | None = None
    texts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, meanings: Mapping[str, str], sheet: str = "") -> DateStyle:
        """What the words of a column in 参数 say; anything else there is left alone.

        Args:
            meanings: `word_key` → meaning.
            sheet: Whose days have a year of their own.
        """
        order = meanings.get(ORDER_WORD, "")
        said = meanings.get(word_key(year_word(sheet)), "") or meanings.get(YEAR_WORD, "")
        year, _, texts = said.partition(_BEHIND_THE_YEAR)
        keys = frozenset(word_key(text) for text in texts.split(_BETWEEN) if text.strip())
        return cls(order if order in ORDERS else "", int(year) if is_year(year) else None, keys)

    def year_of(self, text: str) -> int | None:
        """The year of a day written without one; None where none was given for it."""
        return self.year if not self.texts or word_key(text) in self.texts else None


PLAIN: Final = DateStyle()


def year_word(sheet: str) -> str:
    """The word that stands for the year of a sheet's days."""
    return word_of_sheet(YEAR_WORD, sheet) if sheet else YEAR_WORD


def is_year_word(word: str) -> bool:
    """True for the word that stands for a year, be it that of one sheet."""
    return word.startswith(YEAR_WORD)


def with_its_days(year: str, texts: Iterable[str]) -> str:
    """What 参数 keeps of a year: it, and the days it was given for."""
    return bare_year(year) + _BEHIND_THE_YEAR + _BETWEEN.join(dict.fromkeys(texts))


def names_its_days(year: str) -> bool:
    """True for a year that was kept with the days it was given for."""
    return _BEHIND_THE_YEAR in year


def bare_year(year: str) -> str:
    """The year alone, without the days it was given for."""
    return year.partition(_BEHIND_THE_YEAR)[0]


def is_year(text: str) -> bool:
    """True for a year that a date of a workbook may have, with or without the days it was given for."""
    year = bare_year(text)
    return len(year) == len("2026") and year.isdecimal() and year.startswith("20")


def is_iso_day(text: str) -> bool:
    """True for a day as 参数 keeps what a vague deadline means: 2026-03-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
