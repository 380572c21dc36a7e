"""时间轴: from when to when each phase of an open action lasts."""

from __future__ import annotations

from capa_xl.model.procedure import Procedure
from capa_xl.policy.timeline import timeline_of
from tests.policy.registers import closed, confirmed, inspected, planned, running, view


def phases(action, on, **others):
    """First days of D, C and A, and the last day."""
    (row,) = timeline_of(view(action, on=on, **others)).rows
    return tuple(str(day) for day in (row.do_on, row.check_on, row.act_on, row.end_on))


def test_an_action_under_way_goes_by_its_deadline_and_the_limits_of_the_procedure():
    """Due Tuesday 30 June; observed to 31 July; archived ten working days later; drawn from the Mondays after."""
    assert phases(running(), "2026-03-02") == ("2026-01-12", "2026-07-06", "2026-08-03", "2026-08-14")
    longer = Procedure(limit_archiving=15)
    assert phases(running(), "2026-03-02", procedure=longer)[-1] == "2026-08-21"


def test_the_observation_is_as_long_as_the_confirmation_waits():
    assert phases(running(process="体系文件"), "2026-03-02")[2] == "2026-07-13"  # 8 July
    assert phases(running(severity="重大"), "2026-03-02")[2] == "2026-10-05"  # 29 September
    assert phases(running(observation_days=10), "2026-03-02")[2] == "2026-07-13"  # 11 July


def test_the_last_phase_begins_where_the_conclusion_was_signed():
    """In the main row or in a round of 效果确认 alone."""
    round_ = {"number": "GJ-2026-001", "confirmer": "样例甲", "confirmed_on": "2026-04-07", "effect": "部分有效"}
    assert phases(inspected(), "2026-04-20", confirmations=[round_])[2] == "2026-04-07"
    assert phases(confirmed(effect="部分有效"), "2026-04-20")[2] == "2026-04-07"


def test_of_what_is_overdue_nobody_knows_what_follows():
    """Due 30 June, still under way on Friday 10 July: D to the end of this week, then nothing."""
    assert phases(running(), "2026-07-10") == ("2026-01-12", "2026-07-13", "2026-07-13", "2026-07-10")
    assert phases(running(), "2026-06-30")[1] == "2026-07-06"  # the last day before it is late


def test_what_was_reopened_is_drawn_from_that_day_on():
    """Closed in April, reopened on Tuesday 12 May; before that it was not late, it was over."""
    entry = {"number": "GJ-2026-001", "kind": "重开", "on": "2026-05-12", "approver": "样例质", "reason": "误关闭"}
    (row,) = timeline_of(view(closed(due_on="2026-03-31"), on="2026-05-20", corrections=[entry])).rows
    assert (str(row.plan_on), str(row.do_on), row.is_late) == ("2026-05-12", "2026-05-12", True)


def test_without_a_deadline_nothing_follows_either():
    assert phases(running(due_on=None), "2026-03-02") == ("2026-01-12", "2026-03-09", "2026-03-09", "2026-03-02")


def test_the_first_day_on_which_a_step_waits_too_long():
    """Registered on Monday 5 January: to be planned within ten working days, until the 19th."""
    new = planned(approver=None, approved_on=None, measure=None, due_on=None)
    rows = [timeline_of(view(new, on=day)).rows[0] for day in ("2026-01-19", "2026-01-20", "2026-01-27")]
    assert [str(row.waits_since) for row in rows] == ["None", "2026-01-20", "2026-01-20"]


def test_an_ended_action_is_not_shown_and_a_new_one_is():
    assert timeline_of(view(running(cancelled_on="2026-02-01"), on="2026-03-02")).rows == ()
    assert phases(planned(), "2026-03-02")[0] == "2026-03-09"
