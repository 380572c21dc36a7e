"""What changed of an action after it had counted, so that a period that had ended before has other figures now.

The table keeps the last of each: another round of 效果确认, an inspection 不合格 of what was completed, follow-up
actions that were cancelled. What 更正记录 took back is told apart (`TakenBack`).
"""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.kpi import LaterFact, TakenBack
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.concluding import earlier_conclusions
from capa_xl.policy.register_view import RegisterView


def set_back(state: ActionState) -> TakenBack | None:
    """The completion counted until the day of the inspection that found it 不合格; None where none did."""
    action = state.action
    if not state.failed or action.inspection != words.FAILED or action.inspected_on is None:
        return None
    return TakenBack(action.inspected_on, action.completed_on)


def later_facts(view: RegisterView, state: ActionState, status: str) -> Iterator[LaterFact]:
    """Each with the day of what had counted and its own.

    Args:
        status: That of the action at T.
    """
    action, conclusion = state.action, state.conclusion
    if (failed := set_back(state)) is not None and failed.done_on is not None:
        yield LaterFact(failed.done_on, failed.on, "检查不合格")
    if conclusion is None or conclusion.confirmed_on is None:
        return
    for earlier in earlier_conclusions(view.inputs, action):
        if earlier.confirmed_on is not None:
            yield LaterFact(earlier.confirmed_on, conclusion.confirmed_on, "又确认")
    others = [view.by_number[number] for number in action.follow_ups if number in view.by_number]
    cancelled = [other.cancelled_on for other in others if other.cancelled_on is not None]
    if cancelled and not conclusion.is_effective and status != words.SUPERSEDED:
        yield LaterFact(conclusion.confirmed_on, max(cancelled), "后续措施取消")
