"""A paper was not there to be signed before the day whose workbook it prints."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.policy.papers.scanned_day import data_day
from capa_xl.policy.papers.scanned_paper import SignablePaper

DAY = date(2027, 1, 29)
REVIEW = SignablePaper("review", "GLPS-2027-01", "GLPS-2027-01")
EXCUSES = SignablePaper("exceptions", "QKSM-2027-01-29", "QKSM-2027-01-29")


@pytest.mark.parametrize(
    ("paper", "pages", "day"),
    [
        (REVIEW, ["数据截至 2027\N{NO-BREAK SPACE}年 1 月 29 日 ·\N{NO-BREAK SPACE}依据"], DAY),
        (REVIEW, ["数 据 截至2 0 2 7年1月2 9日", "数据截至 2027-01-28"], DAY),
        (REVIEW, ["上期 截至 2026 年 9 月 30 日，数据截至 2027 年 13 月 29 日", ""], None),
        (REVIEW, ["▲ 数据截至\n2027 年 2 月 1 日"], None),
        (EXCUSES, [""], DAY),
        (EXCUSES, ["数据截至 2027 年 1 月 30 日"], date(2027, 1, 30)),
    ],
    ids=["footer", "blanks", "no day", "legend", "number", "both"],
)
def test_it_is_the_latest_day_of_the_footers_else_that_of_its_number(paper, pages, day):
    assert data_day(paper, pages) == day
