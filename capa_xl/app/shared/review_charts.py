"""The charts of the management review as values: traffic, Pareto, control charts."""

from __future__ import annotations

from collections import Counter

from capa_xl.analysis.pareto import pareto
from capa_xl.model import palette
from capa_xl.model.action import Action
from capa_xl.model.charts import COLUMNS, LINE, STEP, Chart, Series
from capa_xl.model.kpi import MonthFlow
from capa_xl.model.statistics import ControlSeries, Pareto


def flow_chart(months: tuple[MonthFlow, ...]) -> Chart | None:
    """Monthly new and closed as columns, overdue at the month's end as a line; None without a month."""
    if not months:
        return None
    return Chart(
        title=f"月度新增、关闭与月末逾期（{months[0].month} 至 {months[-1].month}）",
        categories=tuple(month.month for month in months),
        series=(
            Series("新增", tuple(float(m.new) for m in months), COLUMNS, palette.ACCENT),
            Series("关闭", tuple(float(m.closed) for m in months), COLUMNS, palette.DONE),
            Series("月末逾期", tuple(float(m.overdue) for m in months), LINE, palette.OVERDUE),
        ),
        y_title="项",
        number_format="0",
    )


def cause_paretos(actions: tuple[Action, ...], period_name: str) -> tuple[Chart, ...]:
    """Pareto charts of 原因类别 and 所属过程 over the actions registered in the period; none under five."""
    causes = Counter(cause for action in actions for cause in action.cause_category)
    processes = Counter(action.process for action in actions if action.process)
    tables = (pareto("原因类别", causes), pareto("所属过程", processes))
    return tuple(pareto_chart(table, period_name) for table in tables if table.n >= 5)


def pareto_chart(table: Pareto, period_name: str) -> Chart:
    """Counts as columns, the cumulative share on the right-hand axis."""
    return Chart(
        title=f"{table.by}排列图（{period_name}，n={table.n:g}）",
        categories=tuple(row.category for row in table.rows),
        series=(
            Series("件数", tuple(row.count for row in table.rows), COLUMNS, palette.ACCENT, labels=True),
            Series(
                "累计占比", tuple(row.cumulative * 100 for row in table.rows), LINE, palette.DUE_SOON, second_axis=True
            ),
        ),
        y_title="件",
        second_title="累计 %",
        number_format="0",
    )


def control_chart(series: ControlSeries) -> Chart:
    """Values as a line with centre and limits; points of a signal are marked."""
    periods = tuple(point.period for point in series.points)
    hit = {period for signal in series.signals for period in signal.periods}
    lines = [
        Series(
            "实测",
            tuple(point.value for point in series.points),
            LINE,
            palette.ACCENT,
            marked=tuple(i for i, period in enumerate(periods) if period in hit),
        ),
        Series(
            "中心线" if series.chart != "run" else "中位数",
            tuple(point.centre for point in series.points),
            STEP,
            palette.SILENT,
        ),
    ]
    if series.chart != "run":
        lines += [
            Series("上限", tuple(point.ucl for point in series.points), STEP, palette.OVERDUE),
            Series("下限", tuple(point.lcl for point in series.points), STEP, palette.OVERDUE),
        ]
    kind = {"p": "p 图", "u": "u 图", "c": "c 图", "imr": "I 图", "run": "趋势图"}[series.chart]
    return Chart(
        title=f"{series.name}（{kind}，n={series.n}）",
        categories=periods,
        series=tuple(lines),
        y_title="不合格率" if series.chart == "p" else series.unit or ("比率" if series.chart == "u" else "数值"),
        number_format="0.0%" if series.chart == "p" else "0.00",
    )
