"""撤销 under a verdict: asked before anything is written, answered as 已取消, and then the row is cancelled."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from capa_xl.model.as_of import AsOf
from capa_xl.policy.check import check
from capa_xl.policy.left_out import left_out_sentences
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.adopting.adopted_workbook import Adopting, adopt
from capa_xl.workbook.reading.reader import read_register
from tests.tables import workbook_bytes

DAY, DUE, DONE = date(2026, 11, 28), date(2026, 10, 20), date(2026, 10, 18)
HEAD = ["编号", "存在问题", "整改措施", "责任部门", "责任人", "整改期限", "实际完成日期", "验证人"]


def adopting(heading, field, verdicts, meant):
    """Whether nothing was written; the words; the workbook. Verdict → the day of completion beside it."""
    rows = [
        [f"A-{n}", f"第{n}处标签缺失两处", "补贴标签", "工程部", "样例甲", DUE, done, "样例乙", word]
        for n, (word, done) in enumerate(verdicts, 1)
    ]
    blob = workbook_bytes({"台账": [[*HEAD, heading], *rows]})
    new, found = adopt(blob, Adopting({heading: field}, "a1", DAY, {heading: meant}))
    return new, {word.word: word for word in found.words}


@pytest.mark.parametrize(("heading", "field"), [("跟踪验证", "效果结论"), ("验证判定", "检查结论")])
@pytest.mark.parametrize("word", ["撤销", "已作废", "取消", "Withdrawn", "Void"])
def test_a_verdict_that_cancels_is_asked_as_such_before_anything_is_written(heading, field, word):
    new, words = adopting(heading, field, [(word, None)], {})
    assert new is None
    assert (words[word].proposal, words[word].candidates[0], words[word].is_needed) == ("已取消", "已取消", True)


@pytest.mark.parametrize("word", ["不适用", "重复", "不能取消"])
def test_what_may_say_something_else_gets_no_such_proposal_but_may_be_answered_so(word):
    _, words = adopting("跟踪验证", "效果结论", [(word, None)], {})
    assert words[word].proposal != "已取消"
    assert "已取消" in words[word].candidates


def test_the_answer_cancels_the_row_and_a_day_of_completion_beside_it_is_told_at_the_verdict():
    new, words = adopting(
        "跟踪验证", "效果结论", [("撤销", None), ("重复", DONE), ("有效", DONE)], {"撤销": "已取消", "重复": "已取消"}
    )
    assert [(word.word, word.count, word.meaning) for word in words.values()] == [
        ("撤销", 1, "已取消"), ("重复", 1, "已取消"), ("有效", 1, "有效"),
    ]  # fmt: skip
    view = view_register(read_register(new), AsOf(DAY, DAY))
    assert [(d.status, d.overdue) for _, d in view.pairs] == [("已取消", ()), ("已取消", ()), ("已关闭", ())]
    problems = check(view).problems
    assert not [p for p in problems if p.rule == "FD04"]
    assert [(p.cell, p.message) for p in problems if p.rule == "WB10"] == [
        ("I3", "「跟踪验证」写「重复」，实际完成日期又填了日期，按取消算")
    ]


def test_a_verdict_that_came_later_is_told_by_every_command_until_it_is_answered():
    new, _ = adopting("跟踪验证", "效果结论", [("有效", DONE), ("有效", DONE), ("有效", DONE)], {})
    book, stream = openpyxl.load_workbook(BytesIO(new)), BytesIO()
    for row in (2, 4):
        book["台账"].cell(row, 9, "让步接收")
    book.save(stream)
    view = view_register(read_register(stream.getvalue()), AsOf(DAY, DAY))
    assert [one for one in left_out_sentences(view, (), "台账.xlsx") if "结论" in one] == [
        "2 行的「跟踪验证」不是已知的结论，按没有结论计：让步接收（I2、I4） → "
        "改成允许的词，或逐个说明意思：capa-xl adopt 台账.xlsx"
    ]
    settled, _ = adopt(stream.getvalue(), Adopting({}, "", DAY, {"跟踪验证": {"让步接收": "有效"}}))
    view = view_register(read_register(settled), AsOf(DAY, DAY))
    assert [d.status for _, d in view.pairs] == ["已关闭", "已关闭", "已关闭"]
    assert left_out_sentences(view, (), "台账.xlsx") == ()


def test_an_unknown_verdict_says_how_to_declare_that_the_row_is_cancelled():
    new, _ = adopting("跟踪验证", "效果结论", [("有效", DONE), ("N/A", None)], {})
    told = [p for p in check(view_register(read_register(new), AsOf(DAY, DAY))).problems if p.rule == "FD04"]
    assert [p.fix for p in told] == [
        "改成允许的值；或在《参数》加一行「取值_效果结论_N/A」，值写它在本工具中的意思，整项不再做的写“已取消”"
    ]
