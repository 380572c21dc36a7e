from datetime import date

from capa_xl.policy.calendar import WorkCalendar

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
        "注意：2031 年没有节假日安排，按周一至周五推算 → 公布后请在《节假日》登记 2031 年的休和班",
    )
    assert calendar.is_working(date(2031, 10, 1))
    assert not calendar.is_working(date(2031, 10, 4))


def test_a_year_kept_in_the_sheet_is_known():
    assert WorkCalendar.of({date(2031, 10, 1): False}, years=(2031,)).unknown_years == ()
