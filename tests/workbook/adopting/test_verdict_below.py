"""Columns of short words that tell whether a row is done or found good: asked before anything is written."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from tests.tables import workbook_bytes

DAY, DUE, DONE = date(2026, 11, 28), date(2026, 10, 20), date(2026, 10, 18)
HEAD = ["编号", "存在问题", "整改措施", "责任部门", "责任人", "整改期限"]


def asked(heading, words, *, done=True, status=None):
    more = [*(["实际完成日期"] if done else []), *(["整改状态"] if status else [])]
    rows = [
        [f"A-{n}", f"第{n}处标签缺失两处", "补贴标签", "工程部", "样例甲", DUE, *([DONE] if done else []),
         *([status] if status else []), word]
        for n, word in enumerate(words, 1)
    ]  # fmt: skip
    new, found = adopt(workbook_bytes({"台账": [[*HEAD, *more, heading], *rows]}), Adopting({}, "a1", DAY))
    return new is None, [(one.header, one.candidates[:3], one.is_needed, one.proposal) for one in found.ask]


ALL = ("状态", "检查结论", "效果结论")


@pytest.mark.parametrize(
    ("heading", "words", "proposal"),
    [
        ("Retest", ["Pass", "Fail", "Fail", "Pass"], "检查结论"),
        ("内控部复核", ["通过", "退回", "退回", "待核"], "检查结论"),
        ("销记", ["已克服", "克服待验", "设备拆除", "未克服"], None),
        ("终审", ["同意销号", "不同意", "退回", "同意销号"], None),
        ("督导组意见", ["认可", "不认可", "认可", "认可"], None),
        ("效果是否认可", ["√", "×", "√", "√"], "效果结论"),
        ("VOE", ["Effective", "Pending", "Effective", "N/A"], "效果结论"),
    ],
)
def test_beside_a_day_of_completion_it_is_asked_and_proposed_only_by_its_own_words(heading, words, proposal):
    assert asked(heading, words) == (True, [(heading, ALL, True, proposal)])


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("工单情形", ["完工关单", "候料", "业主撤单", "候料"]),
        ("灯", ["绿", "红", "黄", "灰"]),
        ("RAG", ["G", "R", "A", "G"]),
    ],
)
def test_where_nothing_else_tells_the_end_a_column_named_after_it_is_asked_whatever_its_words(heading, words):
    assert asked(heading, words, done=False) == (True, [(heading, ALL, True, None)])


def test_beside_a_status_only_verdicts_are_asked():
    assert asked("Retest", ["Pass", "Fail", "Fail", "Pass"], status="进行中")[1][0][1][:2] == ("检查结论", "效果结论")
    assert asked("关闭代码", ["已永久解决", "已临时规避", "重复", "已永久解决"], status="进行中") == (False, [])


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("问责情况", ["已问责", "提醒谈话", "已问责", None]),
        ("楼栋", ["一号楼", "二号楼", "一号楼", "三号楼"]),
        ("班次", ["早", "中", "晚", "早"]),
        ("备注", ["配件未到", "已通知", None, None]),
    ],
)
def test_words_of_other_matters_ask_nothing(heading, words):
    assert asked(heading, words) == (False, [])


def test_reports_on_the_work_are_no_list():
    notes = ["标签已贴好并拍照留存", "等待供应商送来标签", "已与厂家联系改期", "现场复核后补贴一处"]
    assert all("检查结论" not in candidates for _, candidates, _, _ in asked("落实", notes)[1])


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("批了没有", ["OK", "批准", "通过", "不批", "同意"]),
        ("领导审批", ["同意", "同意", "不同意"]),
        ("Approved?", ["Yes", "No", "Yes"]),
    ],
)
def test_who_let_the_plan_pass_is_the_approval(heading, words):
    _, ((asked_heading, candidates, needed, proposal),) = asked(heading, words)
    assert (asked_heading, candidates[0], needed, proposal) == (heading, "批准结论", True, "批准结论")


def test_words_of_an_approval_below_another_name_make_it_one_answer_among_others():
    rows = [[f"A-{n}", "标签缺失两处", "补贴标签", "工程部", "样例甲", DUE, DONE, word] for n, word in
            enumerate(["批准", "通过", "不批", "批准"])]  # fmt: skip
    _, found = adopt(workbook_bytes({"台账": [[*HEAD, "实际完成日期", "领导意见"], *rows]}), Adopting({}, "a1", DAY))
    assert "批准结论" in found.ask[0].candidates


def test_a_batch_number_is_no_approval():
    assert "批准结论" not in asked("批次结果", ["通过", "退回", "退回", "待核"])[1][0][1]


def test_ok_and_no_below_an_approval_are_proposed_as_one():
    rows = [[f"A-{n}", "标签缺失两处", "补贴标签", "工程部", "样例甲", DUE, DONE, word] for n, word in
            enumerate(["OK", "通过", "不批"])]  # fmt: skip
    blob = workbook_bytes({"台账": [[*HEAD, "实际完成日期", "批了没有"], *rows]})
    _, found = adopt(blob, Adopting({"批了没有": "批准结论"}, "a1", DAY))
    assert {word.word: word.proposal for word in found.asked_words} == {"OK": "同意", "通过": "同意", "不批": "不同意"}


def test_while_a_column_like_a_status_waits_no_report_is_taken_for_a_word_of_one():
    told = ["已换轴承并写入点检表", "已指定", "采购中", "已修复"]
    rows = [
        [f"A-{n}", "漏油", "换密封", "工程部", "样例甲", DUE, text, word]
        for n, (text, word) in enumerate(zip(told, ["已销案", "跟进中", "跟进中", "待验证"], strict=True), 1)
    ]
    _, found = adopt(workbook_bytes({"台账": [[*HEAD, "完成情况", "进度状态"], *rows]}), Adopting({}, "a1", DAY))
    assert [one.header for one in found.ask if one.is_needed] == ["进度状态"]
    assert not [word for word in found.words if word.field == "实施情况"]
    assert not [note for note in found.notes if "按未完成跟踪" in note]
