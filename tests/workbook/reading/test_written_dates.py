"""Dates as people write them: what is one by itself, and what is one only in a column whose style is known."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.date_style import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, DateStyle
from capa_xl.workbook.reading.written_dates import date_of_text


def read(text, style=None):
    return date_of_text(text, date1904=False, style=style or DateStyle())


@pytest.mark.parametrize(
    "text", ["15-Oct-2026", "15 Oct 2026", "Oct 15, 2026", "October 15, 2026", "15th October 2026"]
)
def test_a_named_month_leaves_nothing_open(text):
    assert read(text) == date(2026, 10, 15)


@pytest.mark.parametrize(
    "text", ["03/04/2026", "11月12日", "10.31", "31-Feb-2026", "Oct 2026", "15-Okt-2026", "2026-13-01"]
)
def test_what_leaves_something_open_is_no_date_by_itself(text):
    assert read(text) is None


def test_the_order_of_the_column_decides_which_is_the_month():
    assert read("03/04/2026", DateStyle(MONTH_FIRST)) == date(2026, 3, 4)
    assert read("03/04/2026", DateStyle(DAY_FIRST)) == date(2026, 4, 3)
    assert read("3.4.26", DateStyle(DAY_FIRST)) == date(2026, 4, 3)


@pytest.mark.parametrize("text", ["26年11月10日", "’26年11月10日", "26年11月10日前"])
def test_a_year_of_two_digits_that_is_called_a_year_leaves_nothing_open(text):
    assert read(text) == date(2026, 11, 10)


@pytest.mark.parametrize("text", ["26.11.9", "26-11-09", "26/11/09 10:30"])
def test_a_year_of_two_digits_may_come_first(text):
    assert read(text) is None
    assert read(text, DateStyle(YEAR_FIRST)) == date(2026, 11, 9)


def test_four_digits_at_the_end_are_no_day():
    assert read("10.11.2026", DateStyle(YEAR_FIRST)) is None
    assert read("26.11.9", DateStyle(DAY_FIRST)) is None, "a year of one digit"


def test_a_day_that_the_order_makes_impossible_is_none():
    assert read("13/04/2026", DateStyle(MONTH_FIRST)) is None
    assert read("12/13/2026", DateStyle(DAY_FIRST)) is None


@pytest.mark.parametrize("text", ["11月12日", "11.12", "11/12", "11月12日前"])
def test_a_day_without_a_year_has_the_year_of_the_column(text):
    assert read(text, DateStyle(year=2026)) == date(2026, 11, 12)


def test_a_year_alone_orders_nothing_and_an_order_alone_gives_no_year():
    assert read("03/04/2026", DateStyle(year=2026)) is None
    assert read("11月12日", DateStyle(MONTH_FIRST)) is None
