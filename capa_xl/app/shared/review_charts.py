"""The charts of the management review as values: traffic, Pareto, control charts. Every title states what it shows."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec.structs import replace

from capa_xl.analysis.pareto import VITAL_SHARE, pareto
from capa_xl.app.shared.control_charts import control_chart
from capa_xl.app.shared.series_facts import series_at
from capa_xl.model import palette, words
from capa_xl.model.action import Action
from capa_xl.model.charts import COLUMNS, LINE, STEP, Chart, Series, at_its_end
from capa_xl.model.kpi import MonthFlow
from capa_xl.model.pareto_words import vital_words
from capa_xl.model.period_figures import PeriodFigures, ReviewCharts
from capa_xl.model.plain_number import plain_number
from capa_xl.model.series_words import series_words
from capa_xl.model.shares import has_few
from capa_xl.model.statistics import Pareto, ParetoRow
from capa_xl.policy.register_view import RegisterView

NOT_CANCELLED = "不计已取消的"
_MOST_COLUMNS = 12
"""Columns of a Pareto chart whose names can be read; the smallest categories share the last one."""


def review_charts(view: RegisterView, figures: PeriodFigures) -> ReviewCharts:
    """The charts of a period's review; a control chart per series with a signal by its end, or by T."""
    kept = not_cancelled(view, figures.period.end)
    registered = tuple(action for action in kept if figures.period.holds(action.registered_on))
    found = series_at(view, figures.period.end)
    return ReviewCharts(
        trend=flow_chart(figures.months),
        paretos=cause_paretos(registered, f"{figures.period.name}，{NOT_CANCELLED}"),
        control_charts=tuple(control_chart(one) for one in found if one.signals),
        series=series_words(found),
    )


def not_cancelled(view: RegisterView, by: date) -> tuple[Action, ...]:
    """The actions that a Pareto table counts: of one that was cancelled by the end of that day nobody treats the cause.

    Args:
        view: A joined one, where archived actions count too.
        by: One that was cancelled later counts; of one without a day of it nobody knows, and it doesn't.
    """
    return tuple(
        action
        for action, derived in view.pairs
        if derived.status != words.CANCELLED or (action.cancelled_on is not None and action.cancelled_on > by)
    )


def flow_chart(months: tuple[MonthFlow, ...]) -> Chart | None:
    """Monthly new and closed as columns, overdue at the month's end as a line; None where there is nothing to draw."""
    if not any(month.new or month.closed or month.overdue for month in months):
        return None
    new, closed, late = sum(m.new for m in months), sum(m.closed for m in months), months[-1].overdue
    return Chart(
        title=f"近 {len(months)} 个月新增 {new} 项、关闭 {closed} 项，月末实施逾期 {late} 项（至 {months[-1].month}）",
        categories=tuple(month.month[2:] for month in months),
        series=(
            Series("新增", tuple(float(m.new) for m in months), COLUMNS, palette.CHART_DARK),
            Series("关闭", tuple(float(m.closed) for m in months), COLUMNS, palette.CHART_LIGHT),
            _late(tuple(float(month.overdue) for month in months)),
        ),
        y_title="项",
        number_format="0",
    )


def _late(counts: tuple[float, ...]) -> Series:
    """The last count is written behind its point, which a dark column hides in a copy without colours."""
    texts = at_its_end(counts, f"{counts[-1]:g}") if counts[-1] else ()
    return Series("月末实施逾期", counts, LINE, palette.OVERDUE, texts=texts)


def cause_paretos(actions: tuple[Action, ...], period_name: str) -> tuple[Chart, ...]:
    """Pareto charts of 原因类别 and 所属过程 over what was registered in the period; none under five or of one kind."""
    processes = pareto("所属过程", Counter(action.process for action in actions if action.process))
    charts = (pareto_by_cause(actions, period_name), pareto_if_enough(processes, period_name))
    return tuple(chart for chart in charts if chart)


def pareto_by_cause(actions: tuple[Action, ...], period_name: str) -> Chart | None:
    """The Pareto chart of 原因类别; None under five, or where all are of one kind.

    An action of several causes counts under each: where there is one, the title says how many actions have how many.
    """
    caused = [action for action in actions if action.cause_category]
    causes = Counter(cause for action in caused for cause in action.cause_category)
    several = f"，{len(caused)} 项有 {causes.total()} 个原因" if causes.total() > len(caused) else ""
    return pareto_if_enough(pareto("原因类别", causes), f"{period_name}{several}")


def pareto_if_enough(table: Pareto, period_name: str) -> Chart | None:
    """The chart of a table; None under five, which have no percentages, or where one column would say nothing."""
    return pareto_chart(table, period_name) if not has_few(table.n) and len(table.rows) > 1 else None


def pareto_chart(table: Pareto, period_name: str) -> Chart:
    """Counts as columns, the cumulative share on the right-hand axis, a line at 80 %."""
    rows = _columns(table)
    shares, hidden = (VITAL_SHARE,) * len(rows), len(table.rows) - len(rows)
    rest = f"，后 {hidden + 1} 类合为一列" if hidden else ""
    return Chart(
        title=f"{vital_words(table)}（{period_name}，n={plain_number(table.n)}{rest}）",
        categories=tuple(row.category for row in rows),
        series=(
            Series("件数", tuple(row.count for row in rows), COLUMNS, palette.CHART_LIGHT, labels=True),
            Series("累计占比", tuple(row.cumulative for row in rows), LINE, palette.CHART_DARK, second_axis=True),
            Series("80% 线", shares, STEP, palette.OVERDUE, second_axis=True),
        ),
        y_title="件",
        second_title="累计占比",
        number_format="0",
    )


def _columns(table: Pareto) -> tuple[ParetoRow, ...]:
    if len(table.rows) <= _MOST_COLUMNS:
        return table.rows
    shown, rest = table.rows[: _MOST_COLUMNS - 1], table.rows[_MOST_COLUMNS - 1 :]
    count = sum(row.count for row in rest)
    return (*shown, replace(rest[-1], category=f"其余 {len(rest)} 类", count=count))
