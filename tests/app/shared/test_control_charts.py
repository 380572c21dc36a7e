from datetime import date

import pytest
from msgspec.structs import replace

from capa_xl.app.shared.control_charts import control_chart
from capa_xl.app.shared.series_facts import series_at
from capa_xl.model.charts import CENTRE, LIMIT
from capa_xl.model.row_heights import text_width
from capa_xl.model.statistics import ControlSeries, Point, Signal
from tests.policy.registers import running, view

PERIODS = ("2026-04", "2026-05", "2026-06")


def series(*signals: Signal, chart: str = "p") -> ControlSeries:
    points = tuple(Point(period, 0.02, 0.0, 0.053, 1.0, 0.02) for period in PERIODS)
    return ControlSeries("服务台 超时率", chart, 3, 0.02, points, signals, None, "")


def test_a_control_charts_title_says_when_the_worst_signal_began():
    """A point beyond a limit says more than a run that began earlier."""
    run = Signal("WE2", "连续 3 点中 2 点在同侧 2σ 以外", PERIODS)
    beyond = Signal("WE1", "1 点超出 3σ", PERIODS[1:2])
    chart = control_chart(series(run, beyond))
    assert chart.title == "服务台 超时率：2026-05 起 1 点超出 3σ，另有 2 个信号点（p 图，2026-04 至 2026-06，n=3）"
    assert (chart.series[0].marked, chart.series[0].mark_words, chart.series[0].mark_words_at) == (
        (0, 1, 2),
        "2026-05",
        1,
    )


def test_points_beyond_a_limit_are_counted_together_wherever_they_lie():
    apart = (Signal("WE1", "1 点超出 3σ", PERIODS[:1]), Signal("WE1", "1 点超出 3σ", PERIODS[2:]))
    assert "：2026-04 起 2 点超出 3σ（p 图" in control_chart(series(*apart)).title
    run = Signal("WE4", "连续 8 点在中心线上侧", PERIODS)
    assert "：2026-04 起 2 点超出 3σ，另有 1 个信号点（p 图" in control_chart(series(*apart, run)).title


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("供方甲专线 专线平均修复时间", "供方甲专线平均修复时间"),
        ("数据中心出口 出口带宽利用率", "数据中心出口带宽利用率"),
        ("2#UPS 组 2#UPS 蓄电池内阻", "2#UPS 组 蓄电池内阻"),
        ("P2 事件 P2 首次响应超时率", "P2 事件 首次响应超时率"),
        ("变更 变更失败率", "变更失败率"),
        ("机房 温度", "机房 温度"),
        ("核心库 库存", "核心库 库存"),  # one character is chance
        ("超时率", "超时率"),
    ],
)
def test_what_an_indicator_repeats_of_its_object_is_said_once(written, shown):
    assert control_chart(replace(series(), name=f"服务台 {written}")).title.startswith(f"服务台 {shown}：")


def test_a_control_chart_without_a_signal_says_so():
    chart = control_chart(series())
    assert "未见信号" in chart.title and chart.series[0].mark_words == ""


def test_limits_are_named_with_their_figure_behind_the_last_value_and_a_lower_one_of_zero_is_none():
    """A label beside the last value would lie on it; one on the axis is struck through by it."""
    chart = control_chart(series())
    assert chart.categories == (*PERIODS, "")
    assert [one.values[-1] for one in chart.series] == [None, 0.02, 0.053]
    assert [(one.name, one.kind, one.texts[-1]) for one in chart.series[1:]] == [
        ("CL", CENTRE, "CL 2.0%"),
        ("UCL", LIMIT, "UCL 5.3%"),
    ]
    assert [one.name for one in control_chart(series(chart="run")).series[1:]] == ["中位数"]


def measured(*values: float, chart: str = "imr", unit: str = "ms") -> ControlSeries:
    points = tuple(
        Point(f"2026-{at:02}", value, value - 3, value + 3, 0.0, value) for at, value in enumerate(values, start=1)
    )
    return ControlSeries("网络部 时延", chart, len(values), 0.0, points, (), None, "", unit)


@pytest.mark.parametrize(
    ("values", "names", "unit"),
    [
        ((4.45, 5.0), ["CL 5.00", "UCL 8.00", "LCL 2.00"], "ms"),
        ((1.2e9, 1.045e9), ["", "UCL 10.45", ""], "亿ms"),  # ± 3: one name over all three
        ((-4.0, -5.0), ["CL -5.00", "UCL -2.00", "LCL -8.00"], "ms"),
    ],
)
def test_limits_of_any_size_have_names_that_fit_beside_the_plot(values, names, unit):
    chart = control_chart(measured(*values))
    assert [one.texts[-1] if one.texts else "" for one in chart.series[1:]] == names
    assert chart.y_title == unit


@pytest.mark.parametrize(("chart", "figures"), [("imr", ("0.00022", "0.00040")), ("p", ("0.022%", "0.040%"))])
def test_small_limits_are_not_told_as_nothing(chart, figures):
    """0.0004 once stood as UCL 0.00, and a share of as much as 0.0%."""
    point = Point("2026-01", 0.0003, 0.0, 0.0004, 0.0, 0.00022)
    made = control_chart(ControlSeries("系统部 丢包", chart, 1, 0.00022, (point,), (), None, ""))
    assert tuple(one.texts[-1].split()[1] for one in made.series[1:3]) == figures


def test_months_without_data_have_their_place_between_the_others():
    """July, January, July and October once stood at the same distances."""
    points = tuple(Point(month, 3.0, 1.0, 5.0, 0.0, 3.0) for month in ("2025-07", "2026-01", "2026-04"))
    chart = control_chart(ControlSeries("网络部 时延", "imr", 3, 3.0, points, (), None, ""))
    assert chart.categories == ("2025-07", "2025-10", "2026-01", "2026-04", "")
    assert chart.series[0].values == (3.0, None, 3.0, 3.0, None)
    assert chart.series[2].values == (5.0,) * 5 and "n=3" in chart.title


def test_shares_of_few_periods_are_drawn_in_per_cent():
    points = tuple(Point(month, 0.11, None, None, None, 0.11, (11, 100)) for month in PERIODS)
    chart = control_chart(ControlSeries("信息安全部 点击率", "run", 3, 0.11, points, (), None, "", "人"))
    assert (chart.y_title, chart.number_format, chart.series[1].texts[-1]) == ("不合格率", "0.0%", "中位数 11.0%")


def test_counts_have_whole_steps_though_their_limits_are_none():
    assert control_chart(measured(3, 4, chart="c")).is_counted and not control_chart(measured(3.5, 4)).is_counted


def test_a_series_without_points_is_drawn_empty():
    empty = control_chart(ControlSeries("网络部 时延", "run", 0, None, (), (), None, "无数据"))
    assert empty.categories == () and all(one.values == () for one in empty.series)


def test_below_a_control_chart_stands_where_its_limits_come_from_as_far_as_one_line_holds():
    """Two workbooks with the same figures differ in their limits where a measure was completed earlier in one."""
    note = "控制限取自 2025-01 至 2026-07；试用界限（19 点，少于 20 点）；不足 24 个月，季节影响未排除"
    chart = control_chart(replace(series(), note=note))
    assert chart.x_title == "控制限取自 2025-01 至 2026-07；试用界限（19 点，少于 20 点）"
    assert control_chart(replace(series(), note="")).x_title == ""


def test_a_title_says_what_was_found_however_long_the_names_are():
    long = replace(series(), name=f"{'样例部门' * 10} {'平均修复时间' * 10}")
    name = "样例部门样例部门样例部… 平均修复时间平均修复时间平均修复时间平均修复时…"
    assert control_chart(long).title == f"{name}：未见信号（p 图，2026-04 至 2026-06，n=3）"


def test_no_title_takes_three_lines_and_the_finding_stays_whole():
    """Two lines of 63 columns."""
    run = Signal("N3", "连续 9 点中 8 点在同侧 2σ 以外", PERIODS)
    long = replace(series(run), name=f"{'样例运维服务与数据中心' * 3} {'现场检查发现的情况与要求不一致' * 9}", n=22)
    title = control_chart(long).title
    assert text_width(title) <= 126
    name = "样例运维服… 现场检查发现的情况与要求不一致…"
    assert title == f"{name}：2026-04 起 连续 9 点中 8 点在同侧 2σ 以外（p 图，2026-04 至 2026-06，n=22）"


def test_a_short_name_is_never_cut():
    """As long as the longest of the sample, on two lines as it was measured."""
    found = Signal("WE1", "7 点超出 3σ", PERIODS)
    whole = replace(series(found, chart="imr"), name="数据中心部 2#UPS 组 同期 蓄电池内阻月均值", n=22)
    assert control_chart(whole).title.startswith("数据中心部 2#UPS 组 同期 蓄电池内阻月均值：2026-04 起 7 点超出 3σ（")


def test_the_chart_of_an_earlier_period_ends_with_it():
    """2025's, drawn on 2026-08-20, went on to 2026-07 and showed the signals of then."""
    measured = {"department": "服务台", "item": "P2 事件", "indicator": "超时率", "sample_size": 50, "nonconforming": 1}
    months = [f"2025-{month:02}" for month in range(7, 13)] + ["2026-01", "2026-07"]
    seen = view(running(), on="2026-08-20", observations=[{**measured, "period": month} for month in months])

    def last_month(until=None):
        (found,) = series_at(seen, until)
        return found.points[-1].period

    assert (last_month(date(2025, 12, 31)), last_month(date(2026, 12, 31)), last_month()) == (
        "2025-12", "2026-07", "2026-07",
    )  # fmt: skip
