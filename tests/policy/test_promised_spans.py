"""A limit written as a span comes to a day, across a holiday and a make-up Saturday; it is proposed, never taken."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.policy.calendar import WorkCalendar
from capa_xl.policy.promised_spans import day_of_span, span_sentence

OFF = {date(2026, 10, day): False for day in range(1, 8)}
CALENDAR = WorkCalendar({**OFF, date(2026, 10, 10): True})
BEFORE_THE_HOLIDAY = date(2026, 9, 30)
"""A Wednesday: 1 to 7 October are off, the 8th and 9th are worked, and so is Saturday the 10th."""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1个工作日", "2026-10-08"),
        ("2个工作日内", "2026-10-09"),
        ("3 个工作日", "2026-10-10"),
        ("4工作日以内", "2026-10-12"),
        ("收到后2个工作日内响应", "2026-10-09"),
        ("0个工作日", "2026-09-30"),
        ("24小时内", "2026-10-01"),
        ("48H", "2026-10-02"),
        ("3天内", "2026-10-03"),
        ("7日之内", "2026-10-07"),
    ],
)
def test_working_days_leave_the_holiday_out_and_take_the_make_up_day_in(written, day):
    assert day_of_span(written, BEFORE_THE_HOLIDAY, CALENDAR) == date.fromisoformat(day)


@pytest.mark.parametrize("written", ["4小时", "36小时内", "尽快", "17:30", "2周", "", "每2个工作日", "2026"])
def test_hours_that_are_no_whole_days_and_what_is_no_span_come_to_nothing(written):
    assert day_of_span(written, BEFORE_THE_HOLIDAY, CALENDAR) is None


def test_the_sentence_names_both_days_and_without_a_registration_there_is_none():
    said = span_sentence("2个工作日", BEFORE_THE_HOLIDAY, CALENDAR)
    assert said == "「2个工作日」从登记日期 2026-09-30 算起，是 2026-10-09"
    assert span_sentence("2个工作日", None, CALENDAR) == ""
