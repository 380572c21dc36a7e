"""Every step of the reminders on its first day, the day before and the day after; counted by hand for 2026."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.journal import SENT, JournalView
from capa_xl.model.procedure import Procedure
from capa_xl.policy.calendar import WorkCalendar
from capa_xl.policy.reminders.month_ahead import month_ahead_of, month_ahead_record
from capa_xl.policy.reminders.occurrences import month_list, monthly, weekly
from capa_xl.policy.reminders.rehearse import as_if_sent
from tests.policy.edges import around
from tests.policy.registers import ALL, completed, confirmed, inspected, planned, running, view
from tests.policy.reminders.plans import EMPTY, duties, plan

GJ = "GJ-2026-001"
MAJOR = {"severity": "重大", "approver": "样例总", "approval_route": "总经理"}
TUESDAY = {"due_on": "2026-11-10", "registered_on": "2026-09-03"}


def ladder(action, **others):
    def step(on):
        return next((m for _, m, _ in duties(action, on=on, **others) if m[0] == "O"), None)

    return step


@pytest.mark.parametrize(
    ("first_day", "steps"),
    [
        ("2026-11-11", (None, "O1", "O1")),  # due Tuesday 10 November
        ("2026-11-18", ("O1", "O2", "O2")),  # 7 days full on the 17th
        ("2026-12-11", ("O2", "O3", "O3")),  # 30 days full on Thursday 10 December, a Friday
    ],
)
def test_a_step_of_the_ladder_begins_the_day_after_its_days_are_full(first_day, steps):
    assert around(first_day, ladder(running(**TUESDAY))) == steps


@pytest.mark.parametrize(
    ("first_day", "steps"), [("2026-11-21", ("O1", "O1", "O1")), ("2026-11-24", ("O2", "O2", "O2"))]
)
def test_other_days_of_the_ladder_move_its_steps(first_day, steps):
    """Ten days are full on Friday the 20th: the step falls on Saturday and moves to Monday the 23rd."""
    assert around(first_day, ladder(running(**TUESDAY), procedure=Procedure(escalation_days=(10, 45)))) == steps


@pytest.mark.parametrize(
    ("milestone", "first_day", "action", "others"),
    [
        ("M1", "2026-10-10", running(**TUESDAY), {}),  # a Saturday, worked after the holiday
        ("M2-7", "2026-11-03", running(**TUESDAY), {}),
        ("M2-1", "2026-11-09", running(**TUESDAY, **MAJOR), {}),
        ("S1", "2026-01-08", planned(), {}),  # Monday 5 January + 3
        ("S2", "2026-03-02", completed(), {}),  # the day it is claimed
        ("S3", "2026-04-01", inspected(), {}),  # the day the observation ends
        ("S4", "2026-04-20", confirmed(needs_revision=True), {"revisions": [{"number": GJ, "due_on": "2026-04-20"}]}),
        ("S5", "2026-04-21", confirmed(), {}),  # 7 April + 10
        ("S6", "2026-01-20", planned(), {"progress": [{"number": GJ, "on": "2026-01-13", "kind": "问题"}]}),  # + 5
    ],
)  # fmt: skip
def test_a_reminder_is_due_from_its_planned_day_on(milestone, first_day, action, others):
    def is_due(on):
        return any(m == milestone for _, m, _ in duties(action, on=on, **others))

    assert around(first_day, is_due) == (False, True, True)


def test_the_month_ahead_reminder_is_due_until_the_due_date():
    def is_due(on):
        return any(m == "M1" for _, m, _ in duties(running(), on=on))

    assert around("2026-06-30", is_due) == (True, True, False)


@pytest.mark.parametrize(
    ("registered_on", "short"), [("2026-05-28", False), ("2026-05-29", False), ("2026-05-30", True)]
)
def test_a_deadline_learned_on_the_planned_day_has_its_full_lead(registered_on, short):
    """Due 30 June, a month ahead is Saturday 30 May, planned on Friday the 29th."""
    action = planned(registered_on=registered_on)
    seen = view(action, on="2026-06-01")
    duty = month_ahead_of(seen, EMPTY, seen.actions[0])
    assert (duty.short_notice, duty.counts) == (short, not short)


@pytest.mark.parametrize(("completed_on", "owed"), [("2026-05-28", 0), ("2026-05-29", 0), ("2026-05-30", 1)])
def test_what_is_done_on_the_planned_day_owes_no_reminder(completed_on, owed):
    seen = view(completed(completed_on=completed_on), on="2026-06-10")
    assert len(month_ahead_record(seen, EMPTY)) == owed


@pytest.mark.parametrize(("start", "counts"), [("2026-05-28", True), ("2026-05-29", True), ("2026-05-30", False)])
def test_duties_count_from_the_day_reminders_begin(start, counts):
    procedure = Procedure(reminders_from=date.fromisoformat(start))
    seen = view(running(), on="2026-06-10", procedure=procedure)
    assert [duty.counts for duty in month_ahead_record(seen, EMPTY)] == [counts]


@pytest.mark.parametrize(("sent_on", "met"), [("2026-05-28", True), ("2026-05-29", True), ("2026-05-30", False)])
def test_a_letter_on_the_planned_day_meets_the_duty(sent_on, met):
    seen = view(running(), on="2026-06-10")
    duties_due = plan(running(), on="2026-05-29").duties
    journal = as_if_sent(EMPTY, duties_due, date.fromisoformat(sent_on), SENT)
    assert [duty.is_met for duty in month_ahead_record(seen, journal)] == [met]


CALENDAR = WorkCalendar.of({})


@pytest.mark.parametrize(("first", "joins"), [("2026-11-16", True), ("2026-11-17", True), ("2026-11-18", False)])
def test_an_item_joins_the_monthly_list_fourteen_days_after_its_first_reminder(first, joins):
    """The list of December goes out on Tuesday the 1st: fourteen days after the 17th."""
    name, planned_on = month_list(CALENDAR, date.fromisoformat(first), date(2026, 12, 1))
    assert (name, str(planned_on)) == (("2026-12", "2026-12-01") if joins else ("0", first))


def test_the_second_step_comes_again_each_month_on_its_day():
    def name(on):
        return monthly(CALENDAR, date(2026, 9, 18), date.fromisoformat(on))[0]

    assert around("2026-09-19", name) == ("0", "0", "0")
    assert around("2026-10-18", name) == ("0", "0", "2026-10")  # a Sunday: Monday the 19th
    assert around("2026-11-18", name) == ("2026-10", "2026-11", "2026-11")


def test_the_first_step_comes_four_times_at_most():
    def name(on):
        found = weekly(CALENDAR, date(2026, 11, 11), date.fromisoformat(on), 4)
        return found[0] if found else None

    assert around("2026-11-11", name) == (None, "0", "0")
    assert around("2026-11-16", name) == ("0", "2026-W47", "2026-W47")
    assert around("2026-11-30", name) == ("2026-W48", "2026-W49", "2026-W49")
    assert around("2026-12-07", name) == ("2026-W49", None, None)


def test_a_pending_extension_silences_the_ladder_for_five_working_days():
    """Asked on Wednesday 11 November: the fifth day is the 18th."""
    asked = [{"number": GJ, "asked_on": "2026-11-11", "old_due_on": "2026-11-10", "new_due_on": "2026-12-31"}]
    assert around("2026-11-18", ladder(running(**TUESDAY), extensions=asked)) == (None, None, "O2")


def test_an_extension_is_asked_about_after_three_working_days():
    asked = [{"number": GJ, "asked_on": "2026-11-11", "old_due_on": "2026-11-10", "new_due_on": "2026-12-31"}]

    def is_asked(on):
        return any(m == "S1" for _, m, _ in duties(running(**TUESDAY), on=on, extensions=asked))

    assert around("2026-11-16", is_asked) == (False, True, True)


@pytest.mark.parametrize(("letters", "goes"), [(1, True), (2, False), (3, False)])
def test_two_letters_a_week_are_enough(letters, goes):
    journal = JournalView("W-1", letters_in_week={("样例工", "2026-W46"): letters})
    found = plan(running(**TUESDAY), on="2026-11-11", journal=journal)
    assert any(duty.key.recipient == "样例工" for duty in found.duties) == goes


def test_a_table_without_a_start_column_is_reminded_all_the_same():
    columns = tuple(key for key in ALL if key not in ("started_on", "progress"))
    assert around("2026-11-11", ladder(running(**TUESDAY), columns=columns)) == (None, "O1", "O1")
