"""What is to be done next, and who is waited for (semantics.md, *Status*, last column)."""

from __future__ import annotations

from collections.abc import Callable

from capa_xl.model import words
from capa_xl.model.columns import Column
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.planning_set import fields_phrase, headers_phrase, missing_planning
from capa_xl.policy.routes import approver_of


def next_step(state: ActionState, status: str) -> str:
    """A Chinese phrase that names the action and the headers to fill; "" when nothing waits."""
    return _STEPS[status](state) if status in _STEPS else ""


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


def _plan(state: ActionState) -> str:
    return f"补齐：{fields_phrase(missing_planning(state.inputs, state.action), state.inputs.outlined)}"


def _replan(state: ActionState) -> str:
    return "按批准意见修改措施，重新报批"


def _approve(state: ActionState) -> str:
    if state.action.approval == words.AGREED and state.route:
        return f"补{state.route}批准：现有批准不足"
    return _asking(state, f"由{state.route or words.BY_MANAGER}批准", "approver", "approved_on", "approval", join="：")


def _start(state: ActionState) -> str:
    return _asking(state, "开始实施", "started_on", "progress")


def _run(state: ActionState) -> str:
    return _asking(state, "完成措施", "progress_note", "completed_on", "evidence")


def _redo(state: ActionState) -> str:
    return _asking(state, "按检查意见返工", "completed_on", "evidence", join="，完成后更新：")


def _inspect(state: ActionState) -> str:
    if not state.inputs.stages.inspection:
        return "检查，通过后把状态列改为“已关闭”"
    return _asking(state, "检查", "inspector", "inspected_on", "inspection")


def _confirm(state: ActionState) -> str:
    keys = ("confirmer", "confirmed_on", "execution", "effect", "needs_revision")
    return _asking(state, "确认执行情况和效果", *keys)


def _follow_up(state: ActionState) -> str:
    return _asking(state, "新建后续措施", "follow_ups")


def _revise(state: ActionState) -> str:
    if state.action.needs_revision is None and state.inputs.has("needs_revision"):
        return _asking(state, "判断是否需修订文件", "needs_revision")
    if not state.open_revisions:
        return "提出文件修改意见：在《文件修订》新增一行"
    names = "、".join(r.document_number or r.document_name or "文件" for r in state.open_revisions)
    return f"完成文件修订：{names}"


def _archive(state: ActionState) -> str:
    if not state.unarchived:
        return _asking(state, "提交管理评审", "review_number")
    return _asking(state, "整理书面报告并归档", *state.unarchived)


def _asking(state: ActionState, what: str, *keys: str, join: str = "，填写：") -> str:
    """What to do and the headers to fill, of those columns that the table has."""
    fields = headers_phrase(state.inputs.columns, state.inputs.outlined, keys)
    return f"{what}{join}{fields}" if fields else what


def _planner(state: ActionState) -> str:
    """The department that fills the first missing column; 质量部 for those it decides."""
    missing: tuple[Column, ...] = missing_planning(state.inputs, state.action)
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


_STEPS: dict[str, Callable[[ActionState], str]] = {
    words.TO_PLAN: _plan,
    words.SENT_BACK: _replan,
    words.TO_APPROVE: _approve,
    words.NOT_STARTED: _start,
    words.RUNNING: _run,
    words.REWORK: _redo,
    words.TO_INSPECT: _inspect,
    words.TO_CONFIRM: _confirm,
    words.NOT_EFFECTIVE: _follow_up,
    words.TO_REVISE: _revise,
    words.TO_ARCHIVE: _archive,
}
_ACTORS: dict[str, Callable[[ActionState], str]] = {
    words.TO_PLAN: _planner,
    words.SENT_BACK: _keeper,
    words.TO_APPROVE: lambda state: approver_of(state.inputs, state.action, state.keeper),
    words.NOT_STARTED: _owner,
    words.RUNNING: _owner,
    words.REWORK: _owner,
    words.TO_INSPECT: _inspector,
    words.TO_CONFIRM: _confirmer,
    words.NOT_EFFECTIVE: _keeper,
    words.TO_REVISE: _reviser,
    words.TO_ARCHIVE: _archivist,
}
