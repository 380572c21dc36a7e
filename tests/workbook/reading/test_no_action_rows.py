"""Totals, footers and sections by what their first cell says, in Chinese and in Latin letters."""

from __future__ import annotations

import pytest

from capa_xl.workbook.reading.no_action_rows import is_row_of_labels, kind_of_no_action, leads_no_action

SIGNED = ["主要负责人（签字）：", "单位负责人：", "负责人签字：", "审核人：王"]
SIGNED_IN_ENGLISH = ["Signed for contractor:", "Approved by: J. Sample", "Signature of the site manager:"]


@pytest.mark.parametrize("text", [*SIGNED, *SIGNED_IN_ENGLISH])
def test_a_signature_is_a_footer_whatever_stands_beside_it(text):
    assert kind_of_no_action(text) == "表尾"
    assert leads_no_action([text, "", "Date:", "经办人：样例甲"], {"description": 2, "measure": 3})


@pytest.mark.parametrize(
    "text", ["负责人未签字", "Signed contract is missing", "Approved by nobody", "主要负责人未到岗"]
)
def test_a_problem_that_speaks_of_signatures_is_none(text):
    assert kind_of_no_action(text) == ""


LABELS = [
    ["审核组长：", "", "日期："],
    ["", "安全科长：", "段长：____"],
    ["Head of Internal Audit:", "Audit Committee Chair:", "Date:"],
    ["检查组组长：                日期："],
    ["", "审核组长： ", None],
]


@pytest.mark.parametrize("cells", LABELS)
def test_a_row_of_labels_alone_is_to_be_signed_by_hand(cells):
    assert is_row_of_labels(cells)
    assert leads_no_action(cells, {"description": 1, "measure": 2, "owners": 3})


@pytest.mark.parametrize(
    "cells",
    [
        ["现场检查发现如下问题：", "样例甲", "2026-12-01"],
        ["3", "现场检查发现：", ""],
        ["A-3：", ""],
        ["审核组长：样例甲", "日期："],
        ["", "", None],
        [46000.0, "说明："],
    ],
)
def test_a_row_with_more_than_labels_is_none_of_these(cells):
    assert not is_row_of_labels(cells)


@pytest.mark.parametrize("text", ["完成率", "按期完成率：83%", "整改率", "总合格率", "完成占比"])
def test_a_rate_below_the_table_is_a_total(text):
    assert kind_of_no_action(text) == "合计"
    assert leads_no_action([text, "", "", 0.17], {"description": 2, "measure": 3})


@pytest.mark.parametrize("text", ["平均评分 Average", "合计 Total", "平均得分", "平均 Average：82"])
def test_an_average_is_a_total_be_it_said_in_two_languages(text):
    assert kind_of_no_action(text) == "合计"


@pytest.mark.parametrize("text", ["提高按期完成率", "完成率低于目标", "合格率统计口径不一"])
def test_a_problem_that_speaks_of_a_rate_is_none(text):
    assert kind_of_no_action(text) == ""


@pytest.mark.parametrize("text", ["Total: 12", "Sub total for May: 3", "average:", " Totals "])
def test_a_total_in_latin_letters_has_its_figure_behind_a_colon(text):
    assert kind_of_no_action(text) == "合计"


@pytest.mark.parametrize("text", ["Total 12", "SUM-3", "GJ-2026-001", "7", "total2"])
def test_a_number_is_no_total(text):
    assert kind_of_no_action(text) == ""


@pytest.mark.parametrize("text", ["本月小结", "本月累计", "9 月小结：3 处"])
def test_what_a_month_came_to_is_a_total(text):
    assert kind_of_no_action(text) == "合计"


@pytest.mark.parametrize("text", ["编制/日期：样例甲 2026-10-20", "审核 / 日期：", "编制人／日期："])
def test_who_signs_and_when_is_a_footer(text):
    assert kind_of_no_action(text) == "表尾"


def test_a_count_beside_a_rate_and_nothing_else_is_a_total():
    assert leads_no_action(["核心条款 4 项", "", "达标率 25%"], {"description": 2, "measure": 3})
    assert not leads_no_action(["7", "达标率 25%", "复训", "样例甲"], {"number": 1, "description": 2, "measure": 3})
