"""What a leaver hands over and what is left to people: nobody takes over an approval that they may not give."""

from __future__ import annotations

import pytest

from capa_xl.policy.handing_over import Handover, handed_over
from tests.policy.registers import day, planned, view

N, ON = "GJ-2026-001", "2026-03-02"
ASKED = {"number": N, "asked_on": ON, "asked_by": "样例网", "old_due_on": "2026-06-30", "new_due_on": "2026-07-31",
         "reason": "备件未到", "approver": "样例甲"}  # fmt: skip


@pytest.mark.parametrize(
    ("taker", "why"),
    [
        ("样例工", "样例工 是（或将是）这一项的责任人，不能自己批准自己 → 请另定批准人"),
        ("样例网", "样例网 在 2026-03-02 没有“服务台部门经理”的角色 → 请另定批准人"),
        ("样例总", ""),
    ],
)
def test_an_approval_goes_to_nobody_who_may_not_give_it(taker, why):
    waiting = planned(approver="样例甲", owners=("样例工",))
    found = handed_over(view(waiting, on=ON), Handover("样例甲", taker, day(ON)))
    told = [left.reason for left in found.left if left.number == N]
    assert [reason.startswith(why) for reason in told] == ([True] if why else [])
    assert [cell.key for cell in found.cells if cell.number == N] == ([] if why else ["approver"])


ELSEWHERE = "样例网 属于「网络部」，不属于「服务台」，提醒会发给别的经理 → 请核对责任部门，或另定接交人"


@pytest.mark.parametrize(("taker", "owners", "told"), [
    ("样例网", ("样例工",), [ELSEWHERE]),
    ("样例网", ("样例甲", "样例工"), []), ("样例甲", ("样例工",), []),
])  # fmt: skip
def test_work_that_goes_to_another_department_is_said_before_it_goes(taker, owners, told):
    """As FD16 judges it: by the first of the owners."""
    found = handed_over(view(planned(owners=owners), on=ON), Handover("样例工", taker, day(ON)))
    assert [cell.key for cell in found.cells if cell.number == N] == ["owners"]
    assert [left.reason for left in found.left if left.number == N] == told


@pytest.mark.parametrize(("effect", "moved"), [("部分有效", False), (None, True)])
def test_a_verdict_that_stands_without_a_date_stays_in_the_name_of_who_gave_it(effect, moved):
    """Once: an old table without 确认日期 got the new head's name beside verdicts of months ago."""
    row = planned(completed_on="2026-02-27", confirmer="样例质", effect=effect)
    found = handed_over(view(row, on=ON), Handover("样例质", "样例新", day(ON)))
    assert [cell.key for cell in found.cells if cell.number == N] == (["confirmer"] if moved else [])
    assert [(left.header, left.reason) for left in found.left if left.number == N] == ([] if moved else [(
        "确认人", "已写有“部分有效”而没有日期，没有改 → 是 样例质 做的就不改，还没做的请另定确认人",
    )])  # fmt: skip


def test_who_asked_for_another_deadline_does_not_come_to_decide_on_it():
    found = handed_over(view(planned(), on=ON, extensions=[ASKED]), Handover("样例甲", "样例网", day(ON)))
    assert [left.reason for left in found.left if left.number == N] == [
        "样例网 是这一项延期的申请人，不能自己批准自己 → 请另定批准人"
    ]
    assert "extensions" not in {cell.table for cell in found.cells}
