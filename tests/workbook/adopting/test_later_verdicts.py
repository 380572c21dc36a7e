"""A word that came into a deciding list of a table of ours is asked with its candidate; in a new table it is known."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.reports.adopt_text import proposals
from capa_xl.workbook.adopting.adopted_workbook import Adopting, survey_adoption
from capa_xl.workbook.adopting.found_table import OWN_HEADERS
from tests.tables import workbook_bytes

DAY = date(2026, 11, 28)
FACTS = ["编号", "问题描述", "措施内容", "责任人", "完成期限", "实际完成日期", "严重度"]
VERDICTS = ["批准人", "批准日期", "批准结论", "检查人", "检查日期", "检查结论", "确认人", "确认日期", "效果结论"]
ROW = ["Z1", "液位计失灵", "更换液位计", "样例甲", date(2026, 11, 10), date(2026, 11, 9)]
SETTINGS = [["参数", "值", "说明"], ["工作簿标识", "a1b2", ""], ["提醒启用日", "2026-01-01", ""]]


def planned(severity, approval, inspection, effect, *, ours, said=None):
    verdicts = [severity, *("样例乙", DAY, approval), *("样例丙", DAY, inspection), *("样例丁", DAY, effect)]
    sheets = {"改进计划跟踪表": [[*FACTS, *VERDICTS], [*ROW, *verdicts]]} | ({"参数": SETTINGS} if ours else {})
    found = survey_adoption(workbook_bytes(sheets), Adopting({}, "", DAY, said or {}))
    return {word.field: word for word in found.words if word.word != "Z1"}, found


@pytest.mark.parametrize(
    ("words", "likely"),
    [
        (("Major", "批准", "通过", "有效果"), ("重大", "同意", "合格", "有效")),
        (("高", "驳回", "不通过", "OK"), ("重大", "不同意", "不合格", "有效")),
    ],
)
def test_in_a_table_of_ours_they_are_asked_and_the_line_to_paste_answers_none(words, likely):
    by_field, found = planned(*words, ours=True)
    fields = ("严重度", "批准结论", "检查结论", "效果结论")
    assert [by_field[field].is_asked for field in fields] == [True] * 4
    assert tuple(by_field[field].candidates[0] for field in fields) == likely
    assert [field for field in fields if by_field[field].is_needed] == ["严重度"]  # unread it sets the row aside
    assert proposals(found).meanings == {field: {word: "待定"} for field, word in zip(fields, words, strict=True)}


def test_in_a_table_that_is_new_the_words_that_mean_the_same_are_known():
    by_field, _ = planned("Major", "批准", "通过", "有效果", ours=False)
    assert [by_field[f].meaning for f in ("严重度", "批准结论", "检查结论", "效果结论")] == [
        "重大",
        "同意",
        "合格",
        "有效",
    ]


def test_an_answer_holds_and_a_blank_within_the_word_is_no_question():
    by_field, _ = planned("重大", "批准", "合 格", "有效", ours=True, said={"批准结论": {"批准": "同意"}})
    assert [word.word for word in by_field.values() if word.is_asked] == []
    assert by_field["批准结论"].meaning == "同意"


def test_nobody_is_asked_whether_a_column_of_our_own_table_is_that_column():
    head = sorted(OWN_HEADERS)
    told = {**dict(zip(FACTS, [*ROW, "重大"], strict=True)), "效果结论": "好"}
    sheets = {"改进计划跟踪表": [head, [told.get(name, "") for name in head]], "参数": SETTINGS}
    found = survey_adoption(workbook_bytes(sheets), Adopting({}, "", DAY))
    assert found.ask == ()
    assert [(word.field, word.word) for word in found.asked_words] == [("效果结论", "好")]
