"""Every limit of status and lateness on its last day, the day before and the day after.

Counted by hand on the calendar of 2026: 1–3 January, 15–23 February and 4–6 April are off, 4 January, 14 February and
28 February are worked.
"""

from __future__ import annotations

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.model.procedure import Procedure
from capa_xl.policy.viewing import view_register
from tests.policy.edges import around
from tests.policy.registers import (
    approved,
    closed,
    completed,
    confirmed,
    day,
    derived,
    inspected,
    planned,
    register,
    running,
    view,
)

GJ = "GJ-2026-001"
REFUSED = {"approver": "样例甲", "approved_on": "2026-01-12", "approval": "不同意"}
RESUBMITTED = [{"number": GJ, "on": "2026-02-02", "kind": "重新报批"}]
MAJOR = {"severity": "重大", "approver": "样例总", "approval_route": "总经理"}


@pytest.mark.parametrize(
    ("code", "last_day", "action", "others"),
    [
        ("Y3", "2026-01-19", planned(owners=()), {}),  # Monday 5 January + 10
        ("Y3", "2026-01-26", planned(**REFUSED), {}),  # refused on Monday 12 January, + 10
        ("Y4", "2026-01-26", planned(), {}),  # 5 January + 15
        ("Y4", "2026-02-28", planned(**REFUSED), {"progress": RESUBMITTED}),  # 2 February + 15, a worked Saturday
        ("Y5", "2026-03-16", completed(), {}),  # 2 March + 10
        ("Y6", "2026-04-16", inspected(), {}),  # 1 April + 10 over 清明
        ("Y7", "2026-04-20", confirmed(needs_revision=True), {"revisions": [{"number": GJ, "due_on": "2026-04-20"}]}),
        ("Y8", "2026-04-21", confirmed(), {}),  # 7 April + 10
        ("Y1", "2026-06-30", running(), {}),
    ],
)  # fmt: skip
def test_a_limit_is_kept_on_its_last_day_and_late_by_one_the_day_after(code, last_day, action, others):
    def late(on):
        found = derived(action, on, **others)
        return code in found.overdue and found.days_overdue

    assert around(last_day, late) == (False, False, 1)


def test_due_soon_begins_a_month_before_and_ends_on_the_due_date():
    def is_due_soon(on):
        return "Y0" in derived(running(), on).overdue

    assert around("2026-05-30", is_due_soon) == (False, True, True)
    assert around("2026-06-30", is_due_soon) == (True, True, False)


@pytest.mark.parametrize(("completed_on", "overdue"), [("2026-06-29", ()), ("2026-06-30", ()), ("2026-07-01", ("Y2",))])
def test_a_completion_is_late_the_day_after_the_due_date(completed_on, overdue):
    action = closed(completed_on=completed_on, inspected_on="2026-07-02", confirmed_on="2026-08-05")
    assert derived({**action, "archived_on": "2026-08-06"}, "2026-12-01").overdue == overdue


@pytest.mark.parametrize(
    ("first_day", "action"),
    [
        ("2026-04-01", inspected()),  # 2 March + 30
        ("2026-05-31", inspected(**MAJOR)),  # + 90
        ("2026-03-09", inspected(process="体系文件")),  # + 7
        ("2026-03-17", inspected(observation_days=15)),
        ("2026-03-06", inspected(observation_days=4)),  # the day after the inspection
    ],
)
def test_the_observation_ends_on_the_day_its_days_are_full(first_day, action):
    states = around(first_day, lambda on: derived(action, on).status)
    assert states == ("观察期", "待效果确认", "待效果确认")


@pytest.mark.parametrize(
    ("fact_on", "action", "before", "then"),
    [
        ("2026-01-12", approved(), "待审批", "未开始"),
        ("2026-01-13", running(), "未开始", "实施中"),
        ("2026-03-02", completed(), "实施中", "待检查"),
        ("2026-03-05", inspected(), "待检查", "观察期"),
        ("2026-04-07", confirmed(), "待效果确认", "待归档"),
        ("2026-04-10", closed(), "待归档", "已关闭"),
        ("2026-02-10", running(cancelled_on="2026-02-10"), "实施中", "已取消"),
    ],
)
def test_a_fact_counts_from_its_day_on(fact_on, action, before, then):
    assert around(fact_on, lambda on: derived(action, on).status) == (before, then, then)


def test_a_row_is_there_from_the_day_it_was_registered():
    table, today = register(planned()), day("2026-02-01")
    there = around("2026-01-05", lambda on: GJ in view_register(table, AsOf(day(on), today)).by_number)
    assert there == (False, True, True)


@pytest.mark.parametrize(
    ("inspected_on", "status"), [("2026-03-01", "待检查"), ("2026-03-02", "返工中"), ("2026-03-03", "返工中")]
)
def test_a_failed_inspection_on_the_day_of_completion_sends_it_back(inspected_on, status):
    """One before it looked at the process; one on the very day looked at the result."""
    assert derived(completed(inspected_on=inspected_on, inspection="不合格"), "2026-03-10").status == status


@pytest.mark.parametrize(
    ("completed_on", "status"), [("2026-03-04", "返工中"), ("2026-03-05", "返工中"), ("2026-03-06", "待检查")]
)
def test_only_a_completion_after_the_failed_inspection_ends_the_rework(completed_on, status):
    failed = completed(completed_on=completed_on, inspected_on="2026-03-05", inspection="不合格")
    assert derived(failed, "2026-03-10").status == status


def reviewed(on, verdict, **values):
    """A major action that the manager of all approved on 12 January, and the review's word on a day."""
    action = approved(**{**MAJOR, "review_number": "GLPS-01", **values})
    decision = {"number": "GLPS-01", "on": on, "tracker_numbers": (GJ,), "conclusion": verdict}
    return derived(action, "2026-03-10", decisions=[decision]).status


def test_a_refusal_wins_on_the_day_of_an_approval_and_after_it():
    assert [reviewed(f"2026-01-{n}", "不同意") for n in (11, 12, 13)] == ["未开始", "审批退回", "审批退回"]


def test_an_approval_lifts_a_refusal_only_the_day_after_it():
    refused = {"approval": "不同意", "approval_route": None}
    found = [reviewed(f"2026-01-{n}", "同意", **refused) for n in (11, 12, 13)]
    assert found == ["审批退回", "审批退回", "未开始"]


def test_a_refusal_without_a_date_is_newer_than_any_approval():
    undated = {"approval": "不同意", "approved_on": None}
    assert reviewed("2026-03-09", "同意", **undated) == "审批退回"
    assert reviewed("2026-03-09", "同意") == "未开始"


def test_two_decisions_of_one_day_the_refusal_counts():
    def status(*verdicts):
        rows = [
            {"number": "GLPS-01", "on": "2026-01-13", "tracker_numbers": (GJ,), "conclusion": verdict}
            for verdict in verdicts
        ]
        return derived(approved(**MAJOR, review_number="GLPS-01"), "2026-03-10", decisions=rows).status

    assert (status("同意", "不同意"), status("不同意", "同意"), status("同意", "同意")) == ("审批退回",) * 2 + (
        "未开始",
    )


@pytest.mark.parametrize(
    ("resubmitted_on", "status"), [("2026-01-11", "审批退回"), ("2026-01-12", "审批退回"), ("2026-01-13", "待审批")]
)
def test_a_resubmission_lifts_the_refusal_of_the_day_before(resubmitted_on, status):
    rows = [{"number": GJ, "on": resubmitted_on, "kind": "重新报批"}]
    assert derived(planned(**REFUSED), "2026-01-14", progress=rows).status == status


@pytest.mark.parametrize(
    ("registered_on", "status"), [("2026-01-11", "未开始"), ("2026-01-12", "未开始"), ("2026-01-13", "待审批")]
)
def test_a_plan_covers_what_was_registered_by_the_day_of_its_approval(registered_on, status):
    plan = [
        {"number": "JH-2026", "version": "V1", "approver": "样例总", "approved_on": "2026-01-12", "approval": "同意"}
    ]
    action = planned(action_type="改进", plan_number="JH-2026", registered_on=registered_on)
    assert derived(action, "2026-01-14", plans=plan).status == status


@pytest.mark.parametrize(("key", "answers"), [("valid_from", (False, True, True)), ("valid_to", (True, True, False))])
def test_a_role_is_held_from_its_first_day_to_its_last(key, answers):
    staff = [{"name": "样例甲", "department": "服务台", "roles": ("部门经理",), key: "2026-03-02"}]
    roster = view(planned(), on="2026-06-01", people=staff).roster
    assert around("2026-03-02", lambda on: roster.has_role("样例甲", "部门经理", day(on))) == answers


def test_a_deputy_stands_in_from_the_first_day_to_the_last():
    staff = [
        {
            "name": "样例甲",
            "department": "服务台",
            "deputy": "样例工",
            "deputy_from": "2026-03-02",
            "deputy_to": "2026-03-04",
        }
    ]
    roster = view(planned(), on="2026-06-01", people=staff).roster

    def deputy(on):
        return roster.deputy("样例甲", day(on)) or ""

    assert around("2026-03-02", deputy) == ("", "样例工", "样例工")
    assert around("2026-03-04", deputy) == ("样例工", "样例工", "")


def test_what_was_confirmed_on_the_day_of_taking_over_is_judged_and_the_day_before_is_history():
    procedure = Procedure(taken_over_on=day("2026-04-07"))
    assert around("2026-04-07", lambda on: procedure.is_old(day(on))) == (True, False, False)
