"""What a paper says of an action's figures: rows, sentence and chart, whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from capa_xl.model import palette
from capa_xl.model.charts import COLUMNS, LINE, NO_FIGURES, STEP, Chart, Series
from capa_xl.model.paper_facts import EffectFacts, EffectRow
from capa_xl.model.statistics import EffectTest
from capa_xl.policy.papers.effect_facts import effect_facts
from tests.policy.papers.given import given
from tests.policy.registers import completed, confirmed

N, T = "GJ-2026-001", "2026-08-20"
OWN = {"indicator": "超时率", "unit": "%", "baseline": 12.5, "target": 2.0}
ROUND = {"number": N, "round": 1, "confirmed_on": "2026-04-07", "effect": "有效", "confirmer": "样例甲"}


def effect(action, *rounds, test=None, **others):
    inputs = given(action, on=T, confirmations=[{**ROUND, **each} for each in rounds], **others)
    inputs = replace(inputs, effect_test=lambda _: test)
    return effect_facts(inputs, inputs.view.by_number[N])


def columns(title, before, after, values, *more, **others):
    bars = Series("实测", values, COLUMNS, palette.CHART_LIGHT)
    below = [others.pop("observed", ""), *(f"虚线：{one.name}" for one in more)]
    shown = {"y_title": "超时率（%）", "number_format": "0", "x_title": "；".join(filter(None, below)), **others}
    shown["has_legend"] = False
    return Chart(title, (f"改进前 {before}".strip(), f"改进后 {after}".strip()), (bars, *more), **shown)


TARGET = Series("目标 ≤2%", (2.0, 2.0), STEP, palette.OVERDUE)


def test_no_share_is_above_the_whole():
    """Then neither is its fellow, and there are no columns of per cent."""
    figures = {"n_before": 6, "bad_before": 9, "n_after": 50, "bad_after": 5}
    found = effect(completed(), {**figures, "indicator": "误报"})
    assert [(row.before, row.after) for row in found.rows] == [("9/6", "5/50")]
    assert found.chart is None


def test_few_cases_are_told_without_per_cent():
    figures = {"n_before": 50, "bad_before": 5, "n_after": 4, "bad_after": 1}
    (row,) = effect(completed(), {**figures, "indicator": "误报"}).rows
    assert (row.before, row.after) == ("50 件中 5 件", "4 件中 1 件")


def test_few_cases_are_charted_as_the_fractions_they_are():
    """The target, typed in per cent, is drawn where it lies among shares of one."""
    found = effect(confirmed(**OWN), {"n_before": 50, "bad_before": 25, "n_after": 4, "bad_after": 1})
    target = Series("目标 ≤2%", (0.02, 0.02), STEP, palette.OVERDUE)
    more = {"y_title": "超时率", "number_format": NO_FIGURES, "whole": 1.0}
    assert found.chart == columns("超时率由 25/50 降至 1/4", "25/50", "1/4", (0.5, 0.25), target, **more)


def test_fractions_of_one_share_are_no_movement():
    figures = {"n_before": 8, "bad_before": 2, "n_after": 4, "bad_after": 1}
    found = effect(confirmed(**OWN), figures)
    assert found.chart is not None
    assert found.chart.title == "超时率：改进前 2/8，改进后 1/4，比例相同"


def test_without_rounds_the_row_speaks_for_itself():
    assert effect(completed(**OWN, actual=1.5)) == EffectFacts(
        (EffectRow("超时率", "12.5%", "1.5%", "≤2%", "是"),),
        "",
        columns("超时率由 12.5% 降至 1.5%", "", "", (12.5, 1.5), TARGET),
    )
    assert effect(completed(**{**OWN, "unit": None}, actual=3)) == EffectFacts(
        (EffectRow("超时率", "12.5", "3", "≤2", "否"),),
        "",
        columns("超时率由 12.5 降至 3", "", "", (12.5, 3), replace(TARGET, name="目标 ≤2"), y_title="超时率"),
    )


@pytest.mark.parametrize("values", [{"indicator": None, "actual": 1.5}, {"actual": None}])
def test_a_row_without_indicator_or_figure_says_nothing(values):
    assert effect(completed(**{**OWN, **values})) == EffectFacts()


def test_a_row_without_a_figure_from_before_has_no_chart_and_no_verdict():
    found = effect(completed(**{**OWN, "baseline": None}, actual=1.5))
    assert found == EffectFacts((EffectRow("超时率", "", "1.5%", "2%", ""),))


def test_a_round_of_values_stands_with_its_period_and_the_actual_value():
    figures = {"value_before": 12.5, "value_after": 1.8, "observed_from": "2026-03-05", "observed_to": "2026-04-06"}
    from_to = "2026-03-05 至 2026-04-06"
    found = effect(confirmed(**OWN), figures)
    chart = columns(
        "超时率由 12.5% 降至 1.8%", "12.5%", "1.8%", (12.5, 1.8), TARGET, observed="观察：2026-03-05 至 2026-04-06"
    )
    assert found == EffectFacts((EffectRow("超时率", "12.5%", f"{from_to}\n1.8%", "≤2%", "是"),), "", chart)
    (row,) = effect(confirmed(**OWN, actual=3), figures).rows
    assert row == EffectRow("超时率", "12.5%", f"{from_to}\n1.8%\n实际值 3%", "≤2%", "否")
    (row,) = effect(confirmed(**OWN, actual=1.8), {**figures, "observed_to": None}).rows
    assert row == EffectRow("超时率", "12.5%", "1.8%", "≤2%", "是")


SHARES = {"n_before": 400, "bad_before": 50, "n_after": 500, "bad_after": 9}


def test_a_round_of_cases_stands_with_both_parts_and_is_charted_in_per_cent():
    assert effect(confirmed(**OWN, actual=1.8), SHARES) == EffectFacts(
        (EffectRow("超时率", "400 件中 50 件（12.5%）", "500 件中 9 件（1.8%）\n实际值 1.8%", "≤2%", "是"),),
        "",
        columns(
            "超时率由 12.5% 降至 1.8%", "50/400 = 12.5%", "9/500 = 1.8%", (12.5, 1.8), TARGET, number_format="General"
        ),
    )


def test_a_round_of_events_stands_with_its_months():
    own = {"indicator": "中断（次/月）", "unit": "次/月", "baseline": 1.5, "target": 0.5}
    events = {"n_before": 6, "bad_before": 9, "n_after": 4, "bad_after": 1, "indicator": "中断（次/月）"}
    bars = Series("实测", (1.5, 0.25), COLUMNS, palette.CHART_LIGHT)
    target = Series("目标 ≤0.5 次/月", (0.5, 0.5), STEP, palette.OVERDUE)
    title = "中断（次/月）由 1.5 次/月 降至 0.25 次/月"
    axis = ("改进前 9 次 / 6 个月", "改进后 1 次 / 4 个月")
    assert effect(confirmed(**own), events) == EffectFacts(
        (EffectRow("中断（次/月）", "6 个月 9 次", "4 个月 1 次", "≤0.5 次/月", "是"),),
        "",
        Chart(
            title, axis, (bars, target), "虚线：目标 ≤0.5 次/月", "中断（次/月）", number_format="0", has_legend=False
        ),
    )


def test_another_indicator_is_never_held_against_the_rows_target():
    found = effect(confirmed(**OWN, actual=1.5), {"indicator": "中断", "value_before": 8, "value_after": 3})
    assert found == EffectFacts(
        (EffectRow("中断", "8", "3", "", ""),), "", columns("中断由 8 降至 3", "8%", "3%", (8, 3), y_title="中断")
    )


def test_a_test_that_can_not_tell_is_said_in_row_and_title():
    told = EffectTest("fisher", 0.061, False, None, "数据尚不足以判断。")
    found = effect(confirmed(**OWN), SHARES, test=told)
    assert found.sentence == "数据尚不足以判断。"
    assert found.chart is not None
    assert found.chart.title == "超时率：改进前 12.5%，改进后 1.8%，数据尚不足以判断"
    enough = effect(confirmed(**OWN), SHARES, test=replace(told, is_enough=True))
    assert enough.chart is not None
    assert enough.chart.title == "超时率由 12.5% 降至 1.8%"


def test_of_several_rounds_all_are_listed_and_the_concluding_one_is_charted():
    first = {"value_before": 12.5, "value_after": 6, "effect": "无效"}
    second = {"round": 2, "value_before": 12.5, "value_after": 1.5}
    found = effect(confirmed(**OWN, actual=1.7), first, second, {"round": 3, "effect": None, "confirmed_on": None})
    assert [(row.after, row.reached) for row in found.rows] == [("6%", "否"), ("1.5%\n实际值 1.7%", "是")]
    assert found.chart is not None
    assert found.chart.series[0].values == (12.5, 1.5)


@pytest.mark.parametrize(
    "figures", [{"value_before": 1.0}, {"value_after": 1.0}, {"bad_before": 1.0}, {"bad_after": 0.0}]
)
def test_one_figure_makes_a_row_and_no_chart(figures):
    found = effect(confirmed(), figures)
    assert len(found.rows) == 1
    assert found.chart is None
    assert effect(confirmed(), {"n_before": 1.0}).rows == ()


def month(period, value, **others):
    return {"process": "事件", "indicator": "超时率", "unit": "%", "period": period, "value": value, **others}


TWO_ROUNDS = (
    {"n_before": 120, "bad_before": 15, "n_after": 2400, "bad_after": 120, "effect": "部分有效"},
    {"round": 2, "confirmed_on": "2026-07-06", "n_before": 120, "bad_before": 15, "n_after": 3000, "bad_after": 2},
)


def test_the_actual_value_of_the_first_round_is_not_that_of_the_second():
    """Once: 3000 件中 2 件（0.067%）, 实际值 5%, 达到 否, and a chart that falls to 0.067%, on one page."""
    found = effect(confirmed(**OWN, effect="部分有效", actual=5), *TWO_ROUNDS)
    assert [(row.after, row.reached) for row in found.rows] == [
        ("2400 件中 120 件（5.0%）", "否"), ("3000 件中 2 件（0.067%）", "是")
    ]  # fmt: skip
    assert found.chart is not None
    assert found.chart.title == "超时率由 12.5% 降至 0.067%"


def test_an_actual_value_of_no_listed_round_has_a_line_of_its_own_on_its_day():
    first, second = TWO_ROUNDS
    before = effect(confirmed(**OWN, effect="部分有效", actual=5), second)
    assert [(row.after, row.reached) for row in before.rows] == [("5%", "否"), ("3000 件中 2 件（0.067%）", "是")]
    later = effect(confirmed(**OWN, confirmed_on="2026-07-06", actual=0.1), first)
    assert [(row.after, row.reached) for row in later.rows] == [("2400 件中 120 件（5.0%）", "否"), ("0.1%", "是")]
    assert later.chart is not None
    assert later.chart.title == "超时率由 12.5% 降至 0.1%"


MONTHS = [month("2026-04", 1.8, target=2.0), month("2026-01", 12.5), month("2026-02", 8.0)]


def trend(*months, action=None, test=None):
    return effect(action or confirmed(**OWN), SHARES, measurements=list(months), test=test).chart


def test_three_months_make_a_trend_with_the_completion_marked():
    assert trend(*MONTHS) == Chart(
        title="超时率由 12.5% 降至 1.8%（2026-01 至 2026-04）",
        categories=("26-01", "26-02", "26-03", "26-04"),
        series=(
            Series("超时率", (12.5, 8.0, None, 1.8), LINE, palette.CHART_DARK),
            Series("目标", (2.0, 2.0, 2.0, 2.0), STEP, palette.OVERDUE),
        ),
        x_title="虚线：目标 2%；竖条：完成 2026-03-02",
        y_title="超时率（%）",
        mark="26-03",
        mark_name="完成 2026-03-02",
        has_legend=False,
    )


def test_a_trend_without_target_or_unit_has_neither_and_quarters_stay_as_they_are():
    months = [month(f"2026Q{n}", 5.0 - n, unit=None) for n in (1, 2, 3)]
    found = trend(*months, action=confirmed(**OWN, completed_on=None))
    assert found is not None
    assert (found.categories, found.y_title, found.mark) == (("2026Q1", "2026Q2", "2026Q3"), "超时率", "")
    assert found.title == "超时率由 4 降至 2（2026Q1 至 2026Q3）"
    assert len(found.series) == 1
    done = trend(*months)
    assert done is not None
    assert (done.mark, done.x_title) == ("2026Q1", "竖条：完成 2026-03-02")


def test_large_figures_are_drawn_in_yi_as_their_axis_says_and_told_in_full():
    loss = {"indicator": "损失", "unit": "元", "baseline": 1.2e9, "target": 4e8}
    found = effect(confirmed(**loss), {"value_before": 1.2e9, "value_after": 3e8})
    assert found.chart is not None
    assert (found.chart.title, found.chart.y_title) == ("损失由 1200000000 元 降至 300000000 元", "损失（亿元）")
    assert [one.values for one in found.chart.series] == [(12.0, 3.0), (4.0, 4.0)]


def test_a_month_of_few_cases_is_a_fraction_in_the_title():
    counted = {"numerator": 1.0, "denominator": 3.0}
    found = trend(*MONTHS[1:], month("2026-04", 33.3, **counted))
    assert found is not None
    assert found.title == "超时率由 12.5% 升至 1/3（2026-01 至 2026-04）"
    other = trend(*MONTHS[1:], month("2026-04", 3.0, **counted))  # not what was counted: it stands as it was typed
    assert other is not None
    assert other.title == "超时率由 12.5% 降至 3%（2026-01 至 2026-04）"


def test_a_trend_that_proves_nothing_claims_no_direction():
    found = trend(*MONTHS, test=EffectTest("fisher", 0.061, False, None, "。"))
    assert found is not None
    assert found.title == "超时率逐月实测，数据尚不足以判断（2026-01 至 2026-04）"


@pytest.mark.parametrize(
    "third",
    [
        month("2026-09", 1.0),
        month("2026-02", 1.0),
        month("2026-04", None),
        month(None, 1.0),
        month("2026-04", 1.0, indicator="中断"),
        None,
    ],
)
def test_fewer_than_three_months_with_a_value_up_to_the_day_are_no_trend(third):
    found = trend(*MONTHS[1:], *([third] if third else []))
    assert found is not None
    assert found.series[0].kind == COLUMNS


def test_a_round_that_an_entry_took_back_has_no_row_of_its_first_half():
    figures = {"n_before": 182, "bad_before": 23, "n_after": 171, "bad_after": 3, "indicator": "超时率"}
    undone = {"number": N, "on": "2026-05-10", "kind": "重开", "approver": "样例质", "reason": "又坏了"}
    assert effect(confirmed(**OWN), figures).rows
    assert effect(confirmed(**OWN), figures, corrections=[undone]).rows == ()
