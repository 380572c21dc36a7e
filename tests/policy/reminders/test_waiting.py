import pytest

from tests.policy.registers import closed, completed, confirmed, inspected, planned, running, view
from tests.policy.reminders.plans import duties, heard, plan

GJ = "GJ-2026-001"


def days(found):
    return [(on, name, milestone) for on, name, milestone, _ in found]


def test_the_approver_is_asked_after_three_working_days_and_then_on_mondays():
    found = heard(planned(), start="2026-01-05", until="2026-01-20", milestone="S1")
    assert days(found) == [
        ("2026-01-08", "样例甲", "S1"),
        ("2026-01-12", "样例甲", "S1"),
        ("2026-01-19", "样例甲", "S1"),
    ]


def test_the_approver_is_the_one_of_the_route():
    assert duties(planned(severity="重大"), on="2026-01-08")[0] == ("样例总", "S1", "0")
    assert duties(planned(owning_department="网络部"), on="2026-01-08") == [
        ("样例乙", "S1", "0"),
        ("样例甲", "S1", "0"),
    ]


def test_who_must_fill_cells_before_the_approval_hears_on_the_same_days():
    row = planned(severity="重大")
    found = heard(row, start="2026-01-05", until="2026-01-13", milestone="S1")
    both = ("样例总", "样例甲")
    assert {(on, name) for on, name, _ in days(found)} == {(on, n) for on in ("2026-01-08", "2026-01-12") for n in both}
    (first,) = (duty for duty in plan(row, on="2026-01-08").duties if duty.key.recipient == "样例甲")
    assert "批准前先补：是否重复、影响面" in first.what
    assert first.cell == view(row, on="2026-01-08").at(2, "impact")  # 是否重复 is 质量部's


def test_an_approval_reminder_carries_the_limit_of_the_step():
    duty = plan(planned(), on="2026-01-08").duties[0]
    assert (duty.key.due_version, duty.cell) == (
        "2026-01-26",
        view(planned(), on="2026-01-08").at(2, "approver"),  # named first, though 样例甲 fills 影响面 before
    )
    other = plan(planned(owning_department="网络部"), on="2026-01-08").duties[0]
    assert other.cell == view(planned(), on="2026-01-08").at(2, "approver")
    assert duty.what == (
        "由部门经理批准，填写：批准人、批准日期、批准结论"
        "（批准前先补：是否重复、影响面、改进目标、问题类别、调查人、调查日期（在“分析”组中展开））"
    )


def test_the_inspector_hears_when_completion_is_claimed():
    found = heard(completed(), start="2026-03-01", until="2026-03-10", milestone="S2")
    assert days(found) == [("2026-03-02", "样例甲", "S2"), ("2026-03-09", "样例甲", "S2")]
    system = completed(source="内部审核")
    assert duties(system, on="2026-03-02") == [("样例质", "S2", "0")]


def test_the_confirmer_hears_when_the_observation_ends():
    assert duties(inspected(), on="2026-03-31") == []
    assert duties(inspected(), on="2026-04-01") == [("样例甲", "S3", "0")]


def test_a_revision_is_owed_once_at_its_own_date():
    rows = [{"number": GJ, "document_number": "OPS-QP-08", "due_on": "2026-04-24", "reviser": "样例工"}]
    found = heard(closed(needs_revision=True), start="2026-04-20", until="2026-05-20", revisions=rows)
    assert days(found) == [("2026-04-24", "样例工", "S4")]
    duty = plan(closed(needs_revision=True), on="2026-04-24", revisions=rows).duties[0]
    assert (duty.what, duty.cell) == (
        "完成文件修订：OPS-QP-08，填写：文件名称、文件类别、修改意见、批准人、批准日期、结论、修订完成日期、新版本",
        "C2",
    )


def test_an_unanswered_revision_question_is_owed_when_the_report_is_due():
    assert duties(closed(needs_revision=None), on="2026-04-21") == [("样例甲", "S4", "0")]


def test_the_archive_is_owed_once_at_its_limit_also_during_revision():
    found = heard(confirmed(), start="2026-04-08", until="2026-06-01")
    assert days(found) == [("2026-04-21", "样例甲", "S5")]
    assert duties(confirmed(needs_revision=None), on="2026-04-21") == [("样例甲", "S4", "0"), ("样例甲", "S5", "0")]


def need(**values):
    return {
        "number": "XQ-001",
        "registered_on": "2026-03-02",
        "description": "增设备用链路",
        "department": "网络部",
        **values,
    }


def test_a_need_is_owed_its_evaluation_by_quality():
    found = heard(start="2026-03-02", until="2026-04-30", needs=[need()])
    assert days(found) == [("2026-03-16", "样例质", "S6")]
    assert duties(on="2026-03-16", needs=[need(evaluation="采纳", evaluated_on="2026-03-05")]) == []
    assert duties(on="2026-03-16", needs=[need(is_valid=False)]) == []


def test_a_request_is_owed_its_reply_by_the_receiver_else_the_departments_manager():
    asked = need(evaluation="采纳", evaluated_on="2026-03-05", reply_due_on="2026-03-14")
    assert duties(on="2026-03-16", needs=[{**asked, "receiver": "样例网"}]) == [("样例网", "S6", "0")]
    assert duties(on="2026-03-16", needs=[{**asked, "receiving_department": "网络部"}]) == [("样例乙", "S6", "0")]
    assert duties(on="2026-03-13", needs=[{**asked, "receiver": "样例网"}]) == []
    assert duties(on="2026-03-16", needs=[{**asked, "receiver": "样例网", "replied_on": "2026-03-13"}]) == []
    assert plan(needs=[{**asked, "receiver": "样例网"}], on="2026-03-16").duties[0].key.number == "XQ-001"


def feedback(**values):
    return {"number": GJ, "on": "2026-03-02", "kind": "问题", "content": "供方不接受考核条款", **values}


def test_feedback_is_owed_an_answer_by_the_owning_head_and_if_asked_by_the_general_manager():
    assert duties(running(), on="2026-03-09", progress=[feedback()]) == [("样例甲", "S6", "0")]
    asked = feedback(needs_general_manager=True)
    assert duties(running(), on="2026-03-09", progress=[asked]) == [("样例甲", "S6", "0"), ("样例总", "S6", "0")]
    assert duties(running(), on="2026-03-09", progress=[feedback(answered_on="2026-03-05", answer="先签乙")]) == []
    assert duties(running(), on="2026-03-08", progress=[feedback()]) == []


def test_a_resource_request_is_owed_an_answer_by_the_general_manager():
    assert duties(running(), on="2026-03-09", progress=[feedback(kind="资源申请")]) == [("样例总", "S6", "0")]
    assert duties(running(), on="2026-03-09", progress=[feedback(kind="进展")]) == []


def test_two_questions_of_one_day_are_one_reminder_that_names_both():
    rows = [feedback(), feedback(content="备件未到")]
    duty = plan(running(), on="2026-03-09", progress=rows).duties[0]
    cells = "填写：处理意见、处理人、处理日期、结论"
    assert duty.what == f"答复问题：「供方不接受考核条款」，{cells}；答复问题：「备件未到」，{cells}"


def test_what_was_asked_is_quoted_by_its_first_clauses_without_its_last_mark():
    long = "供方不接受考核条款。" + "经三次协商，供方仍不同意" * 6 + "；现请示处理办法。"
    said = [plan(running(), on="2026-03-09", progress=[feedback(content=text)]) for text in ("备件未到。", long)]
    assert [found.duties[0].what.partition("，填写")[0] for found in said] == [
        "答复问题：「备件未到」",
        "答复问题：「供方不接受考核条款。经三次协商，供方仍不同意经三次协商，供方仍不同意经三次协商，供方仍不同意经三次协商…」",
    ]


@pytest.mark.parametrize(("asked_on", "letters"), [("2026-03-02", 1), ("2027-03-02", 0), (None, 0)])
def test_another_deadline_that_is_asked_for_without_its_day_waits_for_who_decides_all_the_same(asked_on, letters):
    """A year typed wrong there hid the request from the approver; nobody knows since when a letter would be due."""
    row = {"number": GJ, "asked_on": asked_on, "old_due_on": "2026-06-30", "new_due_on": "2026-07-31"}
    seen = view(running(), on="2026-03-09", extensions=[row])
    assert "由样例甲审批延期申请 2026-06-30 → 2026-07-31" in seen.derived[GJ].next_step
    assert "样例甲" in seen.derived[GJ].next_actor
    duties = plan(running(), on="2026-03-09", extensions=[row]).duties
    assert sum(one.key.milestone == "S1" for one in duties) == letters


@pytest.mark.parametrize(("written", "asked", "said"), [
    ("样例甲", "样例甲", "，填写：批准日期、结论"),  # the manager of the row's department
    ("样例工", "样例甲", "（批准人写的是「样例工」，他不能批），填写：批准人、批准日期、结论"),  # asks
    ("样例网", "样例甲", "（批准人写的是「样例网」，他不能批），填写：批准人、批准日期、结论"),  # no role there
    ("", "样例甲", "，填写：批准人、批准日期、结论"),
    ("样例总", "样例总", "，填写：批准日期、结论"),  # above them
])  # fmt: skip
def test_who_may_decide_on_another_deadline_is_asked_whoever_stands_in_the_cell(written, asked, said):
    row = {"number": GJ, "asked_on": "2026-03-02", "asked_by": "样例工", "old_due_on": "2026-06-30",
           "new_due_on": "2026-07-31", "reason": "备件未到", "approver": written or None}  # fmt: skip
    (duty,) = (one for one in plan(running(), on="2026-03-09", extensions=[row]).duties if one.key.milestone == "S1")
    assert (duty.key.recipient, duty.what) == (asked, f"审批延期申请 2026-06-30 → 2026-07-31{said}")
