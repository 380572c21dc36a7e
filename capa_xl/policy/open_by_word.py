"""Rows that a day would end and that their own status word keeps open: named, for people are asked for them again.

Reopened and 复发 begin another round, and the day is that of the one before; 整改中 beside a day leaves open which of
the two is out of date, so somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from capa_xl.model import words
from capa_xl.model.cut_text import cut_list
from capa_xl.policy.action_state import ActionState, action_state_of
from capa_xl.policy.planning_set import heading_of
from capa_xl.policy.register_view import RegisterView

_MOST_ROWS = 10
SAY_WHICH_IS_TRUE = "做完的改状态列；没有做完的状态写“返工中”，日期留着，算上一轮的"
"""What to do about a word and a day that contradict each other."""


def open_by_word(view: RegisterView) -> Iterator[str]:
    """A sentence on the rows that begin again, and one on those whose word and day contradict each other."""
    day = heading_of(view.inputs, "completed_on")
    if again := _named(view, words.REWORK, lambda state: state.is_begun_again):
        yield (
            f"{len(again)} 行的状态词是重新打开、返工，填着的「{day}」算上一轮的，按没有完成提醒："
            f"{cut_list(again, _MOST_ROWS)} → 这一轮做完后改日期和状态列"
        )
    if doubted := _named(view, words.TO_INSPECT, lambda state: state.is_left_to_look_at):
        yield (
            f"{len(doubted)} 行填了「{day}」，状态词却说没有完，按等检查计：{cut_list(doubted, _MOST_ROWS)} → "
            f"{SAY_WHICH_IS_TRUE}"
        )


def _named(view: RegisterView, status: str, holds: Callable[[ActionState], bool]) -> list[str]:
    pairs = (
        (action, derived)
        for action, derived in view.pairs
        if derived.status == status and action.stated_status and action.completed_on
    )
    return [
        f"{action.number}（{action.stated_status}，{action.completed_on}）"
        for action, _ in pairs
        if holds(action_state_of(view.inputs, action))
    ]
