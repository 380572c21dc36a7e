"""The day and the number of the review that the pack is made for."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.period import parse_period
from capa_xl.model.records import Decision
from capa_xl.policy.review.review_number import registered_reviews, review_day, review_number
from tests.policy.registers import view


def decided(number, on):
    return Decision(2, number, "1", date.fromisoformat(on) if on else None)


HELD = (
    decided("GLPS-2026-02", "2026-07-22"), decided("GLPS-2026-01", None), decided(None, "2026-08-03"),
    decided("GLPS-2027-01", "2027-01-08"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "on", "number"),
    [
        (HELD, "2026-07-22", "GLPS-2026-02"),
        (HELD, "2027-01-08", "GLPS-2027-01"),
        (HELD, "2026-08-03", ""),
        (HELD, "2027-04-01", ""),  # three quarters would all be the next of one year
        ((), "2026-12-31", ""),
    ],
)
def test_a_review_has_the_number_that_was_registered_for_its_day_and_no_other(rows, on, number):
    assert review_number(rows, date.fromisoformat(on)) == number


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2026Q2", "2026-07-22"),
        ("2026Q3", "None"),
        ("2026Q4", "2027-01-08"),
        ("2026", "2027-01-08"),
        ("2026-07", "None"),
        ("2027Q1", "None"),
    ],
)
def test_the_review_of_a_period_is_the_first_registered_after_it(period, day):
    assert str(review_day(HELD, parse_period(period))) == day


def test_a_meeting_to_come_is_registered_too():
    ahead = view(on="2026-12-01", decisions=({"number": "GLPS-2027-01", "on": "2027-01-08"},))
    assert [row.number for row in registered_reviews(ahead)] == ["GLPS-2027-01"]
    assert registered_reviews(view(on="2026-12-01")) == ()
