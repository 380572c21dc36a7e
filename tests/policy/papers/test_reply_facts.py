"""A customer is promised and told only what holds: what was agreed to, hasn't failed, and whose day isn't over."""

from __future__ import annotations

import pytest

from capa_xl.policy.papers.reply_facts import reply_facts
from capa_xl.reports.word.context_reply import reply_context
from tests.policy.papers.given import given
from tests.policy.registers import approved, completed, confirmed, day, inspected, planned, running

N, T = "GJ-2026-001", "2026-03-10"
COMPLAINT = {"number": "XQ-01", "source": "顾客投诉", "registered_on": day("2026-01-05"), "is_valid": True}


def letter(action):
    found = given({**action, "need_number": "XQ-01"}, on=T, needs=[COMPLAINT])
    return reply_facts(found, found.view.needs[0])


@pytest.mark.parametrize(
    ("action", "missing"),
    [
        (planned(), (f"批准结论（{N} 待审批）",)),
        (approved(approval="不同意"), (f"批准结论（{N} 审批退回）",)),
        (running(due_on="2026-03-09"), (f"完成期限（{N} 已过 1 天，还没有完成）",)),
        (running(due_on="2026-03-10"), ()),
        (confirmed(confirmed_on="2026-03-09", effect="无效"), (f"后续编号（{N} 措施无效）",)),
        (running(cancelled_on=day("2026-03-01")), (f"措施内容（{N} 已取消）",)),
        (completed(), ()),
    ],
)
def test_what_was_not_agreed_to_failed_or_is_late_is_no_final_letter(action, missing):
    facts = letter(action)
    assert (facts.head.missing, facts.head.is_draft) == (missing, bool(missing))


def test_a_completion_that_was_inspected_as_failed_is_told_as_planned():
    failed = letter(inspected(inspection="不合格"))
    assert [one["progress"] for one in reply_context(failed)["measures"]] == ["计划于2026年6月30日以前完成。"]
    done = letter(inspected())
    assert [one["progress"] for one in reply_context(done)["measures"]] == ["已于2026年3月2日完成。"]
