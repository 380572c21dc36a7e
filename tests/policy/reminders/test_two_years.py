"""Every day of two years over the sample workbook, one day in six missed and one outage of seven weeks."""

from collections import Counter
from datetime import date, timedelta

import pytest

from capa_xl.model.milestones import M1
from tests.policy.reminders.two_years import END, days_off, letters_besides_month_ahead, sample_register, simulate

OUTAGE = {date(2026, 2, 10) + timedelta(days=n) for n in range(49)}


def days(start, end):
    return {start + timedelta(days=n) for n in range((end - start).days + 1)}


def until(found, duty):
    """The last day on which the duty could still be met."""
    completed_on = found.completed[duty.number]
    return min(duty.due_on, completed_on - timedelta(days=1)) if completed_on else duty.due_on


@pytest.fixture(scope="module", params=[1, 2])
def found(request):
    return simulate(sample_register(), days_off(request.param) | OUTAGE)


def test_no_reminder_is_sent_twice_and_a_second_run_of_the_day_sends_nothing(found):
    keys = Counter(duty.key for _, duty in found.duties)
    assert len(keys) > 500
    assert [key for key, count in keys.items() if count > 1] == []
    assert found.repeated == []


def test_nobody_hears_of_an_action_before_the_day_it_was_registered(found):
    numbers = {duty.key.number for _, duty in found.duties} & found.registered.keys()
    assert len(numbers) > 50
    early = [(day, duty) for day, duty in found.duties if (found.registered.get(duty.key.number) or day) > day]
    assert early == []


def test_each_month_ahead_duty_is_met_once_or_stands_as_missed(found):
    due = [m for m in found.records.values() if m.due_on < END and m.counts]
    met = [m for m in due if m.done_on is not None]
    missed = [m for m in due if m.done_on is None]
    assert len(met) > 40
    assert missed and all(days(m.planned_on, until(found, m)) <= found.missed_days for m in missed)
    sent = {(duty.key.number, duty.due_on) for _, duty in found.duties if duty.key.milestone == M1.code}
    assert {(m.number, m.due_on) for m in met} <= sent
    assert not {(m.number, m.due_on) for m in missed} & sent


def test_a_met_duty_is_on_time_unless_the_job_was_missed_that_day(found):
    for m in found.records.values():
        if m.done_on is not None and m.done_on > m.planned_on and m.counts:
            assert m.planned_on in found.missed_days


def test_what_is_sent_after_its_day_is_marked_as_made_up(found):
    month_ahead = [(day, duty) for day, duty in found.duties if duty.key.milestone == M1.code]
    assert all(duty.late == (day > duty.planned_on) for day, duty in month_ahead)
    assert any(duty.late for _, duty in month_ahead)
    assert all(duty.planned_on <= day <= duty.due_on for day, duty in month_ahead)


def test_nobody_gets_more_than_two_letters_a_week_besides_the_month_ahead_ones(found):
    assert max(letters_besides_month_ahead(found).values()) == 2


def test_nobody_is_buried_in_letters(found):
    per_month = [count for row in found.letters_by_month().values() for count in row.values()]
    assert max(per_month) <= 12
    assert sum(per_month) / len(per_month) < 4


def test_every_letter_has_one_address_and_goes_to_somebody_still_there(found):
    for group in found.letters.values():
        assert len({duty.address for duty in group}) == 1
        assert group[0].address.endswith("@yangli-ops.example")
    assert "样例旧" not in {person for _, person in found.letters}
