"""M1, the policy's own duty (4.4.6), and M2, the shorter reminders to the owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import FILED, JournalView
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import M1, early
from capa_xl.policy.corrections import stood_on
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.due_versions import DueVersion, due_versions, first_planned_on
from capa_xl.policy.reminders.made_reminders import MadeReminder, made_reminders
from capa_xl.policy.reminders.recipients import names_of


class MonthAhead(Struct, frozen=True):
    """The month-ahead duty of one due date and what became of it.

    Attributes:
        planned_on: EDATE(期限,-1) moved back to a working day; where the date was learned later, that day.
        owed_by: The last day on which it is in time: the planned one; of short notice the next working day, until the
            due date at most, for what is written in the afternoon goes with the run of the next morning.
        short_notice: 不足一月.
        counts: Counts in 按时提醒率 and for LG01: a month's lead, on or after 提醒启用日.
        sent_on: First day a mail server took it for anybody, or 质量部 recorded a reminder by hand; None while neither.
        filed_on: First day it was filed in the outbox.
    """

    number: str
    row: int
    due_on: date
    planned_on: date
    owed_by: date
    short_notice: bool
    counts: bool
    sent_on: date | None = None
    filed_on: date | None = None

    @property
    def done_on(self) -> date | None:
        """First day it left, by mail, by hand or into the outbox."""
        return min((day for day in (self.sent_on, self.filed_on) if day), default=None)

    @property
    def is_met(self) -> bool:
        """Somebody was reminded in time, by a letter that a server took or by hand."""
        return self.sent_on is not None and self.sent_on <= self.owed_by


def month_ahead_reminders(view: RegisterView, journal: JournalView) -> Iterator[DueReminder]:
    """M1 of every row neither completed nor cancelled, from its planned day until the due date."""
    for action in view.actions:
        if not is_open(view, action) or action.due_on is None or view.on > action.due_on:
            continue
        duty = month_ahead_of(view, journal, action)
        if duty is not None and duty.planned_on <= view.on:
            yield _month_ahead_reminder(view, action, duty)


def early_reminders(view: RegisterView, journal: JournalView) -> Iterator[DueReminder]:
    """M2 to the owner: the last of the 提前提醒天数 that has come; an unsent one gives way to the next."""
    procedure = view.procedure
    for action in view.actions:
        if not action.due_on or not is_open(view, action) or view.on > action.due_on:
            continue
        major = action.severity == words.MAJOR
        days = procedure.early_days_major if major else procedure.early_days_general
        if reminder := _early_reminder(view, journal, action, days):
            yield reminder


def month_ahead_record(view: RegisterView, journal: JournalView) -> tuple[MonthAhead, ...]:
    """Every month-ahead duty that has come by T with its fate, met or not.

    One for each deadline that was in force on its planned day, moved since or not. A row completed or cancelled before
    its planned day never had the duty.
    """
    made, filed = _by_number(made_reminders(view, journal)), _first_days(journal, FILED)
    return tuple(
        replace(
            duty,
            sent_on=_first_made(made.get(duty.number, ()), version),
            filed_on=filed.get((duty.number, duty.due_on.isoformat())),
        )
        for action in view.actions
        for version, duty in _duties(view, journal, action)
        if duty.planned_on <= view.on and not _was_over(view, action, duty.planned_on)
    )


def judged_duties(view: RegisterView, journal: JournalView) -> tuple[MonthAhead, ...]:
    """The duties with their full lead that are kept or broken by T: on its very day an unmet one may still be met."""
    record = month_ahead_record(view, journal)
    return tuple(duty for duty in record if duty.counts and (duty.is_met or duty.planned_on < view.on))


def month_ahead_of(view: RegisterView, journal: JournalView, action: Action) -> MonthAhead | None:
    """The duty of the action's due date as it stands; None without a due date or once cancelled."""
    if action.due_on is None or view.derived[action.number].remind_on is None:
        return None
    return _duty(view, action, DueVersion(action.due_on, known_since(view, journal, action)))


def known_since(view: RegisterView, journal: JournalView, action: Action) -> date | None:
    """The day the lead of the due date as it stands counts from."""
    spells = [one for one in due_versions(view, journal, action) if one.due_on == action.due_on]
    if spells or action.due_on is None:
        return spells[-1].known_on if spells else None
    return first_planned_on(view, journal, action, action.due_on)


def is_open(view: RegisterView, action: Action) -> bool:
    """True while the due date still binds: neither completed (rework isn't) nor cancelled."""
    return view.derived[action.number].days_left is not None


def _month_ahead_reminder(view: RegisterView, action: Action, duty: MonthAhead) -> DueReminder:
    derived = view.derived[duty.number]
    return DueReminder(
        number=duty.number,
        milestone=M1,
        due_version=duty.due_on.isoformat(),
        occurrence=FIRST,
        planned_on=min(view.on, duty.owed_by),
        due_on=duty.due_on,
        acting=names_of(view, action, M1.acting),
        informed=names_of(view, action, M1.informed),
        what=derived.next_step,
        action=action,
        short_notice=duty.short_notice,
    )


def _early_reminder(
    view: RegisterView, journal: JournalView, action: Action, days: tuple[int, ...]
) -> DueReminder | None:
    due_on = action.due_on
    if due_on is None:
        return None
    for n in sorted(days):
        planned_on = view.calendar.back(due_on - timedelta(days=n))
        if planned_on <= view.on:
            known_on = known_since(view, journal, action) or date.min
            return _early(view, action, due_on, n, planned_on) if planned_on >= known_on else None
    return None


def _early(view: RegisterView, action: Action, due_on: date, n: int, planned_on: date) -> DueReminder:
    milestone = early(n)
    return DueReminder(
        number=action.number,
        milestone=milestone,
        due_version=due_on.isoformat(),
        occurrence=FIRST,
        planned_on=planned_on,
        due_on=due_on,
        acting=names_of(view, action, milestone.acting),
        what=view.derived[action.number].next_step,
        action=action,
    )


def _first_days(journal: JournalView, result: str) -> Mapping[tuple[str, str], date]:
    """(编号, due version) → first day an M1 of it had that result."""
    days: dict[tuple[str, str], date] = {}
    for posting in journal.postings:
        if posting.key.milestone == M1.code and posting.result == result and posting.sent_on is not None:
            key = (posting.key.number, posting.key.due_version)
            days[key] = min(days.get(key, posting.sent_on), posting.sent_on)
    return days


def _duties(view: RegisterView, journal: JournalView, action: Action) -> Iterator[tuple[DueVersion, MonthAhead]]:
    """The duty of each deadline that was reached while in force; of one that came back, the one with its full lead."""
    if view.derived[action.number].status == words.CANCELLED:
        return
    found: dict[date, tuple[DueVersion, MonthAhead]] = {}
    for version in due_versions(view, journal, action):
        duty = _duty(view, action, version)
        if version.has_ended_by(duty.planned_on):
            continue
        if version.due_on not in found or found[version.due_on][1].short_notice:
            found[version.due_on] = version, duty
    yield from found.values()


def _duty(view: RegisterView, action: Action, version: DueVersion) -> MonthAhead:
    planned_on = owed_by = view.calendar.back(view.procedure.first_reminder.before(version.due_on))
    short = not version.was_known_by(planned_on)
    if short and version.known_on:
        planned_on = version.known_on
        owed_by = max(planned_on, min(view.calendar.add(planned_on, 1), version.due_on))
    start = view.procedure.reminders_from
    return MonthAhead(
        number=action.number,
        row=action.row,
        due_on=version.due_on,
        planned_on=planned_on,
        owed_by=owed_by,
        short_notice=short,
        counts=not short and (start is None or planned_on >= start),
    )


def _by_number(made: tuple[MadeReminder, ...]) -> Mapping[str, list[MadeReminder]]:
    found: dict[str, list[MadeReminder]] = {}
    for one in made:
        found.setdefault(one.number, []).append(one)
    return found


def _first_made(made: Iterable[MadeReminder], version: DueVersion) -> date | None:
    """First day somebody was reminded of that deadline: by an accepted M1, or by hand while it was in force."""
    due = version.due_on.isoformat()
    days = (
        one.on
        for one in made
        if (one.milestone == M1.code and one.due_version == due) or (one.is_by_hand and version.is_in_force_on(one.on))
    )
    return min(days, default=None)


def _was_over(view: RegisterView, action: Action, on: date) -> bool:
    """True when the action was completed by that day and not sent back by then, or closed by a word of unknown date."""
    if _was_over_until_taken_back(view, action, on):
        return True
    if action.completed_on is None:
        return not is_open(view, action)
    sent_back = is_open(view, action) and (action.inspected_on is None or action.inspected_on <= on)
    return action.completed_on <= on and not sent_back


def _was_over_until_taken_back(view: RegisterView, action: Action, on: date) -> bool:
    """True when it was cancelled or completed on a day, and an entry of 更正记录 took that back later."""
    if action.number not in view.inputs.corrections:
        return False
    written = next(row for row in view.register.tracker.records if row.number == action.number)
    then = stood_on(view.inputs, written, on)
    cancelled = then.cancelled_on is not None and then.cancelled_on <= on
    completed = then.completed_on is not None and action.completed_on is None and then.completed_on <= on
    return cancelled or (completed and then.inspection != words.FAILED)
