"""The phase an action was in at the end of a past month, by the dates that lie behind it."""

from __future__ import annotations

import pytest

from capa_xl.policy.overview_flow import course_of, phase_on
from capa_xl.policy.timeline import timeline_of
from tests.policy.edges import around
from tests.policy.registers import closed, confirmed, day, inspected, running, view, without

ROUND = {"number": "GJ-2026-001", "confirmer": "样例甲", "round": 1, "confirmed_on": "2026-04-07", "effect": "部分有效"}


def phase(action, **others):
    seen = view(action, on="2026-12-01", **others)
    ((found, derived),) = seen.pairs
    return lambda end: phase_on(course_of(seen, found, derived, "archived_on"), day(end))


@pytest.mark.parametrize("action", [(inspected(), {"confirmations": [ROUND]}), (confirmed(effect="部分有效"), {})])
def test_the_last_phase_begins_where_it_was_confirmed_in_the_row_or_in_a_round(action):
    values, others = action
    assert around("2026-04-07", phase(values, **others)) == ("C", "A", "A")


def test_the_phases_follow_registration_approval_and_completion():
    assert around("2026-01-05", phase(closed())) == ("", "P", "P")
    assert around("2026-01-12", phase(closed())) == ("P", "D", "D")
    assert around("2026-03-02", phase(closed())) == ("D", "C", "C")
    assert around("2026-04-10", phase(closed())) == ("A", "", "")


@pytest.mark.parametrize(("started_on", "first"), [(None, "2026-01-05"), ("2026-01-20", "2026-01-20")])
def test_where_no_approvals_are_kept_work_begins_as_it_is_dated_or_with_the_registration(started_on, first):
    table = {"columns": without("approver", "approved_on", "approval", "approval_route", "review_number")}
    assert around(first, phase(running(started_on=started_on), **table))[1:] == ("D", "D")
    assert timeline_of(view(running(started_on=started_on), on="2026-03-02", **table)).rows[0].do_on == day(first)


def test_what_went_on_in_a_follow_up_ends_with_its_conclusion():
    follow = inspected(number="GJ-2026-002", completed_on=None, inspected_on=None, inspection=None)
    followed = inspected(follow_ups=("GJ-2026-002",))
    seen = view(followed, follow, on="2026-12-01", confirmations=[ROUND])
    (found, derived), _ = seen.pairs
    assert derived.status == "已转后续"
    assert around("2026-04-07", lambda end: phase_on(course_of(seen, found, derived, "archived_on"), day(end))) == (
        "C",
        "",
        "",
    )
