"""Everything 管理评审输入报告 says of one period: sections chosen from the view, and what the analysis counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from capa_xl.model.as_of import AsOf
from capa_xl.model.conformity import BROKEN, VERDICTS, Conformity
from capa_xl.model.kpi import SUMMARY_KPIS
from capa_xl.model.paper_facts import PaperHead
from capa_xl.model.period_figures import PeriodFigures, ReviewCharts
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.review import BrokenRequirement, ChangeLine, CountLine, ReviewDay, ReviewFacts
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.past_kpi import with_archived_problems
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.review.agenda import agenda
from capa_xl.policy.review.effect_lines import effect_lines, rounds_lines
from capa_xl.policy.review.lateness import coming_lines, overdue_lines
from capa_xl.policy.review.outcome import (
    audit_lines,
    complaint_lines,
    document_lines,
    earlier_decisions,
    excuse_lines,
    hidden_excuses,
    major_lines,
    recurrence_lines,
    resource_lines,
)
from capa_xl.policy.review.prevention import coverage_lines, indicator_lines, signal_lines, supplier_lines
from capa_xl.policy.review.undecided import undecided
from capa_xl.policy.review.unregistered import unregistered
from capa_xl.policy.rules.catalogue import CATALOGUE
from capa_xl.policy.viewing import view_register

DUTY_KPIS = {"reminded": "按时提醒（4.4.6）", "evaluated": "需求评估（3.2）"}
MOST_CHARTS = 4
"""Control charts among the sections, two a page; of one more the appendix has two, so that none has a page alone."""


def shown_charts(count: int) -> int:
    """So many of the control charts stand among the sections, the others in the appendix."""
    return MOST_CHARTS - 1 if count == MOST_CHARTS + 1 else min(count, MOST_CHARTS)


def review_facts(
    given: PaperInputs,
    figures: PeriodFigures,
    charts: ReviewCharts,
    head: PaperHead,
    review: ReviewDay,
    since: str,
    changes: tuple[ChangeLine, ...],
    *,
    external: bool = False,
) -> ReviewFacts:
    """The facts of paper E for one period.

    Args:
        review: Its day; 8.2 looks ahead to it.
        since: Period of the pack compared with; "" for the first.
        changes: What changed since.
        external: The copy for outsiders; `figures` are theirs (`for_outsiders`).
    """
    view, period = joined_view(given.view), figures.period
    then = joined_view(view_register(view.register, AsOf(max(review.on, view.on), view.as_of.today)))
    months, indicators = indicator_lines(view, period)
    return ReviewFacts(
        head=head,
        period=period.name,
        period_from=period.start,
        period_to=period.end,
        review_on=review.on,
        is_review_day_assumed=review.is_assumed,
        on_time=figures.kpi("on_time"),
        tally=figures.tally,
        kpis=tuple(figures.kpi(key) for key in SUMMARY_KPIS),
        agenda=agenda(view),
        earlier=earlier_decisions(view, None if review.is_assumed else review.on),
        flow=figures.flow,
        by_source=figures.by_source,
        by_department=figures.by_department,
        trend=charts.trend,
        major=major_lines(view, period, given.journal),
        complaints=complaint_lines(view, period),
        recurrence=figures.kpi("recurrence"),
        recurrences=recurrence_lines(view, figures.input.actions, period),
        signals=signal_lines(view, period),
        paretos=charts.paretos,
        control_charts=charts.control_charts[: shown_charts(len(charts.control_charts))],
        more_charts=charts.control_charts[shown_charts(len(charts.control_charts)) :],
        series=charts.series,
        coverage=coverage_lines(view, period),
        indicator_months=months,
        indicators=indicators,
        audits=audit_lines(view, period),
        suppliers=supplier_lines(view, period),
        overdue=overdue_lines(view, given.journal),
        coming=coming_lines(view, then),
        effects=effect_lines(view, figures.input.actions, period),
        resources=resource_lines(view, period),
        documents=document_lines(view, period),
        duties=tuple((name, figures.kpi(key)) for key, name in DUTY_KPIS.items()),
        excuses=excuse_lines(view, external=external),
        hidden_excuses=hidden_excuses(view) if external else 0,
        changes_since=since,
        changes=changes,
        all_kpis=figures.kpis,
        conformity=tuple(_conformity(figures.conformity)) if figures.conformity else (),
        data_quality=() if external else tuple(_data_quality(view, with_archived_problems(given.problems, given.view))),
        broken=tuple(_broken(figures.conformity)),
        is_internal=not external,
        unregistered=unregistered(view, period),
        undecided=undecided(view, period),
        reopened=figures.reopened,
        uncounted=figures.uncounted,
        rounds=tuple(rounds_lines(view, figures.input.actions, period)),
    )


def _conformity(lines: Iterable[Conformity]) -> Iterator[CountLine]:
    for verdict in VERDICTS:
        ids = [line.id for line in lines if line.verdict == verdict]
        yield CountLine(verdict, len(ids), " ".join(ids))


def _broken(lines: Iterable[Conformity]) -> Iterator[BrokenRequirement]:
    """Those with rows to put right; what could not be judged is named with its verdict, and why stands in 06."""
    for line in lines:
        if line.verdict == BROKEN:
            yield BrokenRequirement(line.id, line.clause, line.text, line.words, "、".join(line.rows))


def _data_quality(view: RegisterView, problems: tuple[Problem, ...]) -> Iterator[CountLine]:
    quarantined = view.register.quarantined
    rows = "、".join(view.register.tracker.line(row.row).replace(" ", "") for row in quarantined)
    yield CountLine("待更正行（不计入任何指标）", len(quarantined), rows)
    errors = [p for p in problems if p.severity is Severity.ERROR]
    titles = {rule.id: rule.title for rule in CATALOGUE}
    for rule, count in Counter(p.rule for p in errors).most_common(5):
        places = (p.number or f"{p.sheet} {p.cell or ''}".strip() for p in errors if p.rule == rule)
        yield CountLine(f"{rule} {titles[rule]}", count, "、".join(dict.fromkeys(places)))
