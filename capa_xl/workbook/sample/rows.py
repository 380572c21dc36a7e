"""How the sample writes its rows: one function per stage of an action, one per line of a child sheet.

Dates are ISO strings as of the reference day; `content` moves them by the kind of their column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """Text that goes into a date cell as it stands, once the dates inside it are moved: a planted mistake."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A day that keeps its offset although its column holds people's working days: a planted mistake."""

    day: str


Value = str | int | float | bool | Raw | Exact | None
Row = dict[str, Value]
Sheets = Mapping[str, tuple[Row, ...]]
"""Field of `Register` that holds the sheet → its rows."""


def registered(
    number: str | None, on: str, by: str, department: str, source: str, description: str, **more: Value
) -> Row:
    """The 登记 band; `more`: source_number, need_number, plan_number."""
    return {
        "number": number,
        "description": description,
        "registered_on": on,
        "raised_by": by,
        "raised_department": department,
        "source": source,
        **more,
    }


def analysed(
    action_type: str, severity: str, process: str, category: str, impact: str, *, priority: str = "中", **more: Value
) -> Row:
    """The 分析 band; `more`: cause, containment, current_state, main_cause, level, …"""
    return {
        "action_type": action_type,
        "severity": severity,
        "is_repeat": False,
        "process": process,
        "category": category,
        "impact": impact,
        "priority": priority,
        **more,
    }


def traced(cause: str, category: str, method: str, by: str, on: str) -> Row:
    """The cause: text, 原因类别, 分析方法, 调查人, 调查日期."""
    return {
        "cause": cause,
        "cause_category": category,
        "analysis_methods": method,
        "investigators": by,
        "investigated_on": on,
    }


def planned(goal: str, measure: str, scheme: str, department: str, owner: str, due_on: str, **more: Value) -> Row:
    """The 策划 band; 归口部门 is 责任部门 unless `more` says otherwise."""
    return {
        "goal": goal,
        "measure": measure,
        "scheme": scheme,
        "owning_department": department,
        "responsible_department": department,
        "owners": owner,
        "due_on": due_on,
        **more,
    }


def measured_by(indicator: str, baseline: float, target: float, unit: str) -> Row:
    """效果指标, 现值, 目标值, 单位."""
    return {"indicator": indicator, "baseline": baseline, "target": target, "unit": unit}


def approved(by: str, on: Value, route: str = "部门经理", *, approval: str = "同意", review: str | None = None) -> Row:
    """The 审批 band."""
    return {
        "approver": by,
        "approved_on": on,
        "approval": approval,
        "approval_route": route,
        "review_number": review,
    }


def started(on: str, progress: int) -> Row:
    """开始日期 and 进度%."""
    return {"started_on": on, "progress": progress}


def completed(started_on: str, on: str, note: str, evidence: str) -> Row:
    """The 实施 band of a completed action."""
    return {
        **started(started_on, 100),
        "completed_on": on,
        "progress_note": note,
        "evidence": evidence,
    }


def inspected(by: str, on: str, note: str, inspection: str = "合格") -> Row:
    """The 检查 band."""
    return {"inspector": by, "inspected_on": on, "inspection": inspection, "inspection_note": note}


def confirmed(by: str, on: str, department: str, effect: str = "有效", **more: Value) -> Row:
    """The 确认 band; executed, without revision of documents unless `more` says otherwise."""
    return {
        "confirmer": by,
        "confirmed_on": on,
        "execution": "已落实",
        "effect": effect,
        "needs_revision": False,
        "evaluating_department": department,
        **more,
    }


def archived(number: str, on: str) -> Row:
    """The 归档 band: the report has the action's number and lies in the quality department's cabinet."""
    return {
        "archived_on": on,
        "report_number": number.replace("GJ-", "GJBG-"),
        "archive_location": f"质量部档案柜 改进卷 {number}",
    }


def steps(number: str, *lines: tuple[str, str, str, str | None, str | None]) -> tuple[Row, ...]:
    """措施分解 of one action: (content, owner, due, done, output) each."""
    return tuple(
        {
            "number": number,
            "step": str(index),
            "content": content,
            "owners": owner,
            "due_on": due_on,
            "done_on": done_on,
            "output": output,
        }
        for index, (content, owner, due_on, done_on, output) in enumerate(lines, start=1)
    )


def progress(number: str, on: str, by: str, content: str, kind: str = "进展", **answer: Value) -> Row:
    """One entry of 进展反馈."""
    return {"number": number, "on": on, "recorded_by": by, "kind": kind, "content": content, **answer}


def extension(
    number: str, asked: tuple[str, str], due: tuple[str, str], reason: str, approved_by: str, approved_on: str
) -> Row:
    """One granted change of a due date: asked (by, on), due (old, new)."""
    return {
        "number": number,
        "asked_by": asked[0],
        "asked_on": asked[1],
        "old_due_on": due[0],
        "new_due_on": due[1],
        "reason": reason,
        "approver": approved_by,
        "approved_on": approved_on,
        "approval": "同意",
    }


def counted(
    number: str, indicator: str, before: tuple[float, float], after: tuple[float, float], observed: tuple[str, str]
) -> Row:
    """The figures of one confirmation round: (n, nonconforming) before and after, and the days observed."""
    return {
        "number": number,
        "round": 1,
        "observed_from": observed[0],
        "observed_to": observed[1],
        "indicator": indicator,
        "n_before": before[0],
        "bad_before": before[1],
        "n_after": after[0],
        "bad_after": after[1],
    }


def concluded(by: str, on: str, department: str, participants: str, basis: str, effect: str = "有效") -> Row:
    """The conclusion of a round."""
    return {
        "effect": effect,
        "evaluating_department": department,
        "participants": participants,
        "confirmer": by,
        "confirmed_on": on,
        "basis": basis,
    }


def joined(parts: Iterable[Sheets]) -> dict[str, tuple[Row, ...]]:
    """Several parts as one: the rows of each sheet in the order of the parts."""
    sheets: dict[str, tuple[Row, ...]] = {}
    for part in parts:
        for key, rows in part.items():
            sheets[key] = sheets.get(key, ()) + rows
    return sheets
