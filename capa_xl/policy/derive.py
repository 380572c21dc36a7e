"""Everything that is derived for one action at T, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.records import Extension
from capa_xl.policy.action_state import ActionState, action_state_of
from capa_xl.policy.closing import closed_on
from capa_xl.policy.next_actor import inspector_department, level_of, next_actor
from capa_xl.policy.next_cells import keys_to_fill
from capa_xl.policy.next_step import next_step
from capa_xl.policy.overdue import archiving_limit, days_overdue, lateness, taken_back
from capa_xl.policy.status import STAGES, status_of
from capa_xl.policy.status_inputs import StatusInputs

_WITHOUT_REPORT = (words.NOT_EFFECTIVE, words.SUPERSEDED)
"""Concluded without the effect wanted: what follows goes on to the report (4.5.2 asks it of what was 有效)."""


def derive(inputs: StatusInputs, action: Action) -> Derived:
    """Status, route, deadlines and the next step of an action as seen at T."""
    state = action_state_of(inputs, action)
    status = status_of(state)
    level = level_of(state)
    late = lateness(state, status)
    return Derived(
        number=action.number,
        row=action.row,
        status=status,
        stage=STAGES[status],
        route=state.route,
        route_satisfied=state.satisfied,
        inspector_department=inspector_department(state, level),
        overdue=tuple([code for code, _ in late]),
        days_overdue=days_overdue(state, late),
        days_left=_days_left(state),
        remind_on=_remind_on(state),
        earliest_confirmation_on=state.earliest_confirmation_on,
        report_due_on=None if status in _WITHOUT_REPORT else archiving_limit(state),
        next_step=next_step(state, status),
        next_keys=keys_to_fill(state, status),
        next_actor=next_actor(state, status),
        level=level,
        owning_department=state.owning_department,
        priority=action.priority or _priority(action),
        original_due_on=original_due_on(inputs, action),
        conclusion=state.conclusion,
        approval=state.approval,
        taken_back=taken_back(state, late),
        closed_on=closed_on(state) if status == words.CLOSED else None,
    )


def original_due_on(inputs: StatusInputs, action: Action) -> date | None:
    """原完成期限, else the first 延期记录.原期限, else the journal's first sight, else 完成期限."""
    number = action.number
    extended = first_moved_from(inputs.extensions[number], action.due_on) if number in inputs.extensions else None
    return action.original_due_on or extended or inputs.first_due.get(number) or action.due_on


def first_moved_from(extensions: Iterable[Extension], due_on: date | None) -> date | None:
    """原期限 of the first 延期记录 that moved the deadline, or would have; None where none has.

    A request that nobody has decided moved nothing: its 原期限 tells of an earlier deadline only where 完成期限 is its
    新期限 already. Else it is a slip of the request (DO13), not of 完成期限.

    Args:
        due_on: 完成期限 as it stands.
    """
    dated = [(e.asked_on or e.approved_on or date.min, e.row, e.old_due_on) for e in extensions if e.old_due_on]
    telling = {e.row for e in extensions if e.approval is not None or e.new_due_on == due_on}
    return min((one for one in dated if one[1] in telling), default=(None, 0, None))[2]


def _priority(action: Action) -> str:
    return words.HIGH if action.severity == words.MAJOR or action.is_repeat else words.MEDIUM


def _days_left(state: ActionState) -> int | None:
    due_on = state.action.due_on
    if due_on is None or state.is_completed or state.is_cancelled:
        return None
    return (due_on - state.inputs.on).days


def _remind_on(state: ActionState) -> date | None:
    if state.action.due_on is None or state.is_cancelled:
        return None
    return state.inputs.calendar.back(state.inputs.procedure.first_reminder.before(state.action.due_on))
