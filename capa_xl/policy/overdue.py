"""What is late at T, and since when (semantics.md, *Overdue*; A19, A20)."""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.model.months import one_month_before
from capa_xl.policy.case import Case

Late = tuple[str, date]
"""A Y-code and its deadline; the day after the deadline is the first late one."""


def lateness(case: Case, status: str) -> tuple[Late, ...]:
    """The codes that hold at T with their deadlines, worst first (`words.OVERDUE_ORDER`)."""
    found = _completed_late(case)
    if status not in words.ENDED:
        found += _due(case) + _waiting(case, status)
    return found if len(found) < 2 else tuple(sorted(found, key=lambda late: words.OVERDUE_ORDER.index(late[0])))


def days_overdue(case: Case, late: tuple[Late, ...]) -> int:
    """Calendar days past the deadline of the shown code; Y2: the days the completion was late; Y0 or none: 0."""
    if not late or late[0][0] == "Y0":
        return 0
    code, deadline = late[0]
    end = case.action.completed_on if code == "Y2" else case.grounds.on
    return ((end or deadline) - deadline).days


def step_limit(case: Case, status: str) -> date | None:
    """Deadline of what a waiting status waits for; None where nothing has a limit of its own."""
    return _LIMITS[status](case) if status in _LIMITS else None


def planning_limit(case: Case) -> date | None:
    """登记 + 限期工作日_策划; after a refusal 批准日期 + the same."""
    start = case.action.approved_on if case.refused else case.action.registered_on
    return _after(case, start, case.grounds.procedure.limit_planning)


def approval_limit(case: Case) -> date | None:
    """登记 + 限期工作日_审批."""
    return _after(case, case.action.registered_on, case.grounds.procedure.limit_approval)


def inspection_limit(case: Case) -> date | None:
    """实际完成日期 + 限期工作日_检查."""
    return _after(case, case.action.completed_on, case.grounds.procedure.limit_inspection)


def confirmation_limit(case: Case) -> date | None:
    """最早确认日 + 限期工作日_确认."""
    return _after(case, case.earliest_confirmation_on, case.grounds.procedure.limit_confirmation)


def archiving_limit(case: Case) -> date | None:
    """确认日期 + 限期工作日_归档: 报告应交日 (4.5.2)."""
    return _after(case, case.confirmed_on, case.grounds.procedure.limit_archiving)


def revision_limit(case: Case) -> date | None:
    """The earliest 计划完成 of the open revisions."""
    return min((r.due_on for r in case.open_revisions if r.due_on), default=None)


_LIMITS = {
    words.TO_PLAN: planning_limit,
    words.SENT_BACK: planning_limit,
    words.TO_APPROVE: approval_limit,
    words.TO_INSPECT: inspection_limit,
    words.TO_CONFIRM: confirmation_limit,
    words.TO_REVISE: revision_limit,
    words.TO_ARCHIVE: archiving_limit,
}
_CODES = {
    words.TO_PLAN: "Y3",
    words.SENT_BACK: "Y3",
    words.TO_APPROVE: "Y4",
    words.TO_INSPECT: "Y5",
    words.TO_CONFIRM: "Y6",
    words.TO_REVISE: "Y7",
    words.TO_ARCHIVE: "Y8",
}


def _completed_late(case: Case) -> tuple[Late, ...]:
    due_on, completed_on = case.action.due_on, case.action.completed_on
    if due_on is None or completed_on is None or completed_on <= due_on or case.failed:
        return ()
    return (("Y2", due_on),)


def _due(case: Case) -> tuple[Late, ...]:
    due_on, on = case.action.due_on, case.grounds.on
    if due_on is None or case.is_completed:
        return ()
    if on > due_on:
        return (("Y1", due_on),)
    return (("Y0", due_on),) if one_month_before(due_on) <= on else ()


def _waiting(case: Case, status: str) -> tuple[Late, ...]:
    """Limits of the step the action waits for; archiving runs on during 待文件修订."""
    if status not in _CODES:
        return ()
    own = _past(case, _CODES[status], _LIMITS[status](case))
    if status == words.TO_REVISE and case.unarchived:
        return own + _past(case, "Y8", archiving_limit(case))
    return own


def _past(case: Case, code: str, deadline: date | None) -> tuple[Late, ...]:
    return ((code, deadline),) if deadline is not None and case.grounds.on > deadline else ()


def _after(case: Case, start: date | None, days: int) -> date | None:
    return case.grounds.calendar.add(start, days) if start is not None else None
