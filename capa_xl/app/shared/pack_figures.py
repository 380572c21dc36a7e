"""What a pack counts: KPIs, traffic and self-check of its period beside the period before. Shared ground of `pack`."""

from __future__ import annotations

from datetime import date

from capa_xl.analysis.cuts import cut_lines
from capa_xl.analysis.flow import monthly_flow, period_flow, reopened_since, twelve_months_to
from capa_xl.analysis.kpi import kpis
from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.paper_source import PaperSource
from capa_xl.app.shared.self_check import self_check
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import NO_JOURNAL
from capa_xl.model.kpi import KpiInput
from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.model.period import Period, period_before
from capa_xl.model.period_figures import PeriodFigures
from capa_xl.policy.joined_years import joined_view
from capa_xl.policy.kpi_input import kpi_input_of
from capa_xl.policy.past_kpi import with_archived_actions
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.month_ahead_kpi import month_ahead_figures
from capa_xl.policy.tally import tally_of


def figures_of(source: PaperSource, period: Period) -> PeriodFigures:
    """KPIs, traffic and conformity of the period at T, beside the period before."""
    view = source.judged.view
    earlier = period_before(period)
    now = _input(source)
    then = _input_at(source, min(earlier.end, view.on))
    at_end = _input_at(source, period.end) if period.end < view.on else None
    counted = kpis(now, then, period, earlier, view.procedure.kpi_targets, at_end)
    effective = next(kpi for kpi in counted if kpi.key == "effective")
    return PeriodFigures(
        period=period,
        kpis=counted,
        input=now,
        months=monthly_flow(now, twelve_months_to(min(period.end, view.on))),
        flow=period_flow(now, period),
        by_source=cut_lines(now, period, "source", effective),
        by_department=cut_lines(now, period, "department", effective),
        conformity=self_check(source.judged),
        tally=tally_of(joined_view(view)),
        reopened=reopened_since(now.actions, earlier.start, (earlier.end, period.end)),
        uncounted=_uncounted(view, now),
    )


def _uncounted(view: RegisterView, now: KpiInput) -> LeftToHistory:
    of_history = tuple(action.number for action in now.actions if action.is_history)
    return LeftToHistory(view.procedure.taken_over_on, of_history)


def _input_at(source: PaperSource, on: date) -> KpiInput:
    """What the KPIs count as it was on an earlier day."""
    then, opened = AsOf(on, source.judged.view.as_of.today), source.judged.opened
    return _input(PaperSource(judge(opened, then, source.journal), source.journal))


def _input(source: PaperSource) -> KpiInput:
    view, journal = source.judged.view, source.journal
    reminders = month_ahead_figures(view, journal or NO_JOURNAL)
    now = kpi_input_of(view, source.judged.checked.problems, reminders, joined_view(view).actions, journal)
    return with_archived_actions(now, view, journal)
