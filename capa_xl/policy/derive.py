"""Everything that is derived for one action at T, as one value."""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.months import one_month_before
from capa_xl.model.records import Extension
from capa_xl.policy.case import Case, case_of
from capa_xl.policy.grounds import Grounds
from capa_xl.policy.next_step import inspector_department, level_of, next_actor, next_step
from capa_xl.policy.overdue import archiving_limit, days_overdue, lateness
from capa_xl.policy.status import STAGES, status_of


def derive(grounds: Grounds, action: Action) -> Derived:
    """Status, route, deadlines and the next step of an action as seen at T."""
    case = case_of(grounds, action)
    status = status_of(case)
    level = level_of(case)
    late = lateness(case, status)
    return Derived(
        number=action.number,
        row=action.row,
        status=status,
        stage=STAGES[status],
        route=case.route,
        route_satisfied=case.satisfied,
        inspector_department=inspector_department(case, level),
        overdue=tuple([code for code, _ in late]),
        days_overdue=days_overdue(case, late),
        days_left=_days_left(case),
        remind_on=_remind_on(case),
        earliest_confirmation_on=case.earliest_confirmation_on,
        report_due_on=archiving_limit(case),
        next_step=next_step(case, status),
        next_actor=next_actor(case, status),
        level=level,
        owning_department=case.owning_department,
        priority=action.priority or _priority(action),
        original_due_on=original_due_on(grounds, action),
        closed_on=_closed_on(case) if status == words.CLOSED else None,
    )


def original_due_on(grounds: Grounds, action: Action) -> date | None:
    """原完成期限, else the first 延期记录.原期限, else the journal's first sight, else 完成期限."""
    number = action.number
    extended = _first_due(grounds.extensions[number]) if number in grounds.extensions else None
    return action.original_due_on or extended or grounds.first_due.get(number) or action.due_on


def _first_due(extensions: tuple[Extension, ...]) -> date | None:
    dated = [(e.asked_on or date.min, e.old_due_on) for e in extensions if e.old_due_on]
    return min(dated)[1] if dated else None


def _priority(action: Action) -> str:
    return words.HIGH if action.severity == words.MAJOR or action.is_repeat else words.MEDIUM


def _days_left(case: Case) -> int | None:
    due_on = case.action.due_on
    if due_on is None or case.is_completed or case.action.cancelled_on is not None:
        return None
    return (due_on - case.grounds.on).days


def _remind_on(case: Case) -> date | None:
    if case.action.due_on is None or case.action.cancelled_on is not None:
        return None
    return case.grounds.calendar.back(one_month_before(case.action.due_on))


def _closed_on(case: Case) -> date | None:
    """max(确认, 修订完成, 归档); where the table has none of them, the last earlier fact it has."""
    action, revisions = case.action, case.grounds.revisions or {}
    revised = [r.revised_on for r in revisions[action.number]] if action.number in revisions else []
    known = [day for day in (case.confirmed_on, action.archived_on, *revised) if day is not None]
    return max(known) if known else action.inspected_on or action.completed_on
