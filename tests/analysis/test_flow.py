"""What came and went: at T itself by the statuses, before it by the dates."""

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.analysis.flow import monthly_flow, period_flow, reopened_since, running_overdue
from capa_xl.model.kpi import KpiInput, Reopened, TakenBack
from capa_xl.model.moved_due import MovedDue
from capa_xl.model.period import whole_months
from tests.analysis.test_kpi import action

T = date(2026, 11, 22)
QUARTER = whole_months(date(2026, 10, 1), 3)


def flow(*actions, as_of=T):
    return period_flow(KpiInput(as_of, actions), QUARTER)


def test_a_row_closed_by_its_own_word_alone_is_not_open_at_t():
    closed = replace(action("GJ-1"), status="已关闭", closed_on=None, completed_on=None, confirmed_on=None)
    assert flow(closed).open_after == 0
    assert flow(replace(closed, status="实施中")).open_after == 1


@pytest.mark.parametrize(("on", "told"), [("2026-06-30", ()), ("2026-07-01", ("GJ-1",)), ("2026-12-31", ("GJ-1",))])
def test_what_was_reopened_since_a_day_is_named(on, told):
    again = replace(action("GJ-1"), taken_back=(TakenBack(date.fromisoformat(on), date(2026, 5, 1)),))
    assert reopened_since((again, action("GJ-2")), date(2026, 7, 1)) == Reopened(told)


def test_of_what_was_reopened_it_is_told_whose_earlier_day_the_table_has_no_more():
    kept = replace(action("GJ-1"), taken_back=(TakenBack(date(2026, 7, 1), date(2026, 5, 1)),))
    lost = replace(action("GJ-2"), taken_back=(TakenBack(date(2026, 7, 1), None, is_overwritten=True),))
    long_ago = replace(action("GJ-3"), taken_back=(TakenBack(date(2026, 6, 30), None, is_overwritten=True),))
    assert reopened_since((kept, lost, long_ago), date(2026, 7, 1)) == Reopened(("GJ-1", "GJ-2"), ("GJ-2",))


@pytest.mark.parametrize(("day", "new"), [("2026-11-22", 1), ("2026-11-23", 0)])
def test_what_is_dated_after_t_has_not_come_yet(day, new):
    late = replace(action("GJ-1"), registered_on=date.fromisoformat(day))
    assert flow(late).new == new
    assert sum(month.new for month in monthly_flow(KpiInput(T, (late,)), QUARTER)) == new


def test_overdue_of_the_last_month_is_that_of_the_statuses():
    cancelled = replace(
        action("GJ-1"), status="已取消", cancelled_on=None, overdue=(), due_on=date(2026, 11, 1), completed_on=None
    )
    assert monthly_flow(KpiInput(T, (cancelled,)), QUARTER)[-1].overdue == 0
    running = replace(cancelled, status="实施中", overdue=("Y1",))
    assert monthly_flow(KpiInput(T, (running,)), QUARTER)[-1].overdue == 1


def test_what_is_printed_of_the_traffic_adds_up_in_every_month():
    """Open before + new - closed - cancelled - superseded = open after, an action gone each way among them."""
    year = whole_months(date(2026, 1, 1), 12)
    base = {"registered_on": date(2026, 2, 10), "closed_on": None, "cancelled_on": None, "confirmed_on": None}
    gone = [
        replace(action("GJ-1"), **base | {"status": "已关闭", "closed_on": date(2026, 4, 30)}),
        replace(action("GJ-2"), **base | {"status": "已取消", "cancelled_on": date(2026, 5, 1)}),
        replace(action("GJ-3"), **base | {"status": "已转后续", "confirmed_on": date(2026, 6, 1)}),
        replace(action("GJ-4"), **base | {"status": "实施中", "registered_on": date(2025, 12, 31)}),
    ]
    now = KpiInput(T, tuple(gone))
    months, was = monthly_flow(now, year), 1
    for month in months:
        was += month.new - month.closed - month.cancelled - month.superseded
        assert month.open == was
    assert [month.open for month in months] == [1, 4, 4, 3, 2, 1, 1, 1, 1, 1, 1]
    whole = period_flow(now, year)
    assert (whole.open_before, whole.new, whole.closed, whole.cancelled, whole.superseded) == (1, 3, 1, 1, 1)
    assert (whole.open_after, whole.undated) == (1, 0)


def test_what_ended_without_a_date_was_open_and_late_on_no_day_before_either():
    """A ledger's row that its word alone had cancelled years ago: since when nobody can tell."""
    ended = {"status": "已取消", "cancelled_on": None, "closed_on": None, "completed_on": None, "confirmed_on": None}
    long_ago = replace(action("GJ-1"), due_on=date(2025, 12, 31), registered_on=date(2025, 9, 9), overdue=(), **ended)
    whole = flow(long_ago)
    assert (whole.open_before, whole.open_after, whole.undated) == (0, 0, 0)
    year = whole_months(date(2026, 1, 1), 12)
    assert [(month.open, month.overdue) for month in monthly_flow(KpiInput(T, (long_ago,)), year)] == [(0, 0)] * 11


def test_what_ended_without_a_date_is_counted_apart():
    ended = replace(action("GJ-1"), status="已关闭", closed_on=None, registered_on=date(2026, 10, 9))
    assert (flow(ended).open_after, flow(ended).undated) == (0, 1)


@pytest.mark.parametrize(("registered", "overdue"), [("2026-10-31", 1), ("2026-11-01", 0)])
def test_what_was_registered_on_a_months_last_day_past_its_deadline_was_overdue_that_month(registered, overdue):
    late = action("GJ-1", registered_on=registered, due_on="2026-10-30")
    assert monthly_flow(KpiInput(T, (late,)), QUARTER)[0].overdue == overdue


@pytest.mark.parametrize(("due", "overdue"), [("2026-10-30", 1), ("2026-10-31", 0)])
def test_what_is_due_on_a_months_last_day_was_not_overdue_that_month(due, overdue):
    assert (
        monthly_flow(KpiInput(T, (action("GJ-1", registered_on="2026-10-01", due_on=due),)), QUARTER)[0].overdue
        == overdue
    )


@pytest.mark.parametrize(
    ("on", "late"), [("2026-09-19", 1), ("2026-09-20", 0), ("2026-09-30", 0), ("2026-11-15", 0), ("2026-11-16", 1)]
)
def test_what_was_done_until_an_entry_took_it_back_was_not_late_before_the_entry(on, late):
    reopened = replace(
        action("GJ-1"), status="未开始", due_on=date(2026, 9, 18), completed_on=None, confirmed_on=None, closed_on=None,
        approved_on=date(2026, 8, 1), taken_back=(TakenBack(date(2026, 11, 16), date(2026, 9, 20)),),
    )  # fmt: skip
    assert len(running_overdue((reopened,), date.fromisoformat(on)).rows) == late


def test_the_months_of_a_reopened_row_are_late_from_the_entry_on():
    reopened = replace(
        action("GJ-1"), status="未开始", due_on=date(2026, 9, 18), completed_on=None, confirmed_on=None, closed_on=None,
        overdue=("Y1",), taken_back=(TakenBack(date(2026, 11, 16), date(2026, 9, 15)),),
    )  # fmt: skip
    months = monthly_flow(KpiInput(T, (reopened,)), whole_months(date(2026, 9, 1), 3))
    assert [month.overdue for month in months] == [0, 0, 1]


@pytest.mark.parametrize(
    ("month", "late"), [("2026-10-31", 0), ("2026-11-30", 1), ("2026-12-31", 1), ("2027-01-31", 0)]
)
def test_a_month_end_is_judged_by_the_deadline_that_stood_then(month, late):
    """Due on 31 October, late until the review gave it until 26 February: from the day of that approval, 12 January."""
    moved = (MovedDue(date(2027, 1, 12), date(2026, 10, 31)), MovedDue(date(2026, 9, 1), date(2026, 9, 15)))
    one = action("GJ-1", registered_on="2026-08-03", approved_on="2026-08-04", due_on="2027-02-26")
    one, day = replace(one, due_moves=moved, status="实施中"), date.fromisoformat(month)
    assert len(running_overdue((one,), day).rows) == late
    months = monthly_flow(KpiInput(date(2027, 3, 31), (one,)), whole_months(day.replace(day=1), 1))
    assert [m.overdue for m in months] == [late]


def test_what_was_reopened_with_another_deadline_is_held_against_that_where_the_earlier_day_stands_nowhere():
    """Done on 28 October for the 30th, reopened on 8 December until the 18th, filled anew: no month saw it late."""
    one = action("GJ-1", registered_on="2026-09-01", due_on="2026-12-18", completed_on="2026-12-16")
    one = replace(one, due_moves=(MovedDue(date(2026, 12, 9), date(2026, 10, 30)),), closed_on=date(2027, 1, 8))
    lost = replace(one, taken_back=(TakenBack(date(2026, 12, 8), None, is_overwritten=True),))
    kept = replace(one, taken_back=(TakenBack(date(2026, 12, 8), date(2026, 10, 28)),))
    for reopened in (lost, kept):
        months = monthly_flow(KpiInput(date(2027, 1, 31), (reopened,)), whole_months(date(2026, 10, 1), 3))
        assert [m.overdue for m in months] == [0, 0, 0]


@pytest.mark.parametrize(("day", "due"), [("2026-08-31", 15), ("2026-09-01", 30), ("2026-09-02", 30)])
def test_a_new_deadline_stands_from_the_day_of_its_approval(day, due):
    moved = (MovedDue(date(2026, 9, 1), date(2026, 9, 15)),)
    one = replace(action("GJ-1", due_on="2026-09-30"), due_moves=moved)
    assert one.due_at(date.fromisoformat(day)) == date(2026, 9, due)
