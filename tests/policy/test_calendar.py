from datetime import date

import pytest

from capa_xl.policy.calendar import WorkCalendar
from capa_xl.policy.holidays_of_a_year import lacking_holidays

CALENDAR = WorkCalendar.of({})


def test_published_holidays_and_make_up_days_are_known():
    assert not CALENDAR.is_working(date(2025, 10, 2))
    assert CALENDAR.is_working(date(2025, 9, 28))  # a Sunday worked in lieu


def test_a_row_of_the_sheet_decides_its_day_over_the_published_calendar():
    calendar = WorkCalendar.of({date(2025, 10, 2): True, date(2026, 11, 23): False})
    assert calendar.is_working(date(2025, 10, 2))
    assert not calendar.is_working(date(2026, 11, 23))


def test_back_and_forward_keep_a_working_day_and_leave_a_holiday():
    assert CALENDAR.back(date(2025, 10, 2)) == date(2025, 9, 30)
    assert CALENDAR.forward(date(2025, 10, 2)) == date(2025, 10, 9)
    assert CALENDAR.back(date(2026, 11, 23)) == CALENDAR.forward(date(2026, 11, 23)) == date(2026, 11, 23)


def test_working_days_are_added_after_the_day_itself():
    assert CALENDAR.add(date(2026, 8, 31), 10) == date(2026, 9, 14)
    assert CALENDAR.add(date(2026, 11, 21), 0) == date(2026, 11, 21)
    assert CALENDAR.add(date(2026, 11, 21), 1) == date(2026, 11, 23)


def test_between_counts_the_end_and_not_the_start():
    assert CALENDAR.between(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert CALENDAR.between(date(2026, 11, 23), date(2026, 11, 20)) == 0


def test_a_year_nobody_published_is_named_and_answered_by_monday_to_friday():
    calendar = WorkCalendar.of({}, years=(2026, 2031))
    assert calendar.unknown_years == (2031,)
    assert calendar.notes == (
        "注意：2031 年没有节假日安排，按周一至周五和固定假日推算 → 公布后请在《节假日》登记 2031 年的休和班",
    )
    assert calendar.is_working(date(2031, 10, 6))
    assert not calendar.is_working(date(2031, 10, 4))


@pytest.mark.parametrize(
    ("last_working", "off", "next_working"),
    [
        ("2030-12-31", "2031-01-01", "2031-01-02"),
        ("2031-04-30", "2031-05-01", "2031-05-05"), ("2031-04-30", "2031-05-02", "2031-05-05"),
        ("2031-09-30", "2031-10-01", "2031-10-06"), ("2031-09-30", "2031-10-03", "2031-10-06"),
    ],
)  # fmt: skip
def test_fixed_days_off_need_no_calendar_of_their_year(last_working, off, next_working):
    """2031: 1 January is a Wednesday, 1 May a Thursday, 3 October a Friday."""
    day = date.fromisoformat(off)
    assert not CALENDAR.is_working(day)
    assert (str(CALENDAR.back(day)), str(CALENDAR.forward(day))) == (last_working, next_working)


def test_a_row_of_the_sheet_decides_over_a_fixed_day_off():
    assert WorkCalendar.of({date(2031, 5, 2): True}).is_working(date(2031, 5, 2))


def test_a_published_year_is_answered_by_its_own_calendar():
    assert CALENDAR.is_working(date(2012, 5, 2))  # the holiday of that year ended on 1 May


def test_a_year_kept_in_the_sheet_is_known():
    assert WorkCalendar.of({date(2031, 10, 1): False}, years=(2031,)).unknown_years == ()


WHOLE_2027 = ["01-01", "02-08", "04-05", "05-03", "06-09", "09-15", "10-04"]


@pytest.mark.parametrize(
    ("year", "days", "lacking"),
    [
        (2027, ["01-01"], "春节、清明、劳动节、端午、中秋、国庆"),
        (2027, WHOLE_2027, ""),
        (2027, WHOLE_2027[:-1], "国庆"),
        (2027, [day for day in WHOLE_2027 if day != "09-15"], "中秋"),
        (2028, ["01-03", "01-26", "04-04", "05-01", "05-29", "10-02"], ""),  # 中秋 is 3 October
        (2027, ["07-01"], "元旦、春节、清明、劳动节、端午、中秋、国庆"),
    ],
)
def test_a_year_that_is_not_whole_in_the_sheet_is_told_with_what_it_lacks(year, days, lacking):
    rests = {date.fromisoformat(f"{year}-{day}"): False for day in days}
    calendar = WorkCalendar.of({**rests, date(year, 9, 26): True}, years=(2026,))  # no date of the register is so late
    assert (calendar.unknown_years, calendar.kept_years) == ((), (year,))
    told = f"注意：{year} 年的节假日安排像是不全，没有{lacking}的休，没有填的按周一至周五和固定假日推算"
    cure = f" → 公布后请在《节假日》补齐 {year} 年的休和班"
    assert calendar.notes == ((told + cure,) if lacking else ())


def test_every_published_year_is_whole():
    rests = [day for day, works in CALENDAR.exceptions.items() if not works]
    assert {y: lacking_holidays(rests, y) for y in range(2010, 2027)} == dict.fromkeys(range(2010, 2027), ())


def test_a_calendar_asked_for_more_years_names_those_nobody_published():
    calendar = WorkCalendar.of({date(2031, 1, 2): True}, [2030])
    assert calendar.reaching([2026, 2031, 2032]).unknown_years == (2030, 2032)
    assert calendar.reaching([]).unknown_years == (2030,)
    assert calendar.reaching([2032]).is_working(date(2031, 1, 2))
