"""Who is waited for next (semantics.md, *Status*, last column)."""

from __future__ import annotations

from collections.abc import Callable

from capa_xl.model import words
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.next_step import keys_to_fill
from capa_xl.policy.planning_set import missing_planning
from capa_xl.policy.routes import approver_of


def next_actor(state: ActionState, status: str) -> str:
    """The person it waits for, else the department; "" when nobody."""
    return _ACTORS[status](state) if status in _ACTORS else ""


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


def _planner(state: ActionState) -> str:
    """The department that fills the first missing column; 质量部 for those it decides."""
    missing = missing_planning(state.inputs, state.action)
    filled_by = missing[0].filled_by if missing else ""
    if filled_by == "责任部门":
        return state.action.responsible_department or state.keeper or words.QUALITY_DEPARTMENT
    if filled_by == words.QUALITY_DEPARTMENT:
        return words.QUALITY_DEPARTMENT
    return state.keeper or words.QUALITY_DEPARTMENT


def _keeper(state: ActionState) -> str:
    return state.keeper or ""


def _owner(state: ActionState) -> str:
    return state.action.owners[0] if state.action.owners else state.action.responsible_department or ""


def _inspector(state: ActionState) -> str:
    return inspector_department(state, level_of(state))


def _confirmer(state: ActionState) -> str:
    return state.inputs.roster.head_of(state.keeper, state.inputs.on) or state.keeper or ""


def _reviser(state: ActionState) -> str:
    named = next((r.reviser for r in state.open_revisions if r.reviser), None)
    return named or _confirmer(state)


def _archivist(state: ActionState) -> str:
    return state.action.responsible_department or state.keeper or ""


_ACTORS: dict[str, Callable[[ActionState], str]] = {
    words.TO_PLAN: _planner,
    words.SENT_BACK: _keeper,
    words.TO_APPROVE: lambda state: approver_of(state.inputs, state.action, state.keeper),
    words.NOT_STARTED: _owner,
    words.RUNNING: _owner,
    words.REWORK: _owner,
    words.TO_INSPECT: _inspector,
    words.OBSERVING: _confirmer,
    words.TO_CONFIRM: _confirmer,
    words.NOT_EFFECTIVE: _keeper,
    words.TO_REVISE: _reviser,
    words.TO_ARCHIVE: _archivist,
    words.CANCELLED: lambda state: _archivist(state) if keys_to_fill(state, words.CANCELLED) else "",
}
