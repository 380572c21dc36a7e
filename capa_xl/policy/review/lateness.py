"""八: what is overdue, and what will be on the day of the review."""

from __future__ import annotations

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.review import OverdueLine
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.review.agenda import LONG_OVERDUE_DAYS


def overdue_lines(view: RegisterView) -> tuple[OverdueLine, ...]:
    """8.1: Y1 at T, longest first."""
    late = [pair for pair in view.pairs if "Y1" in pair[1].overdue]
    late.sort(key=lambda pair: (-pair[1].days_overdue, pair[0].row))
    return tuple(_late(view, action, derived) for action, derived in late)


def coming_lines(now: RegisterView, then: RegisterView) -> tuple[OverdueLine, ...]:
    """8.2: what is not overdue at T but due or overdue on the review's day, if nothing happens until then.

    Args:
        then: The same register seen on the review's day.
    """
    chosen = [
        (action, then.derived[action.number])
        for action, derived in now.pairs
        if "Y1" not in derived.overdue and {"Y1", "Y0"} & set(then.derived[action.number].overdue)
    ]
    chosen.sort(key=lambda pair: (pair[0].due_on is None, pair[0].due_on, pair[0].row))
    return tuple(_line(action, -(derived.days_left or 0)) for action, derived in chosen)


def _late(view: RegisterView, action: Action, derived: Derived) -> OverdueLine:
    entries = [e for e in view.progress.get(action.number, ()) if e.kind != words.RESOURCE_REQUEST]
    last = entries[-1] if entries else None
    long = derived.days_overdue > LONG_OVERDUE_DAYS
    return _line(
        action,
        derived.days_overdue,
        reason=(last.content or "") if last else "",
        escalated="总经理" if long else ("归口部门负责人" if derived.days_overdue > 7 else "责任部门"),
        proposal="提交评审：增加资源、定新期限或停止" if long else "督促完成，或在逾期前办理延期",
    )


def _line(action: Action, days: int, reason: str = "", escalated: str = "", proposal: str = "") -> OverdueLine:
    return OverdueLine(
        number=action.number,
        measure=action.measure or action.description or "",
        department=action.responsible_department or "",
        owner="、".join(action.owners),
        due_on=action.due_on,
        days=days,
        reason=reason,
        escalated=escalated,
        proposal=proposal,
    )
