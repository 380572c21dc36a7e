"""A verdict on another deadline or on a document counts once it is signed; till then what is blank is asked for."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from capa_xl.model.auto_texts import step_shown
from capa_xl.policy.check import check
from capa_xl.policy.errors_first import with_errors_first
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.reminders.overdue_ladder import is_silenced
from capa_xl.policy.review.agenda import agenda
from capa_xl.policy.slips import questions_for
from capa_xl.policy.todo import todo_of
from tests.policy.registers import confirmed, running, view
from tests.policy.reminders.plans import plan

GJ, ON = "GJ-2026-001", "2026-03-09"
TOLD = {"impact": "两个客户", "goal": "十五分钟内响应", "is_repeat": False, "completed_on": None}
ASKED = {"number": GJ, "asked_on": "2026-03-02", "old_due_on": "2026-06-30", "new_due_on": "2026-07-31"}
LATER = {"asked_on": "2026-03-06", "old_due_on": "2026-07-31", "new_due_on": "2026-08-31"}
SIGNED = {"approver": "样例甲", "approved_on": "2026-03-05"}
DATE, NAME, BOTH = ("approved_on",), ("approver",), ("approver", "approved_on")
HEADINGS = {"approver": "批准人", "approved_on": "批准日期"}


def seen(*extensions, due_on="2026-06-30"):
    found = view(running(due_on=due_on, **TOLD), on=ON, extensions=list(extensions))
    return with_errors_first(found, check(found).problems)


@pytest.mark.parametrize("verdict", ["同意", "不同意"])
@pytest.mark.parametrize("blank", [DATE, NAME, BOTH])
def test_a_verdict_that_nobody_signed_is_asked_of_its_approver_by_its_blank_cells_everywhere(verdict, blank):
    half = ASKED | SIGNED | dict.fromkeys(blank) | {"approval": verdict}
    found, cells = seen(half), "、".join(HEADINGS[key] for key in blank)
    said = f"批准前仍按 2026-06-30，由样例甲审批延期申请 2026-06-30 → 2026-07-31（{cells}）"
    step = found.derived[GJ].next_step
    assert step.startswith("完成措施") and step.endswith(said)
    (item,) = todo_of(found, "样例甲").items
    assert (item.keys, item.due_on) == (blank, date(2026, 3, 9))
    asked = [one.key for one in questions_for(found, "样例甲", lambda column: ())[0]]
    assert tuple(asked) == blank
    (duty,) = (one for one in plan(running(**TOLD), on=ON, extensions=[half]).duties if one.key.milestone == "S1")
    assert duty.what == f"审批延期申请 2026-06-30 → 2026-07-31，填写：{cells}"
    (told,) = (p for p in check(found).problems if p.sheet == "延期记录")
    assert (told.rule, told.fix) == ("DO11", f"补填空着的{cells}")
    assert is_silenced(found, found.by_number[GJ])


def test_a_verdict_that_nobody_signed_postpones_nothing():
    """KPI 延期率, DO09 and the review's 取消/延期 ≥2 次 counted it."""
    first = ASKED | SIGNED | {"approval": "同意"}
    found = seen(first, ASKED | LATER | {"approval": "同意"}, due_on="2026-07-31")
    assert kpi_input_of(found, ()).actions[0].extensions == 1
    assert "DO09" not in {p.rule for p in check(found).problems}
    assert agenda(found) == ()


def test_where_only_the_signature_is_lacking_the_deadline_that_was_moved_is_not_sent_back():
    half = ASKED | {"approval": "同意", "approver": "样例甲"}
    found = seen(half, due_on="2026-07-31")
    step = found.derived[GJ].next_step
    moved = "批准前应仍按 2026-06-30，由样例甲审批延期申请 2026-06-30 → 2026-07-31（批准日期）"
    assert "先改" not in step and step.endswith(moved)
    (told,) = (p for p in check(found).problems if p.rule in {"DO08", "DO11"})
    assert (told.rule, told.sheet, told.fix) == ("DO08", "延期记录", "补填空着的批准日期")
    refused = seen(half | {"approval": "不同意"}, due_on="2026-07-31")
    assert refused.derived[GJ].next_step.startswith("先改完成期限，再")


@pytest.mark.parametrize("new_due_on", ["2026-07-31", None])
def test_the_cell_has_room_for_the_day_that_stands_till_the_approval(new_due_on):
    """完成期限 was moved before anybody approved."""
    step = seen(ASKED | {"new_due_on": new_due_on}, due_on="2026-07-31").derived[GJ].next_step
    assert "批准前应仍按 2026-06-30" in step_shown(step)


def test_a_day_that_an_earlier_approval_gave_is_no_day_that_was_moved_to():
    granted = ASKED | SIGNED | {"approval": "同意"}
    found = seen(granted, ASKED | LATER | {"old_due_on": "2026-06-30", "new_due_on": None}, due_on="2026-07-31")
    assert "批准前" not in found.derived[GJ].next_step


def test_each_verdict_that_waits_for_its_signature_is_asked_for():
    first = ASKED | {"approval": "同意", "approver": "样例甲"}
    second, newest = first | LATER, ASKED | LATER | {"asked_on": "2026-03-07"}
    asked = [item.keys[0] for item in todo_of(seen(first, second, newest), "样例甲").items]
    assert sorted(asked) == [*DATE, *DATE, *NAME]
    moved_on = seen(first, second | SIGNED, due_on="2026-08-31").derived[GJ].next_step
    assert moved_on.endswith("2026-06-30 → 2026-07-31（批准日期）")  # its own deadline is another's


def test_a_document_whose_refusal_nobody_signed_waits_for_the_signature_and_for_no_revision():
    row = {"number": GJ, "document_name": "值班卡", "document_class": "管理", "proposal": "改", "approval": "不同意"}
    found = view(confirmed(needs_revision=True), on="2026-04-20", revisions=[row | {"approver": "样例甲"}])
    (item,) = (one for one in todo_of(found, "样例甲").items if one.kind == "修订")
    assert item.keys == ("approved_on", "refusal_reason")


OF_A_DOCUMENT = {"approver": "样例甲", "approved_on": "2026-04-09", "approval": "同意"}
HEADINGS = {"approver": "批准人", "approved_on": "批准日期", "approval": "结论"}


@pytest.mark.parametrize("blank", [keys for n in range(4) for keys in combinations(OF_A_DOCUMENT, n)])
def test_a_document_that_was_revised_under_a_part_of_a_signature_wants_the_rest_alone(blank):
    """Its cell is the first blank one, and the cure names the blank ones of the three."""
    row = {"number": GJ, "document_name": "值班卡", "revised_on": "2026-04-10", **OF_A_DOCUMENT} | dict.fromkeys(blank)
    found = view(confirmed(needs_revision=True), on="2026-04-20", revisions=[row])
    told = [(p.cell[0], p.fix) for p in check(found).problems if p.rule == "AR03"]
    columns = dict(zip(OF_A_DOCUMENT, "JKL", strict=True))
    asked = f"补填空着的{'、'.join(HEADINGS[key] for key in blank)}"
    assert told == ([(columns[blank[0]], asked)] if blank else [])


@pytest.mark.parametrize(
    ("verdict", "cell", "fix"),
    [
        ({"approval": "不同意"}, "L",
         "结论是不同意：照原样的，恢复文件，清空修订完成日期；重新批准了的，改写批准人、批准日期、结论"),
        ({"approved_on": "2026-05-09"}, "K", "批准日期在将来，改为实际日期"),
    ],
)  # fmt: skip
def test_a_document_that_was_revised_against_a_verdict_or_before_it_is_told_so(verdict, cell, fix):
    row = {"number": GJ, "document_name": "值班卡", "revised_on": "2026-04-10", **OF_A_DOCUMENT, **verdict}
    found = check(view(confirmed(needs_revision=True), on="2026-04-20", revisions=[row]))
    (told,) = (p for p in (*found.problems, *found.consequences) if p.rule == "AR03")
    assert (told.cell[0], told.fix) == (cell, fix)
