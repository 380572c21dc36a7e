"""analyse: Pareto, trend, control charts, repeats; a preventive action proposed for every unanswered signal (4.3.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from capa_xl.analysis.pareto import pareto
from capa_xl.app.shared.control_charts import control_chart
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.review_charts import not_cancelled, pareto_if_enough
from capa_xl.app.shared.series_facts import observations, series_at, unanswered_signals
from capa_xl.effects.files import write_new
from capa_xl.model.analysed import Proposal, Recurrence
from capa_xl.model.as_of import AsOf
from capa_xl.model.cut_text import with_unit
from capa_xl.model.data_series import series_key
from capa_xl.model.half_up import per_cent
from capa_xl.model.plain_number import rounded_number
from capa_xl.model.shares import share_words
from capa_xl.model.span_text import span_text
from capa_xl.model.statistics import ControlSeries, Pareto, Point, Signal
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.past_years import not_counted
from capa_xl.policy.periods import month_of
from capa_xl.policy.recurrence import recurrences
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.viewing import view_register
from capa_xl.reports.analysis_workbook import AnalysisSheets, analysis_workbook

METHODS = {"p": "p 控制图", "u": "u 控制图", "c": "c 控制图", "imr": "单值-移动极差图（I-MR）", "run": "趋势图"}


class Analysed(Struct, frozen=True):
    """Everything found.

    Attributes:
        not_counted: Which archived years it lacks; "" where it lacks none.
        company: 公司名称; "" where 参数 has none.
    """

    as_of: AsOf
    series: tuple[ControlSeries, ...]
    paretos: tuple[Pareto, ...]
    recurrences: tuple[Recurrence, ...]
    proposals: tuple[Proposal, ...]
    not_counted: str = ""
    company: str = ""


def analyse(desk: Desk) -> Analysed:
    """Analyse a workbook's quality data and actions at T. Reads only.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
    """
    view = view_register(open_tracker(desk).register, desk.as_of)
    series = series_at(view)
    return Analysed(
        desk.as_of,
        series,
        tuple(_paretos(view)),
        recurrences(view),
        tuple(_proposals(view, series)),
        not_counted(view),
        view.procedure.company,
    )


def write_analysis(found: Analysed, folder: Path) -> Path:
    """Write the workbook with native charts into a folder, which is made if it isn't there; an older one is replaced.

    Raises:
        UnsafeWrite: The folder can't be written.
    """
    charts = tuple(control_chart(series) for series in found.series if series.chart != "none")
    drawn = (pareto_if_enough(table, f"截至 {found.as_of.on}") for table in found.paretos)
    paretos = tuple(chart for chart in drawn if chart)
    sheets = AnalysisSheets(
        found.series,
        charts,
        found.paretos,
        paretos,
        found.recurrences,
        found.proposals,
        found.not_counted,
        found.company,
    )
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"统计分析_{found.as_of.on}.xlsx"
    write_new(target, analysis_workbook(sheets, found.as_of.on))
    return target


def _paretos(view: RegisterView) -> Iterator[Pareto]:
    """By category, process, cause and department over all actions; by 类别 and 供方 over the 不合格数 of 质量数据."""
    actions = not_cancelled(joined_view(view), view.on)
    categories: Counter[str] = Counter()
    suppliers: Counter[str] = Counter()
    for row in observations(view):
        month = month_of(row.period)
        if month is not None and month <= view.on and row.nonconforming:
            categories[row.category or ""] += int(row.nonconforming)
            suppliers[row.supplier or ""] += int(row.nonconforming)
    tables: Mapping[str, Counter[str]] = {
        "问题类别": Counter(a.category for a in actions if a.category),
        "所属过程": Counter(a.process for a in actions if a.process),
        "原因类别": Counter(cause for a in actions for cause in a.cause_category),
        "责任部门": Counter(a.responsible_department for a in actions if a.responsible_department),
        "类别（质量数据）": categories,
        "供方（质量数据）": suppliers,
    }
    for by, counts in tables.items():
        named = {name: count for name, count in counts.items() if name}
        if named:
            yield pareto(by, named)


def _proposals(view: RegisterView, found: tuple[ControlSeries, ...]) -> Iterator[Proposal]:
    """One for every unanswered signal."""
    processes = {series_key(row): row.process or "" for row in observations(view)}
    for series, key, signal in unanswered_signals(view, found):
        yield _proposal(series, signal, key[0], processes.get(key, ""), view.on)


def _proposal(series: ControlSeries, signal: Signal, department: str, process: str, on: date) -> Proposal:
    points = {point.period: _point(series, point) for point in series.points}
    first, last = signal.periods[0], signal.periods[-1]
    span = span_text(first, last)
    figures = points[first] if first == last else f"{points[first]} → {points[last]}"
    centre = f"，中心线 {_figures(series, series.centre)}" if series.centre is not None else ""
    said = f"{signal.name}（{signal.rule}）：{span}，{figures}{centre}"
    return Proposal(
        series=series.name,
        department=department,
        process=process,
        rule=signal.rule,
        periods=signal.periods,
        description=f"{series.name} {said}。请分析原因，采取预防措施，或在《分析记录》写明不采取的理由"
        "（部门照这里写，数据范围写上这个项目或指标的名称）。",
        method=METHODS.get(series.chart, series.chart),
        data_range=f"{series.name}，{span_text(series.points[0].period, series.points[-1].period)}",
        signal=said,
        on=on,
    )


def _point(series: ControlSeries, point: Point) -> str:
    """A period's figure; a share of few cases as a fraction."""
    return share_words(*point.counted) if point.counted else _figures(series, point.value)


def _figures(series: ControlSeries, value: float) -> str:
    """Shares as percentages, the rest with its unit; a centre line is one of all cases of many periods."""
    return per_cent(value) if series.is_in_percent else with_unit(rounded_number(value), series.own_unit)
