"""The sections on indicators and suppliers: targets with their side, and only where they are the same indicator's."""

from __future__ import annotations

import pytest

from capa_xl.model.period import parse_period
from capa_xl.policy.review.prevention import indicator_lines, signal_lines, supplier_lines
from tests.policy.registers import running, view

PERIOD = parse_period("2026Q3")
OURS = {
    "process": "供方",
    "indicator": "平均修复时间",
    "unit": "小时",
    "period": "2026-07",
    "target": 4.0,
    "value": 5.0,
}
SEEN = {"department": "商务部", "supplier": "供方甲", "indicator": "平均修复时间", "unit": "小时", "value": 7.4}


def test_the_target_of_an_indicator_stands_with_its_side():
    _, (line,) = indicator_lines(
        view(running(), on="2026-08-20", measurements=[{**OURS, "direction": "越小越好"}]), PERIOD
    )
    assert line.target == "≤4 小时"


@pytest.mark.parametrize(
    ("measured", "target"),
    [
        ([{**OURS, "direction": "越小越好"}], "≤4 小时"),
        ([{**OURS, "indicator": "供方甲平均修复时间"}], "4 小时"),
        ([{**OURS, "indicator": "供方乙平均修复时间"}], ""),
        ([{**OURS, "unit": "天"}], ""),
        ([OURS, {**OURS, "process": "网络", "target": 8.0}], ""),
        ([{**OURS, "period": "2026-01"}], ""),
    ],
)
def test_a_suppliers_target_is_that_of_the_same_indicator_in_the_same_unit(measured, target):
    seen = view(running(), on="2026-08-20", measurements=measured, observations=[{**SEEN, "period": "2026-07"}])
    (line,) = supplier_lines(seen, PERIOD)
    assert (line.current, line.target) == ("7.4 小时", target)


def test_a_month_of_few_cases_is_a_fraction():
    """Of 3 cases 33.3 % says more than they do; of 5 it stands as ever."""
    share = {**OURS, "unit": "%", "value": None, "target": 95.0, "direction": "越大越好"}
    months = [{**share, "numerator": 1.0, "denominator": 3.0}]
    months += [{**share, "period": "2026-08", "numerator": 2.0, "denominator": 5.0}]
    _, (line,) = indicator_lines(view(running(), on="2026-08-20", measurements=months), PERIOD)
    assert (line.values, line.target, line.met) == (("1/3", "40%"), "≥95%", "0/2")


@pytest.mark.parametrize(
    ("frequency", "period", "heading"),
    [("季", "2026Q3", "2026Q3"), ("季", "2026-07", "2026Q3"), ("月", "2026-07", "7月"), (None, "2026-07", "7月")],
)
def test_a_value_of_a_quarter_is_no_value_of_its_first_month(frequency, period, heading):
    rows = [{**OURS, "frequency": frequency, "period": period}, {**OURS, "indicator": "到场率", "period": "2026-08"}]
    headings, (line, _) = indicator_lines(view(running(), on="2026-10-20", measurements=rows), PERIOD)
    assert (headings, line.values) == ((heading, "8月"), ("5 小时", ""))


@pytest.mark.parametrize(
    ("day", "numbers"), [("2026-09-30", "GJ-1"), ("2026-10-01", ""), ("2025-03-02", "GJ-1"), (None, "GJ-1")]
)
def test_no_line_of_a_period_names_an_action_registered_after_it(day, numbers):
    """Five had one that seven left out: 2026Q2, 供方 | 平均修复时间 | GJ-2026-036."""
    action = running(number="GJ-1", source="供方业绩", description="供方甲到场迟", registered_on=day)
    rows = {
        "observations": [{**SEEN, "period": "2026-07"}],
        "measurements": [{**OURS, "disposition_number": "XQ-1；GJ-1"}],
        "analyses": [{"number": "FX-1", "on": "2026-08-01", "signal": "超限", "tracker_numbers": ("GJ-1",)}],
    }
    seen = view(action, on="2026-12-01", **rows)
    (supplier,), (_, (indicator,)) = supplier_lines(seen, PERIOD), indicator_lines(seen, PERIOD)
    (signal,) = signal_lines(seen, PERIOD)
    assert (supplier.disposition, signal.answer) == (numbers, numbers)
    assert indicator.disposition == ("XQ-1；GJ-1" if numbers else "XQ-1")
