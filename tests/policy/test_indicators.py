"""A target stands beside figures of its own indicator only."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.model.action import Action
from capa_xl.model.period import Period
from capa_xl.model.records import Confirmation, Measurement
from capa_xl.policy.indicators import (
    counts_events,
    is_met,
    measured,
    measures_own_indicator,
    own_target_sign,
    reaches_target,
    target_fits,
    target_sign,
    value_of,
)
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.papers.effect_facts import effect_facts
from capa_xl.policy.review.effect_lines import effect_lines
from tests.policy.papers.given import given
from tests.policy.registers import confirmed
from tests.policy.rules.struck import problem, struck
from tests.workbook.sample.sample_days import sample_view


@pytest.mark.parametrize(
    ("own", "judged", "is_own"),
    [("超时率", "超时率", True), ("超时率", " 超时率", True), ("超时率", None, True), ("超时率", "次/月", False)],
)
def test_a_round_judges_the_actions_own_indicator_or_another(own, judged, is_own):
    action, judged_round = Action(row=3, number="GJ-01", indicator=own), Confirmation(row=2, indicator=judged)
    assert measures_own_indicator(action, judged_round) is is_own


@pytest.mark.parametrize(
    ("unit", "indicator", "figures", "fits"),
    [
        ("%", "超时率", {"n_after": 171, "bad_after": 3}, True),
        (None, "超时率", {"n_after": 171, "bad_after": 3}, True),
        ("天", "超时率", {"n_after": 171, "bad_after": 3}, False),
        ("天", "超时率", {"value_after": 3.0}, True),
        ("天", "超时率", {"n_before": 182, "bad_before": 23}, False),
        ("次", "漏报（次/月）", {"n_after": 3, "bad_after": 1}, True),
        ("%", "漏报（次/月）", {"n_after": 3, "bad_after": 1}, False),
    ],
)
def test_a_target_stands_beside_figures_of_its_own_unit_only(unit, indicator, figures, fits):
    action = Action(row=3, number="GJ-01", indicator=indicator, unit=unit)
    assert target_fits(action, Confirmation(row=2, indicator=indicator, **figures)) is fits
    assert not target_fits(action, Confirmation(row=2, indicator="另一个", **figures))


def test_the_review_prints_no_target_beside_figures_of_another_indicator():
    """GJ-2026-012: its target 1 is of 未发现天数, its last round counted something else; GJ-2026-031 judged its own."""
    view = sample_view()
    year = Period("2026", date(2026, 1, 1), date(2026, 12, 31))
    lines = {line.number: line for line in effect_lines(view, kpi_input_of(view, ()).actions, year)}
    assert lines["GJ-2026-012"].indicator != view.by_number["GJ-2026-012"].indicator
    assert lines["GJ-2026-012"].target == ""
    assert lines["GJ-2026-031"].target != ""


def test_blanks_and_full_width_letters_make_no_other_indicator():
    action = Action(row=2, number="GJ-01", indicator="P2 响应超时率")
    assert measures_own_indicator(action, Confirmation(row=2, indicator="Ｐ2响应超时率"))
    assert measures_own_indicator(action, Confirmation(row=2))
    assert not measures_own_indicator(action, Confirmation(row=2, indicator="一次解决率"))


@pytest.mark.parametrize(
    ("measured", "value"),
    [
        ({"value": 2.5, "numerator": 9, "denominator": 3}, 2.5),
        ({"value": 0.0, "numerator": 9, "denominator": 3}, 0.0),
        ({"numerator": 9, "denominator": 3}, 3.0),
        ({"numerator": 0, "denominator": 4, "unit": "%"}, 0.0),
        ({"numerator": 9, "denominator": 12, "unit": "%"}, 75.0),
        ({"numerator": 9, "denominator": 12, "unit": "次"}, 0.75),
        ({"numerator": 9, "denominator": 0}, None),
        ({"numerator": 9}, None),
        ({"denominator": 3}, None),
    ],
)
def test_a_value_is_the_one_measured_or_the_quotient_in_its_unit(measured, value):
    assert value_of(Measurement(row=2, **measured)) == value


@pytest.mark.parametrize(
    ("direction", "met"),
    [("越小越好", True), ("降低", True), ("≤", True), ("越大越好", False), (None, False), ("不变", None)],
)
def test_the_direction_tells_which_side_of_the_target_is_good(direction, met):
    assert is_met(Measurement(row=2, value=2, target=3, direction=direction)) is met


def test_without_a_value_or_a_target_nothing_is_met_or_missed():
    assert is_met(Measurement(row=2, target=3)) is None
    assert is_met(Measurement(row=2, value=3)) is None


def test_only_an_indicator_per_month_counts_events():
    assert counts_events(Confirmation(row=2, indicator="漏接（次/月）"))
    assert not counts_events(Confirmation(row=2, indicator="超时率"))
    assert not counts_events(Confirmation(row=2))


OWN = {"number": "GJ-01", "indicator": "超时工单", "unit": "张", "baseline": 12.0, "target": 3.0}


def test_a_target_is_reached_on_its_side_of_the_value_before_and_nobody_knows_without_one():
    falling, rising = Action(row=3, **OWN), Action(row=3, **{**OWN, "baseline": 80.0, "target": 95.0})
    assert [reaches_target(falling, value) for value in (2, 3, 4, None)] == [True, True, False, None]
    assert [reaches_target(rising, value) for value in (94, 95, 96)] == [False, True, True]
    for unknown in ({"baseline": None}, {"target": None}, {"baseline": 3.0}):
        assert reaches_target(Action(row=3, **{**OWN, **unknown}), 3) is None


def test_the_value_of_another_indicator_is_not_held_against_the_target():
    """Once: 指标未达目标：实际值 90，目标值 3, of a satisfaction of 90 beside a target of tickets."""
    heads = "编号 | 效果指标 | 单位 | 现值 | 目标值 | 实际值 | 确认日期 | 效果结论\n"
    rounds = "编号 | 轮次 | 指标 | 改进前值 | 改进后值 | 结论 | 确认日期\nGJ-01 | 1 | {} | {} | {} | 有效 | 2026-05-04"
    rows = heads + "GJ-01 | 超时工单 | 张 | 12 | 3 | | | "
    another, own = rounds.format("满意度", 80, 90), rounds.format("超时工单", 12, 5)
    assert struck("EF06", rows, confirmations=another) == []
    assert struck("EF14", rows, confirmations=another) == ["W 效果确认!C2"]
    assert struck("EF06", rows, confirmations=own) == ["W 效果确认!E2"]


@pytest.mark.parametrize(
    ("unit", "target", "figures", "value"),
    [
        ("%", 2.0, {"n_after": 500.0, "bad_after": 9.0}, 1.8),
        ("%", 2.0, {"n_after": 500.0, "bad_after": 9.0, "value_after": 1.75}, 1.75),
        ("次/月", 0.5, {"n_after": 4.0, "bad_after": 1.0, "indicator": "漏接（次/月）"}, 0.25),
        ("天", 2.0, {"n_after": 500.0, "bad_after": 9.0}, None),
        (None, 2.0, {"n_after": 500.0, "bad_after": 9.0}, None),  # 1.8 or 0.018?
        ("%", 95.0, {"n_after": 500.0, "bad_after": 9.0}, None),  # faults, where more of something is better
        ("%", 2.0, {"n_after": 5.0, "bad_after": 9.0}, None),
        ("%", 2.0, {"n_after": 500.0, "bad_after": 9.0, "indicator": "另一个"}, None),
    ],
)
def test_a_round_measured_its_value_or_the_faults_it_counted_in_the_rows_unit(unit, target, figures, value):
    own = {"indicator": figures.get("indicator") if unit == "次/月" else "超时率", "unit": unit, "baseline": 12.5}
    assert measured(Action(row=3, **own, target=target), Confirmation(row=2, **figures)) == value


def test_a_later_round_is_not_judged_by_the_actual_value_of_an_earlier_confirmation():
    rows = """
        编号 | 效果指标 | 单位 | 现值 | 目标值 | 确认日期 | 效果结论 | 实际值
        GJ-01 | 超时率 | % | 7.5 | 0.1 | {} | {} | 0.5
    """
    heads = "编号 | 轮次 | 指标 | 改进后n | 改进后不合格 | 结论 | 确认日期\n"
    first, second = (
        "GJ-01 | 1 | 超时率 | 2400 | 12 | 部分有效 | 2026-04-12\n",
        "GJ-01 | 2 | 超时率 | {} | 有效 | 2026-05-04",
    )
    earlier, same = rows.format("2026-04-12", "部分有效"), rows.format("2026-05-04", "有效")
    reached, missed, blank = (heads + first + second.format(one) for one in ("3000 | 2", "3000 | 4", "|"))
    assert struck("EF06", earlier, confirmations=reached) == []
    assert struck("EF06", earlier, confirmations=missed) == ["W 效果确认!E3"]
    assert struck("EF06", earlier, confirmations=blank) == struck("EF06", same, confirmations=reached) == ["W H2"]
    assert problem("EF06", earlier, confirmations=blank).fix.endswith(
        "；实际值是 2026-04-12 那次确认的，在《效果确认》第 2 轮填改进后值"
    )
    assert problem("EF06", same, confirmations=reached).fix.endswith(
        "；《效果确认》第 2 轮是 0.06667，实际值填错的改实际值"
    )


def test_paper_review_and_rule_judge_one_target_alike():
    """A figure of another indicator carries no unit of the action's own; an earlier round only its own value."""
    own = {
        "number": "GJ-2026-001",
        "indicator": "超时工单",
        "effect": "有效",
        "value_before": 12.0,
        "confirmer": "样例甲",
    }
    first = {**own, "round": 1, "value_after": 9.0, "effect": "无效", "confirmed_on": date(2026, 4, 20)}
    last = {**own, "round": 2, "value_after": 5.0, "confirmed_on": date(2026, 5, 20)}
    action = confirmed(**{**OWN, "number": "GJ-2026-001", "actual": None})
    inputs = given(action, on="2026-08-20", confirmations=[first, last])
    rows = effect_facts(inputs, inputs.view.actions[0]).rows
    assert [(one.before, one.after, one.target, one.reached) for one in rows] == [
        ("12 张", "9 张", "≤3 张", "否"), ("12 张", "5 张", "≤3 张", "否")
    ]  # fmt: skip
    satisfied = given(action, on="2026-08-20", confirmations=[{**last, "indicator": "满意度", "value_after": 90.0}])
    (other,) = effect_facts(satisfied, satisfied.view.actions[0]).rows
    assert (other.before, other.after, other.target, other.reached) == ("12", "90", "", "")
    year = Period("2026", date(2026, 1, 1), date(2026, 12, 31))
    (line,) = effect_lines(satisfied.view, kpi_input_of(satisfied.view, ()).actions, year)
    assert (line.before, line.after, line.target) == ("12", "90", "")


@pytest.mark.parametrize(
    ("direction", "sign"), [("越小越好", "≤"), ("越大越好", "≥"), ("降低", "≤"), (None, ""), ("适中", "")]
)
def test_a_target_on_paper_tells_its_side_where_the_direction_is_stated(direction, sign):
    assert target_sign(direction) == sign


@pytest.mark.parametrize(("baseline", "sign"), [(5.0, "≤"), (1.0, "≥"), (3.0, ""), (None, "")])
def test_the_side_of_an_actions_target_is_that_from_its_baseline(baseline, sign):
    assert own_target_sign(Action(row=2, baseline=baseline, target=3.0)) == sign
