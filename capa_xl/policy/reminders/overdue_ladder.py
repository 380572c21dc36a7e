"""O1–O3: the ladder of an overdue action. Only the highest step reached speaks, to everybody of the lower ones too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from capa_xl.model.action import Action
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import O1, O2, O3, Milestone, Post
from capa_xl.policy.beside_the_row import SILENT_DAYS, pending_extensions
from capa_xl.policy.corrections import reopened_on
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.month_ahead import is_open
from capa_xl.policy.reminders.occurrences import REPEATS_AFTER, Occurrence, month_list, monthly, weekly
from capa_xl.policy.reminders.recipients import names_of, quality_head_names
from capa_xl.policy.status_inputs import StatusInputs

MOST_WEEKLY = 4


def overdue_reminders(view: RegisterView) -> Iterator[DueReminder]:
    """The ladder's reminder of every action past its due date."""
    for action in view.actions:
        if action.due_on is None or view.on <= action.due_on or not is_open(view, action):
            continue
        if is_silenced(view, action):
            continue
        since = late_since(view.inputs, action, action.due_on)
        if reached := _reached(view, since):
            yield _reminder(view, action, since, *reached)


def late_since(inputs: StatusInputs, action: Action, due_on: date) -> date:
    """The last day before the ladder begins: the due date, of an action reopened after it the day of that."""
    reopened = reopened_on(inputs, action)
    return due_on if reopened is None else max(due_on, reopened)


def is_silenced(view: RegisterView, action: Action) -> bool:
    """True while an extension is pending, five working days at most."""
    days = [asked.asked_on for asked in pending_extensions(view.inputs, action.number) if asked.asked_on]
    return any(view.calendar.between(day, view.on) <= SILENT_DAYS for day in days)


def _reached(view: RegisterView, due_on: date) -> tuple[Milestone, Occurrence] | None:
    """The highest step whose first day has come, with its occurrence in force."""
    calendar, on = view.calendar, view.on
    first, second, third = (
        calendar.forward(due_on + timedelta(days=n + 1)) for n in (0, *view.procedure.escalation_days)
    )
    if found := month_list(calendar, third, on):
        return O3, found
    if found := monthly(calendar, second, on):
        return O2, found
    found = weekly(calendar, first, on, MOST_WEEKLY)
    return (O1, found) if found else None


def _reminder(
    view: RegisterView, action: Action, since: date, milestone: Milestone, occurrence: Occurrence
) -> DueReminder:
    """Of a ladder begun anew by 重开 the first is called by that day: it isn't the first of the ladder before."""
    name, planned_on = occurrence
    is_first = name == FIRST
    due_on = action.due_on
    acting = names_of(view, action, _posts(view, milestone, planned_on))
    climbs = milestone is not O2 or set(acting) - {view.roster.meant_by(name) for name in action.owners}
    return DueReminder(
        number=action.number,
        milestone=milestone,
        due_version=due_on.isoformat() if due_on else "",
        occurrence=since.isoformat() if is_first and since != due_on else name,
        planned_on=planned_on,
        due_on=due_on,
        acting=acting,
        informed=() if climbs else quality_head_names(view),  # who is late heads the department that it would climb to
        what=view.derived[action.number].next_step,
        action=action,
        apart=timedelta(0) if is_first or milestone is O1 else REPEATS_AFTER,
    )


def _posts(view: RegisterView, milestone: Milestone, planned_on: date) -> tuple[Post, ...]:
    """Who hears of it at T: 总经理 a working day after 质量部, where 上报前由质量部确认 asks for that."""
    waits = view.procedure.confirms_escalation and view.on < view.calendar.add(planned_on, 1)
    return tuple(post for post in milestone.acting if not (waits and post is Post.GENERAL_MANAGER))
