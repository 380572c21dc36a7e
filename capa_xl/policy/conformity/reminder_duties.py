"""The duties to remind (R52, R58–R60, R65): whom they concern and whether a reminder was made that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.journal import FAILURES, NO_JOURNAL, SENT, SMTP, UNKNOWN
from capa_xl.model.milestones import LADDER, S2, S3, Milestone
from capa_xl.policy.conformity.subjects import Subject, actions
from capa_xl.policy.reminders.made import MadeReminder
from capa_xl.policy.reminders.month_ahead import judged_duties
from capa_xl.policy.rules.rule_inputs import RuleInputs


def month_ahead_duties(given: RuleInputs) -> Iterator[Subject]:
    """Every month-ahead duty whose planned day is over or that was kept, one a due version."""
    for duty in judged_duties(given.view, given.journal or NO_JOURNAL):
        yield Subject(given.tracker.sheet, duty.row, duty.number, duty, on=duty.planned_on)


def reminded(given: RuleInputs) -> Iterator[Subject]:
    """Every action that a mail server was asked to carry a reminder for."""
    tried = {
        posting.key.number
        for posting in (given.journal.postings if given.journal is not None else ())
        if posting.transport == SMTP and posting.result in (SENT, *FAILURES, UNKNOWN)
    }
    return actions(given, lambda action, _: action.number in tried)


def late_ones(given: RuleInputs) -> Iterator[Subject]:
    """Actions late for a working day or more since 提醒启用日."""
    return actions(given, lambda action, derived: _is_late(given, action, derived))


def _is_late(given: RuleInputs, action: Action, derived: Derived) -> bool:
    return "Y1" in derived.overdue and action.due_on is not None and _is_over(given, action.due_on)


def not_urged(given: RuleInputs, subject: Subject) -> bool:
    """No reminder after the due date."""
    return not _made(given, subject.name, LADDER, subject.record.due_on + timedelta(days=1))


def inspections_waited_for(given: RuleInputs) -> Iterator[Subject]:
    """Completed actions whose inspection was not done by the next working day."""

    def waits(action: Action, _: Derived) -> bool:
        done = action.completed_on
        return done is not None and _is_over(given, done) and not _was_done(given, done, action.inspected_on)

    return actions(given, waits) if given.view.stages.inspection else iter(())


def inspector_not_told(given: RuleInputs, subject: Subject) -> bool:
    """No reminder of the inspection since the completion."""
    return not _made(given, subject.name, (S2,), subject.record.completed_on)


def confirmations_waited_for(given: RuleInputs) -> Iterator[Subject]:
    """Inspected actions that were not confirmed by the working day after 最早确认日."""

    def waits(action: Action, derived: Derived) -> bool:
        earliest, conclusion = derived.earliest_confirmation_on, derived.conclusion
        if earliest is None or not _is_over(given, earliest) or (action.inspected_on or earliest) > earliest:
            return False
        return not _was_done(given, earliest, conclusion.confirmed_on if conclusion else None)

    return actions(given, waits) if given.view.stages.confirmation else iter(())


def confirmer_not_told(given: RuleInputs, subject: Subject) -> bool:
    """No reminder of the confirmation since 最早确认日."""
    earliest = subject.derived.earliest_confirmation_on if subject.derived else None
    return earliest is not None and not _made(given, subject.name, (S3,), earliest)


def made_note(given: RuleInputs, numbers: Iterable[str]) -> str:
    """邮件 n、人工 m of these actions."""
    wanted = frozenset(numbers)
    made = [one for one in given.reminders_made if one.number in wanted]
    by_hand = sum(one.is_by_hand for one in made)
    return f"邮件 {len(set(made)) - by_hand}、人工 {by_hand}"


def _is_over(given: RuleInputs, day: date) -> bool:
    """The working day after it is over, and it lies after 提醒启用日."""
    start = given.view.procedure.reminders_from
    return given.on > _next_working_day(given, day) and (start is None or day >= start)


def _was_done(given: RuleInputs, day: date, done_on: date | None) -> bool:
    return done_on is not None and done_on <= _next_working_day(given, day)


def _next_working_day(given: RuleInputs, day: date) -> date:
    return given.view.calendar.forward(day + timedelta(days=1))


def _made(given: RuleInputs, number: str, milestones: tuple[Milestone, ...], since: date) -> tuple[MadeReminder, ...]:
    codes = {milestone.code for milestone in milestones}
    return tuple(
        one
        for one in given.reminders_made
        if one.number == number and one.on >= since and (one.is_by_hand or one.milestone in codes)
    )
