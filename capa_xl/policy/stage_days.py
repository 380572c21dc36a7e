"""On which day a stage was done as the procedure asks, and when it was owed: 检查, 确认, 归档 in time (KPI 7).

What stands here is done exactly when Y5, Y6 or Y8 no longer speak of it.
"""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.concluding import first_confirmed_on
from capa_xl.policy.overdue import archiving_limit, confirmation_limit


def inspected_as_owed_on(state: ActionState) -> date | None:
    """检查日期 of an inspection with its verdict, on or after the completion; one before it inspects the process."""
    action = state.action
    if state.inputs.has("inspection") and action.inspection is None:
        return None
    is_early = action.inspected_on and action.completed_on and action.inspected_on < action.completed_on
    return None if is_early else action.inspected_on


def confirmed_as_owed_on(state: ActionState) -> date | None:
    """The first day somebody confirmed with a verdict; later rounds look again at what was in time."""
    return first_confirmed_on(state.inputs, state.action) if state.is_confirmed else None


def confirmation_owed_by(state: ActionState, status: str) -> date | None:
    """最早确认日 + its limit once the action has been inspected; before that it waits for the inspection alone."""
    waits = status in (words.OBSERVING, words.TO_CONFIRM)
    return confirmation_limit(state) if waits or state.is_confirmed else None


def archived_in_full_on(state: ActionState, status: str) -> date | None:
    """归档日期 once everything the archive asks for is there, the review of a 重大 预防/改进 included."""
    return None if state.unarchived or status == words.TO_ARCHIVE else state.action.archived_on


def archive_owed_by(state: ActionState) -> date | None:
    """报告应交日, for actions whose effect is settled."""
    return archiving_limit(state) if state.is_settled_effect else None
