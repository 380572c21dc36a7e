"""What the KPIs count, drawn from a situation: dates, limits and verdicts, one flat value per row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.kpi import (
    RECURRENCE_DAYS,
    KpiAction,
    KpiInput,
    KpiMeasurement,
    KpiNeed,
    KpiReminder,
    KpiRevision,
)
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.records import Measurement, Need
from capa_xl.policy.case import Case, case_of
from capa_xl.policy.indicators import is_met, value_of
from capa_xl.policy.overdue import archiving_limit, confirmation_limit, inspection_limit
from capa_xl.policy.periods import month_of
from capa_xl.policy.routes import covering_plan
from capa_xl.policy.situation import Situation


def kpi_input_of(
    situation: Situation, problems: Iterable[Problem], reminders: tuple[KpiReminder, ...] | None = None
) -> KpiInput:
    """Everything the KPIs count at the situation's day.

    Args:
        reminders: Month-ahead duties with their fate, from the journal; None where none is kept.
    """
    faulty = _rows_with_error(situation, problems)
    later = _later_issues(situation)
    return KpiInput(
        as_of=situation.on,
        actions=tuple(_action(situation, action, later) for action in situation.actions),
        needs=tuple(_need(situation, need) for need in situation.needs),
        revisions=tuple(_revisions(situation)),
        reminders=reminders or (),
        measurements=tuple(_measurements(situation)),
        rows=situation.register.rows,
        rows_with_error=tuple(faulty),
        not_in_use=frozenset(_not_in_use(situation, has_ledger=reminders is not None)),
    )


def _not_in_use(situation: Situation, *, has_ledger: bool) -> Iterator[str]:
    """Keys of the KPIs that the table can't feed (semantics.md, *Tables that lack columns*)."""
    stages, register, has = situation.stages, situation.register, situation.grounds.has
    lacking = (
        (not stages.approval, ("approved", "registered_to_approved", "approved_to_completed")),
        (not stages.inspection, ("inspected", "completed_to_inspected", "inspected_to_confirmed")),
        (not stages.confirmation, ("effective", "partly_effective", "recurrence", "confirmed")),
        (not stages.confirmation, ("inspected_to_confirmed", "confirmed_to_closed")),
        (not stages.archiving, ("archived",)),
        (not has_ledger, ("reminded",)),
        (register.needs is None, ("corrected", "evaluated")),
        (register.revisions is None, ("revised",)),
        (register.measurements is None, ("indicators_met",)),
        (register.extensions is None, ("extended", "extensions")),
        (not has("cancelled_on"), ("cancelled",)),
        (not has("action_type"), ("preventive",)),
        (not has("registered_on"), ("cancelled", "preventive", "closed_loop", "registered_to_approved")),
        (not has("registered_on"), ("days_to_close", "median_to_close", "p90_to_close")),
    )
    for is_lacking, keys in lacking:
        if is_lacking:
            yield from keys


def _action(situation: Situation, action: Action, later: Mapping[str, list[Action]]) -> KpiAction:
    number = action.number
    derived, case = situation.derived[number], case_of(situation.grounds, action)
    return KpiAction(
        number=number,
        row=action.row,
        description=action.description or action.measure or "",
        action_type=action.action_type or "",
        severity=action.severity or "",
        source=action.source or "",
        process=action.process or "",
        department=action.responsible_department or "",
        owning_department=derived.owning_department or "",
        level=derived.level,
        status=derived.status,
        overdue=derived.overdue,
        days_overdue=derived.days_overdue,
        registered_on=action.registered_on,
        approved_on=action.approved_on,
        started_on=action.started_on,
        due_on=action.due_on,
        original_due_on=derived.original_due_on,
        completed_on=None if case.failed else action.completed_on,
        inspected_on=action.inspected_on,
        confirmed_on=case.confirmed_on,
        archived_on=action.archived_on,
        cancelled_on=action.cancelled_on,
        closed_on=derived.closed_on,
        effect=case.effect or "",
        approval_valid=_was_approved_before_start(case),
        approval_satisfied=case.satisfied,
        inspection_limit_on=inspection_limit(case),
        confirmation_limit_on=confirmation_limit(case),
        archive_limit_on=archiving_limit(case) if case.effect == words.EFFECTIVE else None,
        extensions=sum(e.approval == words.AGREED for e in situation.extensions.get(number, ())),
        recurred_as=tuple(_recurrences(action, case, later)),
    )


def _was_approved_before_start(case: Case) -> bool:
    """The approval the route demands is in force and dated on or before the start, else the completion (R23)."""
    begun = case.action.started_on or case.action.completed_on
    if not case.satisfied or begun is None:
        return case.satisfied
    plan = covering_plan(case.grounds, case.action)
    approved_on = case.action.approved_on or (plan.approved_on if plan else None) or _review_day(case)
    return approved_on is not None and approved_on <= begun


def _review_day(case: Case) -> date | None:
    rows = (case.grounds.decisions or {}).get(case.action.review_number or "", ())
    return min((d.on for d in rows if d.on and d.conclusion == words.AGREED), default=None)


def _later_issues(situation: Situation) -> dict[str, list[Action]]:
    """Actions by the earlier 编号 they name, and by their key 过程+问题类别+原因类别."""
    found: dict[str, list[Action]] = {}
    for action in situation.actions:
        for key in (*action.previous_numbers, *filter(None, [_kind_key(action)])):
            found.setdefault(key, []).append(action)
    return found


def _kind_key(action: Action) -> str:
    if not (action.process and action.category and action.cause_category):
        return ""
    return "|".join((action.process, action.category, *sorted(action.cause_category)))


def _recurrences(action: Action, case: Case, later: Mapping[str, list[Action]]) -> Iterator[str]:
    """Issues registered within 180 days after the confirmation, linked or of the same key."""
    if case.effect != words.EFFECTIVE or case.confirmed_on is None:
        return
    first, last = case.confirmed_on, case.confirmed_on + timedelta(days=RECURRENCE_DAYS)
    candidates = [*later.get(action.number, ()), *later.get(_kind_key(action) or "", ())]
    for other in dict.fromkeys(candidates):
        if other.number != action.number and other.registered_on and first < other.registered_on <= last:
            yield other.number


def _need(situation: Situation, need: Need) -> KpiNeed:
    limit = situation.procedure.limit_evaluation
    return KpiNeed(
        number=need.number or "",
        registered_on=need.registered_on,
        is_valid_nonconformity=need.need_class == words.NEED_CLASSES[0] and bool(need.is_valid),
        corrective_numbers=tuple(_correctives(situation, need)),
        evaluated_on=need.evaluated_on,
        evaluation_limit_on=situation.calendar.add(need.registered_on, limit) if need.registered_on else None,
    )


def _correctives(situation: Situation, need: Need) -> Iterator[str]:
    for number, action in situation.by_number.items():
        linked = number in need.tracker_numbers or (need.number and action.need_number == need.number)
        if linked and action.action_type == words.CORRECTIVE:
            yield number


def _revisions(situation: Situation) -> Iterator[KpiRevision]:
    for number, rows in situation.revisions.items():
        for row in rows:
            if row.approval != words.REFUSED:
                yield KpiRevision(number, row.document_name or row.document_number or "", row.due_on, row.revised_on)


def _measurements(situation: Situation) -> Iterator[KpiMeasurement]:
    for row in situation.register.measurements.records if situation.register.measurements else ():
        month = month_of(row.period)
        met = is_met(row)
        if month is not None and month <= situation.on and met is not None:
            yield _measurement(row, month, met)


def _measurement(row: Measurement, month: date, met: bool) -> KpiMeasurement:
    return KpiMeasurement(row.process or "", row.indicator or "", month, value_of(row) or 0.0, row.target or 0.0, met)


def _rows_with_error(situation: Situation, problems: Iterable[Problem]) -> dict[str, None]:
    """编号 of the rows a Problem of severity error stands on, in order; a quarantined row with its row number."""
    rows = {p.row for p in problems if p.severity is Severity.ERROR and p.row is not None}
    numbers = {a.row: a.number for a in situation.actions}
    quarantined = {q.row: f"{q.number}（第{q.row}行）" for q in situation.register.quarantined}
    return {
        (numbers | quarantined)[row]: None for row in sorted(rows | set(quarantined)) if row in numbers | quarantined
    }
