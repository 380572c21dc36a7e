"""The duties to remind (R52, R58–R60, R65): whom they concern, and which reminders count for them.

What counts decides the verdict and is what the note counts: a letter of another kind says nothing of the duty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.journal import FAILURES, NO_JOURNAL, SENT, SMTP, UNKNOWN
from capa_xl.model.milestones import LADDER, M1, S2, S3, Milestone
from capa_xl.policy.conformity.subjects import Breach, Shortcoming, Subject, actions
from capa_xl.policy.reminders.made_reminders import MadeReminder
from capa_xl.policy.reminders.month_ahead import judged_duties
from capa_xl.policy.reminders.overdue_ladder import late_since
from capa_xl.policy.rules.rule_inputs import RuleInputs

Reminders = tuple[MadeReminder, ...]
CountingReminders = Callable[[RuleInputs, Subject], Reminders]


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
    """Actions that are or were late for a working day or more since 提醒启用日, completed since or not."""

    def is_late(action: Action, derived: Derived) -> bool:
        if action.due_on is None or not {"Y1", "Y2"} & set(derived.overdue):
            return False
        since = late_since(given.view.inputs, action, action.due_on)
        return _is_over(given, since) and not _was_done(given, since, action.completed_on)

    return actions(given, is_late)


def urged(given: RuleInputs, subject: Subject) -> Reminders:
    """Reminders since the ladder began."""
    action = subject.record
    return _made(given, subject.name, LADDER, late_since(given.view.inputs, action, action.due_on) + timedelta(days=1))


def inspections_waited_for(given: RuleInputs) -> Iterator[Subject]:
    """Completed actions whose inspection was not done by the next working day."""

    def waits(action: Action, _: Derived) -> bool:
        done = action.completed_on
        return done is not None and _is_over(given, done) and not _was_done(given, done, action.inspected_on)

    return actions(given, waits) if given.view.stages.inspection else iter(())


def inspector_told(given: RuleInputs, subject: Subject) -> Reminders:
    """Reminders of the inspection since the completion."""
    return _made(given, subject.name, (S2,), subject.record.completed_on)


def confirmations_waited_for(given: RuleInputs) -> Iterator[Subject]:
    """Inspected actions that were not confirmed by the working day after 最早确认日."""

    def waits(action: Action, derived: Derived) -> bool:
        earliest, conclusion = derived.earliest_confirmation_on, derived.conclusion
        if earliest is None or not _is_over(given, earliest) or (action.inspected_on or earliest) > earliest:
            return False
        return not _was_done(given, earliest, conclusion.confirmed_on if conclusion else None)

    return actions(given, waits) if given.view.stages.confirmation else iter(())


def confirmer_told(given: RuleInputs, subject: Subject) -> Reminders:
    """Reminders of the confirmation since 最早确认日."""
    earliest = subject.derived.earliest_confirmation_on if subject.derived else None
    return _made(given, subject.name, (S3,), earliest) if earliest is not None else ()


def reminded_ahead(given: RuleInputs, subject: Subject) -> Reminders:
    """The letters of the duty's due version up to its planned day, and the entry by hand that kept it."""
    duty = subject.record
    due, planned = duty.due_on.isoformat(), duty.planned_on
    return tuple(
        one
        for one in given.reminders_of.get(subject.name, ())
        if one.on <= planned and (one.on == duty.sent_on if one.is_by_hand else _speaks_of(one, M1, due))
    )


def any_reminder(given: RuleInputs, subject: Subject) -> Reminders:
    """Every reminder of the action."""
    return given.reminders_of.get(subject.name, ())


def unreminded(counting: CountingReminders) -> Breach:
    """None of the reminders was made that count."""
    return lambda given, subject: iter(() if counting(given, subject) else (Shortcoming("没有提醒的记录"),))


def made_note(counting: CountingReminders, subjects: Iterable[tuple[RuleInputs, Subject]]) -> str:
    """邮件 n 次、人工 m 次, and of what: the reminders that count for these subjects; one to several people is one.

    Of the duty a month ahead the letters that came too late are named: the ledger has them too.

    Args:
        subjects: Each with the inputs of the workbook it stands in.
    """
    pairs = tuple(subjects)
    made = {one.once: one.is_by_hand for given, subject in pairs for one in counting(given, subject)}
    by_hand = sum(made.values())
    is_ahead = counting is reminded_ahead
    late = {one.once for given, subject in pairs for one in _too_late(given, subject)} - {*made} if is_ahead else ()
    more = f"；晚于应发日的邮件 {len(late)} 次，不算" if late else ""
    return f"邮件 {len(made) - by_hand} 次、人工 {by_hand} 次{_COUNTED.get(counting, '')}{more}"


_COUNTED: Mapping[CountingReminders, str] = {
    inspector_told: "（每项最近一次完成以来的待检查提醒；完成后下一个工作日以内检查了的不是对象）",
    urged: "（每项逾期以来的逾期提醒和升级；逾期后第一个工作日以内完成的不是对象）",
    confirmer_told: "（每项最早确认日以来的待确认提醒；下一个工作日以内确认了的、检查晚于最早确认日的不是对象）",
    any_reminder: "（各种提醒）",
}
"""What the count is of, so that it can be had from the ledger; 提前一个月 names what it leaves out."""


def _too_late(given: RuleInputs, subject: Subject) -> Iterator[MadeReminder]:
    duty = subject.record
    for one in given.reminders_of.get(subject.name, ()):
        if one.on > duty.planned_on and _speaks_of(one, M1, duty.due_on.isoformat()):
            yield one


def _speaks_of(one: MadeReminder, milestone: Milestone, due_version: str) -> bool:
    return one.milestone == milestone.code and one.due_version == due_version


def _is_over(given: RuleInputs, day: date) -> bool:
    """The working day after it is over, and it lies after 提醒启用日."""
    start = given.view.procedure.reminders_from
    return given.on > _next_working_day(given, day) and (start is None or day >= start)


def _was_done(given: RuleInputs, day: date, done_on: date | None) -> bool:
    return done_on is not None and done_on <= _next_working_day(given, day)


def _next_working_day(given: RuleInputs, day: date) -> date:
    return given.view.calendar.forward(day + timedelta(days=1))


def _made(given: RuleInputs, number: str, milestones: tuple[Milestone, ...], since: date) -> Reminders:
    codes = {milestone.code for milestone in milestones}
    return tuple(
        one
        for one in given.reminders_of.get(number, ())
        if one.on >= since and (one.is_by_hand or one.milestone in codes)
    )
