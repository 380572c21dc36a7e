"""What the KPIs count, drawn from a view: dates, limits and verdicts, one flat value per row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import JournalView
from capa_xl.model.kpi import (
    RECURRENCE_DAYS,
    KpiAction,
    KpiInput,
    KpiMeasurement,
    KpiNeed,
    KpiReminder,
    KpiRevision,
    TakenBack,
)
from capa_xl.model.problem import Problem
from capa_xl.model.records import Measurement, Need
from capa_xl.policy.action_state import ActionState, action_state_of, is_refused
from capa_xl.policy.corrections import in_force, named_before, overwrites_earlier_day, stood_on
from capa_xl.policy.due_dates_of_then import moves_of_due_date
from capa_xl.policy.indicators import is_met, value_of
from capa_xl.policy.later_facts import later_facts, set_back
from capa_xl.policy.need_answers import (
    answers_by_need,
    correction_limit,
    corrections,
    evaluation_day,
    evaluation_limit,
    is_accepted_nonconformity,
    is_evaluated,
)
from capa_xl.policy.overdue import inspection_limit
from capa_xl.policy.periods import month_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.stage_days import (
    archive_owed_by,
    archived_in_full_on,
    confirmation_owed_by,
    confirmed_as_owed_on,
    inspected_as_owed_on,
)
from capa_xl.policy.taken_over import is_history

APPROVAL_RULES = frozenset({"AP01", "AP02", "AP03", "AP04", "AP05", "AP06", "AP09"})
"""What 审批合规率 shares its judgement with: route, role, day, the plan in force."""


def kpi_input_of(
    view: RegisterView,
    problems: Iterable[Problem],
    reminders: tuple[KpiReminder, ...] | None = None,
    known: tuple[Action, ...] = (),
    journal: JournalView | None = None,
) -> KpiInput:
    """Everything the KPIs count at the view's day.

    Args:
        reminders: Month-ahead duties with their fate, from the journal; None where none is kept.
        known: Every action there is that may repeat one of these, archived ones too; () for those of the view alone.
        journal: What the cells of a completion held before the rework was written over them; None: nobody knows.
    """
    found = tuple(problems)
    faulty, wrongly = _rows_with_error(view, found), _wrongly_approved(view, found)
    later, answers = _later_issues(known or view.actions), answers_by_need(view)
    actions = tuple(_action(view, action, later, journal, action.number not in wrongly) for action in view.actions)
    of_history = {action.number for action in actions if action.is_history}
    return KpiInput(
        as_of=view.on,
        actions=actions,
        needs=tuple(_need(view, answers, need) for need in view.needs),
        revisions=tuple(one for one in _revisions(view) if one.number not in of_history),
        reminders=reminders or (),
        measurements=tuple(_measurements(view)),
        rows=view.register.rows,
        rows_with_error=tuple(number for number in faulty if number not in of_history),
        not_in_use=frozenset(_not_in_use(view, has_ledger=reminders is not None)),
    )


def _not_in_use(view: RegisterView, *, has_ledger: bool) -> Iterator[str]:
    """Keys of the KPIs that the table can't feed (semantics.md, *Tables that lack columns*)."""
    stages, register, has = view.stages, view.register, view.inputs.has
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


def _action(
    view: RegisterView,
    action: Action,
    later: Mapping[str, list[Action]],
    journal: JournalView | None,
    approval_valid: bool,
) -> KpiAction:
    number = action.number
    derived, state = view.derived[number], action_state_of(view.inputs, action)
    set_backs = tuple(set_back(state, journal, view.as_of.latest))
    return KpiAction(
        number=number,
        row=action.row,
        description=action.description or action.measure or "",
        action_type=action.action_type or "",
        severity=action.severity or "",
        source=action.source or "",
        process=action.process or "",
        department=view.roster.lineage.current(action.responsible_department or "", view.on),
        owning_department=derived.owning_department or "",
        level=derived.level,
        status=derived.status,
        overdue=derived.overdue,
        days_overdue=derived.days_overdue,
        registered_on=action.registered_on,
        approved_on=derived.approved_on,
        started_on=action.started_on,
        due_on=None if state.is_done_by_word else action.due_on,  # nobody knows whether it was in time
        original_due_on=None if state.is_done_by_word else derived.original_due_on,
        completed_on=None if state.failed else action.completed_on,
        inspected_on=action.inspected_on,
        confirmed_on=state.confirmed_on,
        archived_on=action.archived_on,
        cancelled_on=action.cancelled_on,
        closed_on=derived.closed_on,
        effect=state.effect or "",
        approval_valid=approval_valid,
        approval_satisfied=state.satisfied and derived.status != words.TO_PLAN,
        inspection_limit_on=inspection_limit(state),
        confirmation_limit_on=confirmation_owed_by(state, derived.status),
        archive_limit_on=archive_owed_by(state),
        inspected_as_owed_on=inspected_as_owed_on(state),
        confirmed_as_owed_on=confirmed_as_owed_on(state),
        archived_in_full_on=archived_in_full_on(state, derived.status),
        extensions=sum(e.postpones for e in view.extensions.get(number, ())),
        recurred_as=tuple(_recurrences(action, state, later)),
        taken_back=tuple(_taken_back(view, action)),
        set_back=set_backs,
        later_facts=tuple(later_facts(view, state, derived.status, set_backs)),
        due_moves=tuple(moves_of_due_date(action.due_on, view.extensions.get(number, ()))),
        is_history=is_history(view.procedure, action, derived),
    )


def _taken_back(view: RegisterView, action: Action) -> Iterator[TakenBack]:
    """What each entry of 更正记录 in force took back, oldest first, by the facts as they are written."""
    if action.number not in view.inputs.corrections:
        return
    written = next(row for row in view.register.tracker.records if row.number == action.number)
    for entry in in_force(view.inputs, action.number, action.owners):
        if entry.on is None or entry.kind not in words.UNDONE_BY:
            continue
        lost = overwrites_earlier_day(entry, written)
        yield TakenBack(entry.on, named_before(entry) if lost else _done_until(view, written, entry.on), lost)


def _done_until(view: RegisterView, written: Action, on: date) -> date | None:
    """Since when it needed no more doing before an entry of that day took that back; None where it took back neither.

    What is dated later was done after the entry.
    """
    day_before = on - timedelta(days=1)
    done_on = _done_on(stood_on(view.inputs, written, day_before), day_before)
    return done_on if _done_on(stood_on(view.inputs, written, on), on) != done_on else None


def _done_on(action: Action, by: date) -> date | None:
    """The day up to that one since which it needs no more doing; a completion inspected 不合格 is none."""
    completed_on = None if action.inspection == words.FAILED else action.completed_on
    return next((day for day in (action.cancelled_on, completed_on) if day is not None and day <= by), None)


def _wrongly_approved(view: RegisterView, problems: Iterable[Problem]) -> frozenset[str]:
    """编号 of the actions whose approval a rule objects to, 情况说明 or not, once there is no more time."""
    sheets = view.register.tracker.sheets
    return frozenset(p.number for p in problems if p.rule in APPROVAL_RULES and p.sheet in sheets and p.is_breach)


def _later_issues(actions: Iterable[Action]) -> dict[str, list[Action]]:
    """Actions by the earlier 编号 they name, and by their key 过程+问题类别+原因类别."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        for key in (*action.previous_numbers, *filter(None, [_kind_key(action)])):
            found.setdefault(key, []).append(action)
    return found


def _kind_key(action: Action) -> str:
    if not (action.process and action.category and action.cause_category):
        return ""
    return "|".join((action.process, action.category, *sorted(action.cause_category)))


def _recurrences(action: Action, state: ActionState, later: Mapping[str, list[Action]]) -> Iterator[str]:
    """Issues registered within 180 days after the confirmation, linked or of the same key."""
    if state.effect != words.EFFECTIVE or state.confirmed_on is None:
        return
    first, last = state.confirmed_on, state.confirmed_on + timedelta(days=RECURRENCE_DAYS)
    candidates = [*later.get(action.number, ()), *later.get(_kind_key(action) or "", ())]
    for other in dict.fromkeys(candidates):
        if other.number != action.number and other.registered_on and first < other.registered_on <= last:
            yield other.number


def _need(view: RegisterView, answers: Mapping[str, dict[str, str | None]], need: Need) -> KpiNeed:
    undated = is_evaluated(need) and need.evaluated_on is None
    return KpiNeed(
        number=need.number or "",
        registered_on=need.registered_on,
        is_valid_nonconformity=is_accepted_nonconformity(need),
        corrective_numbers=corrections(view, answers, need),
        correction_limit_on=correction_limit(view, need),
        evaluated_on=evaluation_day(need),
        evaluation_limit_on=None if undated else evaluation_limit(view, need),
    )


def _revisions(view: RegisterView) -> Iterator[KpiRevision]:
    for number, rows in view.revisions.items():
        for row in rows:
            if not is_refused(row):
                yield KpiRevision(number, row.document_name or row.document_number or "", row.due_on, row.revised_on)


def _measurements(view: RegisterView) -> Iterator[KpiMeasurement]:
    for row in view.register.measurements.records if view.register.measurements else ():
        month = month_of(row.period)
        met = is_met(row)
        if month is not None and month <= view.on and met is not None:
            yield _measurement(row, month, met)


def _measurement(row: Measurement, month: date, met: bool) -> KpiMeasurement:
    return KpiMeasurement(row.process or "", row.indicator or "", month, value_of(row) or 0.0, row.target or 0.0, met)


def _rows_with_error(view: RegisterView, problems: Iterable[Problem]) -> dict[str, None]:
    """编号 of the rows with an error, 情况说明 or not, in order; a quarantined row with its row number."""
    rows = {p.row for p in problems if p.was_error and p.row is not None}
    numbers = {a.row: a.number for a in view.actions}
    tracker = view.register.tracker
    quarantined = {q.row: f"{q.number}（{tracker.line(q.row).replace(' ', '')}）" for q in view.register.quarantined}
    return {
        (numbers | quarantined)[row]: None for row in sorted(rows | set(quarantined)) if row in numbers | quarantined
    }
