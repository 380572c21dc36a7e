from datetime import date

import pytest

from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.records import Confirmation, Decision, Extension, Need, Revision
from capa_xl.policy.day import as_seen, last_date
from capa_xl.policy.status_inputs import seen
from tests.policy.registers import table

T = date(2026, 11, 22)


def test_a_row_registered_later_is_left_out():
    assert as_seen(Action(row=3, registered_on=date(2026, 11, 23)), T) is None
    assert as_seen(Action(row=3, registered_on=T), T) is not None


def test_a_group_dated_later_reads_as_blank_with_all_its_cells():
    action = Action(row=3, approver="样例总", approved_on=date(2026, 11, 23), approval="同意", review_number="GLPS-1")
    seen = as_seen(action, T)
    assert (seen.approver, seen.approved_on, seen.approval, seen.review_number) == (None, None, None, None)


def test_a_group_dated_today_and_undated_cells_count():
    action = Action(row=3, approver="样例总", approved_on=T, approval="同意", cause="原因")
    assert as_seen(action, T) is action


def test_several_later_groups_are_blanked_each_with_its_own_date_only():
    action = Action(row=3, started_on=date(2026, 11, 1), progress=20.0, completed_on=date(2026, 12, 1), evidence="照片",
                    follow_ups=("GJ-2",), confirmed_on=date(2027, 1, 5))  # fmt: skip
    seen = as_seen(action, T)
    assert (seen.started_on, seen.progress) == (date(2026, 11, 1), 20.0)
    assert (seen.completed_on, seen.evidence, seen.follow_ups, seen.confirmed_on) == (None, None, (), None)


def test_child_rows_are_seen_the_same_way():
    assert as_seen(Extension(row=2, asked_on=date(2026, 11, 25)), T) is None
    later = as_seen(Extension(row=2, asked_on=T, approved_on=date(2026, 11, 25), approval="同意"), T)
    assert later.approval is None
    unknown = Confirmation(row=2, number="GJ-1", effect="有效")
    assert as_seen(unknown, T) is unknown


@pytest.mark.parametrize(
    ("record_class", "key"),
    [(Action, "registered_on"), (Need, "registered_on"), (Extension, "asked_on"), (Revision, "proposed_on")],
)
def test_a_row_registered_after_today_is_there_from_an_unknown_day(record_class, key):
    ahead = date(2027, 10, 12)
    rows = table(record_class, [{key: ahead}])
    (found,) = seen(rows, AsOf(T, date(2026, 12, 1)))
    assert getattr(found, key) is None
    assert seen(rows, AsOf(T, ahead)) == ()


def test_a_meeting_may_lie_ahead():
    assert seen(table(Decision, [{"on": date(2027, 1, 8)}]), AsOf(T, T)) == ()


def test_the_last_date_of_a_sheet_counts_only_dates_of_facts():
    rows = [Action(row=3, registered_on=T, due_on=date(2027, 3, 1)), Action(row=4, approved_on=date(2026, 11, 23))]
    assert last_date(rows[:1]) == T
    assert last_date(rows) == date(2026, 11, 23)
    assert last_date([]) == date.min


def test_a_sheet_without_later_facts_is_seen_as_it_stands():
    actions = table(Action, [{"number": "GJ-1", "registered_on": T}, {"number": "GJ-2"}])
    assert seen(actions, AsOf(T, T)) is actions.records
    assert [action.number for action in seen(actions, AsOf(date(2026, 11, 21), T))] == ["GJ-2"]
