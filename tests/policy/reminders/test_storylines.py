"""The days of storylines.md on which people heard of the twelve actions."""

from datetime import date

import pytest

from tests.policy.reminders.two_years import sample_register, simulate


@pytest.fixture(scope="module")
def sent():
    found = simulate(sample_register(), set(), date(2026, 3, 1), date(2026, 12, 31))
    return [(duty.key.number[-3:], duty.key.milestone, str(day), duty.key.recipient) for day, duty in found.duties]


def days(sent, number, milestone):
    return sorted({day for n, m, day, _ in sent if (n, m) == (number, milestone)})


@pytest.mark.parametrize(("number", "on"), [
    ("031", "2026-06-30"), ("024", "2026-07-31"), ("012", "2026-06-30"), ("038", "2026-11-18"), ("041", "2026-09-30"),
    ("044", "2026-10-12"), ("036", "2026-09-08"), ("003", "2026-03-30"), ("042", "2026-11-30"),
    ("033", "2026-07-31"), ("047", "2026-12-29"),
])  # fmt: skip
def test_the_month_ahead_reminder_goes_out_on_its_day(sent, number, on):
    assert days(sent, number, "M1") == [on]


def test_a_deadline_that_was_moved_later_was_due_when_it_was_due(sent):
    """Its extension was asked for and approved in September: a month before the first deadline nobody knew of it."""
    assert days(sent, "034", "M1") == ["2026-08-28", "2026-10-30"]


def test_a_cancelled_action_is_not_reminded_of(sent):
    assert days(sent, "027", "M1") == []


def test_an_action_ten_days_late_has_climbed_two_steps(sent):
    assert days(sent, "044", "O1")[0] == "2026-11-13"
    assert days(sent, "044", "O2")[0] == "2026-11-20"


def test_an_action_forty_five_days_late_has_reached_the_general_manager(sent):
    assert days(sent, "036", "O1")[0] == "2026-10-09"
    assert days(sent, "036", "O2")[0] == "2026-10-16"
    assert days(sent, "036", "O3")[0] == "2026-11-09"  # day 31 is a Sunday
    assert {name for n, m, on, name in sent if (n, m, on) == ("036", "O3", "2026-11-09")} >= {
        "样例总",
        "样例质",
        "样例商",
    }


def test_the_confirmer_of_the_major_one_hears_when_the_observation_ends(sent):
    assert days(sent, "024", "S3")[0] == "2026-11-18"


def test_the_late_revision_was_owed_once(sent):
    assert days(sent, "033", "S4") == ["2026-11-13"]
