"""Which rows stand in a version of the plan, and in which order (4.1.1, R09)."""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.records import PlanVersion
from capa_xl.policy.register_view import RegisterView

_PRIORITY_ORDER = {word: at for at, word in enumerate(words.PRIORITIES)}


def listed_by(view: RegisterView, plan: PlanVersion) -> list[Action]:
    """What a version lists, ranked: 优先级, 重大, 重复, 完成期限, 编号 (R09).

    Rows that name the plan, and rows of its period that name none; an approved version holds nothing registered later.
    """
    end = plan.approved_on if plan.approval == words.AGREED and plan.approved_on else view.on
    live = (a for a, d in view.pairs if d.status != words.CANCELLED and (a.registered_on or date.min) <= end)
    return sorted((a for a in live if belongs(a, plan)), key=lambda action: rank(view, action))


def belongs(action: Action, plan: PlanVersion) -> bool:
    """It names the plan, or names none and was registered in its period."""
    if action.plan_number:
        return action.plan_number == plan.number
    on = action.registered_on
    return on is not None and (plan.period_from or date.max) <= on <= (plan.period_to or date.max)


def rank(view: RegisterView, action: Action) -> tuple[int, bool, bool, date, str]:
    """What the rows of a plan are ordered by: no two have the same."""
    number = action.number
    return (
        _PRIORITY_ORDER.get(view.derived[number].priority, len(_PRIORITY_ORDER)),
        action.severity != words.MAJOR,
        not action.is_repeat,
        action.due_on or date.max,
        number,
    )
