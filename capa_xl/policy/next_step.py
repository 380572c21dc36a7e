"""What is to be done next, and who is waited for (semantics.md, *Status*, last column)."""

from __future__ import annotations

from collections.abc import Callable

from capa_xl.model import words
from capa_xl.model.columns import Column
from capa_xl.policy.case import Case
from capa_xl.policy.planning import fields_phrase, headers_phrase, missing_planning
from capa_xl.policy.routes import approver_of


def next_step(case: Case, status: str) -> str:
    """A Chinese phrase that names the action and the headers to fill; "" when nothing waits."""
    return _STEPS[status](case) if status in _STEPS else ""


def next_actor(case: Case, status: str) -> str:
    """The person it waits for, else the department; "" when nobody."""
    return _ACTORS[status](case) if status in _ACTORS else ""


def inspector_department(case: Case, level: str) -> str:
    """应检查部门: 质量部 for system items and review actions, else the owning department (4.4.3)."""
    if case.action.cancelled_on is not None:
        return ""
    if level == words.SYSTEM_LEVEL or case.action.source == words.BY_REVIEW:
        return words.QUALITY_DEPARTMENT
    return case.keeper or ""


def level_of(case: Case) -> str:
    """问题层面, given or by 来源 (A13)."""
    by_source = words.SYSTEM_LEVEL if case.action.source in words.SYSTEM_SOURCES else words.PROCESS_LEVEL
    return case.action.level or by_source


def _plan(case: Case) -> str:
    return f"补齐：{fields_phrase(missing_planning(case.grounds, case.action), case.grounds.outlined)}"


def _replan(case: Case) -> str:
    return "按批准意见修改措施，重新报批"


def _approve(case: Case) -> str:
    if case.action.approval == words.AGREED and case.route:
        return f"补{case.route}批准：现有批准不足"
    return _asking(case, f"由{case.route or words.BY_MANAGER}批准", "approver", "approved_on", "approval", join="：")


def _start(case: Case) -> str:
    return _asking(case, "开始实施", "started_on", "progress")


def _run(case: Case) -> str:
    return _asking(case, "完成措施", "progress_note", "completed_on", "evidence")


def _redo(case: Case) -> str:
    return _asking(case, "按检查意见返工", "completed_on", "evidence", join="，完成后更新：")


def _inspect(case: Case) -> str:
    return _asking(case, "检查", "inspector", "inspected_on", "inspection")


def _confirm(case: Case) -> str:
    keys = ("confirmer", "confirmed_on", "execution", "effect", "needs_revision")
    return _asking(case, "确认执行情况和效果", *keys)


def _follow_up(case: Case) -> str:
    return _asking(case, "新建后续措施", "follow_ups")


def _revise(case: Case) -> str:
    if case.action.needs_revision is None and case.grounds.has("needs_revision"):
        return _asking(case, "判断是否需修订文件", "needs_revision")
    if not case.open_revisions:
        return "提出文件修改意见：在《文件修订》新增一行"
    names = "、".join(r.document_number or r.document_name or "文件" for r in case.open_revisions)
    return f"完成文件修订：{names}"


def _archive(case: Case) -> str:
    if not case.unarchived:
        return _asking(case, "提交管理评审", "review_number")
    return _asking(case, "整理书面报告并归档", *case.unarchived)


def _asking(case: Case, what: str, *keys: str, join: str = "，填写：") -> str:
    """What to do and the headers to fill, of those columns that the table has."""
    fields = headers_phrase(case.grounds.columns, case.grounds.outlined, keys)
    return f"{what}{join}{fields}" if fields else what


def _planner(case: Case) -> str:
    """The department that fills the first missing column; 质量部 for those it decides."""
    missing: tuple[Column, ...] = missing_planning(case.grounds, case.action)
    filled_by = missing[0].filled_by if missing else ""
    if filled_by == "责任部门":
        return case.action.responsible_department or case.keeper or words.QUALITY_DEPARTMENT
    if filled_by == words.QUALITY_DEPARTMENT:
        return words.QUALITY_DEPARTMENT
    return case.keeper or words.QUALITY_DEPARTMENT


def _keeper(case: Case) -> str:
    return case.keeper or ""


def _owner(case: Case) -> str:
    return case.action.owners[0] if case.action.owners else case.action.responsible_department or ""


def _inspector(case: Case) -> str:
    return inspector_department(case, level_of(case))


def _confirmer(case: Case) -> str:
    return case.grounds.roster.head_of(case.keeper, case.grounds.on) or case.keeper or ""


def _reviser(case: Case) -> str:
    named = next((r.reviser for r in case.open_revisions if r.reviser), None)
    return named or _confirmer(case)


def _archivist(case: Case) -> str:
    return case.action.responsible_department or case.keeper or ""


_STEPS: dict[str, Callable[[Case], str]] = {
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
_ACTORS: dict[str, Callable[[Case], str]] = {
    words.TO_PLAN: _planner,
    words.SENT_BACK: _keeper,
    words.TO_APPROVE: lambda case: approver_of(case.grounds, case.action, case.keeper),
    words.NOT_STARTED: _owner,
    words.RUNNING: _owner,
    words.REWORK: _owner,
    words.TO_INSPECT: _inspector,
    words.TO_CONFIRM: _confirmer,
    words.NOT_EFFECTIVE: _keeper,
    words.TO_REVISE: _reviser,
    words.TO_ARCHIVE: _archivist,
}
