"""3.1 of the plan counts whatever came from a source, and says 无 only where somebody wrote it."""

from __future__ import annotations

from capa_xl.model.records import PlanVersion
from capa_xl.policy.papers.plan_facts import plan_facts
from tests.policy.papers.given import given
from tests.policy.registers import day, planned

PLAN = {"number": "JH-2026", "version": "V1.0", "period_from": "2026-01-01", "period_to": "2026-12-31"}
T = "2026-08-20"


def sources(*actions, **others):
    facts = plan_facts(given(*actions, on=T, plans=[PLAN], **others), "JH-2026")
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
    assert note(conclusion="有异常") == "没有登记"
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
