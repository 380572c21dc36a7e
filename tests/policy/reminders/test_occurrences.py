from datetime import date

from capa_xl.model.letter import iso_month, iso_week
from capa_xl.policy.calendar import WorkCalendar
from capa_xl.policy.reminders.occurrences import month_list, monthly, weekly

CALENDAR = WorkCalendar.of({})
FRIDAY = date(2026, 11, 13)


def test_weeks_and_months_have_iso_names():
    assert iso_week(date(2027, 1, 1)) == "2026-W53"
    assert iso_month(date(2026, 3, 31)) == "2026-03"


def test_the_first_occurrence_holds_until_the_next_monday():
    assert weekly(CALENDAR, FRIDAY, date(2026, 11, 12)) is None
    assert weekly(CALENDAR, FRIDAY, date(2026, 11, 15)) == ("0", FRIDAY)
    assert weekly(CALENDAR, FRIDAY, date(2026, 11, 16)) == ("2026-W47", date(2026, 11, 16))
    assert weekly(CALENDAR, FRIDAY, date(2026, 11, 22)) == ("2026-W47", date(2026, 11, 16))


def test_a_first_one_on_monday_is_not_doubled():
    assert weekly(CALENDAR, date(2026, 11, 16), date(2026, 11, 16)) == ("0", date(2026, 11, 16))


def test_a_monday_off_moves_forward_and_keeps_its_week():
    first = date(2026, 9, 25)
    assert weekly(CALENDAR, first, date(2026, 10, 7)) == ("2026-W40", date(2026, 9, 28))
    assert weekly(CALENDAR, first, date(2026, 10, 8)) == ("2026-W41", date(2026, 10, 8))


def test_the_largest_number_of_occurrences_is_kept():
    last = date(2026, 11, 30)
    assert weekly(CALENDAR, FRIDAY, last, most=4) == ("2026-W49", last)
    assert weekly(CALENDAR, FRIDAY, date(2026, 12, 7), most=4) is None


def test_monthly_falls_on_the_first_ones_day_moved_forward():
    assert monthly(CALENDAR, date(2026, 10, 31), date(2026, 11, 29)) == ("0", date(2026, 10, 31))
    assert monthly(CALENDAR, date(2026, 10, 31), date(2026, 11, 30)) == ("2026-11", date(2026, 11, 30))
    assert monthly(CALENDAR, date(2026, 10, 15), date(2027, 1, 14)) == ("2026-12", date(2026, 12, 15))


def test_an_item_joins_the_month_list_two_weeks_after_its_first_reminder():
    assert month_list(CALENDAR, date(2026, 11, 20), date(2026, 12, 31)) == ("0", date(2026, 11, 20))
    assert month_list(CALENDAR, date(2026, 11, 20), date(2027, 1, 4)) == ("2027-01", date(2027, 1, 4))
    assert month_list(CALENDAR, date(2026, 12, 21), date(2027, 1, 4)) == ("2027-01", date(2027, 1, 4)), "14 days"
    assert month_list(CALENDAR, date(2026, 12, 22), date(2027, 1, 4)) == ("0", date(2026, 12, 22)), "13 days"
    assert month_list(CALENDAR, date(2026, 11, 16), date(2026, 12, 1)) == ("2026-12", date(2026, 12, 1))


def test_the_month_list_falls_on_the_first_working_day_for_everybody():
    assert month_list(CALENDAR, date(2026, 10, 15), date(2026, 11, 1)) == ("0", date(2026, 10, 15))
    assert month_list(CALENDAR, date(2026, 10, 15), date(2026, 11, 2)) == ("2026-11", date(2026, 11, 2))
    assert month_list(CALENDAR, date(2026, 8, 14), date(2026, 10, 7)) == ("2026-09", date(2026, 9, 1))
