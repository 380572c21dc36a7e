"""A correction of a sheet that holds no row of the action is no correction: EF15 tells it, and no paper prints it."""

from __future__ import annotations

import pytest

from tests.policy.registers import PEOPLE, closed, view
from tests.policy.test_untrue_corrections import N, entry

STEP = {"number": N, "step": "1", "content": "乙"}


def untrue(field, after, **sheets):
    seen = view(closed(), on="2026-06-01", corrections=[entry(field, "甲", after)], people=PEOPLE, **sheets)
    return {row: fault.why for row, fault in seen.inputs.untrue.items()}


@pytest.mark.parametrize(
    ("sheets", "is_told"),
    [
        ({}, True),
        ({"steps": []}, True),
        ({"steps": [STEP | {"number": "GJ-2026-002"}]}, True),
        ({"steps": [STEP]}, False),
    ],
)
def test_a_cell_that_no_row_of_the_action_holds_is_told(sheets, is_told):
    told = {2: "《措施分解》没有这一项的行，没有“步骤内容”可以更正"}
    assert untrue("步骤内容", "乙", **sheets) == (told if is_told else {})


def test_a_round_of_the_action_holds_what_is_corrected_of_a_round():
    told = {2: "《效果确认》没有这一项的行，没有“改进后值”可以更正"}
    assert untrue("改进后值", "乙") == told
    rounds = [{"number": N, "round": 1, "effect": "有效", "confirmer": "样例质", "value_after": 3.0}]
    assert untrue("改进后值", "3", confirmations=rounds) == {}


def test_of_several_columns_each_wants_its_row():
    told = {2: "《措施分解》没有这一项的行，没有“步骤内容”可以更正"}
    assert untrue("问题描述、步骤内容", "乙") == told
    assert untrue("问题描述、步骤内容", "乙", steps=[STEP]) == {}


@pytest.mark.parametrize("field", ["问题描述", "备用字段的一列", "批准人", ""])
def test_a_heading_that_the_tracker_or_another_sheet_has_is_left_alone(field):
    assert not any("没有这一项的行" in why for why in untrue(field, "乙").values())


@pytest.mark.parametrize("after", ["删除", "空白", "已删除"])
def test_a_row_that_was_taken_away_is_no_fault(after):
    assert untrue("步骤内容", after) == {}
