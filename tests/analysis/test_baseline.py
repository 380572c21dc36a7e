"""Limits from a frozen baseline, checked by hand."""

from __future__ import annotations

import pytest

from capa_xl.analysis.control_chart import Sample, c_chart, imr_chart, p_chart, u_chart
from capa_xl.model.statistics import ControlSeries


def months(n: int) -> list[str]:
    return [f"{2024 + i // 12}-{i % 12 + 1:02d}" for i in range(n)]


def samples(values: list[float], size: float | None = None) -> list[Sample]:
    return [Sample(month, value, size) for month, value in zip(months(len(values)), values, strict=True)]


def struck(series: ControlSeries) -> dict[str, tuple[str, str]]:
    return {signal.rule: (signal.periods[0], signal.periods[-1]) for signal in series.signals}


def test_single_values_get_limits_of_266_moving_ranges() -> None:
    chart = imr_chart("时长", samples([10, 12] * 10))
    # mean 11; every moving range 2: 2.66 × 2 = 5.32 (σ = 2/1.128 = 1.773)
    assert chart.centre == 11
    assert chart.points[0].ucl == pytest.approx(11 + 3 * 2 / 1.128)
    assert chart.points[0].ucl == pytest.approx(16.32, abs=0.01)
    assert chart.points[0].z == pytest.approx(-0.564)


def test_later_points_are_judged_by_the_first_twenty_and_dont_move_the_limits() -> None:
    chart = imr_chart("时长", samples([*[10, 12] * 10, 17, 18, 19]))
    assert (chart.centre, struck(chart)["WE1"]) == (11, ("2025-09", "2025-11"))
    assert "控制限取自 2024-01 至 2025-08" in chart.note


def test_shares_of_later_points_get_limits_of_their_own_size_about_the_frozen_mean() -> None:
    chart = p_chart("超时", [*samples([5] * 20, 100), Sample("2025-09", 10, 50)])
    # p̄ = 100/2000 = 0.05; σ = √(0.05·0.95/50) = 0.0308; z = (0.2 − 0.05)/0.0308 = 4.87
    assert chart.centre == 0.05
    assert chart.points[-1].z == pytest.approx(4.867, abs=0.001)
    assert chart.points[-1].ucl == pytest.approx(0.1425, abs=0.0001)
    assert struck(chart)["WE1"] == ("2025-09", "2025-09")


def test_counts_per_unit_and_counts_take_the_root_of_the_mean() -> None:
    per_unit = u_chart("告警", samples([8, 12] * 10, 5))
    # ū = 200/100 = 2; σ = √(2/5) = 0.6325
    assert (per_unit.centre, per_unit.points[0].ucl) == (2, pytest.approx(2 + 3 * 0.632456))
    counts = c_chart("投诉", samples([3, 5] * 10))
    assert (counts.centre, counts.points[0].ucl, counts.points[0].lcl) == (4, 10, 0)


def test_a_rise_among_the_first_twenty_ends_the_baseline_at_its_first_point() -> None:
    level = [3.3, 3.1] * 6
    chart = imr_chart("内阻", samples([*level, 3.35, 3.4, 3.6, 3.8, 4.0, 4.2, 4.4, 4.4]))
    # the rise begins with the last 3.1 of the level: twelve points, mean 3.2, σ = 0.2/1.128
    assert chart.centre == pytest.approx(3.2)
    assert "控制限取自 2024-01 至 2024-12；试用界限（12 点，少于 20 点）" in chart.note
    assert all(point.z is not None and abs(point.z) < 1 for point in chart.points[:12])
    assert struck(chart)["N3"] == ("2024-12", "2025-07")
    assert struck(chart)["WE1"] == ("2025-04", "2025-08")


def test_points_that_bend_the_middle_of_the_baseline_are_left_out() -> None:
    level = [3.0, 3.2] * 7
    chart = imr_chart("修复时间", samples([*level, 9.0, 9.5, 9.2, 3.1, 3.2, 3.0]))
    assert chart.centre == pytest.approx(3.1, abs=0.01)
    assert "不含 2025-03、2025-04、2025-05" in chart.note
    assert struck(chart) == {"WE1": ("2025-03", "2025-05"), "WE2": ("2025-02", "2025-05")}


def test_a_single_outlier_stays_in_the_baseline() -> None:
    values = [3, 5] * 10
    values[9] = 14
    chart = c_chart("投诉", samples(values))
    assert chart.centre == pytest.approx(sum(values) / 20)
    assert struck(chart) == {"WE1": ("2024-10", "2024-10")}


def test_a_completed_measure_begins_a_new_phase_of_twelve_points() -> None:
    values = [*[10, 12] * 6, *[4, 6] * 6]
    chart = imr_chart("时长", samples(values), restarts=["2025-01"])
    assert [point.centre for point in chart.points] == [11.0] * 12 + [5.0] * 12
    assert (chart.centre, chart.signals) == (5, ())
    assert "措施完成后自 2025-01 起重新计算控制限" in chart.note


def test_fewer_points_after_the_measure_are_judged_by_the_limits_from_before() -> None:
    values = [*[10, 12] * 8, 4, 4, 4]
    chart = imr_chart("时长", samples(values), restarts=["2025-05"])
    assert {point.centre for point in chart.points} == {11.0}
    assert struck(chart)["WE1"] == ("2025-05", "2025-07")
    assert "控制限取自 2024-01 至 2025-04" in chart.note


def test_a_series_without_variation_has_no_limits() -> None:
    chart = p_chart("超时", samples([0] * 20, 100))
    assert (chart.chart, chart.note) == ("run", "数据无变异，只作趋势图")


def test_a_p_chart_of_rare_events_says_that_it_sees_little() -> None:
    chart = p_chart("失败", samples([0, 1, 0, 0] * 5, 10))
    assert "p 图不灵敏" in chart.note


def test_large_samples_that_scatter_too_much_get_laneys_wider_limits() -> None:
    values = [80, 120] * 10
    chart = p_chart("告警", samples(values, 2000))
    # p̄ = 0.05, σ = √(0.05·0.95/2000) = 0.004873; z = ∓2.052; every moving range 4.104: σz = 4.104/1.128 = 3.638
    assert chart.points[0].ucl == pytest.approx(0.05 + 3 * 0.004873 * 3.638, abs=1e-4)
    assert "σz=3.64" in chart.note
    small = p_chart("告警", samples([value / 10 for value in values], 200))
    assert small.points[0].ucl == pytest.approx(0.05 + 3 * 0.015411, abs=1e-4)
    assert "Laney" not in small.note
