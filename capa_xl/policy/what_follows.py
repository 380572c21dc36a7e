"""What follows the cells that an action is to have put right first: its step, or what is left of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.beside_the_row import extra_tasks
from capa_xl.policy.day import is_there_already
from capa_xl.policy.future_facts import future_facts
from capa_xl.policy.joined_steps import then
from capa_xl.policy.planning_set import headings_phrase
from capa_xl.policy.register_view import RegisterView


class Ahead(Struct, frozen=True):
    """What of a row hasn't come: as long as such a day stands there its group is unseen.

    Attributes:
        days: Key → the day of a deed after today.
        written: The row as it is written; None where nothing lies ahead.
    """

    days: Mapping[str, date] = {}
    written: Action | None = None


NONE_AHEAD = Ahead()


def days_ahead(view: RegisterView) -> Mapping[int, Ahead]:
    """Row of the tracker → what of it hasn't come."""
    found: dict[int, Ahead] = {}
    for fact in future_facts(view.register, view.as_of.latest):
        if fact.sheet_key == "tracker":
            days = found.get(fact.record.row, NONE_AHEAD).days
            found[fact.record.row] = Ahead({**days, fact.key: fact.day}, fact.record)
    return found


def what_follows(
    state: ActionState, derived: Derived, ahead: Ahead, *, is_undecided: bool
) -> tuple[str, tuple[str, ...]]:
    """What follows the cells to put right, with the keys of the row that it asks for.

    The step; where it asks for what is filled behind a day ahead, what is blank of it, and what waits beside the row.

    Args:
        is_undecided: The step may be none once they are right: only what waits beside the row follows.
    """
    if ahead.days.keys().isdisjoint(derived.next_keys) and not is_undecided:
        return f"，{then(derived.next_step)}", derived.next_keys
    asked = () if is_undecided else derived.next_keys
    blank = tuple(key for key in asked if state.inputs.has(key) and _is_blank(ahead.written, key))
    fields = f"，再填写：{headings_phrase(state.inputs, blank)}" if blank else ""
    beside = dict.fromkeys(task.phrase_in_row for task in extra_tasks(state, derived.status))
    return "；".join((fields, *beside)), blank


def _is_blank(action: Action | None, key: str) -> bool:
    return getattr(action, key) in (None, ())


def not_come(key: str, day: date) -> str:
    """What is said of a day that lies ahead: all but a registration may not have happened at all."""
    blank = "" if is_there_already(Action, key) else "，没有发生的清空"
    return f"{day} 还没有到{blank}"
