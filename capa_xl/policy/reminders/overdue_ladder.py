"""O1–O3: the ladder of an overdue action. Only the highest step reached speaks, to everybody of the lower ones too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from capa_xl.model.action import Action
from capa_xl.model.records import Extension
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.milestones import Call, Occurrence, month_list, monthly, weekly
from capa_xl.policy.reminders.month_ahead import is_open
from capa_xl.policy.reminders.recipients import (
    department_of,
    general_manager_names,
    head_names,
    manager_names,
    quality_head_names,
)

MOST_WEEKLY = 4
SECOND_AFTER, THIRD_AFTER = 7, 30
SILENT_DAYS = 5
"""Working days an undecided extension keeps the ladder silent."""


def overdue_calls(view: RegisterView) -> Iterator[Call]:
    """The ladder's call of every action past its due date."""
    for action in view.actions:
        if action.due_on is None or view.on <= action.due_on or not is_open(view, action):
            continue
        if is_silenced(view, action):
            continue
        if reached := _reached(view, action.due_on):
            yield _call(view, action, *reached)


def pending_extension(view: RegisterView, action: Action) -> Extension | None:
    """The newest request for another due date that nobody has decided."""
    rows = [e for e in view.extensions.get(action.number, ()) if e.approval is None and e.asked_on]
    return max(rows, key=lambda e: e.asked_on or date.min, default=None)


def is_silenced(view: RegisterView, action: Action) -> bool:
    """True while an extension is pending, five working days at most."""
    asked = pending_extension(view, action)
    if asked is None or asked.asked_on is None:
        return False
    return view.calendar.between(asked.asked_on, view.on) <= SILENT_DAYS


def _reached(view: RegisterView, due_on: date) -> tuple[str, Occurrence] | None:
    """The highest step whose first day has come, with its occurrence in force."""
    calendar, on = view.calendar, view.on
    first, second, third = (
        calendar.forward(due_on + timedelta(days=n + 1)) for n in (0, SECOND_AFTER, THIRD_AFTER)
    )  # fmt: skip
    if found := month_list(calendar, third, on):
        return "O3", found
    if found := monthly(calendar, second, on):
        return "O2", found
    found = weekly(calendar, first, on, MOST_WEEKLY)
    return ("O1", found) if found else None


def _call(view: RegisterView, action: Action, milestone: str, occurrence: Occurrence) -> Call:
    name, planned_on = occurrence
    due_on = action.due_on
    return Call(
        number=action.number,
        milestone=milestone,
        due_version=due_on.isoformat() if due_on else "",
        occurrence=name,
        planned_on=planned_on,
        due_on=due_on,
        acting=_names(view, action, milestone),
        what=view.derived[action.number].next_step,
        action=action,
    )


def _names(view: RegisterView, action: Action, milestone: str) -> tuple[str, ...]:
    department = department_of(view, action)
    names = action.owners + manager_names(view, department)
    if milestone == "O1":
        return names
    names += head_names(view, view.derived[action.number].owning_department or department)
    return names if milestone == "O2" else names + general_manager_names(view) + quality_head_names(view)
