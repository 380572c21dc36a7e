"""A whole action in one call, kept as a careful department keeps it: from registration to the archived report."""

from __future__ import annotations

from dataclasses import dataclass

from capa_xl.model.words import CORRECTIVE, GENERAL, MAJOR
from capa_xl.workbook.sample.rows import (
    Row,
    Value,
    analysed,
    approved,
    archived,
    completed,
    confirmed,
    inspected,
    measured_by,
    planned,
    registered,
    started,
    traced,
)

HEAD = {
    "质量部": "样例质",
    "服务台": "样例甲",
    "网络部": "样例乙",
    "系统部": "样例丙",
    "信息安全部": "样例丁",
    "数据中心部": "样例庚",
    "商务部": "样例戊",
    "备件物流部": "样例己",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of action it is; `cause` is 原因类别, `method` 分析方法."""

    action_type: str
    process: str
    category: str
    cause: str = "法"
    method: str = "5Why"
    severity: str = GENERAL
    priority: str = "中"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of registration and analysis.

    Attributes:
        answer: 临时处置 of a correction, 现状分析 of a prevention or improvement.
    """

    description: str
    impact: str
    cause: str
    answer: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The texts of planning, who does it by when, and by which figure it is judged."""

    goal: str
    measure: str
    scheme: str
    owner: str
    due_on: str
    figure: tuple[str, float, float, str]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done; days are those of approval, start and completion."""

    days: tuple[str, str, str]
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Check:
    """The inspection that found it in order."""

    inspector: str
    on: str
    note: str


@dataclass(frozen=True, slots=True)
class End:
    """Confirmation as effective, the archived report, and the figure reached."""

    confirmed_on: str
    archived_on: str
    actual: float


def drafted(
    number: str, on: str, department: str, by: str, source: str, kind: Kind, words: Words, plan: Plan, **more: Value
) -> Row:
    """Registered, analysed and planned, ready for approval."""
    return (
        registered(number, on, by, department, source, words.description)
        | analysed(kind.action_type, kind.severity, kind.process, kind.category, words.impact, priority=kind.priority)
        | _analysis(kind, words, plan.owner, on)
        | planned(
            plan.goal,
            plan.measure,
            plan.scheme,
            department,
            plan.owner,
            plan.due_on,
            observation_days=90 if kind.severity == MAJOR else 30,
        )
        | measured_by(*plan.figure)
        | more
    )


def _analysis(kind: Kind, words: Words, owner: str, on: str) -> Row:
    row = traced(words.cause, kind.cause, kind.method, owner, on)
    if kind.action_type == CORRECTIVE:
        return row | {"containment": words.answer}
    return row | {"current_state": words.answer}


def agreed(row: Row, on: Value) -> Row:
    """Approved by whom the route asks: the department's manager, or 总经理 for 重大, 预防 and 改进."""
    if row["action_type"] == CORRECTIVE and row["severity"] == GENERAL:
        return row | approved(HEAD[str(row["owning_department"])], on)
    return row | approved("样例总", on, "总经理")


def running(row: Row, approved_on: str, started_on: str, percent: int) -> Row:
    """Approved and begun."""
    return agreed(row, approved_on) | started(started_on, percent)


def finished(row: Row, done: Done) -> Row:
    """Approved, begun and completed."""
    return agreed(row, done.days[0]) | completed(done.days[1], done.days[2], done.note, done.evidence)


def checked(row: Row, done: Done, check: Check) -> Row:
    """The same, inspected and found in order."""
    return finished(row, done) | inspected(check.inspector, check.on, check.note)


def carried_out(row: Row, done: Done, check: Check, end: End) -> Row:
    """The same, confirmed by the head of the owning department, and archived."""
    department = str(row["owning_department"])
    return (
        checked(row, done, check)
        | confirmed(HEAD[department], end.confirmed_on, department, actual=end.actual)
        | archived(str(row["number"]), end.archived_on)
    )


def round_of(row: Row, before: tuple[float, float], after: tuple[float, float], participants: str, basis: str) -> Row:
    """The confirmation round of a closed action: (n, nonconforming) before and after, observed since completion."""
    return {
        "number": row["number"],
        "round": 1,
        "observed_from": row["completed_on"],
        "observed_to": row["confirmed_on"],
        "indicator": row["indicator"],
        "n_before": before[0],
        "bad_before": before[1],
        "value_before": row["baseline"],
        "n_after": after[0],
        "bad_after": after[1],
        "value_after": row["actual"],
        "effect": row["effect"],
        "evaluating_department": row["evaluating_department"],
        "participants": participants,
        "confirmer": row["confirmer"],
        "confirmed_on": row["confirmed_on"],
        "basis": basis,
    }
