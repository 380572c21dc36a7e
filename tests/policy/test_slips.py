"""A slip asks its department, or its person, for their own cells: over every stage and every role."""

from __future__ import annotations

import re

import pytest

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.todo import ACTION
from capa_xl.policy.slips import questions_for
from capa_xl.policy.todo import items_on, whose_list
from tests.policy.registers import PEOPLE, closed, derived, planned, view, without

ON = "2026-07-10"
HOLDERS = {
    "批准人": {"总经办", "样例总"},
    "检查部门": {"质量部", "样例质", "样例检"},
    "质量部": {"质量部", "样例质", "样例检"},
    "归口部门": {"网络部", "样例乙"},
    "归口部门负责人": {"网络部", "样例乙"},
    "责任部门": {"服务台", "样例甲"},
    "部门经理": {"服务台", "样例甲"},
    "责任人": {"服务台", "样例甲", "样例工"},
}
"""`Column.filled_by` → whose cell it is in `row`, a department or one who stands for it."""
NAMES = sorted({person[key] for person in PEOPLE for key in ("name", "department")})
FILLED_BY = {col.key: col.filled_by for col in columns_of(Action)}


def row(**values):
    """An audit finding that 总经理 approves, 网络部 keeps, 服务台 carries out, and 质量部 inspects."""
    return planned(**{"action_type": "预防", "source": "内部审核", "owning_department": "网络部", **values})


AGREED = {"approver": "样例总", "approved_on": "2026-01-12", "approval": "同意", "approval_route": "总经理"}
STARTED = AGREED | {"started_on": "2026-01-13", "progress": 10.0}
DONE = STARTED | {"completed_on": "2026-03-02", "progress_note": "已改", "evidence": "照片"}
PASSED = DONE | {"inspector": "样例检", "inspected_on": "2026-03-05", "inspection": "合格"}
SIGNED = PASSED | {"confirmer": "样例乙", "confirmed_on": "2026-05-07", "execution": "已落实", "effect": "有效"}
STAGES = {
    "待策划": ({"due_on": None, "cause": None, "severity": None}, {"质量部", "服务台", "网络部"}),
    "审批退回": (AGREED | {"approval": "不同意"}, {"网络部"}),
    "待审批": ({}, {"总经办", "服务台", "网络部"}),  # what the plan still lacks is theirs to fill
    "未开始": (AGREED | {"resources": "服务器一台"}, {"服务台"}),
    "实施中": (STARTED, {"服务台"}),
    "返工中": (PASSED | {"inspection": "不合格"}, {"服务台"}),
    "待检查": (DONE, {"质量部"}),
    "待效果确认": (PASSED, {"网络部"}),
    "措施无效": (SIGNED | {"effect": "无效", "needs_revision": False}, {"网络部"}),
    "待文件修订": (SIGNED, {"网络部", "服务台"}),  # the report is filed meanwhile
    "待归档": (SIGNED | {"needs_revision": False}, {"服务台"}),
    "已取消": ({"cancelled_on": "2026-02-01"}, {"质量部"}),
}


def asked(name, action):
    questions, _ = questions_for(view(action, on=ON), name, lambda column: ())
    return [question.key for question in questions if question.table == "tracker"]


@pytest.mark.parametrize("status", STAGES)
def test_nobody_is_offered_a_cell_that_another_role_fills(status):
    values, departments = STAGES[status]
    action = row(**values)
    assert derived(action, ON).status == status
    offered = {name: asked(name, action) for name in NAMES}
    owned = {name: [key for key in keys if FILLED_BY[key] != "任何人"] for name, keys in offered.items()}
    strange = [(n, key) for n, keys in owned.items() for key in keys if n not in HOLDERS[FILLED_BY[key]]]
    assert strange == []
    assert {name for name in ("总经办", "质量部", "网络部", "服务台") if offered[name]} == departments


UNPLANNED = dict.fromkeys(("containment", "impact", "cause", "cause_category", "owning_department", "severity", "goal"))
"""Columns of three bands, folded and not."""
ASKING = {status: row(**values) for status, (values, _) in STAGES.items() if status != "审批退回"} | {
    "待策划": row(**UNPLANNED),
    "批准前先补": row(impact=None, goal=None, containment=None),
}


@pytest.mark.parametrize("status", ASKING)
def test_addresses_stand_in_the_order_of_the_names_beside_them(status):
    """Else who pairs them types into the wrong cell."""
    header = {col.key: col.header for col in columns_of(Action)}
    for name in NAMES:
        for item in items_on(whose_list(view(ASKING[status], on=ON), name)):
            named = [part for part in re.split("[，：、（）；]", item.next_step) if part in header.values()]
            if item.kind == ACTION:
                assert [header[key] for key in item.keys] == named
                assert len(item.cells) == len(named)


@pytest.mark.parametrize("verdict", ["同意", "不同意", None])
def test_a_department_never_writes_the_verdict_on_its_own_measure(verdict):
    """Approved by 总经理: neither who keeps it nor who carries it out is asked for a cell of the signature."""
    values = AGREED | {"approval": verdict} if verdict else {}
    for name in ("网络部", "样例乙", "服务台", "样例甲", "样例工"):
        assert not {"approver", "approved_on", "approval", "approval_route"} & {*asked(name, row(**values))}, name


def test_the_approver_is_not_asked_for_what_planning_still_lacks():
    action = row(impact=None, goal=None, containment=None)
    assert derived(action, ON).status == "待审批"
    assert asked("总经办", action) == ["approver", "approved_on", "approval", "remark"]


def said_on(name, action, on=ON, **others):
    """What a slip prints beside each cell of the tracker: key → question."""
    questions, _ = questions_for(view(action, on=on, **others), name, lambda column: ())
    return {question.key: question for question in questions if question.table == "tracker"}


@pytest.mark.parametrize(
    ("action", "name", "verdict", "reason"),
    [(row(), "总经办", "approval", "remark"), (row(**DONE), "质量部", "inspection", "inspection_note")],
    ids=["refused", "failed"],
)
def test_a_verdict_has_a_cell_for_its_reason_beside_it(action, name, verdict, reason):
    found = list(said_on(name, action))
    assert found[found.index(verdict) + 1] == reason


def test_whoever_gives_a_reason_is_told_that_it_replaces_what_stands_there():
    warning = "填写后替换现在的内容"
    assert warning in said_on("总经办", row(remark="预算另报"))["remark"].prompt
    assert warning not in said_on("总经办", row())["remark"].prompt


def test_a_table_without_the_column_sends_nobody_to_it():
    assert said_on("总经办", row(), columns=without("remark"))["approval"].prompt == "同意或不同意。"


def test_a_slip_names_the_day_it_gives_and_counts_to_it():
    """Registered on Friday 2026-06-12 and due on 2026-07-31: approved by Friday 2026-06-19 or late."""
    waiting = said_on("总经办", row(registered_on="2026-06-12", due_on="2026-07-31"), "2026-07-10")["approval"]
    assert (waiting.due_name, waiting.overdue[:2]) == ("审批限期", "审批")
    soon = said_on("总经办", row(registered_on="2026-07-10", due_on="2026-07-31"), "2026-07-10")["approval"]
    assert (soon.due_name, soon.overdue) == ("审批限期", "即将到期，距完成期限 21 天")
    work = said_on("样例工", row(**STARTED, due_on="2026-07-31"), "2026-07-10")["completed_on"]
    assert (work.due_name, str(work.due_on), work.overdue) == ("完成期限", "2026-07-31", "即将到期，剩余 21 天")


def test_cells_that_are_only_to_be_emptied_are_done_in_the_workbook():
    """Closed, then cancelled by mistake: nothing typed on a slip empties a cell."""
    both = closed(cancelled_on="2026-06-01", cancel_reason="误", cancel_approver="样例总")
    questions, elsewhere = questions_for(view(both, on=ON), "质量部", lambda column: ())
    assert questions == ()
    assert [number for number, _ in elsewhere] == ["GJ-2026-001"] and "清空取消日期、" in elsewhere[0][1]


def test_a_refused_revision_has_a_cell_for_its_reason_too():
    document = {"number": "GJ-2026-001", "document_name": "值班制度", "due_on": "2026-08-01", "reviser": "样例甲"}
    action = view(row(**SIGNED), on=ON, revisions=[document])
    found = {
        q.key for name in NAMES for q in questions_for(action, name, lambda column: ())[0] if q.table == "revisions"
    }
    assert {"approval", "refusal_reason"} <= found
