"""What a review or a plan approved reads as approved on every surface, though the row's own cells are blank."""

from datetime import date

import pytest

from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.overview_flow import course_of
from capa_xl.policy.papers.plan_facts import plan_facts
from capa_xl.policy.papers.report_facts import report_facts
from capa_xl.policy.papers.request_facts import request_facts
from capa_xl.policy.timeline import timeline_of
from capa_xl.reports.word.action_axis import action_axis
from capa_xl.reports.word.context_a3 import a3_context
from capa_xl.reports.word.context_plan import plan_context
from capa_xl.reports.word.context_report import one_report_context
from capa_xl.reports.word.context_request import request_context
from tests.policy.papers.given import given
from tests.policy.registers import planned

N, T = "GJ-2026-001", "2026-03-02"
STARTED = {"started_on": "2026-02-10", "progress": 20.0}
PLAN = {
    "number": "JH-2026", "version": "V1.0", "period_from": "2026-01-01", "period_to": "2026-12-31",
    "written_on": "2026-01-10", "approver": "样例总", "approved_on": "2026-01-15", "approval": "同意",
}  # fmt: skip
DECISION = {"number": "GLPS-01", "on": "2026-01-20", "conclusion": "同意", "tracker_numbers": (N,)}


def row(**cells):
    return planned(is_repeat=True, **STARTED, **cells)


@pytest.fixture(params=["评审", "计划"])
def case(request):
    """(paper inputs, the day, what the approval rests on)."""
    if request.param == "评审":
        action = row(approval_route="管理评审", review_number="GLPS-01")
        return given(action, on=T, decisions=[DECISION], plans=[PLAN]), date(2026, 1, 20), "管理评审 GLPS-01"
    action = row(action_type="改进", plan_number="JH-2026")
    return given(action, on=T, plans=[PLAN]), date(2026, 1, 15), "计划 JH-2026 V1.0"


def test_its_day_begins_the_work_in_the_timeline_the_overview_the_figures_and_on_the_axis(case):
    inputs, on, _ = case
    view = inputs.view
    ((action, derived),) = view.pairs
    (line,) = timeline_of(view).rows
    assert line.do_on == on
    assert course_of(view, action, derived, "confirmed_on").begun == on
    assert kpi_input_of(view, ()).actions[0].approved_on == on
    assert action_axis(action, derived, view.on)[0]["phase"] == "D"  # January; the work began in February


def test_the_report_and_the_page_say_who_approved_and_when(case):
    inputs, on, source = case
    facts = report_facts(inputs, N)
    (line,) = one_report_context(facts)["reports"][0]["approvals"]
    page = a3_context(facts)
    assert (line["result"], page["approved"]["by"], page["milestones"][0]["approved_on"]) == ("同意", source, on)
    assert page["milestones"][0]["approved_on"] == on and str(on) in str(line["on"])
    by_plan = source.startswith("计划")
    assert line["decision"] == (source if by_plan else "GLPS-01 同意")
    assert line["approver"] == ("样例总（总经理）" if by_plan else None)


def test_the_request_ticks_what_was_done(case):
    inputs, _, source = case
    found = request_context(request_facts(inputs, N))
    by_plan = source.startswith("计划")
    assert found["approval"]["approver"] == ("样例总（总经理）" if by_plan else source)
    assert found["approval"]["evidence"] == (f"（{source}）" if by_plan else "")
    assert "☑ 同意" in found["boxes"]["approval"]
    assert ("☑ 总经理" in found["boxes"]["route"], "☑ 提交管理评审" in found["boxes"]["route"]) == (
        by_plan,
        not by_plan,
    )


def test_a_plan_tells_of_a_line_what_its_own_signature_does_not(case):
    """V1.0 approves the one line itself; beside a draft V2.0 the line says so."""
    inputs, on, source = case
    view = inputs.view

    def told(version, plans):
        action = view.register.tracker.records[0]
        cells = {key: getattr(action, key) for key in ("approval_route", "review_number", "action_type")}
        shown = given(row(**{**cells, "plan_number": "JH-2026"}), on=T, plans=plans, decisions=[DECISION])
        return str(plan_context(plan_facts(shown, "JH-2026", version)))

    assert (f"{source} {on} 批准" in told("V1.0", [PLAN])) is source.startswith("管理评审")
    draft = {**PLAN, "version": "V2.0", "approver": None, "approved_on": None, "approval": None}
    assert f"{source} {on} 批准" in told("V2.0", [PLAN, {**draft, "written_on": "2026-02-20"}])


def test_an_approval_that_the_route_does_not_accept_names_nobody():
    """重大 approved by the manager alone: 管理评审 or 总经理 is still to decide."""
    cells = {"severity": "重大", "approver": "样例甲", "approved_on": "2026-01-12", "approval": "同意"}
    page = a3_context(report_facts(given(row(**cells, approval_route="部门经理"), on=T), N))
    assert page["approved"] == {"by": ""}
    assert page["milestones"][0]["approved_on"] is None
