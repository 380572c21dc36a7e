"""Who will hear what from now until a day, if nobody touches the table: each day planned, its letters taken as sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from msgspec.structs import replace

from capa_xl.model.journal import FILED, OUTBOX, JournalView, Posting
from capa_xl.model.letter import WELCOME, Duty, iso_week
from capa_xl.model.milestones import M1
from capa_xl.model.problem import Problem
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.caps import by_recipient
from capa_xl.policy.reminders.reminder_plan import ReminderPlan, plan_reminders


def rehearse(
    view_on: Callable[[date], RegisterView],
    start: date,
    until: date,
    journal: JournalView,
    problems: Iterable[Problem] = (),
    runs_on: Callable[[date], bool] = lambda day: True,
) -> Iterator[tuple[date, ReminderPlan]]:
    """The plan of every day from `start` to `until`, both included; days without a duty are left out.

    Args:
        view_on: The register as it will be seen on a day.
        journal: What was sent before `start`.
        problems: What `check` found, for Q1.
        runs_on: False for days on which the job doesn't run.
    """
    found = tuple(problems)
    for n in range((until - start).days + 1):
        day = start + timedelta(days=n)
        if not runs_on(day):
            continue
        plan = plan_reminders(view_on(day), journal, found)
        journal = as_if_sent(journal, plan.duties, day)
        if plan.duties:
            yield day, plan


def as_if_sent(journal: JournalView, duties: Iterable[Duty], on: date, result: str = FILED) -> JournalView:
    """The journal after these duties' letters have gone out that day."""
    letters = by_recipient(duties)
    counted = dict(journal.letters_in_week)
    for name, group in letters.items():
        if not any(duty.key.milestone == M1.code for duty in group):
            counted[name, iso_week(on)] = counted.get((name, iso_week(on)), 0) + 1
    sent = [duty for group in letters.values() for duty in group]
    welcomed = {duty.key.recipient for duty in sent if duty.key.occurrence == WELCOME}
    return replace(
        journal,
        postings=journal.postings + tuple(_posting(duty, on, result) for duty in sent),
        letters_in_week=counted,
        welcomed=journal.welcomed | welcomed,
    )


def _posting(duty: Duty, on: date, result: str) -> Posting:
    return Posting(duty.key, result, duty.planned_on, on, on.isoformat(), OUTBOX, "", counts=duty.counts)
