"""S1–S6: somebody other than the owner is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import JournalView
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import S1, S2, S3, S4, S5, Milestone
from capa_xl.model.todo import EXTENSION, REVISION
from capa_xl.policy.action_state import ActionState, action_state_of
from capa_xl.policy.beside_the_row import extra_tasks, side_tasks
from capa_xl.policy.next_actor import filler_of
from capa_xl.policy.next_step import ARCHIVE
from capa_xl.policy.overdue import archiving_limit, step_limit
from capa_xl.policy.planning_set import advisable_planning
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.month_ahead import known_since
from capa_xl.policy.reminders.occurrences import Occurrence, weekly
from capa_xl.policy.reminders.recipients import (
    approver_names,
    confirmer_names,
    head_names,
    inspector_names,
    manager_names,
)
from capa_xl.policy.routes import resubmitted_on
from capa_xl.policy.signing_role import named_approver

APPROVAL_AFTER = 3
"""Working days before an approver is asked."""


class _Task(Struct, frozen=True):
    """What somebody is asked to do, and the cell where it is filled in; "" for the tracker."""

    what: str
    sheet: str = ""
    cell: str = ""


def waiting_reminders(view: RegisterView, journal: JournalView) -> Iterator[DueReminder]:
    """The reminders to approvers, inspectors, confirmers, revisers and archivists of the actions that wait for them."""
    for action, derived in view.pairs:
        if derived.status == words.TO_APPROVE:
            yield from _approval_reminders(view, action_state_of(view.inputs, action), journal)
        if derived.status in _REMINDERS:
            yield from _REMINDERS[derived.status](view, action_state_of(view.inputs, action))
        if action.number in view.inputs.extensions:
            yield from _extension_reminders(view, action_state_of(view.inputs, action), derived.status)


def _approval_reminders(view: RegisterView, state: ActionState, journal: JournalView) -> Iterator[DueReminder]:
    """Counted from 登记; in a table without it, from the journal's first sight of the row."""
    action = state.action
    known_on = resubmitted_on(view.inputs, action) or action.registered_on or known_since(view, journal, action)
    if known_on is None:
        return
    first = view.calendar.add(known_on, APPROVAL_AFTER)
    names = approver_names(view, action, state.keeper)
    yield from _weekly(view, state, S1, first, tuple(dict.fromkeys((*names, *_first_to_fill(view, state)))))


def _first_to_fill(view: RegisterView, state: ActionState) -> Iterator[str]:
    """Managers of the departments that must fill cells before the approval: nobody can sign until they do.

    质量部 has its weekly digest, and isn't told of every row whose 是否重复 is blank.
    """
    wanted = dict.fromkeys(filler_of(state, column.key) for column in advisable_planning(view.inputs, state.action))
    theirs = {state.keeper, *state.departments} - {words.QUALITY_DEPARTMENT}
    for department in wanted:
        if department in theirs:
            yield from manager_names(view, department)


def _extension_reminders(view: RegisterView, state: ActionState, status: str) -> Iterator[DueReminder]:
    table = view.register.extensions
    for task in extra_tasks(state, status):
        asked = task.record
        if task.kind == EXTENSION and table is not None and asked.asked_on is not None:
            occurrence = weekly(view.calendar, view.calendar.add(asked.asked_on, APPROVAL_AFTER), view.on)
            named = named_approver(view.roster, state.action, state.route, asked, view.on)
            names = (named,) if named else approver_names(view, state.action, state.keeper)
            if occurrence is not None:
                place = table.sheet, table.cell(asked.row, task.keys[-1])
                yield _reminder(state.action, S1, task.due_on, occurrence, names, _Task(task.what, *place))


def _inspection_reminders(view: RegisterView, state: ActionState) -> Iterator[DueReminder]:
    """From the day completion is claimed (R52)."""
    if state.action.completed_on is not None:
        first = view.calendar.forward(state.action.completed_on)
        yield from _weekly(view, state, S2, first, inspector_names(view, state))


def _confirmation_reminders(view: RegisterView, state: ActionState) -> Iterator[DueReminder]:
    """From the day the observation ends (R65)."""
    if state.earliest_confirmation_on is not None:
        first = view.calendar.forward(state.earliest_confirmation_on)
        yield from _weekly(view, state, S3, first, confirmer_names(view, state))


def _revision_reminders(view: RegisterView, state: ActionState) -> Iterator[DueReminder]:
    """Each open document at its own date; the unanswered question and the missing row when the report is due."""
    table = view.register.revisions
    for task in side_tasks(state, words.TO_REVISE):
        if task.kind == REVISION and table is not None:
            reviser = task.record.reviser
            names = (reviser,) if reviser else head_names(view, state.keeper)
            asked = "revised_on" if "revised_on" in task.keys else task.keys[-1]
            place = table.sheet, table.cell(task.record.row, asked)
            yield from _once(view, state.action, S4, task.due_on, names, _Task(task.what, *place))
    if not state.open_revisions:
        phrase = _Task(view.derived[state.action.number].next_step)
        yield from _once(view, state.action, S4, archiving_limit(state), head_names(view, state.keeper), phrase)
    if state.unarchived:
        yield from _archive_reminders(view, state)


def _archive_reminders(view: RegisterView, state: ActionState) -> Iterator[DueReminder]:
    names = manager_names(view, state.department or state.keeper)
    task = _Task(ARCHIVE)
    yield from _once(view, state.action, S5, archiving_limit(state), names, task)


def _weekly(
    view: RegisterView, state: ActionState, milestone: Milestone, first: date, names: tuple[str, ...]
) -> Iterator[DueReminder]:
    derived = view.derived[state.action.number]
    if occurrence := weekly(view.calendar, first, view.on):
        limit = step_limit(state, derived.status)
        yield _reminder(state.action, milestone, limit, occurrence, names, _Task(derived.next_step))


def _once(
    view: RegisterView,
    action: Action,
    milestone: Milestone,
    limit: date | None,
    names: tuple[str, ...],
    task: _Task,
) -> Iterator[DueReminder]:
    if limit is None:
        return
    planned_on = view.calendar.forward(limit)
    if planned_on <= view.on:
        yield _reminder(action, milestone, limit, (FIRST, planned_on), names, task)


def _reminder(
    action: Action,
    milestone: Milestone,
    limit: date | None,
    occurrence: Occurrence,
    names: tuple[str, ...],
    task: _Task,
) -> DueReminder:
    return DueReminder(
        number=action.number,
        milestone=milestone,
        due_version=limit.isoformat() if limit else "",
        occurrence=occurrence[0],
        planned_on=occurrence[1],
        due_on=limit,
        acting=names,
        what=task.what,
        action=action,
        sheet=task.sheet,
        cell=task.cell,
    )


_REMINDERS: dict[str, Callable[[RegisterView, ActionState], Iterator[DueReminder]]] = {
    words.TO_INSPECT: _inspection_reminders,
    words.TO_CONFIRM: _confirmation_reminders,
    words.TO_REVISE: _revision_reminders,
    words.TO_ARCHIVE: _archive_reminders,
}
