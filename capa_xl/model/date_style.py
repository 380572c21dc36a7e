"""How the dates of one column of somebody's table are written where their text alone leaves it open.

Kept in 参数 with the words of the column: `取值_完成期限_日期写法` = 月/日/年, `取值_完成期限_没有年份的日期` = 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ORDER_WORD: Final = "日期写法"
"""Stands for the order of day and month in the column, where a word would stand."""
YEAR_WORD: Final = "没有年份的日期"
MONTH_FIRST: Final = "月/日/年"
DAY_FIRST: Final = "日/月/年"
ORDERS: Final = (MONTH_FIRST, DAY_FIRST)


@dataclass(frozen=True, slots=True)
class DateStyle:
    """What was decided for a column.

    Attributes:
        order: `MONTH_FIRST`, `DAY_FIRST`, or "": 03/04/2026 is no date then.
        year: Of days that are written without one; None: those are no dates.
    """

    order: str = ""
    year: int | None = None

    @classmethod
    def of(cls, meanings: Mapping[str, str]) -> DateStyle:
        """What the words of a column in 参数 say; anything else there is left alone."""
        order, year = meanings.get(ORDER_WORD, ""), meanings.get(YEAR_WORD, "")
        return cls(order if order in ORDERS else "", int(year) if is_year(year) else None)


PLAIN: Final = DateStyle()


def is_year(text: str) -> bool:
    """True for a year that a date of a workbook may have."""
    return len(text) == len("2026") and text.isdecimal() and text.startswith("20")
