"""Who is waited for next (semantics.md, *Status*, last column)."""

from __future__ import annotations

from collections.abc import Callable

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.policy.action_state import DONE_WORD_COLUMNS, ActionState
from capa_xl.policy.department_steps import doers_of, next_steps
from capa_xl.policy.next_step import keys_to_fill
from capa_xl.policy.planning_set import missing_planning
from capa_xl.policy.routes import approver_of
from capa_xl.policy.status_inputs import StatusInputs

_COLUMNS = column_by_key(Action)


def next_actor(state: ActionState, status: str) -> str:
    """The person it waits for, else the department; several are joined by 、, and "" is nobody.

    While the work is under way these are the doers of the departments' next open steps (步骤部门), and the first of
    the 责任人 where none is open; while it is being planned, every department that still has a column to fill.
    """
    return _ACTORS[status](state) if status in _ACTORS else ""


def filler_of(state: ActionState, key: str) -> str:
    """The department, or the approver, that fills a column of the tracker; 归口部门 where the column names no other."""
    return _FILLERS.get(_COLUMNS[key].filled_by, _organiser)(state) or _quality(state)


def fillers_of(state: ActionState, status: str, key: str) -> tuple[str, ...]:
    """Everybody whose cell of an action it is: what a slip may ask of them, and of nobody else (4.4.2).

    The word that tells the end of the work in a table without dates belongs to whose turn it is.
    """
    if key in DONE_WORD_COLUMNS and status not in words.OWNERS_TURN:
        return tuple(next_actor(state, status).split("、"))
    if _COLUMNS[key].filled_by == "责任人":
        return (*state.action.owners, *state.action.departments)
    return (filler_of(state, key),)


def inspector_department(state: ActionState, level: str) -> str:
    """应检查部门: 质量部 for system items and review actions, else the owning department (4.4.3)."""
    if state.is_cancelled:
        return ""
    if level == words.SYSTEM_LEVEL or state.action.source == words.BY_REVIEW:
        return words.QUALITY_DEPARTMENT
    return state.keeper or ""


def level_of(state: ActionState) -> str:
    """问题层面, given or by 来源 (A13)."""
    by_source = words.SYSTEM_LEVEL if state.action.source in words.SYSTEM_SOURCES else words.PROCESS_LEVEL
    return state.action.level or by_source


def _planners(state: ActionState) -> tuple[str, ...]:
    """The departments that fill what the planning set lacks, in column order."""
    missing = missing_planning(state.inputs, state.action)
    return tuple(dict.fromkeys(filler_of(state, column.key) for column in missing)) or (_quality(state),)


def knows_departments(inputs: StatusInputs) -> bool:
    """Whether the workbook names any department: 质量部 is nobody where neither a column nor 人员部门 does."""
    return inputs.has("responsible_department") or inputs.has("owning_department") or bool(inputs.roster.departments)


def _quality(state: ActionState) -> str:
    """质量部; where the workbook knows no department, whom the row names: its owner, else who raised it."""
    if knows_departments(state.inputs):
        return words.QUALITY_DEPARTMENT
    return next(iter(state.action.owners), "") or state.action.raised_by or words.QUALITY_DEPARTMENT


def _keeper(state: ActionState) -> str:
    return state.keeper or _quality(state)


def _organiser(state: ActionState) -> str:
    return state.keeper or _quality(state)


def _at_work(state: ActionState) -> str:
    """Who does the departments' next steps; the owner where none is open, or one that no department has for itself."""
    steps = next_steps(state.inputs, state.action.number)
    owner = (_owner(state),)
    doers = (doers_of(step, state.action) if step.department else owner for step in steps)
    return "、".join(dict.fromkeys(name for names in doers for name in names)) or _owner(state)


def _owner(state: ActionState) -> str:
    return next(iter(state.action.owners), "") or state.action.responsible_department or _quality(state)


def _inspector(state: ActionState) -> str:
    return inspector_department(state, level_of(state)) or _verifier(state, state.action.inspector)


def _confirmer(state: ActionState) -> str:
    head = state.inputs.roster.head_of(state.keeper, state.inputs.on)
    return head or state.keeper or _verifier(state, state.action.confirmer)


def _verifier(state: ActionState, named: str | None) -> str:
    """Who looks at the work of a row without a department: whom the row names for it, who raised it, else 质量部."""
    return named or state.action.raised_by or words.QUALITY_DEPARTMENT


def _reviser(state: ActionState) -> str:
    named = next((r.reviser for r in state.open_revisions if r.reviser), None)
    return named or _confirmer(state)


def _archivist(state: ActionState) -> str:
    return state.action.responsible_department or state.keeper or _quality(state)


def _last_hand(state: ActionState) -> str:
    """责任部门 files the report; where only the management review is left, the quality department submits it."""
    return _archivist(state) if state.unarchived else filler_of(state, "review_number")


def _canceller(state: ActionState) -> str:
    """Who fills what a cancellation lacks; nobody once it is whole."""
    keys = keys_to_fill(state, words.CANCELLED)
    return filler_of(state, keys[0]) if keys else ""


def _manager(state: ActionState) -> str:
    department = _archivist(state)
    return state.inputs.roster.manager_of(department, state.inputs.on) or department


def _approver(state: ActionState) -> str:
    return approver_of(state.inputs, state.action, state.keeper)


_FILLERS: dict[str, Callable[[ActionState], str]] = {
    "责任部门": _archivist,
    "责任人": _archivist,
    words.QUALITY_DEPARTMENT: _quality,
    "批准人": _approver,
    "检查部门": _inspector,
    words.PROCESS_HEAD: _confirmer,
    words.DEPARTMENT_MANAGER: _manager,
}
"""`Column.filled_by` → who that is for an action, where it isn't who organises it."""
_ACTORS: dict[str, Callable[[ActionState], str]] = {
    words.TO_PLAN: lambda state: "、".join(_planners(state)),
    words.SENT_BACK: _keeper,
    words.TO_APPROVE: _approver,
    words.NOT_STARTED: _owner,
    words.RUNNING: _at_work,
    words.REWORK: _owner,
    words.TO_INSPECT: _inspector,
    words.OBSERVING: _confirmer,
    words.TO_CONFIRM: _confirmer,
    words.NOT_EFFECTIVE: _keeper,
    words.TO_REVISE: _reviser,
    words.TO_ARCHIVE: _last_hand,
    words.CANCELLED: _canceller,
}
