import pytest

from capa_xl.model.procedure import Procedure
from tests.policy.registers import closed, completed, confirmed, derived, inspected, planned, running, without


def late(action, on, **others):
    found = derived(action, on, **others)
    return found.overdue, found.days_overdue


def test_due_today_is_not_overdue_and_tomorrow_is():
    assert late(running(), "2026-06-30") == (("Y0",), 0)
    assert late(running(), "2026-07-01") == (("Y1",), 1)
    assert derived(running(), "2026-06-30").days_left == 0
    assert derived(running(), "2026-07-02").days_left == -2


def test_due_soon_begins_a_calendar_month_before():
    assert late(running(), "2026-05-29") == ((), 0)
    assert late(running(), "2026-05-30") == (("Y0",), 0)
    assert late(running(due_on="2026-03-31"), "2026-02-28") == (("Y0",), 0)


def test_due_dates_count_before_the_approval_too():
    assert late(planned(registered_on="2026-06-29"), "2026-07-01")[0] == ("Y1",)


def test_completed_on_the_due_date_is_on_time_and_a_day_later_is_a_fact():
    assert late(completed(due_on="2026-03-02"), "2026-03-06") == ((), 0)
    assert late(closed(due_on="2026-03-01"), "2026-05-01") == (("Y2",), 1)
    assert derived(closed(due_on="2026-03-01"), "2026-05-01").status == "已关闭"
    assert derived(completed(), "2026-03-06").days_left is None


def test_a_measure_found_ineffective_without_a_day_of_completion_is_not_completed():
    """Due 2026-03-31, looked at 40 days later: a conclusion says nothing of what was done by then."""
    for effect in ("无效", "部分有效"):
        undone = confirmed(due_on="2026-03-31", completed_on=None, effect=effect)
        found = derived(undone, on="2026-05-10")
        assert (found.status, found.overdue, found.days_overdue) == ("措施无效", ("Y1",), 40)
    done = confirmed(due_on="2026-03-31", effect="无效")
    assert late(done, "2026-05-10") == ((), 0)
    assert late(confirmed(due_on="2026-03-31", completed_on=None), "2026-04-08") == ((), 0)


def test_rework_is_not_completed():
    failed = completed(due_on="2026-03-01", inspected_on="2026-03-05", inspection="不合格")
    assert late(failed, "2026-03-11") == (("Y1",), 10)
    assert late({**failed, "completed_on": "2026-03-10"}, "2026-03-11") == (("Y2",), 9)


@pytest.mark.parametrize(("on", "codes", "days"), [("2026-01-19", (), 0), ("2026-01-20", ("Y3",), 1)])
def test_planning_has_ten_working_days(on, codes, days):
    assert late(planned(owners=()), on) == (codes, days)


def test_a_refusal_by_the_review_starts_it_afresh_on_the_day_of_the_review():
    """Approved on Monday 12 January, refused by the review on Monday 19: ten working days end on 2 February."""
    action = running(review_number="GLPS-2026-01", started_on=None)
    refused = {"number": "GLPS-2026-01", "on": "2026-01-19", "conclusion": "不同意"}
    refused["tracker_numbers"] = ("GJ-2026-001",)
    assert late(action, "2026-02-02", decisions=[refused]) == ((), 0)
    assert late(action, "2026-02-03", decisions=[refused]) == (("Y3",), 1)


def test_a_refusal_starts_the_planning_limit_afresh():
    refused = planned(approver="样例甲", approved_on="2026-01-12", approval="不同意")
    assert late(refused, "2026-01-26") == ((), 0)
    assert late(refused, "2026-01-27") == (("Y3",), 1)


def test_approval_has_fifteen_working_days():
    assert late(planned(), "2026-01-26") == ((), 0)
    assert late(planned(), "2026-01-27") == (("Y4",), 1)


def test_inspection_and_confirmation_have_ten_working_days():
    assert late(completed(), "2026-03-16") == ((), 0)
    assert late(completed(), "2026-03-17") == (("Y5",), 1)
    assert late(inspected(), "2026-04-16") == ((), 0)  # 04-06 is a holiday
    assert late(inspected(), "2026-04-17") == (("Y6",), 1)


def test_archiving_has_ten_working_days_and_runs_on_during_revision():
    assert late(confirmed(), "2026-04-21") == ((), 0)
    assert late(confirmed(), "2026-04-22") == (("Y8",), 1)
    assert late(confirmed(needs_revision=None), "2026-04-22") == (("Y8",), 1)
    archived = closed(needs_revision=None)
    assert late(archived, "2026-04-22") == ((), 0)
    assert late(confirmed(effect="无效"), "2026-05-30") == ((), 0)


def test_a_revision_is_late_after_its_own_date():
    rows = [{"number": "GJ-2026-001", "due_on": "2026-04-24"}, {"number": "GJ-2026-001", "due_on": "2026-04-20"}]
    action = confirmed(needs_revision=True, due_on="2026-03-01")
    assert late(action, "2026-04-20", revisions=rows) == (("Y2",), 1)
    assert late(action, "2026-04-29", revisions=rows) == (("Y7", "Y8", "Y2"), 9)


def test_ended_rows_carry_a_late_completion_at_most():
    assert late(closed(due_on="2026-02-27"), "2026-12-01") == (("Y2",), 3)
    assert late(confirmed(effect="无效", follow_ups=("GJ-2",)), "2026-12-01") == ((), 0)
    assert late(running(cancelled_on="2026-07-10"), "2026-12-01") == ((), 0)
    assert derived(running(cancelled_on="2026-07-10"), "2026-12-01").days_left is None


def test_the_worst_code_comes_first():
    assert late(planned(), "2026-07-10") == (("Y1", "Y4"), 10)
    failed = planned(owners=(), due_on="2026-02-02")
    assert late(failed, "2026-01-26") == (("Y3", "Y0"), 7)


@pytest.mark.parametrize(("action", "on", "phrase"), [
    (running(), "2026-07-10", "实施逾期 10 天"),
    (running(), "2026-06-04", "即将到期，剩余 26 天"),
    (inspected(), "2026-04-19", "确认超时 3 天"),
    (closed(due_on="2026-02-27"), "2026-12-01", "逾期完成 3 天"),
    (running(), "2026-02-01", ""),
])  # fmt: skip
def test_people_read_a_phrase(action, on, phrase):
    assert derived(action, on).overdue_phrase == phrase


def test_a_status_word_that_closes_is_silent():
    columns = tuple(k for k in without("completed_on") if k in ("number", "measure", "owners", "due_on"))
    found = derived(planned(stated_status="已关闭"), "2026-12-01", columns=(*columns, "stated_status"))
    assert (found.status, found.overdue, found.days_left, found.closed_on) == ("已关闭", (), None, None)


def test_the_limit_of_a_step_runs_from_no_day_before_its_columns_came():
    """Registered 2026-01-05: ten working days end on 01-19; columns of 2026-03-02 are due on 03-16, 03-23 approved."""
    came = Procedure(added_columns={"2026-03-02": "是否重复、原因分析、批准日期、批准结论、检查日期、检查结论"})
    unplanned = planned(is_repeat=None, cause=None)
    assert late(unplanned, "2026-03-02", procedure=Procedure()) == (("Y3",), 42)
    assert late(unplanned, "2026-03-16", procedure=came) == ((), 0)
    assert late(unplanned, "2026-03-17", procedure=came) == (("Y3",), 1)
    assert late({**unplanned, "measure": None}, "2026-03-02", procedure=came) == (("Y3",), 42)
    assert late(planned(), "2026-03-23", procedure=came) == ((), 0)
    assert late(planned(), "2026-03-24", procedure=came) == (("Y4",), 1)
    assert late(completed(completed_on="2026-01-30"), "2026-03-16", procedure=came) == ((), 0)
    assert late(completed(completed_on="2026-01-30"), "2026-03-17", procedure=came) == (("Y5",), 1)
