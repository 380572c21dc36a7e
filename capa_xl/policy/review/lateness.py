"""八: what is overdue, and what will be on the day of the review."""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.journal import JournalView
from capa_xl.model.milestones import milestone_of
from capa_xl.model.review import OverdueLine
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.made_reminders import accepted_postings
from capa_xl.policy.review.agenda import is_long_overdue


def overdue_lines(view: RegisterView, journal: JournalView | None) -> tuple[OverdueLine, ...]:
    """8.1: Y1 at T, longest first.

    Args:
        journal: What proves that an action was escalated; None proves nothing.
    """
    late = [pair for pair in view.pairs if "Y1" in pair[1].overdue]
    late.sort(key=lambda pair: (-pair[1].days_overdue, pair[0].row))
    return tuple(_late(view, journal, action, derived) for action, derived in late)


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


def _late(view: RegisterView, journal: JournalView | None, action: Action, derived: Derived) -> OverdueLine:
    entries = [e for e in view.progress.get(action.number, ()) if e.kind != words.RESOURCE_REQUEST]
    last = entries[-1] if entries else None
    long = is_long_overdue(view, derived)
    return _line(
        action,
        derived.days_overdue,
        reason=(last.content or "") if last else "",
        escalated=_escalated(view, journal, action, derived),
        proposal="提交评审：增加资源、定新期限或停止"
        if long
        else "请责任部门定出完成日期；需要延期的，补办延期并说明原因",
    )


def _escalated(view: RegisterView, journal: JournalView | None, action: Action, derived: Derived) -> str:
    """总经理 2026-11-09: who a letter of the ladder about this deadline reached, and when first; "" for nobody (A4)."""
    due = action.due_on.isoformat() if action.due_on else ""
    reached: dict[str, date] = {}
    for posting, on in accepted_postings(view, journal):
        milestone = milestone_of(posting.key.milestone)
        if milestone is None or not milestone.escalates:
            continue
        if (posting.key.number, posting.key.due_version) != (action.number, due):
            continue
        post = _post_of(view, derived, posting.key.recipient, on)
        reached[post] = min(on, reached.get(post, on))
    best = next((post for post in (words.GENERAL_MANAGER, words.PROCESS_HEAD) if post in reached), "")
    return f"{best} {reached[best]}" if best else ""


def _post_of(view: RegisterView, derived: Derived, name: str, on: date) -> str:
    """Which post beyond the responsible department the recipient held on the day of the letter; "" for none."""
    if view.roster.has_role(name, words.GENERAL_MANAGER, on):
        return words.GENERAL_MANAGER
    return words.PROCESS_HEAD if name in view.roster.heads_of(derived.owning_department, on) else ""


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
