"""What is late at T, and since when (semantics.md, *Overdue*; A19, A20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from capa_xl.model import words
from capa_xl.model.months import one_month_before
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.columns_since import not_before_columns
from capa_xl.policy.corrections import taken_back_late
from capa_xl.policy.planning_set import missing_planning
from capa_xl.policy.routes import refused_on, resubmitted_on
from capa_xl.policy.status_inputs import (
    APPROVAL_COLUMNS,
    ARCHIVE_COLUMNS,
    CONFIRMATION_COLUMNS,
    INSPECTION_COLUMNS,
)

Late = tuple[str, date]
"""A Y-code and its deadline; the day after the deadline is the first late one."""


def lateness(state: ActionState, status: str) -> tuple[Late, ...]:
    """The codes that hold at T with their deadlines, worst first (`words.OVERDUE_ORDER`)."""
    found = _completed_late(state)
    if status not in words.ENDED:
        found += _due(state) + _waiting(state, status)
    return found if len(found) < 2 else tuple(sorted(found, key=lambda late: words.OVERDUE_ORDER.index(late[0])))


def days_overdue(state: ActionState, late: tuple[Late, ...]) -> int:
    """Calendar days past the deadline of the shown code; Y2: the days the completion was late; Y0 or none: 0."""
    if not late or late[0][0] == "Y0":
        return 0
    code, deadline = late[0]
    end = state.action.completed_on if code == "Y2" else state.inputs.on
    return ((end or deadline) - deadline).days


def taken_back(state: ActionState, late: tuple[Late, ...]) -> str:
    """Day and kind of the entry of 更正记录 that undid what the shown code waits for, its deadline over; else ""."""
    code, deadline = late[0] if late else ("", date.max)
    return taken_back_late(state.inputs, state.action, _FACTS[code], deadline) if code in _FACTS else ""


def step_limit(state: ActionState, status: str) -> date | None:
    """Deadline of what a waiting status waits for; None where nothing has a limit of its own."""
    return _LIMITS[status](state) if status in _LIMITS else None


def planning_limit(state: ActionState) -> date | None:
    """登记 + 限期工作日_策划; after a refusal, the person's or the review's, its day + the same."""
    start = refused_on(state.inputs, state.action) if state.refused else state.action.registered_on
    asked = [column.key for column in missing_planning(state.inputs, state.action)]
    return _after(state, start, state.inputs.procedure.limit_planning, asked)


def approval_limit(state: ActionState) -> date | None:
    """登记 + 限期工作日_审批; after a refusal 重新报批 + the same."""
    start = resubmitted_on(state.inputs, state.action) or state.action.registered_on
    return _after(state, start, state.inputs.procedure.limit_approval, APPROVAL_COLUMNS)


def inspection_limit(state: ActionState) -> date | None:
    """实际完成日期 + 限期工作日_检查."""
    return _after(state, state.action.completed_on, state.inputs.procedure.limit_inspection, INSPECTION_COLUMNS)


def confirmation_limit(state: ActionState) -> date | None:
    """最早确认日 + 限期工作日_确认."""
    return _after(
        state, state.earliest_confirmation_on, state.inputs.procedure.limit_confirmation, CONFIRMATION_COLUMNS
    )


def archiving_limit(state: ActionState) -> date | None:
    """确认日期 + 限期工作日_归档: 报告应交日 (4.5.2); of a 部分有效 that is accepted from the day of 例外说明 on."""
    return _after(state, state.settled_on, state.inputs.procedure.limit_archiving, ARCHIVE_COLUMNS)


def revision_limit(state: ActionState) -> date | None:
    """The earliest 计划完成 of the open revisions."""
    return min((r.due_on for r in state.open_revisions if r.due_on), default=None)


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


_FACTS = {"Y1": "完成", "Y5": "检查", "Y6": "确认", "Y8": "归档"}
"""What a code waits for, of what an entry of 更正记录 undoes."""


def _completed_late(state: ActionState) -> tuple[Late, ...]:
    due_on, completed_on = state.action.due_on, state.action.completed_on
    if due_on is None or completed_on is None or completed_on <= due_on or state.failed:
        return ()
    return (("Y2", due_on),)


def _due(state: ActionState) -> tuple[Late, ...]:
    due_on, on = state.action.due_on, state.inputs.on
    if due_on is None or state.is_completed:
        return ()
    if on > due_on:
        return (("Y1", due_on),)
    return (("Y0", due_on),) if one_month_before(due_on) <= on else ()


def _waiting(state: ActionState, status: str) -> tuple[Late, ...]:
    """Limits of the step the action waits for; archiving runs on during 待文件修订."""
    if status not in _CODES:
        return ()
    own = _past(state, _CODES[status], _LIMITS[status](state))
    if status == words.TO_REVISE and state.unarchived:
        return own + _past(state, "Y8", archiving_limit(state))
    return own


def _past(state: ActionState, code: str, deadline: date | None) -> tuple[Late, ...]:
    return ((code, deadline),) if deadline is not None and state.inputs.on > deadline else ()


def _after(state: ActionState, start: date | None, days: int, asked: Iterable[str]) -> date | None:
    """A start + working days; the columns asked for may have come after it (capa-xl grow)."""
    start = not_before_columns(state.inputs, start, asked)
    return state.inputs.calendar.add(start, days) if start is not None else None
