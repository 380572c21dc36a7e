"""Who will hear what: day after day, each day's letters taken as sent."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.journal import FILED, OUTBOX, SENT, JournalView
from capa_xl.policy.reminders.rehearse import as_if_sent, rehearse
from tests.policy.registers import completed, planned, running, view
from tests.policy.reminders.plans import plan

EMPTY = JournalView("W-1")


def rehearsed(*actions, start, until, runs_on=lambda _: True):
    span = date.fromisoformat(start), date.fromisoformat(until)
    days = rehearse(lambda day: view(*actions, on=day), *span, EMPTY, (), runs_on)
    return [(str(day), sorted({duty.key.milestone for duty in found.duties})) for day, found in days]


def test_every_day_with_a_letter_is_told_the_first_and_the_last_among_them():
    waiting = {"start": "2026-03-02", "until": "2026-03-09"}
    found = rehearsed(completed(due_on="2026-12-31"), **waiting)
    assert [day for day, milestones in found if "S2" in milestones] == ["2026-03-02", "2026-03-09"]


def test_days_on_which_the_job_does_not_run_are_passed_over_and_made_up_for():
    found = rehearsed(
        completed(due_on="2026-12-31"),
        start="2026-03-01",
        until="2026-03-10",
        runs_on=lambda day: day.day not in (2, 9),
    )
    assert [day for day, milestones in found if "S2" in milestones] == ["2026-03-03", "2026-03-10"]


@pytest.mark.parametrize("result", [FILED, SENT])
def test_a_letter_taken_as_sent_stands_in_the_journal_of_that_day(result):
    found = plan(planned(), on="2026-01-08").duties
    journal = as_if_sent(EMPTY, found, date(2026, 1, 8), result)
    (posting,) = [one for one in journal.postings if one.key.milestone == "S1"]
    assert (posting.result, posting.transport, posting.message_id) == (result, OUTBOX, "")
    assert (posting.planned_on, posting.sent_on) == (date(2026, 1, 8), date(2026, 1, 8))
    assert journal.letters_in_week["样例甲", "2026-W02"] == 1


def test_letters_of_a_week_are_counted_but_those_of_the_month_ahead():
    ahead = [duty for duty in plan(running(), on="2026-05-29").duties if duty.key.milestone == "M1"]
    assert ahead
    assert dict(as_if_sent(EMPTY, ahead, date(2026, 5, 29)).letters_in_week) == {}
