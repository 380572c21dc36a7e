"""Pareto, trend, control charts and signals on series small enough to check by hand."""

from __future__ import annotations

from datetime import date

import pytest

from capa_xl.analysis.control_chart import Sample, c_chart, imr_chart, p_chart
from capa_xl.analysis.pareto import pareto
from capa_xl.analysis.series import control_series
from capa_xl.analysis.trend import trend
from capa_xl.model.records import Observation
from tests.policy.rules.struck import struck


def months(n: int) -> list[str]:
    return [f"{2025 + i // 12}-{i % 12 + 1:02d}" for i in range(n)]


def test_vital_few_are_the_smallest_set_of_eighty_percent_and_other_comes_last() -> None:
    rows = pareto("原因类别", {"其他": 30, "法": 50, "人": 20, "机": 20, "料": 0}).rows
    assert [(r.category, r.vital) for r in rows] == [("法", True), ("人", True), ("机", True), ("其他", True)]
    rows = pareto("原因类别", {"法": 80, "人": 20}).rows
    assert [(r.category, r.vital, r.cumulative) for r in rows] == [("法", True, 0.8), ("人", False, 1.0)]


def test_a_strictly_rising_series_has_a_trend_and_its_slope() -> None:
    found = trend([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    assert found is not None
    assert found.slope == 1.0
    assert found.p == pytest.approx(0.0027, abs=0.0005)
    assert trend([1.0, 2.0, 3.0]) is None


def test_six_rising_points_are_a_signal_of_nelson_3() -> None:
    values = [3.1, 3.0, 3.2, 3.1, 3.0, 3.1, 3.2, 3.1, 3.1, 3.2, 3.0, 3.1, 3.2, 3.1, 3.4, 3.6, 3.8, 4.0, 4.2, 4.4]
    chart = imr_chart("UPS 内阻", [Sample(m, v) for m, v in zip(months(20), values, strict=True)])
    assert chart.chart == "imr"
    assert "N3" in {signal.rule for signal in chart.signals}
    n3 = next(signal for signal in chart.signals if signal.rule == "N3")
    assert n3.periods[-1] == "2026-08"


def test_a_p_chart_takes_its_limits_from_each_sample_size() -> None:
    chart = p_chart("超时", [Sample(m, 5, 100 if i % 2 else 200) for i, m in enumerate(months(20))])
    assert chart.centre == pytest.approx(100 / 3000)
    assert chart.points[0].ucl != chart.points[1].ucl
    assert chart.points[0].lcl == 0.0


def test_fewer_than_twelve_points_give_a_run_chart_that_says_so() -> None:
    chart = c_chart("投诉", [Sample(m, 3) for m in months(8)])
    assert chart.chart == "run"
    assert "数据不足" in chart.note
    assert all(point.ucl is None for point in chart.points)


def test_shares_of_few_periods_or_without_variation_are_shares_still() -> None:
    """A click rate of four rounds once stood as 0.11 人."""
    few = p_chart("点击率", [Sample(f"2026-{m:02}", 11, 100) for m in range(1, 5)], "人")
    alike = p_chart("点击率", [Sample(f"20{20 + y}-{m:02}", 0, 100) for y in (0, 1) for m in range(1, 9)], "人")
    assert [(one.chart, one.is_share) for one in (few, alike)] == [("run", True)] * 2
    assert not imr_chart("时长", [Sample("2026-01", 4.0)], "小时").is_share


def test_twelve_to_nineteen_points_give_trial_limits() -> None:
    assert "试用界限" in c_chart("投诉", [Sample(m, 3 + i % 3) for i, m in enumerate(months(14))]).note


def test_the_slope_is_scipys() -> None:
    from scipy.stats import theilslopes

    values = [3.1, 2.9, 3.4, 3.8, 3.7, 4.4, 4.1]
    found = trend(values)
    assert found is not None
    assert found.slope == pytest.approx(theilslopes(values).slope)


def test_a_period_without_a_denominator_drops_out_and_never_changes_the_kind_of_chart():
    """23 months of 200 with 10 misses and one month 0 of 0, or blank: a p chart of 23 points, the month named."""
    months = [date(2024 + n // 12, n % 12 + 1, 1) for n in range(24)]

    def chart(size, bad):
        rows = [
            Observation(
                row=n + 2, period=f"{m:%Y-%m}", department="服务台", indicator="超时率",
                sample_size=size if n == 5 else 200, nonconforming=bad if n == 5 else 10 + n % 3,
            )
            for n, m in enumerate(months)
        ]  # fmt: skip
        (series,) = control_series(rows, lambda text: date.fromisoformat(f"{text}-01"), date(2026, 6, 1))
        return series

    for size, bad in ((0, 0), (None, 9), (None, 0)):
        series = chart(size, bad)
        assert (series.chart, series.n) == ("p", 23)
        assert "2024-06 没有样本量，未计入" in series.note
        assert "2024-06" not in [point.period for point in series.points]
    assert (chart(200, 9).chart, chart(200, 9).n) == ("p", 24)


def test_a_series_of_nothing_but_0_of_0_is_no_series_of_counts() -> None:
    """Once: a c chart of 22 zeros, where nothing had been examined at all."""
    empty = [
        Observation(
            row=n, period=f"2025-{n:02d}", department="服务台", indicator="超时率", sample_size=0, nonconforming=0
        )
        for n in range(1, 13)
    ]
    (series,) = control_series(empty, lambda text: date.fromisoformat(f"{text}-01"), date(2026, 6, 1))
    assert (series.chart, series.n) == ("none", 0)
    assert "2025-01、2025-02" in series.note
    heads = "期间 | 部门 | 数据类别 | 指标 | 样本量 | 不合格数\n"
    one = "2026-04 | 服务台 | 质量统计数据 | 超时率 | {} | 0"
    assert struck("ST06", "编号 | 措施内容\nGJ-01 | 改路由", observations=heads + one.format(0)) == ["I 质量数据!E2"]
    assert struck("ST06", "编号 | 措施内容\nGJ-01 | 改路由", observations=heads + one.format("")) == []


@pytest.mark.parametrize(
    ("worst", "unit", "kind"), [(10, "件", "p"), (11, "件", "u"), (1, "次/台", "u"), (1, "每台", "u"), (1, None, "p")]
)
def test_as_many_nonconforming_as_examined_is_still_a_share(worst, unit, kind) -> None:
    rows = [
        Observation(
            row=n, period=month, department="服务台", indicator="超时", sample_size=10, nonconforming=bad, unit=unit
        )
        for n, (month, bad) in enumerate(zip(months(20), [1] * 19 + [worst], strict=True))
    ]
    (series,) = control_series(rows, lambda text: date.fromisoformat(f"{text}-01"), date(2026, 12, 1))
    assert (series.chart, series.n) == (kind, 20)
