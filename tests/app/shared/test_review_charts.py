import pytest
from msgspec.structs import replace

from capa_xl.analysis.pareto import pareto
from capa_xl.app.shared.review_charts import control_chart, flow_chart, pareto_by_cause, pareto_chart
from capa_xl.model.action import Action
from capa_xl.model.charts import CENTRE, LIMIT
from capa_xl.model.kpi import MonthFlow
from capa_xl.model.row_heights import text_width
from capa_xl.model.statistics import ControlSeries, Point, Signal

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


def test_below_a_control_chart_stands_where_its_limits_come_from_as_far_as_one_line_holds():
    """Two workbooks with the same figures differ in their limits where a measure was completed earlier in one."""
    note = "控制限取自 2025-01 至 2026-07；试用界限（19 点，少于 20 点）；不足 24 个月，季节影响未排除"
    chart = control_chart(replace(series(), note=note))
    assert chart.x_title == "控制限取自 2025-01 至 2026-07；试用界限（19 点，少于 20 点）"
    assert control_chart(replace(series(), note="")).x_title == ""


def test_a_pareto_charts_title_names_the_vital_few_and_their_share():
    few = pareto_chart(pareto("原因类别", {"管理": 5, "法": 3, "机": 1, "人": 1}), "2026Q4")
    assert few.title == "管理、法占原因类别的 80%（2026Q4，n=10）"
    many = pareto_chart(pareto("过程", dict.fromkeys("甲乙丙丁戊", 1)), "2026Q4")
    assert many.title == "过程分散：5 类中前 4 类合计 80%（2026Q4，n=5）"
    most = pareto_chart(
        pareto("原因类别", {"法": 19, "管理": 18, "人": 9, "机": 8, "料": 2, "环": 2, "测": 1}), "近 12 个月"
    )
    assert most.title == "前 4 类占原因类别的 92%（近 12 个月，n=59）"
    single = pareto_chart(pareto("过程", {"甲": 5}), "2026Q4")
    assert single.title == "过程只有一类：甲（2026Q4，n=5）"
    even = pareto_chart(pareto("过程", {"甲": 3, "乙": 3}), "2026Q4")
    assert even.title == "过程分散，没有关键少数（2026Q4，n=6）"


def test_causes_of_one_kind_and_fewer_than_five_have_no_pareto_chart():
    def chart(*causes):
        return pareto_by_cause(
            tuple(Action(row=5 + at, cause_category=(one,)) for at, one in enumerate(causes)), "2026"
        )

    assert chart(*"人人人人人") is None and chart(*"人人人法") is None
    assert chart(*"人人人人法").categories == ("人", "法")
    assert chart(*"人人人人法").title.endswith("（2026，n=5）")


def test_causes_that_outnumber_their_actions_say_of_how_many_they_are():
    """The chart beside it counts actions."""
    several = [Action(row=5 + at, cause_category=("人", "法")) for at in range(3)]
    made = pareto_by_cause((*several, Action(row=8, cause_category=())), "2026")
    assert made.title.endswith("（2026，3 项有 6 个原因，n=6）")


def test_a_pareto_chart_has_twelve_columns_at_most_and_its_title_says_how_many_share_the_last():
    def chart(count):
        return pareto_chart(pareto("部门", {f"部{at:02}": 40 - at for at in range(count)}), "2026")

    assert chart(12).categories[-1] == "部11" and "合为一列" not in chart(12).title
    made = chart(30)
    assert made.categories == (*(f"部{at:02}" for at in range(11)), "其余 19 类")
    assert made.title.endswith("（2026，n=765，后 19 类合为一列）")
    assert made.series[0].values[-1] == sum(40 - at for at in range(11, 30)) == 380
    assert made.series[1].values[-1] == 1.0 and all(len(one.values) == 12 for one in made.series)


def test_the_flow_charts_title_states_what_came_went_and_is_late():
    months = tuple(
        MonthFlow(f"2026-0{m}", new=m, completed=0, closed=1, cancelled=0, superseded=0, open=m, overdue=m)
        for m in (1, 2)
    )
    assert flow_chart(months).title == "近 2 个月新增 3 项、关闭 2 项，月末实施逾期 2 项（至 2026-02）"
    assert flow_chart(()) is None


def test_twelve_months_without_anything_are_not_drawn():
    assert (
        flow_chart((MonthFlow("2026-01", new=0, completed=0, closed=0, cancelled=0, superseded=0, open=0, overdue=0),))
        is None
    )


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
