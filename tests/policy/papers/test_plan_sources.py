"""3.1 of the plan counts whatever came from a source, and says 无 only where somebody wrote it."""

from __future__ import annotations

from capa_xl.model.period import calendar_period
from capa_xl.model.records import PlanVersion
from capa_xl.policy.papers.plan_facts import plan_facts, unplanned_facts
from tests.policy.papers.given import given
from tests.policy.registers import closed, day, planned

PLAN = {"number": "JH-2026", "version": "V1.0", "period_from": "2026-01-01", "period_to": "2026-12-31"}
T = "2026-08-20"


def sources(*actions, plan=PLAN, **others):
    return told(plan_facts(given(*actions, on=T, plans=[plan], **others), "JH-2026"))


def told(facts):
    return {row.source: (row.collected, row.adopted, row.note) for row in facts.sources}


def need(number, source, **values):
    return {"number": number, "registered_on": "2026-02-02", "source": source, **values}


def test_a_line_that_is_its_own_registration_is_counted_under_its_source():
    found = sources(planned(source="管理评审"), needs=[need("XQ-1", "数据分析", evaluation="采纳")])
    assert found["管理评审的结果"] == (1, 1, "直接列入跟踪表 1 条")
    assert found["数据分析"] == (1, 1, "")
    assert found["审核结果"] == (0, 0, "没有登记")


def test_a_line_that_answers_a_need_is_not_counted_twice():
    answering = planned(source="顾客投诉", need_number="XQ-1")
    found = sources(answering, needs=[need("XQ-1", "顾客投诉")])
    assert found["体系运行过程"] == found["顾客投诉"] == (1, 0, "待评估 1 条")


def test_none_is_said_only_where_an_analysis_of_the_period_says_so():
    def note(**values):
        row = {"number": "FX-1", "on": "2026-07-06", "source": "外部审核", "conclusion": "无", **values}
        return sources(planned(), needs=[need("XQ-1", "数据分析")], analyses=[row])["审核结果"][2]

    assert note() == "无（FX-1）"
    assert note(on="2026-08-20") == "无（FX-1）"
    assert note(on="2026-08-21") == "没有登记"
    assert note(on="2025-12-31") == "没有登记"
    assert note(conclusion="有异常") == "有分析记录，没有登记需求、措施"
    assert note(source="供方业绩") == "没有登记"
    assert sources(
        planned(source="外部审核"),
        analyses=[{"number": "FX-1", "on": "2026-07-06", "source": "外部审核", "conclusion": "无"}],
    )["审核结果"] == (1, 1, "直接列入跟踪表 1 条")


def test_an_unapproved_undated_version_has_no_day_and_says_what_it_lacks():
    facts = plan_facts(given(planned(), on=T, plans=[PLAN]), "JH-2026")
    assert facts.changes[0].on is None
    assert facts.head.missing == ("批准人", "批准日期", "批准结论（同意）")
    signed = PLAN | {"approver": "样例总", "approved_on": "2026-01-09", "approval": "同意"}
    assert plan_facts(given(planned(), on=T, plans=[signed]), "JH-2026").head.missing == ()
    refused = plan_facts(given(planned(), on=T, plans=[signed | {"approval": "不同意"}]), "JH-2026")
    assert refused.head.missing == ("批准结论（写的是不同意：先按意见改，另立一版再报批）",)
    assert isinstance(refused.plan, PlanVersion) and refused.changes[0].on == day("2026-01-09")


def test_of_a_workbook_without_the_register_nobody_can_say_that_nothing_was_registered():
    assert sources(planned())["审核结果"] == (0, 0, "没有工作表《问题需求登记》")


CANCELLED = {"cancelled_on": "2026-05-05", "cancel_reason": "重复", "cancel_approver": "样例总"}
SIGNED = PLAN | {"approver": "样例总", "approved_on": "2026-03-01", "approval": "同意"}


def test_what_was_registered_and_then_cancelled_was_collected_all_the_same():
    """It was printed as 没有登记, while the line below told that it was cancelled."""
    found = sources(planned(source="内部审核", **CANCELLED), planned(number="GJ-2", source="外部审核"))
    assert found["审核结果"] == (2, 2, "直接列入跟踪表 2 条，已取消 1 条")
    answering = planned(source="顾客投诉", need_number="XQ-1", **CANCELLED)
    assert sources(answering, needs=[need("XQ-1", "顾客投诉")])["顾客投诉"] == (1, 0, "待评估 1 条")


def test_what_came_after_the_approval_is_not_counted_and_not_told_as_nothing():
    """The rule of the sources nobody looked at (XR07) sees it; so does what names another plan."""
    later = planned(source="内部审核", registered_on="2026-03-02")
    other = planned(number="GJ-2", source="管理评审", plan_number="JH-2027", registered_on="2026-02-02")
    before = planned(number="GJ-3", source="纠正预防措施实施", registered_on="2025-12-31")
    found = sources(later, other, before, plan=SIGNED, needs=[need("XQ-1", "顾客投诉")])
    words = [found[name] for name in ("审核结果", "管理评审的结果", "纠正和预防措施的实施")]
    assert words == [(0, 0, "周期内登记的不计入本版")] * 2 + [(0, 0, "没有登记")]


def test_an_analysis_is_a_look_at_the_data_and_at_the_source_it_names():
    rows = [{"number": "FX-1", "on": "2026-07-06", "source": "内部审核", "conclusion": "有异常"}]
    found = sources(planned(), needs=[need("XQ-1", "顾客投诉")], analyses=rows)
    seen = [name for name, row in found.items() if row[2] == "有分析记录，没有登记需求、措施"]
    assert seen == ["审核结果", "数据分析"]


def test_a_draft_without_a_plan_counts_what_was_closed_and_cancelled_in_its_year_and_says_that_year():
    """In January the draft of last year's pack was one of this year, and had none of last year's rows."""
    rows = (
        closed(source="数据分析"),
        planned(number="GJ-2", source="内部审核", **CANCELLED),
        planned(number="GJ-3", source="管理评审", registered_on="2027-01-04", due_on="2027-03-04"),
        planned(number="GJ-4", source="外部审核", registered_on="2025-12-30"),
    )
    facts = unplanned_facts(given(*rows, on="2027-01-05", needs=[need("XQ-1", "顾客投诉")]), calendar_period("2026Q4"))
    assert (facts.plan.period_from, facts.plan.period_to) == (day("2026-01-01"), day("2026-12-31"))
    assert [item.action.number for item in facts.items] == ["GJ-2026-001", "GJ-4"]
    assert [told(facts)[name][2] for name in ("数据分析", "审核结果", "管理评审的结果")] == [
        "直接列入跟踪表 1 条", "直接列入跟踪表 2 条，已取消 1 条", "没有登记",
    ]  # fmt: skip
