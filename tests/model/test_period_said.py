"""Every command that takes a period takes what people say of one, and says so where a text is none."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.errors import UsageError
from capa_xl.model.period import parse_period, period_said


@pytest.mark.parametrize(
    ("text", "on", "name"),
    [
        ("本月", date(2026, 11, 28), "2026-11"), ("上月", date(2026, 11, 28), "2026-10"),
        ("上月", date(2027, 1, 1), "2026-12"), ("本季度", date(2026, 12, 31), "2026Q4"),
        ("上季度", date(2026, 11, 28), "2026Q3"), ("上季度", date(2027, 3, 31), "2026Q4"),
        ("本年", date(2026, 1, 1), "2026"), (" 上年 ", date(2026, 1, 1), "2025"),
        ("2025H1", date(2026, 11, 28), "2025H1"), ("上周", date(2026, 11, 28), "上周"),
    ],
)  # fmt: skip
def test_what_people_say_is_the_period_of_that_day(text, on, name):
    assert period_said(text, on) == name


def test_what_is_none_is_told_with_all_that_is_known():
    with pytest.raises(UsageError) as refused:
        parse_period("上周")
    assert str(refused.value) == (
        "「上周」不是期间 → 请写成 2026-10、2026Q4、2026H2、2026，或 起日..止日；"
        "也可写 本月、上月、本季度、上季度、本年、上年。例：2026-10-01..2026-12-31"
    )
