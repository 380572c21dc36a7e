"""The KPIs of the house (semantics.md, *KPIs*): every figure with numerator, denominator and the rows behind both.

A KPI is a name, a default target and one function from the frames to a `Ratio` or a measure. Cancelled rows are out.
Targets are the house's (参数 KPI目标_*), not the policy's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capa_xl.analysis import measures
from capa_xl.analysis.frames import Frames, frames_of
from capa_xl.analysis.verdict import verdict
from capa_xl.model.kpi import Kpi, KpiInput, Period, Ratio


@dataclass(frozen=True, slots=True)
class Spec:
    """What one KPI is.

    Attributes:
        count: Gives the rows (a ratio), or the figures of single rows (`Measure`).
        state: True for a figure of the day, not of the period: its 上期 is the day the period before ended.
    """

    key: str
    name: str
    unit: str
    target: str
    count: Callable[[Frames], Ratio | measures.Measure]
    state: bool = False


SPECS: tuple[Spec, ...] = (
    Spec("on_time", "按期完成率（现期限）", "%", "≥ 95%", lambda f: measures.on_time(f.actions, f, "due_on")),
    Spec("on_time_original", "按期完成率（原期限）", "%", "≥ 85%", lambda f: measures.on_time(f.actions, f, "original_due_on")),
    Spec("overdue", "逾期率", "%", "< 5%", lambda f: measures.overdue(f.actions), state=True),
    Spec("longest_overdue", "最长逾期天数", "天", "≤ 30", lambda f: measures.longest_overdue(f.actions), state=True),
    Spec("effective", "措施有效率", "%", "≥ 90%", lambda f: measures.effective(f.actions, f)),
    Spec("partly_effective", "部分有效占比", "%", "", lambda f: measures.partly_effective(f.actions, f)),
    Spec("recurrence", "重复发生率", "%", "≤ 5%", lambda f: measures.recurrence(f.actions, f)),
    Spec("reminded", "按时提醒率（4.4.6）", "%", "≥ 100%", lambda f: measures.reminded(f.month_ahead, f)),
    Spec("approved", "审批合规率（4.2、4.3）", "%", "≥ 100%", lambda f: measures.approved(f.actions, f)),
    Spec("inspected", "检查及时率", "%", "≥ 95%", lambda f: measures.in_time(f.actions, f, "inspected_on", "inspection_limit_on")),
    Spec("confirmed", "确认及时率", "%", "≥ 95%", lambda f: measures.in_time(f.actions, f, "confirmed_on", "confirmation_limit_on")),
    Spec("archived", "归档及时率", "%", "≥ 95%", lambda f: measures.in_time(f.actions, f, "archived_on", "archive_limit_on")),
    Spec("corrected", "纠正措施覆盖率（4.2.1）", "%", "≥ 100%", lambda f: measures.corrected(f.needs, f)),
    Spec("revised", "修订完成率", "%", "≥ 90%", lambda f: measures.revised(f.revisions, f)),
    Spec("evaluated", "需求评估及时率", "%", "≥ 95%", lambda f: measures.in_time(f.needs, f, "evaluated_on", "evaluation_limit_on")),
    Spec("extended", "延期率", "%", "≤ 15%", lambda f: measures.extended(f.actions, f)),
    Spec("extensions", "平均延期次数", "次", "", lambda f: measures.extensions(f.actions, f)),
    Spec("cancelled", "取消率", "%", "≤ 5%", lambda f: measures.cancelled(f.all_actions, f)),
    Spec("days_to_close", "平均关闭天数", "天", "", lambda f: measures.days_to_close(f.actions, f)),
    Spec("indicators_met", "指标达标率", "%", "", lambda f: measures.indicators_met(f.measurements, f)),
    Spec("preventive", "预防占比", "%", "", lambda f: measures.preventive(f.actions, f)),
    Spec("closed_loop", "闭环率", "%", "", lambda f: measures.closed_loop(f.actions, f)),
    Spec("data_quality", "数据质量", "%", "≥ 98%", lambda f: measures.data_quality(f), state=True),
)  # fmt: skip
"""Every KPI in the order of semantics.md."""


def kpis(
    now: KpiInput, before: KpiInput, period: Period, earlier: Period, targets: Mapping[str, str]
) -> tuple[Kpi, ...]:
    """Every KPI of the period at T, beside the period before.

    Args:
        now: Input as of T.
        before: Input as of the last day of `earlier`; gives 上期 of the figures of the day.
        targets: 参数 KPI目标_<name>, by name without the bracketed part; the defaults serve where it is silent.
    """
    frames = frames_of(now, period)
    past, state_then = frames_of(now, earlier), frames_of(before, earlier)
    return tuple(_kpi(spec, frames, state_then if spec.state else past, targets) for spec in SPECS)


def ratio_of(spec: Spec, frames: Frames) -> Ratio:
    """The rows one KPI counts, for the cuts; a measure's rows stand in both places."""
    counted = spec.count(frames)
    return Ratio(counted.rows, counted.base)


def _kpi(spec: Spec, frames: Frames, past: Frames, targets: Mapping[str, str]) -> Kpi:
    counted, previous = spec.count(frames), spec.count(past)
    target = targets.get(spec.name.split("（")[0]) or targets.get(spec.name) or spec.target
    n = len(counted.base)
    return Kpi(
        key=spec.key,
        name=spec.name,
        unit=spec.unit,
        numerator=_numerator(counted),
        denominator=float(n) if isinstance(counted, Ratio) else None,
        value=counted.value,
        target=target,
        previous=previous.value,
        verdict=verdict(counted.value, target, n),
        rows=counted.rows,
        base=counted.base,
    )


def _numerator(counted: Any) -> float | None:
    return float(len(counted.rows)) if isinstance(counted, Ratio) else None
