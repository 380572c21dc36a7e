"""The day an action was closed, and a cancellation that was written beside what had come to its end."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.policy.action_state import ActionState, action_state_of
from capa_xl.policy.status import status_of


def closed_on(state: ActionState) -> date | None:
    """max(确认, 修订完成, 归档); where the table has none of them, the last earlier fact it has."""
    action, revisions = state.action, state.inputs.revisions or {}
    revised = [r.revised_on for r in revisions[action.number]] if action.number in revisions else []
    known = [day for day in (state.confirmed_on, action.archived_on, *revised) if day is not None]
    return max(known) if known else action.inspected_on or action.completed_on


def ended_beside_cancellation(state: ActionState) -> str:
    """What a cancelled action was before by its dated facts, as in 已关闭（2026-10-09）; "" where it was still open.

    取消日期 decides its status all the same (semantics.md, *Status*): what is wrong with it is told (CX03).
    """
    if state.action.cancelled_on is None:
        return ""
    before = action_state_of(state.inputs, replace(state.action, cancelled_on=None, stated_status=None))
    status, on = status_of(before), closed_on(before)
    return f"{status}（{on}）" if status in words.ENDED and on is not None else ""
