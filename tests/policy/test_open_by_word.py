# ruff: noqa: E501 - a row of a table stays on one line
"""A row whose own status word says that it isn't over is closed by no day: it is chased or looked at, and named."""

from __future__ import annotations

import pytest

from capa_xl.model.stated_status import begins_again, says_again
from capa_xl.policy.check import check
from capa_xl.workbook.adopting.word_signs import likely_family
from tests.policy.test_whose_turn_in_foreign_tables import LATE, OLD, SOON, TEXT, seen

HEAD = "编号|问题描述|责任人|完成期限|状态|实际完成日期"


@pytest.mark.parametrize("word", ["返工中", "Reopened", "返工"])
def test_what_begins_again_is_chased_as_not_done_and_named(word):
    view, said = seen(HEAD, ["A1", TEXT, "张三", LATE, word, OLD], ["A2", TEXT, "张三", LATE, "已关闭", OLD])
    row = view.derived["A1"]
    assert (row.status, row.days_overdue, row.next_actor) == ("返工中", 18, "张三")
    assert row.next_step == "返工，完成后更新：实际完成日期、状态"
    assert view.derived["A2"].status == "已关闭"
    assert said == (
        f"1 行的状态词是重新打开、返工，填着的「实际完成日期」算上一轮的，按没有完成提醒：A1（{word}，2026-08-01） → 这一轮做完后改日期和状态列",
    )
    told = [p for p in check(view).problems if p.rule == "WB10"]
    assert [p.message for p in told] == [f"状态列写「{word}」，实际完成日期填的算上一轮的，按没有完成计"]
    assert "日期留着" in told[0].fix


def test_an_earlier_conclusion_doesnt_close_it_either():
    head = HEAD + "|检查日期|检查结论|确认日期|效果结论"
    view, _ = seen(head, ["A1", TEXT, "张三", LATE, "返工中", OLD, OLD, "合格", OLD, "有效"])
    assert view.derived["A1"].status == "返工中"


@pytest.mark.parametrize("word", ["整改中", "进行中", "未完成", "处理中"])
def test_a_word_of_work_beside_a_day_leaves_it_to_be_looked_at(word):
    view, said = seen(HEAD, ["A1", TEXT, "张三", SOON, word, OLD])
    row = view.derived["A1"]
    assert (row.status, row.next_actor) == ("待检查", "质量部、张三")
    assert row.next_step == "核对：做完的改状态（写“已关闭”），没有做完的写“返工中”"
    assert said[0].startswith("1 行填了「实际完成日期」，状态词却说没有完，按等检查计：A1")
    assert [p.rule for p in check(view).problems if p.rule == "WB10"] == ["WB10"]


@pytest.mark.parametrize("word", ["逾期", "延期", "Overdue"])
def test_a_word_that_only_tells_when_is_no_word_against_the_day(word):
    assert seen(HEAD, ["A1", TEXT, "张三", LATE, word, SOON.replace(month=11)])[0].derived["A1"].status == "已关闭"


def test_words_that_say_again():
    again = ("重新打开", "复发", "返工", "整改不到位", "Re-opened", "再次发生", "二次整改", "Rework required")
    assert [word for word in again if not (says_again(word) and likely_family(word) == "进行中")] == []
    assert [
        word for word in ("退回", "不合格", "Rejected", "Failed QA") if says_again(word) or not begins_again(word)
    ] == []
    assert [word for word in ("整改中", "暂缓", "未复发", "Open", "待验收", "已完成") if begins_again(word)] == []
    assert likely_family("未复发") is None
