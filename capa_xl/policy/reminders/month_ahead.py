"""M1, the policy's own duty (4.4.6), and M2, the shorter reminders to the owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import FILED, JournalView
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import M1, early
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.made import MadeReminder, made_reminders
from capa_xl.policy.reminders.recipients import names_of


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """The month-ahead duty of one due date and what became of it.

    Attributes:
        planned_on: EDATE(期限,-1) moved back to a working day; where the date was learned later, that day.
        short_notice: 不足一月.
        counts: Counts in 按时提醒率 and for LG01: a month's lead, on or after 提醒启用日.
        sent_on: First day a mail server took it for anybody, or 质量部 recorded a reminder by hand; None while neither.
        filed_on: First day it was filed in the outbox.
    """

    number: str
    row: int
    due_on: date
    planned_on: date
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
        """Somebody was reminded on or before the planned day, by a letter that a server took or by hand."""
        return self.sent_on is not None and self.sent_on <= self.planned_on


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
    """Every month-ahead duty that has come by T with its fate, met or not: what LG01 and 按时提醒率 read.

    A row completed or cancelled before its planned day never had the duty.
    """
    made = made_reminders(view, journal)
    filed = _first_days(journal, FILED)
    found = []
    for action in view.actions:
        duty = month_ahead_of(view, journal, action)
        if duty is None or duty.planned_on > view.on or _was_over(view, action, duty.planned_on):
            continue
        key = (duty.number, duty.due_on.isoformat())
        fate = (_first_made(made, action.number, action.due_on), filed.get(key))
        found.append(
            MonthAhead(duty.number, duty.row, duty.due_on, duty.planned_on, duty.short_notice, duty.counts, *fate)
        )
    return tuple(found)


def month_ahead_of(view: RegisterView, journal: JournalView, action: Action) -> MonthAhead | None:
    """The duty of the action's due date as it stands; None without a due date or once cancelled."""
    planned_on = view.derived[action.number].remind_on
    if action.due_on is None or planned_on is None:
        return None
    known_on = known_since(journal, action, view.on)
    short = known_on is not None and planned_on < known_on
    start = view.procedure.reminders_from
    return MonthAhead(
        number=action.number,
        row=action.row,
        due_on=action.due_on,
        planned_on=known_on if short and known_on else planned_on,
        short_notice=short,
        counts=not short and (start is None or planned_on >= start),
    )


def known_since(journal: JournalView, action: Action, on: date) -> date | None:
    """The day the due date was known: the journal's first sight of it by T, else the later of 登记 and 批准."""
    if action.due_on is not None:
        seen = journal.first_seen.get((action.number, action.due_on))
        if seen is not None and seen <= on:
            return seen
    return max((day for day in (action.registered_on, action.approved_on) if day), default=None)


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
        planned_on=duty.planned_on,
        due_on=duty.due_on,
        acting=names_of(view, action, M1.acting),
        told=names_of(view, action, M1.told),
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
    known_on = known_since(journal, action, view.on) or date.min
    for n in sorted(days):
        planned_on = view.calendar.back(due_on - timedelta(days=n))
        if planned_on <= view.on:
            return _early(view, action, due_on, n, planned_on) if planned_on >= known_on else None
    return None


def _early(view: RegisterView, action: Action, due_on: date, n: int, planned_on: date) -> DueReminder:
    return DueReminder(
        number=action.number,
        milestone=early(n),
        due_version=due_on.isoformat(),
        occurrence=FIRST,
        planned_on=planned_on,
        due_on=due_on,
        acting=action.owners,
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


def _first_made(made: tuple[MadeReminder, ...], number: str, due_on: date | None) -> date | None:
    """First day somebody was reminded of that due date: by an accepted M1, or by hand up to the date itself."""
    version = due_on.isoformat() if due_on else ""
    days = (
        one.on
        for one in made
        if one.number == number
        and (
            (one.milestone == M1.code and one.due_version == version)
            or (one.is_by_hand and one.on <= (due_on or one.on))
        )
    )
    return min(days, default=None)


def _was_over(view: RegisterView, action: Action, on: date) -> bool:
    """True when the action was completed by that day (and not sent back), or closed by a word of unknown date."""
    if is_open(view, action):
        return False
    return action.completed_on is None or action.completed_on <= on
