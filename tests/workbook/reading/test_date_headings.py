"""A date heading nobody listed is a deadline, an actual day, or neither, by its parts."""

from __future__ import annotations

import pytest

from capa_xl.workbook.reading.date_headings import column_of_date


@pytest.mark.parametrize(
    "name",
    ["要求整改完成日期", "计划关闭日", "预定完成日", "承诺解决时间", "应办结时间", "改善完成期限", "整改截止日期",
     "隐患治理时限", "对策完成予定日"],
)  # fmt: skip
def test_a_planned_or_demanded_day_is_a_deadline(name):
    assert column_of_date(name) == "due_on"


@pytest.mark.parametrize("name", ["实际整改完成日", "实际销号时间", "已完成日期"])
def test_an_actual_day_is_when_it_was_done(name):
    assert column_of_date(name) == "completed_on"


@pytest.mark.parametrize(
    "name", ["要求回复日期", "计划开始日期", "计划检查时间", "完成时间", "整改时间", "验证日期", "实际开始日期"]
)
def test_any_other_day_is_neither(name):
    assert column_of_date(name) == ""
