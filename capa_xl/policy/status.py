"""The status of an action: the first condition that holds (semantics.md, *Status*)."""

from __future__ import annotations

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.policy.case import Case
from capa_xl.policy.planning import missing_planning
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


def status_of(case: Case) -> str:
    """One of `words.STATUSES`. It follows the facts: what contradicts them is a Problem, not another status."""
    action = case.action
    if action.cancelled_on is not None:
        return words.CANCELLED
    if case.is_closed_by_word:
        return words.CLOSED
    if case.is_confirmed:
        return _after_confirmation(case)
    if action.completed_on is None:
        return _before_completion(case)
    if case.failed:
        return words.REWORK
    return _after_completion(case)


def _before_completion(case: Case) -> str:
    if _is_unplanned(case):
        return words.TO_PLAN
    if case.refused:
        return words.SENT_BACK
    if not case.satisfied:
        return words.TO_APPROVE
    return words.RUNNING if case.is_started else words.NOT_STARTED


def _is_unplanned(case: Case) -> bool:
    """Planning set incomplete, and neither agreed nor started."""
    action, grounds = case.action, case.grounds
    if action.started_on is not None or action.progress or action.approval == words.AGREED:
        return False
    return bool(missing_planning(grounds, action)) and not is_review_agreed(grounds, action)


def _after_completion(case: Case) -> str:
    if case.grounds.stages.inspection and not _is_inspected(case):
        return words.TO_INSPECT
    if not case.grounds.stages.confirmation:
        return _after_effect(case)
    earliest = case.earliest_confirmation_on
    return words.OBSERVING if earliest is not None and case.grounds.on < earliest else words.TO_CONFIRM


def _is_inspected(case: Case) -> bool:
    """An inspection 合格 on or after the completion; what columns are missing can't speak against it."""
    action, grounds = case.action, case.grounds
    if grounds.has("inspection") and action.inspection != words.PASSED:
        return False
    if not grounds.has("inspected_on"):
        return True
    return action.inspected_on is not None and action.inspected_on >= (action.completed_on or action.inspected_on)


def _after_confirmation(case: Case) -> str:
    if case.effect != words.EFFECTIVE:
        return words.SUPERSEDED if case.action.follow_ups else words.NOT_EFFECTIVE
    return _after_effect(case)


def _after_effect(case: Case) -> str:
    if awaits_revision(case):
        return words.TO_REVISE
    if case.unarchived or (_is_directional(case.action) and awaits_review(case.grounds, case.action)):
        return words.TO_ARCHIVE
    return words.CLOSED


def _is_directional(action: Action) -> bool:
    return action.action_type in (words.PREVENTIVE, words.IMPROVEMENT)


def awaits_revision(case: Case) -> bool:
    """The question 是否涉及文件修订 is unanswered, or answered 是 with no row or an open one (4.5.3)."""
    if not case.grounds.stages.revision:
        return False
    answer = case.action.needs_revision
    if not case.grounds.has("needs_revision"):
        return bool(case.open_revisions)
    if answer is None:
        return True
    if not answer or case.grounds.revisions is None:
        return False
    return bool(case.open_revisions) or not case.grounds.revisions.get(case.action.number)
