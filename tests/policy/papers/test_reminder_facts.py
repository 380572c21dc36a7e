"""2.5 of the report: an accepted letter and a record by hand prove a reminder, an outbox does not (A4)."""

from __future__ import annotations

from capa_xl.model.journal import FAILED, FILED, REFUSED
from capa_xl.model.procedure import Procedure
from capa_xl.policy.papers.reminder_facts import reminder_facts
from tests.policy.papers.given import given
from tests.policy.postings import journal, posting
from tests.policy.registers import completed, day, planned, running

T = "2026-08-20"
PLANNED = "2026-05-29"
"""One month before 2026-06-30 is 2026-05-30, a Saturday."""
BY_MAIL = (posting("M1", PLANNED, "样例甲"), posting("M1", PLANNED, "样例工"))
SINCE_JANUARY = {("GJ-2026-001", day("2026-06-30")): day("2026-01-05")}


def facts(*postings, action=None, on=T, first_seen=SINCE_JANUARY, **others):
    action = action or running()
    inputs = given(action, on=on, journal=journal(*postings, first_seen=first_seen), **others)
    return reminder_facts(inputs, inputs.view.by_number["GJ-2026-001"])


def told(found):
    return [(str(d.planned_on), str(d.sent_on or ""), d.names, str(d.filed_on or "")) for d in found.duties]


def test_a_letter_a_server_took_is_told_with_those_it_went_to():
    assert told(facts(*BY_MAIL)) == [(PLANNED, PLANNED, ("样例甲（部门经理）", "样例工"), "")]


def test_what_was_approved_in_the_afternoon_is_owed_with_the_run_of_the_next_morning():
    """Approved on Wednesday 2026-06-10, too late for a month's lead, sent the next morning: in time."""
    known = {"approved_on": "2026-06-10", "started_on": "2026-06-11"}
    sent = posting("M1", "2026-06-11", "样例工")
    assert told(facts(sent, action=running(**known), first_seen={})) == [("2026-06-11", "2026-06-11", ("样例工",), "")]


def test_a_filed_or_failed_letter_is_no_reminder():
    filed = posting("M1", PLANNED, result=FILED, transport="outbox")
    assert told(facts(filed)) == [(PLANNED, "", (), PLANNED)]
    assert told(facts(posting("M1", PLANNED, result=FAILED))) == [(PLANNED, "", (), "")]


def test_a_reminder_by_hand_counts_without_a_letter():
    note = {
        "number": "GJ-2026-001",
        "on": "2026-05-28",
        "recorded_by": "样例检",
        "kind": "提醒",
        "content": "电话提醒样例甲",
    }
    assert told(facts(progress=[note])) == [(PLANNED, "2026-05-28", (), "")]


def test_a_duty_that_never_arose_is_not_mentioned():
    other = posting("Q1", PLANNED, number="", due="")
    assert told(facts(other, action=completed())) == []
    assert told(facts(other, action=planned(cancelled_on="2026-03-01"))) == []
    assert told(facts(other, on="2026-05-28")) == []
    assert told(facts(other, procedure=Procedure(reminders_from=day("2026-05-30")))) == []
    assert told(facts(other, procedure=Procedure(reminders_from=day(PLANNED)))) == [(PLANNED, "", (), "")]


def test_follow_ups_are_letters_taken_and_filed_ones_stand_apart():
    found = facts(
        posting("M2-7", "2026-06-23"),
        posting("M2-1", "2026-06-29", result=FILED, transport="outbox"),
        posting("O1", "2026-07-01"),
        posting("O1", "2026-07-01", "样例工"),
        posting("O2", "2026-07-08"),
        posting("O3", "2026-08-03", result=FILED, transport="outbox"),
    )
    assert (found.follow_ups, found.last_follow_up, found.filed_follow_ups) == (2, day("2026-07-08"), 1)
    assert (found.early, found.filed_early) == ((day("2026-06-23"),), 1)  # before the deadline: nobody was late


def test_who_was_reached_by_no_letter_is_named():
    lost, late = (
        posting("M1", PLANNED, "样例工", result=REFUSED),
        posting("M2-7", "2026-06-23", "样例工", result=REFUSED),
    )
    assert facts(*BY_MAIL[:1], lost, late).unreached == ("样例工",)
    assert facts(*BY_MAIL[:1], lost, posting("M2-7", "2026-06-23", "样例工")).unreached == ()
    assert facts(posting("S1", PLANNED, "样例检", result=REFUSED)).unreached == ()  # of another deadline


def test_without_journal_and_record_nothing_is_in_use():
    assert facts() is None
