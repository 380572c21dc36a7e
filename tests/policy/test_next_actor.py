"""Whose turn it is where several may be meant: what each fills, once it is theirs to fill."""

from capa_xl.policy.slips import questions_for
from capa_xl.policy.todo import todo_of
from capa_xl.reports.todo_text import todo_lines
from tests.policy.registers import closed, completed, derived, planned, view
from tests.policy.test_todo import DAY

UNPLANNED = planned(severity=None, cause=None, due_on=None, owning_department="网络部")
REFUSED = planned(approver="样例甲", approved_on="2026-01-12", approval="不同意", approval_route="部门经理")


def asked(name, action):
    questions, without_cell = questions_for(view(action, on=DAY), name, lambda column: ())
    return [question.header for question in questions], without_cell


def test_an_unplanned_row_waits_for_everybody_who_has_a_column_to_fill():
    assert derived(UNPLANNED, DAY).next_actor == "质量部、服务台、网络部"
    known = {"is_repeat": False, "impact": "两个客户", "goal": "十五分钟内响应", "owning_department": "网络部"}
    looked_into = {"category": "服务", "investigators": ("样例甲",), "investigated_on": "2026-01-07"}
    assert derived(planned(cause=None, **known, **looked_into), DAY).next_actor == "服务台"


def test_each_slip_of_an_unplanned_row_asks_for_its_own_cells():
    assert asked("质量部", UNPLANNED)[0][0] == "严重度"
    assert "原因分析" in asked("服务台", UNPLANNED)[0]
    assert asked("网络部", UNPLANNED)[0] == ["改进目标", "完成期限"]
    every = [header for name in ("质量部", "服务台", "网络部") for header in asked(name, UNPLANNED)[0]]
    assert len(every) == len(set(every)) == len(derived(UNPLANNED, DAY).next_keys)


def test_a_refused_measure_is_the_departments_to_rewrite_and_the_verdict_is_not():
    assert derived(REFUSED, DAY).status == "审批退回"
    assert asked("服务台", REFUSED) == (["措施内容"], ())


def test_what_is_to_be_filled_before_an_approval_is_asked_of_the_department_and_the_verdict_of_the_approver():
    waiting = planned(action_type="预防", owning_department="网络部")
    assert derived(waiting, DAY).next_actor == "样例总、服务台、网络部"
    assert "现状分析" in asked("服务台", waiting)[0]
    assert "批准结论" not in asked("服务台", waiting)[0]
    assert "批准结论" in asked("样例总", waiting)[0]


def test_a_half_cancelled_row_waits_for_the_quality_department_that_fills_the_rest():
    assert derived(planned(cancelled_on="2026-02-01", cancel_reason="合同终止"), "2026-02-02").next_actor == "质量部"


def test_what_only_the_management_review_keeps_open_waits_for_the_quality_department():
    major = {"action_type": "预防", "severity": "重大", "approver": "样例总", "approval_route": "总经理"}
    assert derived(closed(**major), "2026-06-30").next_actor == "质量部"
    assert derived(closed(**major, archived_on=None), "2026-06-30").next_actor == "服务台、质量部"


def test_a_person_is_told_which_of_their_actions_wait_for_somebody_else():
    told = {"progress_note": "已配置", "evidence": "YL-01"}
    found = todo_of(view(completed(number="GJ-1", **told), closed(number="GJ-2"), on=DAY), "样例工")
    assert (found.items, found.elsewhere) == ((), (("GJ-1", "服务台"),))
    lines = list(todo_lines(found, view(on=DAY).on))
    assert lines == ["样例工：截至 2026-07-10 没有待办。", "", "样例工负责的另有 1 项在等别人：GJ-1（服务台）"]


def test_an_action_that_is_on_the_list_is_not_told_twice_and_a_department_has_no_such_line():
    assert todo_of(view(planned(), on=DAY), "样例工").elsewhere == (("GJ-2026-001", "样例甲、质量部、服务台"),)
    assert todo_of(view(completed(), on=DAY), "服务台").elsewhere == ()
    both = todo_of(view(completed(owners=("样例甲",)), on=DAY), "样例甲")
    assert ([item.number for item in both.items], both.elsewhere) == (["GJ-2026-001"], ())
