"""EF17: 实际值, 改进后值 and what was counted in the round of the same day are three ways to say one figure."""

from __future__ import annotations

import pytest

from tests.policy.rules.struck import problem, struck

HEAD = "编号 | 效果指标 | 现值 | 目标值 | 单位 | 实际值 | 确认日期 | 效果结论"
ROUNDS = "编号 | 轮次 | 指标 | 改进前n | 改进前不合格 | 改进后n | 改进后不合格 | 改进后值 | 确认日期 | 结论"


def row(actual, unit="%", baseline="7.5", target="1", name="坏帧率", on="2026-05-20"):
    return f"{HEAD}\nGJ-01 | {name} | {baseline} | {target} | {unit} | {actual} | {on} | 有效"


def rounds(n="", bad="", value="", name="坏帧率", on="2026-05-20", before=("", "")):
    return f"{ROUNDS}\nGJ-01 | 2 | {name} | {' | '.join(before)} | {n} | {bad} | {value} | {on} | 有效"


@pytest.mark.parametrize(
    ("actual", "n", "bad", "found"),
    [
        ("0.8", 2000, 60, ["W F2"]),  # 3 %
        ("0.8", 2000, 16, []),
        ("0.8", 126, 1, []),  # 0.79365 %, rounded
        ("0.79", 126, 1, []), ("0.793650793651", 126, 1, []), ("0.79", 2000, 17, ["W F2"]),  # 0.85 %
        ("0.8", 2000, 18, ["W F2"]),  # 0.9 %: another figure where one digit is written
        ("33", 3, 1, []), ("66", 3, 2, []), ("34", 3, 1, []), ("35", 3, 1, ["W F2"]),
        ("0", 2000, 0, []), ("0", 2000, 8, ["W F2"]),  # none was said, eight were counted
        ("", 2000, 60, []), ("0.8", "", "", []), ("0.8", 0, 0, []),
        ("0.8", 6, 9, []),  # no share
    ],
)  # fmt: skip
def test_the_value_and_what_was_counted_the_same_day_are_one_figure_as_far_as_it_is_written(actual, n, bad, found):
    assert struck("EF17", row(actual), confirmations=rounds(n, bad)) == found


def test_it_says_both_figures_and_what_was_counted():
    told = problem("EF17", row("0.8"), confirmations=rounds(2000, 60))
    assert (told.message, told.fix) == (
        "实际值 0.8% 与同一次确认的数对不上：《效果确认》第 2 轮 2000 件中 60 件，是 3%",
        "核对后改写错的一处；实际值是另一个指标或另一段时间的，改成这一轮的",
    )


@pytest.mark.parametrize(
    ("given", "of_round"),
    [
        ({"on": "2026-04-10"}, {}),  # 实际值 is of the round before
        ({"name": "平场作废率"}, {}), ({"unit": ""}, {}), ({"unit": "天"}, {}),
        ({"baseline": "80", "target": "98"}, {"n": 500, "bad": 496}),
    ],
)  # fmt: skip
def test_figures_of_another_day_indicator_or_unit_are_held_against_nothing(given, of_round):
    assert struck("EF17", row("0.8", **given), confirmations=rounds(**{"n": 2000, "bad": 60, **of_round})) == []


def test_where_more_is_better_the_faults_may_be_counted_or_what_is_left():
    better = {"baseline": "80", "target": "95"}
    assert struck("EF17", row("97", **better), confirmations=rounds(2000, 60)) == []
    assert struck("EF17", row("3", **better), confirmations=rounds(2000, 60)) == []
    assert struck("EF17", row("90", **better), confirmations=rounds(2000, 60)) == ["W F2"]
    told = problem("EF17", row("90", **better), confirmations=rounds(2000, 60)).message
    assert told.endswith("2000 件中 60 件，是 3%（其余 97%）")


def test_events_are_held_against_events_a_month():
    a_month = {"unit": "次/月", "name": "中断（次/月）", "baseline": "4", "target": "1"}
    assert struck("EF17", row("0.5", **a_month), confirmations=rounds(6, 3, name="中断（次/月）")) == []
    told = problem("EF17", row("0.5", **a_month), confirmations=rounds(6, 9, name="中断（次/月）"))
    assert told.message == "实际值 0.5 次/月 与同一次确认的数对不上：《效果确认》第 2 轮 6 个月 9 次，是 1.5 次/月"


def test_the_value_of_the_round_is_held_against_both():
    assert struck("EF17", row("0.8"), confirmations=rounds(value="0.82")) == []
    assert problem("EF17", row("0.8"), confirmations=rounds(value="3")).message == (
        "实际值 0.8% 与同一次确认的数对不上：《效果确认》第 2 轮 改进后值 3%"
    )
    assert struck("EF17", row(""), confirmations=rounds(2000, 60, "0.8")) == ["W 效果确认!H2"]
    assert struck("EF17", row("0.8"), confirmations=rounds(2000, 60, "0.8")) == ["W F2"]
    assert struck("EF17", row("3"), confirmations=rounds(2000, 60, "3")) == []


def test_a_row_without_a_day_of_its_own_goes_by_the_round_that_counts():
    assert struck("EF17", row("0.8", on=""), confirmations=rounds(2000, 60)) == ["W F2"]
