"""Plans of a day from a few actions, and what people hear of it."""

from __future__ import annotations

from datetime import timedelta

from capa_xl.model.journal import JournalView
from capa_xl.policy.reminders.rehearse import as_if_sent
from capa_xl.policy.reminders.reminder_plan import plan_reminders
from tests.policy.registers import PEOPLE, day, view

EMPTY = JournalView("W-1")


def plan(*actions, on, journal=EMPTY, problems=(), resend_unknown=False, **others):
    return plan_reminders(view(*actions, on=on, **others), journal, problems, resend_unknown=resend_unknown)


def duties(*actions, on, milestone=None, **others):
    """(recipient, milestone, occurrence) of everything sent that day but Q1."""
    found = plan(*actions, on=on, **others).duties
    return [
        (d.key.recipient + ("*" if d.informed else ""), d.key.milestone, d.key.occurrence)
        for d in found
        if d.key.milestone != "Q1" and (milestone is None or d.key.milestone == milestone)
    ]


def heard(*actions, start, until, journal=EMPTY, milestone=None, runs_on=lambda _: True, **others):
    """(day, recipient, milestone, occurrence) over many days, each day's letters taken as sent."""
    found, today = [], day(start)
    while today <= day(until):
        if runs_on(today):
            result = plan(*actions, on=today, journal=journal, **others)
            journal = as_if_sent(journal, result.duties, today)
            found += [
                (str(today), d.key.recipient, d.key.milestone, d.key.occurrence)
                for d in result.duties
                if d.key.milestone != "Q1" and milestone in (None, d.key.milestone)
            ]
        today += timedelta(days=1)
    return found


def heard_journal(*actions, start, until, **others):
    """The journal once all letters of those days were sent."""
    journal, today = EMPTY, day(start)
    while today <= day(until):
        journal = as_if_sent(journal, plan(*actions, on=today, journal=journal, **others).duties, today)
        today += timedelta(days=1)
    return journal


def people(**changes):
    """The roster with changed rows: people(样例甲={"deputy": "样例工"})."""
    return tuple({**p, **changes.get(p["name"], {})} for p in PEOPLE)
