"""The KPIs of the house (semantics.md, *KPIs*): every figure with numerator, denominator and the rows behind both.

A KPI is a name, a default target and one function from the frames to a `Ratio` or a measure. Cancelled rows are out.
Targets are the house's (参数 KPI目标_*), not the policy's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.analysis import measures
from capa_xl.analysis.frames import Frames, frames_of
from capa_xl.analysis.verdict import verdict
from capa_xl.model.kpi import NO_DATA, Kpi, KpiInput, Ratio
from capa_xl.model.kpi_targets import KPI_TARGETS
from capa_xl.model.period import Period


class Spec(Struct, frozen=True):
    """What one KPI is.

    Attributes:
        setting: 参数 KPI目标_<setting> holds its target; "" where there is none.
        count: Gives the rows (a ratio), or the figures of single rows (`Measure`).
        state: True for a figure of a day, not of the period: the day the period ended, or T where that is earlier. Its
            上期 is likewise of the day the period before ended; its name and its formula say the days.
    """

    key: str
    name: str
    formula: str
    unit: str
    setting: str
    count: Callable[[Frames], Ratio | measures.Measure]
    state: bool = False


def _span(start: str, end: str, name: str) -> Spec:
    key = f"{start.removesuffix('_on')}_to_{end.removesuffix('_on')}"
    formula = f"本期关闭、两个日期都有而先后不颠倒的项，{name}的平均日历天数"
    return Spec(key, f"{name}天数", formula, "天", "", lambda f: measures.days_between(f.actions, f, start, end))


_SPANS = (
    _span("registered_on", "approved_on", "登记→批准"),
    _span("approved_on", "completed_on", "批准→完成"),
    _span("completed_on", "inspected_on", "完成→检查"),
    _span("inspected_on", "confirmed_on", "检查→确认"),
    _span("confirmed_on", "closed_on", "确认→关闭"),
)

SPECS: tuple[Spec, ...] = (
    Spec("on_time", "按期完成率（现期限）", "期限在本期且已过的项中，完成日 ≤ 完成期限的占比", "%", "按期完成率", lambda f: measures.on_time(f.actions, f, "due_on")),
    Spec("on_time_original", "按期完成率（原期限）", "同上，按原完成期限", "%", "按期完成率_原期限", lambda f: measures.on_time(f.actions, f, "original_due_on")),
    Spec("overdue", "逾期率", "已批准未完成的项中，实施逾期的占比", "%", "逾期率", lambda f: measures.overdue(f.actions), state=True),
    Spec("longest_overdue", "最长逾期天数", "已批准未完成的项中最长的实施逾期天数", "天", "最长逾期天数", lambda f: measures.longest_overdue(f.actions), state=True),
    Spec("effective", "措施有效率", "本期确认的项中（几轮的按最后一轮），结论有效的占比", "%", "措施有效率", lambda f: measures.effective(f.actions, f)),
    Spec("partly_effective", "部分有效占比", "本期确认的项中（几轮的按最后一轮），结论部分有效的占比", "%", "", lambda f: measures.partly_effective(f.actions, f)),
    Spec("recurrence", "重复发生率", "确认有效且满 180 天的项中，180 天内又发生同类问题的占比", "%", "重复发生率", lambda f: measures.recurrence(f.actions, f)),
    Spec("reminded", "按时提醒率（4.4.6）", "本期应提前一个月提醒的期限中，在计划日或以前送出的占比", "%", "按时提醒率", lambda f: measures.reminded(f.month_ahead, f)),
    Spec("approved", "审批合规率（4.2、4.3）", "本期开始或完成的项中，批准的权限、角色、日期均合规的占比（批准人就是责任人的另查，check 只作提示的，都不算不合规）", "%", "审批合规率", lambda f: measures.approved(f.actions, f)),
    Spec("inspected", "检查及时率", "检查限期在本期、已检查或限期已过的项中，完成后按限期检查并有结论的占比（同一次完成几次检查的按最后一次，即格里现在的）", "%", "检查及时率", lambda f: measures.in_time(f.actions, f, "inspected_as_owed_on", "inspection_limit_on")),
    Spec("confirmed", "确认及时率", "已检查、确认限期在本期、已确认或限期已过的项中，按限期（首次）确认的占比", "%", "确认及时率", lambda f: measures.in_time(f.actions, f, "confirmed_as_owed_on", "confirmation_limit_on")),
    Spec("archived", "归档及时率", "确认有效、归档限期在本期、已归档或限期已过的项中，按限期归档齐全的占比", "%", "归档及时率", lambda f: measures.in_time(f.actions, f, "archived_in_full_on", "archive_limit_on")),
    Spec("corrected", "纠正措施覆盖率（4.2.1）", "本期登记且成立的不合格、投诉中（登记后 10 个工作日内的待定），已有纠正措施的占比", "%", "纠正措施覆盖率", lambda f: measures.corrected(f.needs, f)),
    Spec("revised", "修订完成率", "计划在本期完成、已完成或计划日已过的文件修订中，已完成的占比", "%", "修订完成率", lambda f: measures.revised(f.revisions, f)),
    Spec("evaluated", "需求评估及时率", "评估限期在本期、已评估或限期已过的需求中（写了评估结论而没有评估日期的除外），按限期评估的占比", "%", "需求评估及时率", lambda f: measures.in_time(f.needs, f, "evaluated_on", "evaluation_limit_on")),
    Spec("extended", "延期率", "原期限在本期的项中，有过批准延期的占比", "%", "延期率", lambda f: measures.extended(f.actions, f)),
    Spec("extensions", "平均延期次数", "原期限在本期的项的平均批准延期次数", "次", "", lambda f: measures.extensions(f.actions, f)),
    Spec("cancelled", "取消率", "本期登记的项（含已取消的）中，已取消的占比", "%", "取消率", lambda f: measures.cancelled(f.all_actions, f)),
    Spec("days_to_close", "平均关闭天数", "本期关闭的项（关闭以后才登记的除外），登记至关闭的平均日历天数", "天", "", lambda f: measures.days_to_close(f.actions, f)),
    Spec("median_to_close", "关闭天数中位数", "同上，中位数（不足 10 项不给出）", "天", "", lambda f: measures.quantile_to_close(f.actions, f, 0.5)),
    Spec("p90_to_close", "关闭天数 P90", "同上，九成的项不超过的天数（不足 10 项不给出）", "天", "", lambda f: measures.quantile_to_close(f.actions, f, 0.9)),
    *_SPANS,
    Spec("indicators_met", "指标达标率", "本期填报的过程指标值中，达到目标的占比", "%", "", lambda f: measures.indicators_met(f.measurements, f)),
    Spec("preventive", "预防占比", "本期登记的项中（已取消的，措施类型空白、不认识的除外），预防措施的占比", "%", "", lambda f: measures.preventive(f.actions, f)),
    Spec("closed_loop", "闭环率", "本期登记的项中（已取消的除外），已关闭或已转后续的占比", "%", "", lambda f: measures.closed_loop(f.actions, f)),
    Spec("data_quality", "数据质量", "全部行中，没有错误级问题的占比（有情况说明的错误仍计入）", "%", "数据质量", lambda f: measures.data_quality(f), state=True),
)  # fmt: skip
"""Every KPI in the order of semantics.md."""


def kpis(
    now: KpiInput,
    before: KpiInput,
    period: Period,
    earlier: Period,
    targets: Mapping[str, str],
    at_end: KpiInput | None = None,
) -> tuple[Kpi, ...]:
    """Every KPI of the period at T, beside the period before.

    Args:
        now: Input as of T.
        before: Input as of the last day of `earlier`; gives 上期 of the figures of a day.
        targets: 参数 KPI目标_*, without that prefix; the defaults serve where it is silent.
        at_end: Input as of the last day of `period` where that is over; gives the figures of a day. None: T is in it.
    """
    whole = frames_of(now, period)
    of_period = whole, replace(whole, period=earlier)
    of_day = frames_of(at_end, period) if at_end else whole, frames_of(before, earlier)
    return tuple(
        _unused(spec, targets)
        if spec.key in now.not_in_use
        else _kpi(spec, *(of_day if spec.state else of_period), targets)
        for spec in SPECS
    )


def ratio_of(spec: Spec, frames: Frames) -> Ratio:
    """The rows one KPI counts, for the cuts; a measure's rows stand in both places."""
    counted = spec.count(frames)
    return Ratio(counted.rows, counted.base)


def _kpi(spec: Spec, frames: Frames, past: Frames, targets: Mapping[str, str]) -> Kpi:
    counted, previous = spec.count(frames), spec.count(past)
    target = _target(spec, targets)
    n = len(counted.base)
    return Kpi(
        key=spec.key,
        name=f"{spec.name}（{frames.as_of:%Y-%m-%d}）" if spec.state else spec.name,
        formula=f"{spec.formula}（{_days(frames, past)}）" if spec.state else spec.formula,
        unit=spec.unit,
        numerator=_numerator(counted),
        denominator=float(n) if isinstance(counted, Ratio) else None,
        value=counted.value,
        target=target,
        previous=previous.value,
        verdict=verdict(counted.value, target, n),
        rows=counted.rows,
        base=counted.base,
        previous_counts=(len(previous.rows), len(previous.base)) if isinstance(previous, Ratio) else None,
        previous_base=len(previous.base),
        lines=counted.lines if isinstance(counted, Ratio) else (),
    )


def _days(frames: Frames, past: Frames) -> str:
    return f"截至 {frames.as_of:%Y-%m-%d}，上期截至 {past.as_of:%Y-%m-%d}"


def _unused(spec: Spec, targets: Mapping[str, str]) -> Kpi:
    nothing: tuple[str, ...] = ()
    return Kpi(
        key=spec.key, name=spec.name, formula=spec.formula, unit=spec.unit, numerator=None, denominator=None, value=None,
        target=_target(spec, targets), previous=None, verdict=NO_DATA, rows=nothing, base=nothing,
        is_in_use=False,
    )  # fmt: skip


def _target(spec: Spec, targets: Mapping[str, str]) -> str:
    return targets.get(spec.setting) or KPI_TARGETS.get(spec.setting, "")


def _numerator(counted: Any) -> float | None:
    return float(len(counted.rows)) if isinstance(counted, Ratio) else None
