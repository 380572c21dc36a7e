"""The status of an action: the first condition that holds (semantics.md, *Status*)."""

from __future__ import annotations

from capa_xl.model import words
from capa_xl.model.stated_status import STATED_TO_VERIFY
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.planning_set import missing_planning
from capa_xl.policy.routes import awaits_review, is_review_agreed

STAGES: dict[str, str] = {
    words.CANCELLED: "",
    words.TO_PLAN: "P",
    words.SENT_BACK: "P",
    words.TO_APPROVE: "P",
    words.NOT_STARTED: "D",
    words.RUNNING: "D",
    words.REWORK: "D",
    words.TO_INSPECT: "C",
    words.OBSERVING: "C",
    words.TO_CONFIRM: "C",
    words.NOT_EFFECTIVE: "A",
    words.SUPERSEDED: "A",
    words.TO_REVISE: "A",
    words.TO_ARCHIVE: "A",
    words.CLOSED: "A",
}
"""Status → PDCA stage (R24)."""


def status_of(state: ActionState) -> str:
    """One of `words.STATUSES`. It follows the facts: what contradicts them is a Problem, not another status."""
    action = state.action
    if state.is_cancelled:
        return words.CANCELLED
    if state.is_closed_by_word:
        return words.CLOSED
    if state.is_closed_by_ledger:
        return words.CLOSED
    if state.is_confirmed:
        return _after_confirmation(state)
    if action.completed_on is None and not state.is_done_by_word:
        return _before_completion(state)
    if state.failed:
        return words.REWORK
    return _after_completion(state)


def _before_completion(state: ActionState) -> str:
    if _is_unplanned(state):
        return words.TO_PLAN
    if state.refused:
        return words.SENT_BACK
    if not state.satisfied:
        return words.TO_APPROVE
    return words.RUNNING if state.is_started else words.NOT_STARTED


def _is_unplanned(state: ActionState) -> bool:
    """Planning set incomplete, and neither agreed nor started."""
    action, inputs = state.action, state.inputs
    if action.started_on is not None or action.progress or action.approval == words.AGREED:
        return False
    return bool(missing_planning(inputs, action)) and not is_review_agreed(inputs, action)


def _after_completion(state: ActionState) -> str:
    if state.inputs.stages.inspection and not _is_inspected(state):
        return words.TO_INSPECT
    if not state.inputs.stages.confirmation:
        after = _after_effect(state)
        return words.TO_INSPECT if _awaits_a_word(state, after) else after
    earliest = state.earliest_confirmation_on
    return words.OBSERVING if earliest is not None and state.inputs.on < earliest else words.TO_CONFIRM


def _awaits_a_word(state: ActionState, after: str) -> bool:
    """The table has no column for an inspection, and its own status word says that one is waited for, or isn't over."""
    if state.inputs.stages.inspection:
        return False
    return state.heeded_word == STATED_TO_VERIFY or (after == words.CLOSED and state.is_kept_open_by_word)


def _is_inspected(state: ActionState) -> bool:
    """An inspection 合格 on or after the completion; what columns are missing can't speak against it."""
    action, inputs = state.action, state.inputs
    if inputs.has("inspection") and action.inspection != words.PASSED:
        return False
    if not inputs.has("inspected_on"):
        return True
    return action.inspected_on is not None and action.inspected_on >= (action.completed_on or action.inspected_on)


def _after_confirmation(state: ActionState) -> str:
    if state.is_followed_up and state.effect != words.EFFECTIVE:
        return words.SUPERSEDED
    if not state.is_settled_effect:
        return words.NOT_EFFECTIVE
    return _after_effect(state)


def _after_effect(state: ActionState) -> str:
    if awaits_revision(state):
        return words.TO_REVISE
    if state.unarchived or awaits_review(state.inputs, state.action):
        return words.TO_ARCHIVE
    return words.CLOSED


def awaits_revision(state: ActionState) -> bool:
    """The question 是否涉及文件修订 is unanswered, or answered 是 with no row or an open one (4.5.3).

    A row confirmed before 提醒启用日 or 接管基线日 isn't opened again for a missing row: AR02 speaks of it.
    """
    if not state.inputs.stages.revision:
        return False
    answer = state.action.needs_revision
    if not state.inputs.has("needs_revision"):
        return bool(state.open_revisions)
    if answer is None:
        return True
    if not answer or state.inputs.revisions is None:
        return False
    if state.inputs.revisions.get(state.action.number):
        return bool(state.open_revisions)
    return not state.inputs.procedure.is_old(state.confirmed_on)
