"""Totals, footers and sections by what their first cell says, in Chinese and in Latin letters."""

from __future__ import annotations

import pytest

from capa_xl.workbook.reading.no_action_rows import kind_of_no_action, leads_no_action

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
