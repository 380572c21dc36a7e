"""Rows that their own status word closes while the cells of the inspection or the confirmation stand blank.

The word counts (decisions C2), so nobody is asked any more; where nobody looked at the work that must be seen. What
ended before 接管基线日 can't be mended any more: adopt alone counts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.cut_text import cut_list
from capa_xl.policy.action_state import ActionState, action_state_of
from capa_xl.policy.planning_set import heading_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.taken_over import is_presumed_history

_MOST_ROWS = 10
_INSPECTION, _CONFIRMATION = ("inspection", "inspected_on"), ("effect", "confirmed_on")


def closed_unseen(view: RegisterView) -> Iterator[str]:
    """One sentence on those that ended since 接管基线日, or are due later; all of them where there is none."""
    found = [one for one in _found(view) if not is_presumed_history(one)]
    if found:
        yield (f"{_told(view, found)} → 看过的补填，没有看过的把状态改回未完成")


def closed_unseen_before(view: RegisterView) -> Iterator[str]:
    """One sentence on those that ended before 接管基线日."""
    found = [one for one in _found(view) if is_presumed_history(one)]
    if found:
        yield f"{_told(view, found)}；是接管以前的，以后不再提"


def _told(view: RegisterView, found: list[ActionState]) -> str:
    keys = dict.fromkeys(key for state in found for key in _blank(state))
    columns = "".join(f"「{heading_of(view.inputs, key)}」" for key in keys)
    rows = cut_list([f"{state.action.number}（{state.action.stated_status}）" for state in found], _MOST_ROWS)
    return f"{len(found)} 行写明已关闭，{columns}却空着，按结束算、不再提醒：{rows}"


def _found(view: RegisterView) -> Iterator[ActionState]:
    for action, derived in view.pairs:
        if derived.is_ended and action.stated_status:
            state = action_state_of(view.inputs, action)
            if state.is_closed_by_word and _blank(state):
                yield state


def _blank(state: ActionState) -> tuple[str, ...]:
    """The verdicts that the table has a column for and the row doesn't have; a confirmation stands for both."""
    action, stages = state.action, state.inputs.stages
    if state.is_confirmed or action.effect is not None:
        return ()
    inspected = action.inspection is not None or action.inspected_on is not None
    stood = ((stages.inspection and not inspected, _INSPECTION), (stages.confirmation, _CONFIRMATION))
    return tuple(next(key for key in keys if state.inputs.has(key)) for is_blank, keys in stood if is_blank)
