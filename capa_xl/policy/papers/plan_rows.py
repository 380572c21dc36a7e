"""Which rows stand in a version of the plan, and in which order (4.1.1, R09)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.records import PlanVersion
from capa_xl.policy.register_view import RegisterView

_PRIORITY_ORDER = {word: at for at, word in enumerate(words.PRIORITIES)}


def counted_in(view: RegisterView, plan: PlanVersion) -> list[Action]:
    """What was registered for a version, cancelled rows too; an approved one counts nothing registered later."""
    end = plan.approved_on if plan.approval == words.AGREED and plan.approved_on else view.on
    return [a for a in view.actions if (a.registered_on or date.min) <= end and belongs(a, plan)]


def listed_by(view: RegisterView, plan: PlanVersion) -> list[Action]:
    """What a version lists, ranked: 优先级, 重大, 重复, 完成期限, 编号 (R09).

    Rows that name the plan, and rows of its period that name none; not what was cancelled.
    """
    return ranked(view, (a for a in counted_in(view, plan) if view.derived[a.number].status != words.CANCELLED))


def carried_into(view: RegisterView, plan: PlanVersion) -> list[Action]:
    """What was registered before the period of a draft that no plan stands behind, and is open at T."""
    start = plan.period_from or date.min
    return [a for a, derived in view.pairs if not derived.is_ended and (a.registered_on or date.min) < start]


def belongs(action: Action, plan: PlanVersion) -> bool:
    """It names the plan, or names none and was registered in its period; where there is no plan the period counts."""
    if action.plan_number and plan.number:
        return action.plan_number == plan.number
    on = action.registered_on
    return on is not None and (plan.period_from or date.max) <= on <= (plan.period_to or date.max)


def ranked(view: RegisterView, actions: Iterable[Action]) -> list[Action]:
    """Rows in the order of a plan."""
    return sorted(actions, key=lambda action: _rank(view, action))


def _rank(view: RegisterView, action: Action) -> tuple[int, bool, bool, date, str]:
    number = action.number
    return (
        _PRIORITY_ORDER.get(view.derived[number].priority, len(_PRIORITY_ORDER)),
        action.severity != words.MAJOR,
        not action.is_repeat,
        action.due_on or date.max,
        number,
    )
