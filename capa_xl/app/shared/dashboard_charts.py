"""The four charts of 01 改进看板 as values, and the cards above them. Shared ground of `pack`."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.analysis.cuts import cuts
from capa_xl.analysis.flow import twelve_months_to
from capa_xl.analysis.kpi_history import kpi_history
from capa_xl.app.shared.review_charts import NOT_CANCELLED, flow_chart, not_cancelled, pareto_by_cause
from capa_xl.model import palette
from capa_xl.model.charts import BARS, COLUMNS, Chart, Series
from capa_xl.model.dashboard_facts import ChartOrReason, DashboardFacts, KpiCard
from capa_xl.model.kpi import SUMMARY_KPIS, Cut, Ratio
from capa_xl.model.period_figures import PeriodFigures
from capa_xl.model.shares import has_few, share_words
from capa_xl.model.tally import Tally
from capa_xl.policy.register_view import RegisterView

MOST_DEPARTMENTS = 12
_FEWEST_COMPARED = 2
_FOLDED = 4


def dashboard_facts(figures: PeriodFigures, view: RegisterView) -> DashboardFacts:
    """The dashboard of one pack.

    Args:
        view: At T, with the archived years; the causes of its actions make the Pareto chart of the last twelve months.
    """
    year = twelve_months_to(min(figures.period.end, figures.input.as_of))
    history = kpi_history(figures.input, SUMMARY_KPIS, year)
    cut = cuts(figures.input, figures.period, figures.kpis)
    kept = not_cancelled(view, figures.period.end)
    recent = tuple(action for action in kept if year.holds(action.registered_on))
    pareto = pareto_by_cause(recent, f"近 12 个月登记，{NOT_CANCELLED}")
    return DashboardFacts(
        period=figures.period,
        cards=tuple(KpiCard(figures.kpi(key), history.get(key, ())) for key in SUMMARY_KPIS),
        charts=(
            ChartOrReason(flow_chart(figures.months), "近 12 个月没有登记、关闭的措施。"),
            ChartOrReason(on_time_chart(cut, figures.period.name), without_on_time(cut)),
            ChartOrReason(stage_chart(figures.tally), "没有在办的措施。"),
            ChartOrReason(pareto, "近 12 个月登记的措施中，填写原因类别的不足 5 项或只有一类，不画排列图。"),
        ),
        kpis=figures.kpis,
        cuts=cut,
        months=figures.months,
        actions=figures.input.actions,
        reopened=figures.reopened,
        uncounted=figures.uncounted,
        aside=figures.tally.aside,
    )


def _lowest(due: Sequence[tuple[str, Ratio]]) -> str:
    """The department that is least on time, or how many share that rate: none of them is named as the only one.

    They are told by what they have together, as the chart's title is: a percentage would stand over bars of 0/1.
    """
    name, least = due[0]
    alike = [ratio for _, ratio in due if ratio.value == least.value]
    done, total = sum(len(ratio.rows) for ratio in alike), sum(len(ratio.base) for ratio in alike)
    return name if len(alike) == 1 else f"{len(alike)} 个部门并列，合计 {done}/{total} 项"


def _due(found: tuple[Cut, ...]) -> list[tuple[str, Ratio]]:
    """Departments with something due in the period, the least on time first."""
    cut = next((cut for cut in found if cut.name == "责任部门"), None)
    ratios = [(row.value, row.ratios[0]) for row in cut.rows] if cut else []
    return sorted(((n, r) for n, r in ratios if r.value is not None), key=lambda pair: (pair[1].value, pair[0]))


def without_on_time(found: tuple[Cut, ...]) -> str:
    """Why there is no chart of it: nothing was due, or one department's bar would say no more than this sentence."""
    for department, ratio in _due(found):
        return f"本期按期完成 {len(ratio.rows)}/{len(ratio.base)} 项，都由{department}负责，不画图。"
    return "本期没有到期的措施，不计按期完成率。"


def on_time_chart(found: tuple[Cut, ...], period_name: str) -> Chart | None:
    """Departments with something due in the period, the least on time first; None under two."""
    due = _due(found)
    if len(due) < _FEWEST_COMPARED:
        return None
    shown = due[:MOST_DEPARTMENTS]
    done, total = sum(len(ratio.rows) for _, ratio in due), sum(len(ratio.base) for _, ratio in due)
    rest = f"，只列前 {len(shown)} 个部门" if len(due) > len(shown) else ""
    lowest = f"，最低：{_lowest(due)}" if done < total else ""
    return Chart(
        title=f"按期完成 {done}/{total} 项{lowest}（{period_name}，按责任部门{rest}）",
        categories=tuple(name for name, _ in shown),
        series=(
            Series(
                "按期完成率",
                tuple(ratio.value for _, ratio in shown),
                BARS,
                palette.CHART_LIGHT,
                texts=tuple(share_words(len(ratio.rows), len(ratio.base)) for _, ratio in shown),
            ),
        ),
        number_format="General" if all(has_few(len(ratio.base)) for _, ratio in shown) else "0%",
        whole=1.0,
    )


def _on_two_lines(status: str) -> str:
    """A status of four characters and more on two lines: a dozen stand beside each other under half a page."""
    half = (len(status) + 1) // 2
    return status if len(status) < _FOLDED else f"{status[:half]}\n{status[half:]}"


def stage_chart(tally: Tally) -> Chart | None:
    """Open actions by status, and those late in it; None without an open one."""
    if not tally.open:
        return None
    late = [tally.late_in(status) for status, _ in tally.statuses]
    return Chart(
        title=f"在办 {tally.open} 项：实施逾期 {tally.late_doing} 项，环节超时 {tally.late_waiting} 项",
        categories=tuple(_on_two_lines(status) for status, _ in tally.statuses),
        series=(
            Series("在办", tuple(float(n) for _, n in tally.statuses), COLUMNS, palette.CHART_LIGHT, labels=True),
            Series(
                "其中实施逾期、环节超时",
                tuple(map(float, late)),
                COLUMNS,
                palette.CHART_DARK,
                texts=tuple(str(count) if count else "" for count in late),
            ),
        ),
        y_title="项",
        number_format="0",
    )
