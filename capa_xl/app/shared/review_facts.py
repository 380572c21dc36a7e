"""Everything 管理评审输入报告 says, joined from policy and analysis. Shared ground of `pack`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from capa_xl.analysis.flow import was_open
from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.review_charts import cause_paretos, control_chart, flow_chart
from capa_xl.app.shared.series_facts import series_at
from capa_xl.model import words
from capa_xl.model.as_of import AsOf
from capa_xl.model.charts import Chart
from capa_xl.model.conformity import VERDICTS, Conformity
from capa_xl.model.kpi import NOT_IN_USE, SUMMARY_KPIS, Kpi, KpiAction, KpiInput, MonthFlow
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.period import Period
from capa_xl.model.problem import Severity
from capa_xl.model.review import (
    ChangeLine,
    CountLine,
    CutLine,
    DutyLine,
    Flow,
    KpiLine,
    KpiNote,
    ReviewDay,
    ReviewFacts,
)
from capa_xl.policy.register_view import view_register
from capa_xl.policy.review.agenda import agenda
from capa_xl.policy.review.lateness import coming_lines, overdue_lines
from capa_xl.policy.review.outcome import (
    audit_lines,
    complaint_lines,
    document_lines,
    earlier_decisions,
    effect_lines,
    excuse_lines,
    major_lines,
    recurrence_lines,
    resource_lines,
)
from capa_xl.policy.review.prevention import coverage_lines, indicator_lines, signal_lines, supplier_lines
from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.reports.kpi_words import change_words, figure_words, previous_words

DUTY_KPIS = {"reminded": "按时提醒（4.4.6）", "evaluated": "需求评估（3.2）"}
MOST_CHARTS = 3


@dataclass(frozen=True, slots=True)
class PackFigures:
    """What the analysis counted for one pack."""

    period: Period
    kpis: tuple[Kpi, ...]
    input: KpiInput
    months: tuple[MonthFlow, ...]
    conformity: tuple[Conformity, ...]

    def kpi(self, key: str) -> Kpi:
        """One KPI by its key."""
        return next(kpi for kpi in self.kpis if kpi.key == key)


def review_facts(
    judged: Judged,
    figures: PackFigures,
    head: PaperHead,
    review: ReviewDay,
    since: str,
    changes: tuple[ChangeLine, ...],
) -> ReviewFacts:
    """The facts of paper E for one period.

    Args:
        review: Its day; 8.2 looks ahead to it.
        since: Period of the pack compared with; "" for the first.
        changes: What changed since.
    """
    view, period = judged.view, figures.period
    then = view_register(view.register, AsOf(max(review.on, view.on), view.as_of.today))
    late, on_time = overdue_lines(view), figures.kpi("on_time")
    charts = _control_charts(judged)
    months, indicators = indicator_lines(view, period)
    registered = tuple(a for a in view.actions if period.holds(a.registered_on))
    return ReviewFacts(
        head=head,
        period=period.name,
        period_from=period.start,
        period_to=period.end,
        review_on=review.on,
        is_review_day_assumed=review.is_assumed,
        due=len(on_time.base),
        due_done=len(on_time.rows),
        on_time_target=on_time.target,
        on_time_previous=previous_words(on_time),
        overdue_count=len(late),
        overdue_days=late[0].days if late else 0,
        overdue_longest=f"{late[0].number}，{late[0].department}" if late else "",
        kpis=tuple(_kpi_line(figures.kpi(key)) for key in SUMMARY_KPIS),
        agenda=agenda(view),
        earlier=earlier_decisions(view),
        flow=_flow(figures),
        by_source=_cut(figures, "source"),
        by_department=_cut(figures, "department"),
        trend=flow_chart(figures.months),
        major=major_lines(view, period),
        complaints=complaint_lines(view, period),
        recurrence_rate=figure_words(figures.kpi("recurrence")),
        recurrences=recurrence_lines(view, figures.input.actions, period),
        signals=signal_lines(view, period),
        paretos=cause_paretos(registered, period.name),
        control_charts=charts[:MOST_CHARTS],
        more_charts=charts[MOST_CHARTS:],
        coverage=coverage_lines(view, period),
        indicator_months=months,
        indicators=indicators,
        audits=audit_lines(view),
        suppliers=supplier_lines(view, period),
        overdue=late,
        coming=coming_lines(view, then),
        effects=effect_lines(view, figures.input.actions, period),
        resources=resource_lines(view, period),
        documents=document_lines(view, period),
        duties=tuple(_duty(figures.kpi(key), name) for key, name in DUTY_KPIS.items()),
        excuses=excuse_lines(view),
        changes_since=since,
        changes=changes,
        kpi_notes=tuple(_note(kpi) for kpi in figures.kpis),
        conformity=tuple(_conformity(figures.conformity)),
        data_quality=tuple(_data_quality(judged)),
    )


def _kpi_line(kpi: Kpi) -> KpiLine:
    return KpiLine(
        name=kpi.name,
        current=figure_words(kpi),
        target=kpi.target,
        previous=previous_words(kpi),
        change=change_words(kpi),
        verdict=kpi.verdict or "—",
    )


def _flow(figures: PackFigures) -> Flow:
    actions, period = figures.input.actions, figures.period
    end = min(period.end, figures.input.as_of)
    day_before = date.fromordinal(period.start.toordinal() - 1)
    return Flow(
        open_before=sum(was_open(a, day_before) for a in actions),
        new=sum(period.holds(a.registered_on) for a in actions),
        completed=sum(period.holds(a.completed_on) for a in actions),
        closed=sum(period.holds(a.closed_on) for a in actions),
        cancelled=sum(period.holds(a.cancelled_on) for a in actions),
        open_after=sum(was_open(a, end) for a in actions),
    )


def _cut(figures: PackFigures, column: str) -> tuple[CutLine, ...]:
    names = Counter(getattr(a, column) or "（空白）" for a in figures.input.actions)
    groups = {
        name: [a for a in figures.input.actions if (getattr(a, column) or "（空白）") == name]
        for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0]))
    }
    return tuple(_cut_line(name, rows, figures.period) for name, rows in groups.items())


def _cut_line(name: str, rows: list[KpiAction], period: Period) -> CutLine:
    done = [a for a in rows if period.holds(a.completed_on)]
    confirmed = [a for a in rows if a.effect and period.holds(a.confirmed_on)]
    return CutLine(
        name=name,
        open=sum(a.status not in words.ENDED for a in rows),
        completed=len(done),
        on_time=sum(a.due_on is not None and a.completed_on is not None and a.completed_on <= a.due_on for a in done),
        overdue=sum("Y1" in a.overdue for a in rows),
        effective=sum(a.effect == words.EFFECTIVE for a in confirmed),
        confirmed=len(confirmed),
    )


def _control_charts(judged: Judged) -> tuple[Chart, ...]:
    """A chart per series with a signal at T."""
    return tuple(control_chart(one) for one in series_at(judged.view) if one.signals)


def _duty(kpi: Kpi, name: str) -> DutyLine:
    if kpi.verdict == NOT_IN_USE:
        return DutyLine(name, 0, 0, "—", NOT_IN_USE)
    missed = [number for number in kpi.base if number not in set(kpi.rows)]
    note = f"未按时：{'、'.join(missed)}" if missed else ("" if kpi.base else "本期无")
    return DutyLine(name, len(kpi.rows), len(kpi.base), figure_words(kpi), note)


def _note(kpi: Kpi) -> KpiNote:
    inside = set(kpi.rows)
    rest = [number for number in kpi.base if number not in inside]
    rows = [f"分子：{'、'.join(kpi.rows)}"] if kpi.rows else []
    others = [f"仅在分母：{'、'.join(rest)}"] if rest else []
    numbers = "；".join(rows + others) if kpi.denominator is not None else "、".join(kpi.base)
    return KpiNote(kpi.name, kpi.formula, _count(kpi.numerator), _count(kpi.denominator), numbers)


def _count(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _conformity(lines: Iterable[Conformity]) -> Iterator[CountLine]:
    for verdict in VERDICTS:
        ids = [line.id for line in lines if line.verdict == verdict]
        yield CountLine(verdict, len(ids), " ".join(ids))


def _data_quality(judged: Judged) -> Iterator[CountLine]:
    quarantined = judged.view.register.quarantined
    rows = "、".join(f"第{row.row}行" for row in quarantined)
    yield CountLine("隔离行（不计入任何指标）", len(quarantined), rows)
    errors = [p for p in judged.checked.problems if p.severity is Severity.ERROR]
    titles = {rule.id: rule.title for rule in CATALOGUE}
    for rule, count in Counter(p.rule for p in errors).most_common(5):
        places = (p.number or f"{p.sheet} {p.cell or ''}".strip() for p in errors if p.rule == rule)
        yield CountLine(f"{rule} {titles[rule]}", count, "、".join(dict.fromkeys(places)))
