from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from capa_xl.analysis.pareto import pareto
from capa_xl.app.shared.review_charts import flow_chart, not_cancelled, pareto_by_cause, pareto_chart
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.kpi import MonthFlow


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


END = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("status", "cancelled_on", "counts"),
    [
        (words.RUNNING, None, True),
        (words.CANCELLED, END - timedelta(1), False),
        (words.CANCELLED, END, False),
        (words.CANCELLED, END + timedelta(1), True),
        (words.CANCELLED, None, False),
    ],
)
def test_an_action_cancelled_by_the_end_of_the_period_has_no_cause_to_treat(status, cancelled_on, counts):
    pair = Action(row=5, cancelled_on=cancelled_on), SimpleNamespace(status=status)
    assert bool(not_cancelled(SimpleNamespace(pairs=(pair,)), END)) is counts


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


@pytest.mark.parametrize(("late", "texts"), [(2, ("", "2")), (0, ())])
def test_the_last_count_of_late_ones_is_written_beside_its_point(late, texts):
    """In black and white a dark column hides the point; of none there is nothing to hide."""
    months = tuple(
        MonthFlow(f"2026-0{m}", new=9, completed=0, closed=1, cancelled=0, superseded=0, open=0, overdue=late)
        for m in (1, 2)
    )
    assert flow_chart(months).series[-1].texts == texts


def test_twelve_months_without_anything_are_not_drawn():
    assert (
        flow_chart((MonthFlow("2026-01", new=0, completed=0, closed=0, cancelled=0, superseded=0, open=0, overdue=0),))
        is None
    )
