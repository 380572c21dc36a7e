"""Which rows stand in a version of the plan, and in which order (4.1.1, R09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.records import PlanVersion
from capa_xl.model.snapshot import FieldChange
from capa_xl.policy.in_plans import counts
from capa_xl.policy.register_view import RegisterView

_PRIORITY_ORDER = {word: at for at, word in enumerate(words.PRIORITIES)}


def counted_in(view: RegisterView, plan: PlanVersion) -> list[Action]:
    """What was registered for a version, cancelled rows too; an approved one counts nothing registered later."""
    return [action for action in view.actions if counts(view.inputs, action, plan)]


def listed_by(view: RegisterView, plan: PlanVersion) -> list[Action]:
    """What a version lists, ranked: 优先级, 重大, 重复, 完成期限, 编号 (R09).

    Rows that name the plan, and rows of its period that name none; not what was cancelled.
    """
    return ranked(view, (a for a in counted_in(view, plan) if view.derived[a.number].status != words.CANCELLED))


def carried_into(view: RegisterView, plan: PlanVersion) -> list[Action]:
    """What was registered before the period of a draft that no plan stands behind, and is open at T."""
    start = plan.period_from or date.min
    return [a for a, derived in view.pairs if not derived.is_ended and (a.registered_on or date.min) < start]


def moved_on(view: RegisterView, plan: PlanVersion, changes: Mapping[str, Sequence[FieldChange]]) -> tuple[str, ...]:
    """编号 of what stood in an approved version until, on a later day, a run saw another 计划编号.

    Args:
        changes: 编号 → the changes of its 计划编号.
    """
    since = plan.approved_on if plan.approval == words.AGREED else None

    def stood_there(action: Action) -> bool:
        seen = (one for one in changes.get(action.number, ()) if since and since < one.seen_on <= view.on)
        rows = (replace(action, plan_number=one.before or None) for one in seen)
        return any(counts(view.inputs, row, plan) for row in rows)

    return tuple(a.number for a in view.actions if stood_there(a) and not counts(view.inputs, a, plan))


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
