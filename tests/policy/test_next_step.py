"""下一步 where nothing but the hint tells what is left to do."""

from datetime import date

import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.model.procedure import Procedure
from capa_xl.policy.check import check
from capa_xl.policy.todo import todo_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from tests.policy.registers import (
    ALL,
    PEOPLE,
    approved,
    closed,
    completed,
    confirmed,
    day,
    derived,
    inspected,
    planned,
    register,
    running,
    view,
    without,
)
from tests.tables import workbook_bytes


@pytest.mark.parametrize("effect", ["无效", "部分有效"])
def test_an_action_without_effect_is_told_which_column_its_successor_needs(effect):
    row = confirmed(effect=effect)
    assert "请加一列“后续编号”" in derived(row, "2026-06-30", columns=without("follow_ups")).next_step
    assert "填写：后续编号" in derived(row, "2026-06-30").next_step


PROPOSED = {
    "number": "GJ-2026-001", "document_number": "OPS-QP-08", "document_name": "规程", "document_class": "程序文件",
    "proposal": "加一条",
}  # fmt: skip
APPROVED = PROPOSED | {"approver": "样例质", "approved_on": "2026-04-13", "approval": "同意"}


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([PROPOSED], "批准人、批准日期、结论、修订人、修订完成日期、新版本"),
        ([PROPOSED | {"approver": "样例质"}], "批准日期、结论、修订人、修订完成日期、新版本"),
        ([APPROVED | {"reviser": "样例工"}], "修订完成日期、新版本"),
        ([APPROVED | {"reviser": "样例工", "new_version": "B/1"}], "修订完成日期"),
        ([APPROVED | {"reviser": "样例工"}, APPROVED | {"proposal": None}], "修改意见、修订人、修订完成日期、新版本"),
    ],
)
def test_of_a_document_to_be_revised_the_blank_cells_are_asked_for(rows, asked):
    seen = view(closed(needs_revision=True), on="2026-04-20", people=PEOPLE, revisions=rows)
    step = seen.derived["GJ-2026-001"].next_step
    assert step.partition("在《文件修订》填写：")[2].partition("；")[0] == asked


def test_half_a_cancellation_asks_for_the_rest_of_it():
    half = derived(planned(cancelled_on="2026-02-01"), "2026-02-02")
    assert (half.status, half.next_step) == ("已取消", "补齐取消信息，填写：取消原因、取消批准人（在“归档”组中展开）")
    assert half.next_keys == ("cancel_reason", "cancel_approver")
    assert half.next_actor


def test_a_word_that_cancels_asks_for_all_three_cells_but_of_history():
    """One cell alone would be half a cancellation (CX01)."""
    by_word, since = planned(stated_status="已取消"), Procedure(taken_over_on=date(2026, 7, 1))
    asked = ("cancelled_on", "cancel_reason", "cancel_approver")
    columns = (*ALL, "stated_status")
    assert derived(by_word, "2026-06-01", columns=columns).next_keys == asked
    assert derived(by_word, "2026-07-02", columns=columns, procedure=since).next_step == ""
    later = by_word | {"due_on": "2026-08-30"}
    assert derived(later, "2026-07-02", columns=columns, procedure=since).next_keys == asked


def test_a_cancellation_of_what_was_closed_is_to_be_cleared_or_the_action_reopened():
    row = closed(cancelled_on="2026-11-27", cancel_reason="并入他项", cancel_approver="样例甲")
    both = derived(row, "2026-11-30")
    assert both.status == "已取消"
    assert both.next_step.startswith("已关闭（2026-04-10）的项不能取消：取消填错的，清空取消日期、")
    assert both.next_step.endswith("关闭错的，先在《更正记录》写“重开”")
    assert both.next_keys == ("cancelled_on", "cancel_reason", "cancel_approver") and both.next_actor


def test_a_whole_cancellation_asks_for_nothing():
    whole = planned(cancelled_on="2026-02-01", cancel_reason="合同终止", cancel_approver="样例甲")
    assert (derived(whole, "2026-02-02").next_step, derived(whole, "2026-02-02").next_actor) == ("", "")


def test_a_cancellation_asks_for_no_column_that_the_table_lacks():
    half = planned(cancelled_on="2026-02-01")
    assert derived(half, "2026-02-02", columns=without("cancel_reason", "cancel_approver")).next_step == ""


def test_the_list_of_the_blank_workbook_offers_a_row_of_resubmission():
    from capa_xl.model.lists import default_lists

    refused = planned(approver="样例甲", approved_on="2026-02-03", approval="不同意")
    lists = Procedure(lists=default_lists())
    found = derived(refused, "2026-02-10", procedure=lists, progress=())
    assert "《进展反馈》写一行“重新报批”" in found.next_step
    assert "进展反馈" not in derived(refused, "2026-02-10", procedure=lists).next_step


MAJOR = {"severity": "重大", "approver": "样例总", "approval_route": "总经理"}


@pytest.mark.parametrize("kind", ["预防", "改进"])
def test_a_level_without_reviews_closes_no_major_action_that_needs_one(kind):
    whole = closed(action_type=kind, **MAJOR)
    found = derived(whole, "2026-06-30", columns=without("review_number"), procedure=Procedure(level="制度"))
    assert found.status == "待归档"
    assert found.next_step == "提交管理评审；表中没有记录评审的列，请加一列“管理评审编号”填写"
    filed = {**whole, "archived_on": None}
    found = derived(filed, "2026-06-30", columns=without("review_number"), procedure=Procedure(level="制度"))
    assert found.next_step.startswith("整理书面报告并归档，填写：归档日期")
    assert found.next_step.endswith("，并提交管理评审；表中没有记录评审的列，请加一列“管理评审编号”填写")


def test_a_table_of_somebody_else_and_a_ledger_close_without_it():
    whole = closed(action_type="预防", **MAJOR)
    assert derived(whole, "2026-06-30", columns=without("review_number")).status == "已关闭"
    bare = without("review_number", "approval", "approved_on")
    assert derived(whole, "2026-06-30", columns=bare, procedure=Procedure(level="台账")).status == "已关闭"


def test_an_inspection_asks_the_owner_for_what_the_dated_completion_lacks():
    def told(**cells):
        return view(completed(**cells), on="2026-03-03").derived["GJ-2026-001"].next_step

    assert told(progress_note="换线").startswith("请责任人补填完成证据；检查实施情况，填写：")
    assert told(progress_note="换线", evidence="JL-1").startswith("检查实施情况，填写：")


def test_a_second_inspection_is_asked_for_its_own_words_where_the_first_left_some():
    failed = {"inspector": "样例甲", "inspected_on": "2026-02-20", "inspection": "不合格", "progress_note": "换线"}

    def keys(**cells):
        found = view(completed(evidence="JL-1", **failed, **cells), on="2026-03-03").derived["GJ-2026-001"]
        return found.status, found.next_keys, "检查情况" in found.next_step

    three = ("inspector", "inspected_on", "inspection")
    assert keys() == ("待检查", three, False)
    assert keys(inspection_note="仍有 3 次延迟") == ("待检查", (*three, "inspection_note"), True)
    failed |= {"inspected_on": None, "inspection": "合格"}  # the one that is being written
    assert keys(inspection_note="没有延迟") == ("待检查", ("inspected_on",), False)


@pytest.mark.parametrize(("first", "rule"), [(None, "PL01"), ("月底", "FD05")])
def test_a_missing_deadline_is_written_where_the_first_one_stands(first, rule):
    """A table with 原完成期限 and 延期至: a row that was never moved has the first alone."""
    head = ["序号", "问题描述", "整改措施", "责任人", "原完成期限", "延期至"]
    sheets = {"改进计划跟踪表": [head, [1, "漏接电话", "换人值守", "样例工", first, None]]}
    sheets["参数"] = [["参数", "值", "说明"], ["列名_延期至", "完成期限", ""]]
    day = date(2026, 11, 28)
    seen = view_register(read_register(workbook_bytes(sheets)), AsOf(day, day))
    assert [(p.rule, p.cell) for p in check(seen).problems] == [(rule, "E2")]
    assert seen.derived["1"].next_step == "补齐：原完成期限"
    assert seen.derived["1"].next_keys == ("original_due_on",)


def test_a_first_deadline_that_a_growth_added_is_not_asked_for():
    """Its one deadline is 计划完成 (完成期限): 原完成期限 is ours, and what stands there alone is told of there."""
    head = ["序号", "问题描述", "整改措施", "责任人", "计划完成", "原完成期限"]
    rows = [[1, "漏接电话", "换人值守", "样例工"], [2, "漏接", "换人", "样例工", None, date(2026, 12, 20)]]
    settings = [["参数", "值", "说明"], ["列名_计划完成", "完成期限"], ["加列_2026-11-20", "检查人、原完成期限"]]
    day = date(2026, 11, 28)
    seen = view_register(
        read_register(workbook_bytes({"改进计划跟踪表": [head, *rows], "参数": settings})), AsOf(day, day)
    )
    assert seen.derived["1"].next_step == "补齐：计划完成"
    assert {(p.rule, p.cell) for p in check(seen).problems} == {("PL01", "E2"), ("PL20", "F3")}


def test_who_stands_in_for_a_department_without_a_manager_is_asked_for_a_successor_and_not_for_a_signature():
    """AP05 refuses 质量部负责人, who gets its letters; what 总经理 approves waits for no manager."""
    nobody = tuple(one for one in PEOPLE if one["name"] != "样例甲")
    said = "（「服务台」没有经理，先在《人员部门》登记接任的人，由其或总经理批准，别人签的不算）"
    assert derived(planned(), "2026-01-06", people=nobody).next_step.startswith(f"由部门经理批准{said}，填写：批准人")
    asked = {"number": "GJ-2026-001", "asked_on": "2026-06-01", "old_due_on": "2026-06-30", "new_due_on": "2026-09-30"}
    waiting = view(running(), on="2026-06-03", people=nobody, extensions=[asked])
    (item,) = todo_of(waiting, "样例质").items
    assert item.next_step.startswith(f"审批延期申请 2026-06-30 → 2026-09-30{said}，填写：批准人")
    for row, people in ((planned(), PEOPLE), (planned(severity="重大"), nobody)):
        assert "没有经理" not in derived(row, "2026-01-06", people=people).next_step


ASKED = {"number": "GJ-2026-001", "asked_on": "2026-06-01", "old_due_on": "2026-06-30", "new_due_on": "2026-09-30"}
REFUSED = {**ASKED, "approval": "不同意", "approver": "样例甲", "approved_on": "2026-06-03"}
KEPT = "；延期到 2026-09-30 的申请未批准（2026-06-03 样例甲），仍按 2026-06-30"


@pytest.mark.parametrize(
    ("row", "rows", "on", "said"),
    [
        (running(), [REFUSED], "2026-06-03", KEPT),
        (running(), [REFUSED], "2026-07-20", KEPT),
        (running(), [REFUSED], "2026-06-02", "；《延期记录》：批准前仍按 2026-06-30，由样例甲审批延期申请"),
        (running(), [{**REFUSED, "approver": None}], "2026-06-03", "2026-06-30 → 2026-09-30（批准人）"),
        (running(), [{**REFUSED, "new_due_on": None}], "2026-06-03", "；延期的申请未批准（"),
        (
            running(),
            [REFUSED, {**ASKED, "asked_on": "2026-06-04"}],
            "2026-06-05",
            "；《延期记录》：批准前仍按 2026-06-30",
        ),
        (running(), [{**REFUSED, "asked_on": "2026-06-04"}, {**REFUSED, "approval": "同意"}], "2026-06-05", KEPT),
    ],
)
def test_who_asked_for_another_deadline_is_told_that_it_was_refused(row, rows, on, said):
    """Nothing said so: the letters went on to advise him to ask. All those days have come."""
    seen = view_register(register(row, extensions=rows), AsOf(day(on), day("2026-07-20")))
    step = seen.derived["GJ-2026-001"].next_step
    assert said in step and step.count("未批准") == said.count("未批准")


@pytest.mark.parametrize(
    ("row", "rows"),
    [
        (running(due_on="2026-09-30"), [REFUSED]),  # moved all the same: DO08 tells
        (running(), [REFUSED, {**ASKED, "asked_on": "2026-06-02", "approval": "同意"}]),
        (completed(completed_on="2026-06-02"), [REFUSED]),
        (planned(), [REFUSED]),
    ],
)
def test_of_a_refusal_that_nothing_hangs_on_any_more_nothing_is_said(row, rows):
    assert "未批准" not in view(row, on="2026-06-05", extensions=rows).derived["GJ-2026-001"].next_step


PROVED = {"progress_note": "已做", "evidence": "照片"}


def test_a_request_whose_new_deadline_is_no_day_yet_says_so():
    rows = [{"number": "GJ-2026-001", "asked_on": "2026-06-01", "asked_by": "样例丁", "reason": "备件未到"}]
    step = view(running(), on="2026-06-02", extensions=rows).derived["GJ-2026-001"].next_step
    assert "审批没有写明新期限的延期申请" in step


@pytest.mark.parametrize(
    ("row", "on", "keys"),
    [
        (completed(inspection="合格", **PROVED), "2026-03-10", ("inspected_on",)),
        (completed(**PROVED), "2026-03-10", ("inspected_on", "inspection")),
        (inspected(execution="已落实", effect="有效", needs_revision=False), "2026-05-20", ("confirmed_on",)),
        (completed(inspected_on="2026-03-06", **PROVED), "2026-03-10", ("inspection",)),
        (completed(inspected_on="2026-02-01", **PROVED), "2026-03-10", ("inspected_on", "inspection")),
        (inspected(confirmed_on="2026-05-06", execution="已落实", needs_revision=False), "2026-05-20", ("effect",)),
        (inspected(effect="有效"), "2026-05-20", ("confirmed_on", "execution", "needs_revision")),
        (inspected(), "2026-05-20", ("confirmed_on", "execution", "effect", "needs_revision")),
    ],
)
def test_what_stands_there_of_an_inspection_or_confirmation_is_not_asked_for_again(row, on, keys):
    asked = derived(row, on).next_keys
    assert tuple(key for key in asked if key not in ("inspector", "confirmer", "actual")) == keys


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        ("approver", "补齐部门经理的批准，填写：批准人"), ("approved_on", "补齐部门经理的批准，填写：批准日期"),
        ("approval", "补齐部门经理的批准，填写：批准结论"),
        ("approver approved_on", "补齐部门经理的批准，填写：批准人、批准日期"),
        ("approver approval", "补齐部门经理的批准，填写：批准人、批准结论"),
        ("approved_on approval", "由部门经理批准，填写：批准日期、批准结论"),
        ("approver approved_on approval", "由部门经理批准，填写：批准人、批准日期、批准结论"), ("", ""),
    ],
)  # fmt: skip
def test_of_a_part_of_a_signature_only_the_blank_cells_are_asked_for(blank, said):
    """Without its day all three were asked for, without its name nothing was (AP08 alone told)."""
    row = approved(impact="两个客户", is_repeat=False, **dict.fromkeys(blank.split()))
    found = derived(row, "2026-01-14")
    asked = tuple(key for key in ("approver", "approved_on", "approval") if key in found.next_keys)
    assert (found.status, asked) == ("待审批" if blank else "未开始", tuple(blank.split()))
    if blank:
        assert found.next_step.partition("（")[0] == said


def test_whoever_stands_there_before_the_verdict_and_may_not_sign_is_asked_for_again():
    row = approved(impact="两个客户", is_repeat=False, approver="样例工", approval=None)
    assert derived(row, "2026-01-14").next_step.startswith("补齐部门经理的批准，填写：批准人、批准结论")
