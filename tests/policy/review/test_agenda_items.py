"""Every matter for the review's decision, whole: what is proposed, what else, who and until when."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.model.review import AgendaItem
from capa_xl.policy.review.agenda import agenda
from tests.policy.registers import confirmed, planned, running, view

N = "GJ-2026-001"
MATTER = "客户系统夜间告警无人响应"


def items(*actions, on="2026-06-01", **others):
    return agenda(view(*actions, on=on, **others))


def item(category, proposal, alternative, resources=(), **values):
    found = AgendaItem(category, N, MATTER, proposal, alternative, resources, "服务台", date(2026, 6, 30))
    return replace(found, **values)


def test_each_category_has_its_proposal_and_its_alternative():
    assert items(planned(severity="重大")) == (
        item("待提交管理评审的重大/重复纠正", "批准措施后实施", "退回归口部门补充方案"),
    )
    assert items(planned(action_type="预防", severity="重大", resources="2 万元")) == (
        item("重大预防、改进", "同意所拟措施", "修改后再报", ("2 万元",)),
    )
    failed = confirmed(effect="无效")
    assert items(failed) == (item("措施无效仍需决定", "重新分析原因，另立后续措施", "延长观察期后再评价"),)


def test_a_matter_without_description_is_its_measure():
    (found,) = items(planned(severity="重大", description=None))
    assert found.matter == "告警按级别路由"
    (found,) = items(planned(severity="重大", description=None, measure=None, responsible_department=None))
    assert (found.matter, found.department) == ("", "")


def test_a_request_for_resources_waits_until_it_is_concluded_or_answered():
    row = {"number": N, "on": "2026-05-01", "kind": "资源申请", "content": "缺一台备机"}
    wanted = item("资源申请", "批准所申请的资源", "由部门内部调剂", ("2 万元", "申请：缺一台备机"))
    assert items(running(resources="2 万元"), progress=[row]) == (wanted,)
    assert items(running(resources="2 万元"), progress=[{**row, "content": None}]) == (
        replace(wanted, resources=("2 万元",)),
    )
    late = items(running(resources="2 万元"), progress=[row], on="2026-12-01")
    assert {one.category for one in late} == {"资源申请", "长期逾期"}
    assert {one.resources for one in late} == {("2 万元", "申请：缺一台备机")}
    for settled in ({"conclusion": "同意"}, {"answered_on": "2026-05-09"}, {"kind": "困难"}):
        assert items(running(), progress=[{**row, **settled}]) == ()


@pytest.mark.parametrize(("on", "listed"), [("2026-07-30", False), ("2026-07-31", True)])
def test_more_than_thirty_days_late_is_long(on, listed):
    long = item("长期逾期", "增加资源并定新期限", "停止该措施并说明理由", over_days=30, days_late=31)
    assert items(running(), on=on) == ((long,) if listed else ())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_was_extended_twice_wants_a_final_day(count):
    moves = [
        {
            "number": N, "asked_on": f"2026-0{n}-01",
            "old_due_on": f"2026-0{n + 1}-28", "new_due_on": f"2026-0{n + 2}-28",
            "approver": "样例甲", "approved_on": f"2026-0{n}-02", "approval": "同意",
        }
        for n in range(2, 2 + count)
    ]  # fmt: skip
    row = running(due_on=f"2026-0{3 + count}-28")
    found = items(row, on="2026-03-20", extensions=moves)
    stop = item("取消/延期 ≥2 次", "评估可行性后定最终期限", "取消并登记取消原因", due_on=date(2026, 3 + count, 28))
    assert found == ((stop,) if count >= 2 else ())
    done = {**row, "completed_on": "2026-03-18"}
    assert items(done, on="2026-03-20", extensions=moves) == ()  # once it was proposed to cancel it
    sent_back = {**done, "inspected_on": "2026-03-19", "inspection": "不合格"}
    assert items(sent_back, on="2026-03-20", extensions=moves) == found


def test_what_waits_for_the_reviews_approval_comes_first_then_the_longest_late_then_by_category_and_in_sheet_order():
    """GJ-0, due on 30 April, is 32 days late on 1 June, GJ-9, due on 15 May, 17. Once they stood before GJ-3."""
    rows = (
        running(number="GJ-9", due_on="2026-05-15", resources=None),
        confirmed(number="GJ-1", effect="无效"),
        planned(number="GJ-2", action_type="预防", severity="重大"),
        planned(number="GJ-3", severity="重大"),
        planned(number="GJ-4", severity="重大"),
        running(number="GJ-0", due_on="2026-04-30"),
    )
    asked = [{"number": "GJ-9", "on": "2026-05-01", "kind": "资源申请", "content": "缺一台备机"}]
    found = [(one.number, one.days_late) for one in items(*rows, progress=asked)]
    assert found == [("GJ-3", 0), ("GJ-4", 0), ("GJ-2", 0), ("GJ-0", 32), ("GJ-9", 17), ("GJ-1", 0)]
