"""What the plan lists, in what order, and what each version changed."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.journal import JournalView
from capa_xl.model.paper_facts import GoalRow, VersionChange
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.papers.plan_facts import newest_plan, plan_facts, unplanned_facts
from capa_xl.reports.plan_text import draft_in_pack, plan_remarks
from tests.policy.papers.given import given
from tests.policy.registers import approved, completed, planned, view, without

P, T = "JH-2026", "2026-08-20"
V1 = {"number": P, "version": "V1.0", "period_from": "2026-01-01", "period_to": "2026-12-31"}


def facts(*actions, version=None, plans=(V1,), on=T, **others):
    return plan_facts(given(*actions, on=on, plans=list(plans), **others), P, version)


def listed(*actions, **others):
    return [item.action.number for item in facts(*actions, **others).corrective]


# --- lines ---


@pytest.mark.parametrize(
    ("values", "is_listed"),
    [
        ({}, True), ({"registered_on": "2026-01-01"}, True), ({"registered_on": "2025-12-31"}, False),
        ({"plan_number": P, "registered_on": "2025-12-31"}, True), ({"plan_number": "JH-2027"}, False),
        ({"registered_on": None}, False), ({"plan_number": P, "registered_on": None}, True),
        ({"cancelled_on": "2026-02-01", "cancel_reason": "重复", "cancel_approver": "样例总"}, False),
    ],
)  # fmt: skip
def test_a_plan_lists_rows_that_name_it_and_rows_of_its_period_that_name_none(values, is_listed):
    assert listed(planned(**values)) == (["GJ-2026-001"] if is_listed else [])


@pytest.mark.parametrize(("on", "is_listed"), [("2026-03-01", True), ("2026-03-02", False)])
def test_an_approved_version_holds_nothing_registered_later(on, is_listed):
    signed = {**V1, "approval": "同意", "approver": "样例总", "approved_on": "2026-03-01"}
    assert bool(listed(planned(registered_on=on), plans=[signed])) is is_listed
    assert listed(planned(registered_on=on), plans=[{**signed, "approval": "不同意"}]) == ["GJ-2026-001"]


@pytest.mark.parametrize(("on", "later"), [("2026-03-01", ()), ("2026-03-02", ("GJ-9",)), ("2026-08-20", ("GJ-9",))])
def test_what_names_the_plan_and_came_after_its_approval_is_told_as_the_next_version_s(on, later):
    signed = {**V1, "approval": "同意", "approver": "样例总", "approved_on": "2026-03-01"}
    row = planned(number="GJ-9", plan_number=P, registered_on=on)
    said = facts(row, plans=[signed]).changes[1:]
    assert [(one.version, one.added, one.approval) for one in said] == ([("下一版", later, "未编制")] if later else [])
    newer = {**V1, "version": "V2.0"}
    assert len(facts(row, plans=[signed, newer], version="V1.0").changes) == 1  # the next version stands there already


@pytest.mark.parametrize(("rule", "severity", "told"), [
    ("DO08", Severity.ERROR, True), ("DO08", Severity.WARNING, False), ("AP01", Severity.ERROR, False),
])  # fmt: skip
def test_a_deadline_that_nobody_approved_is_marked(rule, severity, told):
    hit = Problem(rule, "", severity, "改进计划跟踪表", "M2", "GJ-2026-001", 2, "期限变更", "登记延期")
    (item,) = facts(planned(), problems=[hit]).corrective
    assert item.is_day_unapproved is told


@pytest.mark.parametrize("period", ["period_from", "period_to"])
def test_a_version_without_period_lists_only_what_names_it(period):
    assert listed(planned(), plans=[{**V1, period: None}]) == (["GJ-2026-001"] if period == "period_to" else [])


def test_lines_are_ranked_by_weight_repeat_deadline_and_number():
    rows = (
        planned(number="GJ-5"),
        planned(number="GJ-4"),
        planned(number="GJ-3", due_on="2026-06-29"),
        planned(number="GJ-2", is_repeat=True, due_on="2026-07-30"),
        planned(number="GJ-1", severity="重大", due_on="2026-08-30"),
        planned(number="GJ-6", due_on=None),
    )
    assert listed(*rows) == ["GJ-1", "GJ-2", "GJ-3", "GJ-4", "GJ-5", "GJ-6"]


def test_corrections_stand_apart_from_all_others():
    found = facts(
        planned(number="GJ-1"), planned(number="GJ-2", action_type="预防"), planned(number="GJ-3", action_type="改进")
    )
    assert [item.action.number for item in found.corrective] == ["GJ-1"]
    assert {item.action.number for item in found.preventive} == {"GJ-2", "GJ-3"}


def test_an_item_of_unknown_type_is_no_prevention():
    found = facts(planned(number="GJ-1", action_type=None), planned(number="GJ-2", action_type="改进"))
    assert [item.action.number for item in found.unclassified] == ["GJ-1"]
    assert [item.action.number for item in found.preventive] == ["GJ-2"]
    bare = facts(planned(), columns=without("action_type", "severity"))
    assert (bare.untyped, bare.unweighed) == (("措施类型",), ("严重度",))


def test_a_line_says_who_inspects_when_it_is_confirmed_and_who_sees_to_its_resources():
    (line,) = facts(planned()).corrective
    assert (line.is_approved, line.resources_to_general_manager, line.manager) == (False, None, "样例甲")
    days = given(planned(), on=T).view.procedure.observation_days_of(line.action)
    assert (line.confirm_on - date(2026, 6, 30)).days == days
    (undated,) = facts(planned(due_on=None)).corrective
    assert undated.confirm_on is None
    (done,) = facts(completed()).corrective
    assert done.confirm_on == done.derived.earliest_confirmation_on


@pytest.mark.parametrize("missing", [None, "approver", "approved_on", "approval"])
def test_a_line_is_approved_alone_by_somebody_on_a_day(missing):
    (line,) = facts(approved(**({missing: None} if missing else {}))).corrective
    assert line.is_approved is (missing is None)


@pytest.mark.parametrize(("kind", "asked"), [("资源申请", True), ("进展", False)])
def test_a_request_for_resources_is_told_where_progress_is_kept(kind, asked):
    (line,) = facts(planned(), progress=[{"number": "GJ-2026-001", "on": "2026-03-01", "kind": kind}]).corrective
    assert line.resources_to_general_manager is asked


# --- versions ---

V2 = {**V1, "version": "V2.0", "written_on": "2026-05-01"}
SIGNED = {
    **V1, "written_on": "2026-01-10", "approver": "样例总", "approved_on": "2026-02-01", "approval": "同意",
    "approval_evidence": "OA-7",
}  # fmt: skip


def test_each_version_tells_what_it_brought_since_the_one_before():
    rows = (
        planned(number="GJ-1", plan_number=P, registered_on="2026-02-01"),
        planned(number="GJ-2", plan_number=P, registered_on="2026-02-02"),
        planned(number="GJ-3", plan_number=P, registered_on="2026-05-01"),
        planned(number="GJ-4", plan_number=P, registered_on="2026-05-02"),
        planned(number="GJ-5", registered_on="2026-03-01"),
        planned(number="GJ-6", plan_number=P, cancelled_on="2026-01-20", cancel_reason="x", cancel_approver="样例总"),
        planned(number="GJ-7", plan_number=P, cancelled_on="2026-03-01", cancel_reason="x", cancel_approver="样例总"),
    )
    moves = [
        {
            "number": "GJ-1",
            "approver": "样例甲",
            "approved_on": "2026-03-01",
            "approval": verdict,
            "new_due_on": "2026-07-31",
        }
        for verdict in ("同意", "不同意")
    ]
    found = facts(*rows, plans=[SIGNED, V2], extensions=[*moves, {**moves[1], "number": "GJ-2"}])
    assert found.changes == (
        VersionChange("V1.0", date(2026, 2, 1), (), (), ("GJ-6",), "样例总（总经理） 同意（凭证 OA-7）", is_first=True),
        VersionChange("V2.0", date(2026, 5, 1), ("GJ-2", "GJ-3"), ("GJ-1",), ("GJ-7",), "", ("GJ-5",)),
    )


@pytest.mark.parametrize(
    ("cell", "was", "seen_on", "numbers"),
    [
        ("JH-2027", P, "2027-02-01", ("GJ-1",)), ("JH-2027", "", "2027-02-01", ("GJ-1",)),
        (f"{P}、JH-2027", P, "2027-02-01", ()),
        ("JH-2027", P, "2026-02-01", ()),  # when it was approved it named the other
        ("JH-2027", "JH-2027", "2027-02-01", ()),
    ],
)  # fmt: skip
def test_what_an_approved_version_listed_and_names_another_now_is_told(cell, was, seen_on, numbers):
    row = planned(number="GJ-1", plan_number=cell, registered_on="2026-01-20")
    change = FieldChange("GJ-1", "计划编号", was, cell, date.fromisoformat(seen_on))
    journal = JournalView(plan_changes={"GJ-1": (change,)})
    plans = [SIGNED, {**SIGNED, "number": "JH-2027", "approved_on": "2027-01-20"}]
    found = facts(row, on="2027-02-02", plans=plans, journal=journal)
    assert (found.moved_on, len(found.items)) == (numbers, 1 if P in cell else 0)
    assert [("、新计划的编号），原来的不删" in said) for said in plan_remarks(found)] == [True] * len(numbers)


def test_what_a_version_listed_without_its_number_is_told_when_it_is_moved_or_cancelled():
    """GJ-1 to GJ-3 are in V1.0 by their day alone; GJ-4 came and went between the two, GJ-5 never was in one."""
    cancelled = {"cancel_reason": "x", "cancel_approver": "样例总"}
    rows = (
        planned(number="GJ-1", registered_on="2026-01-05"),
        planned(number="GJ-2", registered_on="2026-01-06", cancelled_on="2026-03-01", **cancelled),
        planned(number="GJ-3", registered_on="2026-01-07"),
        planned(number="GJ-4", registered_on="2026-02-10", cancelled_on="2026-03-01", **cancelled),
        planned(number="GJ-5", registered_on="2026-01-05", cancelled_on="2026-01-20", **cancelled),
    )
    moved = {
        "number": "GJ-1",
        "approver": "样例甲",
        "approved_on": "2026-03-01",
        "approval": "同意",
        "new_due_on": "2026-07-31",
    }
    second = {**SIGNED, "version": "V2.0", "approved_on": "2026-05-01"}
    changes = facts(*rows, plans=[SIGNED, second], extensions=[moved]).changes
    assert [(one.version, one.added, one.adjusted, one.cancelled, one.unnumbered) for one in changes] == [
        ("V1.0", (), (), (), ()),
        ("V2.0", (), ("GJ-1",), ("GJ-2",), ()),
    ]
    to_come = facts(*rows, plans=[SIGNED], extensions=[moved]).changes
    assert [(one.version, one.added, one.adjusted, one.cancelled) for one in to_come] == [
        ("V1.0", (), (), ()),
        ("下一版", (), ("GJ-1",), ("GJ-2",)),
    ]


def test_what_a_version_brought_is_told_against_the_one_in_force_not_against_a_refused_one():
    """GJ-2 came with the refused version, GJ-3 after it: against V1.0 the third version has both, and another aim."""
    rows = (planned(number=f"GJ-{at}", registered_on=day, plan_number="JH-2026")
            for at, day in ((1, "2026-01-05"), (2, "2026-03-20"), (3, "2026-05-20")))  # fmt: skip
    refused = {**SIGNED, "version": "V2.0", "approval": "不同意", "approved_on": "2026-05-01"}
    third = {**SIGNED, "version": "V3.0", "approved_on": "2026-06-01", "goal": "按期完成率 96%"}
    changes = facts(*rows, plans=[SIGNED, refused, third]).changes
    assert [(one.version, one.added, one.reworded, one.is_first) for one in changes] == [
        ("V1.0", (), (), True),
        ("V2.0", ("GJ-2",), (), False),
        ("V3.0", ("GJ-2", "GJ-3"), ("总体目标",), False),
    ]


def test_a_refused_version_leaves_the_one_before_it_in_force_and_that_is_said():
    agreed = {**V1, "approval": "同意", "approver": "样例总", "approved_on": "2026-03-01"}
    refused = {**V2, "approval": "不同意", "approver": "样例总", "approved_on": "2026-05-02"}
    in_force = facts(planned(), plans=[agreed, refused])
    assert (in_force.plan.version, in_force.head.is_draft) == ("V1.0", False)
    assert next(plan_remarks(in_force)) == (
        "版本 V2.0 没有批准（2026-05-02），仍以版本 V1.0 为准；"
        "要看没有批准的：capa-xl plan 本工作簿 --version V2.0 -o 改进计划.docx"
    )
    asked = facts(planned(), plans=[agreed, refused], version="V2.0")
    assert asked.head.missing == ("批准结论（写的是不同意：先按意见改，另立一版再报批）",)
    assert facts(planned(), plans=[V1, refused]).plan.version == "V2.0"  # none was in force before it


def test_the_newest_version_is_printed_unless_another_is_asked_for():
    plans = [SIGNED, V2]
    assert facts(planned(), plans=plans).plan.version == "V2.0"
    first = facts(planned(), plans=plans, version="V1.0")
    assert (first.plan.version, len(first.versions), first.head.number) == ("V1.0", 1, "JH-2026 V1.0")
    assert facts(planned(), plans=plans, version="V9") is None
    assert plan_facts(given(planned(), on=T, plans=plans), "JH-1") is None


def test_the_plan_names_its_people_with_the_roles_they_held():
    found = facts(approved(), plans=[{**SIGNED, "author": "样例质"}])
    assert found.reviewer == "样例质"
    assert {name for name, *_ in found.roles} == {"样例质", "样例总", "样例甲"}


def test_without_a_plan_the_open_rows_of_the_year_are_a_draft_without_number():
    rows = planned(number="GJ-2", registered_on="2025-01-05"), planned(number="GJ-1", severity="重大"), planned(
        number="GJ-3", cancelled_on="2026-02-01", cancel_reason="x", cancel_approver="样例总"
    )  # fmt: skip
    found = unplanned_facts(given(*rows, on=T))
    assert [item.action.number for item in found.corrective] == ["GJ-1", "GJ-2"]
    assert (found.plan.period_from, found.plan.period_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (found.changes, found.head.is_draft) == ((), True)
    adding = "没有工作表《计划》，先加上：capa-xl grow 本工作簿 --sheet 计划 --apply"
    assert found.head.missing == (f"《计划》里的一行（计划编号、周期、批准）；{adding}",)


def test_the_newest_plan_is_the_one_whose_period_began_last():
    plans = [
        V1,
        {**V1, "number": "JH-2027", "period_from": "2027-01-01"},
        {**V1, "number": "JH-X", "period_from": None},
    ]
    assert newest_plan(view(planned(), on=T, plans=plans)) == "JH-2027"
    assert newest_plan(view(planned(), on=T)) is None


def test_of_what_a_first_version_lists_too_it_is_said_which_rows_do_not_name_it_and_which_are_not_planned_yet():
    """A row with nothing but its number stood in a plan that was approved, and nobody said why it was there."""
    bare = dict.fromkeys(("measure", "goal", "responsible_department", "due_on"))
    rows = planned(number="GJ-1", plan_number=P), planned(number="GJ-2", **bare)
    found = facts(*rows, plans=[SIGNED])
    assert list(plan_remarks(found)) == [
        "GJ-2 没有填计划编号，在周期内登记的照样列入 → 属于别的计划的，填那个计划编号就不列在这一份里",
        "GJ-2 还没有策划完，空着的格印 — → 照〔自动〕下一步补齐，再出计划",
    ]
    without_column = facts(planned(), plans=[SIGNED], columns=without("plan_number"))
    assert list(plan_remarks(without_column)) == []
    pack = draft_in_pack(unplanned_facts(given(*rows, on=T)))
    assert pack == (
        "草稿，没有登记周期与本期重叠的计划，周期按 2026-01-01 至 2026-12-31；定稿前还缺 "
        "《计划》里的一行（计划编号、周期、批准）；没有工作表《计划》，先加上："
        "capa-xl grow 本工作簿 --sheet 计划 --apply"
    )
    waiting = facts(planned(), plans=[V1])
    assert draft_in_pack(waiting) == "草稿，定稿前还缺 批准人、批准日期、批准结论（同意）"
    assert draft_in_pack(found, errors=2) == "草稿，《计划》里它的各行还有 2 个错误没有处理"


# --- goals ---


def goals(*rows, on=T):
    base = {
        "process": "事件",
        "indicator": "超时率",
        "unit": "%",
        "target": 2.0,
        "frequency": "月",
        "department": "服务台",
    }
    return facts(planned(), on=on, measurements=[{**base, **row} for row in rows]).goals


def test_a_goal_is_the_newest_value_of_an_indicator_with_a_target():
    newest = {"period": "2026-08", "value": 1.5, "direction": "越小越好"}
    assert goals({"period": "2026-07", "value": 9.0}, newest, {"period": "2026-09", "value": 8.0}) == (
        GoalRow("事件 超时率", "1.5%", "≤2%", "月（2026-08）", "服务台"),
    )
    assert goals({"target": None, "period": "2026-08"}) == ()


@pytest.mark.parametrize(
    ("values", "goal"),
    [
        ({"direction": "越大越好", "unit": None}, GoalRow("事件 超时率", "", "≥2", "月", "服务台")),
        ({"process": None, "frequency": None, "department": None}, GoalRow("超时率", "", "2%", "", "")),
        ({"period": "2026Q3", "frequency": None}, GoalRow("事件 超时率", "", "2%", "（2026Q3）", "服务台")),
    ],
)
def test_what_an_indicator_lacks_is_blank(values, goal):
    assert goals(values) == (goal,)


@pytest.mark.parametrize(("numerator", "denominator", "current"), [(1.0, 3.0, "1/3"), (2.0, 5.0, "40%")])
def test_a_goal_that_was_counted_stands_as_it_was(numerator, denominator, current):
    """Nobody typed a value: the plan once printed none. Of few cases it is a fraction."""
    counted = {"period": "2026-08", "numerator": numerator, "denominator": denominator}
    assert [goal.current for goal in goals(counted)] == [current]


def test_of_two_values_of_one_period_the_lower_one_on_the_sheet_counts_and_twelve_goals_are_printed():
    assert goals({"period": "2026-07", "value": 1.0}, {"period": "2026-07", "value": 2.0})[0].current == "2%"
    assert goals({"period": "2026-07", "value": 1.0}, {"value": 2.0})[0].current == "1%"
    many = goals(*({"indicator": f"指标{n:02d}"} for n in range(13)))
    assert [goal.goal for goal in many] == [f"事件 指标{n:02d}" for n in range(12)]


def test_declined_needs_are_listed_where_needs_are_kept():
    assert facts(planned()).declined is None
    rows = [
        {"number": f"XQ-{at}", "registered_on": "2026-02-02", "source": "数据分析", "evaluation": verdict}
        for at, verdict in enumerate((None, "采纳", "不采纳"))
    ]
    assert [need.number for need in facts(planned(), needs=rows).declined] == ["XQ-2"]


def test_open_errors_of_its_lines_are_printed_on_a_draft_alone():
    def problem(number, severity=Severity.ERROR):
        return Problem("PL01", "4.1", severity, "改进计划跟踪表", "A2", number, 2, "", "")

    mine, others = problem("GJ-2026-001"), (problem("GJ-9"), problem("GJ-2026-001", Severity.WARNING))
    for plan, printed in ((V1, (mine,)), (SIGNED, ())):
        inputs = given(planned(), on=T, plans=[plan], problems=(mine, *others))
        assert plan_facts(inputs, P).problems == printed
