"""An entry of 更正记录 whose 更正后 isn't what the row holds counts for nothing, is told by EF15 and in no paper."""

from __future__ import annotations

import pytest

from capa_xl.policy.corrections import in_force
from tests.policy.registers import PEOPLE, closed, day, view

N = "GJ-2026-001"


def entry(field, before, after, on="2026-05-10", kind="更正"):
    return {
        "number": N, "kind": kind, "field": field, "before": before, "after": after, "on": day(on),
        "approver": "样例质", "reason": "看错了数据",
    }  # fmt: skip


def untrue(*entries, on="2026-06-01", **others):
    faults = view(closed(**others), on=on, corrections=list(entries), people=PEOPLE).inputs.untrue
    return {row: fault.why for row, fault in faults.items()}


@pytest.mark.parametrize(
    ("field", "after"),
    [("效果结论", "有效"), ("效果结论", "改为有效"), ("实际完成日期", "2026-04-01"), ("实际完成日期", "2026年4月1日"),
     ("是否重复", "否"), ("责任人", "样例网"), ("完成期限", "2027-01-01"),
     ("问题描述", "换了说法"), ("", "有效"), ("效果结论", ""),
     ("实际值", "0"), ("实际值", "0 次"), ("实际值", "0.0%")],
)  # fmt: skip
def test_what_the_row_holds_and_what_cannot_be_compared_counts(field, after):
    assert untrue(entry(field, "无效", after), completed_on=day("2026-04-01"), is_repeat=False, actual=0.0) == {}


@pytest.mark.parametrize(
    ("field", "after", "now"),
    [("效果结论", "无效", "有效"), ("实际完成日期", "2026-04-02", "2026-04-01"), ("是否重复", "是", "否"),
     ("归档日期", "空白", "2026-05-01"), ("归档日", "b", "2026-05-01"), ("实际值", "5", "0"), ("实际值", "5 次", "0")],
)  # fmt: skip
def test_what_the_row_does_not_hold_is_told_with_both_values(field, after, now):
    facts = {"completed_on": day("2026-04-01"), "is_repeat": False, "archived_on": day("2026-05-01"), "actual": 0.0}
    assert untrue(entry(field, "部分有效", after), **facts) == {2: f"更正后写「{after}」，而“{field}”现在是「{now}」"}


def test_an_entry_that_changes_nothing_is_untrue():
    assert untrue(entry("效果结论", "有效", "有效")) == {2: "原内容与更正后都是「有效」"}


def test_of_several_about_one_cell_the_last_counts_and_one_before_a_reopening_is_history():
    wrong = entry("效果结论", "有效", "无效", "2026-05-01")
    right = entry("效果结论", "无效", "有效", "2026-05-02")
    assert untrue(wrong, right) == {}
    assert len(untrue(right | {"on": day("2026-04-01")}, wrong)) == 1
    assert untrue(wrong, entry("", "", "", "2026-05-03", "重开")) == {}


def test_an_entry_of_tomorrow_is_not_looked_at():
    assert untrue(entry("效果结论", "有效", "无效", "2026-06-02")) == {}


def test_a_round_of_the_confirmation_that_says_so_will_do():
    rounds = [{"number": N, "round": 1, "effect": "无效", "confirmer": "样例甲", "confirmed_on": day("2026-04-20")}]
    seen = view(closed(), on="2026-06-01", corrections=[entry("效果结论", "有效", "无效")], confirmations=rounds)
    assert dict(seen.inputs.untrue) == {}


def test_an_untrue_entry_is_not_in_force():
    wrong = view(closed(), on="2026-06-01", corrections=[entry("效果结论", "有效", "无效")], people=PEOPLE)
    right = view(closed(), on="2026-06-01", corrections=[entry("效果结论", "无效", "有效")], people=PEOPLE)
    assert [len(list(in_force(seen.inputs, N, ()))) for seen in (wrong, right)] == [0, 1]
