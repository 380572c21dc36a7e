"""What is told of the tracker: Problems, status, patches, changes, and the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from capa_xl.cli.documents import Document, path_text
from capa_xl.model.pages import line_of

if TYPE_CHECKING:
    from capa_xl.app.shared.fixing import Repaired
    from capa_xl.app.shared.refresh_plan import Refreshed
    from capa_xl.app.use_cases.history import History
    from capa_xl.app.use_cases.patch import Patched
    from capa_xl.app.use_cases.todo import TodoList
    from capa_xl.app.use_cases.undo import Undone
    from capa_xl.model.chain import ChainCheck
    from capa_xl.model.checked import Checked
    from capa_xl.model.conformity import Conformity
    from capa_xl.model.derived import Derived
    from capa_xl.model.problem import Problem
    from capa_xl.model.register import Quarantined, Register
    from capa_xl.model.uncounted import Uncounted
    from capa_xl.ooxml.patch import Change
    from capa_xl.policy.rules.rule import Rule


def new_document(path: Path, as_of: date, *, sample: bool) -> Document:
    """The workbook made."""
    return {"path": str(path), "sample": sample, "as_of": as_of}


def check_document(workbook: Path, on: date, register: Register, checked: Checked) -> Document:
    """Everything `check` found, every Problem singly.

    Args:
        workbook: The path as the caller gave it.
    """
    return {
        "workbook": str(workbook),
        "as_of": on.isoformat(),
        "rows": register.rows,
        "quarantined": [_set_aside(register, row) for row in register.quarantined],
        "counts": dict(checked.counts),
        "disabled": list(checked.disabled),
        "stages": checked.stages,
        "unjudged": checked.unjudged,
        "consequences": len(checked.consequences),
        "problems": [problem_document(problem) for problem in checked.problems],
        "numbered_only": [line_of(row) for row in register.numbered_only],
        "uncounted": [_uncounted(register, one) for one in register.uncounted],
    }


def _uncounted(register: Register, one: Uncounted) -> Document:
    return {"sheet": register.tracker.sheet_of(one.row), "row": line_of(one.row), "kind": one.kind}


def _set_aside(register: Register, row: Quarantined) -> Document:
    sheet = register.tracker.sheet_of(row.row)
    return {"sheet": sheet, "row": line_of(row.row), "number": row.number, "cells": list(row.cells)}


def problem_document(problem: Problem) -> Document:
    """One Problem."""
    return {
        "rule": problem.rule,
        "clause": problem.clause,
        "severity": problem.severity.value,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "number": problem.number,
        "message": problem.message,
        "fix": problem.fix,
        "excused": problem.excused,
    }


def conformity_document(lines: Iterable[Conformity]) -> list[Document]:
    """制度执行自查表; `of` the population, `hit` what breaks the requirement, `rows` what is hit, `reasons` why."""
    return [
        {
            "id": line.id,
            "clause": line.clause,
            "verdict": line.verdict,
            "of": line.of,
            "hit": line.hit,
            "excused": line.excused,
            "rows": list(line.rows),
            "reasons": list(line.reasons),
            "missing": line.missing,
        }
        for line in lines
    ]


def repairs_document(repaired: Repaired) -> Document:
    """What `check --fix` adds to the document of `check`."""
    return {
        "fixes": [
            {
                "sheet": fix.sheet,
                "cell": fix.cell,
                "header": fix.header,
                "before": fix.before,
                "after": fix.after,
                "why": fix.why,
            }
            for fix in repaired.fixes
        ],
        "applied": repaired.written,
        "backup": path_text(repaired.backup),
    }


def refresh_document(done: Refreshed) -> Document:
    """The patch, and what was derived of every action."""
    return {
        "workbook": str(done.judged.opened.path),
        "as_of": done.judged.view.on.isoformat(),
        "written": done.written,
        "backup": path_text(done.backup),
        "edits": [_changed(change) for change in done.changes],
        "actions": [_derived(derived) for derived in done.derived],
    }


def _changed(change: Change) -> Document:
    """One changed cell; dates ISO, None for an empty one."""
    before, after = (value.isoformat() if isinstance(value, date) else value for value in (change.before, change.after))
    return {"sheet": change.sheet, "cell": change.at, "before": before, "after": after}


def _derived(derived: Derived) -> Document:
    return {
        "number": derived.number,
        "status": derived.status,
        "stage": derived.stage,
        "route": derived.route,
        "inspector_department": derived.inspector_department,
        "overdue": list(derived.overdue),
        "days_overdue": derived.days_overdue,
        "days_left": derived.days_left,
        "remind_on": derived.remind_on,
        "next_step": derived.next_step,
        "next_actor": derived.next_actor,
    }


def patch_document(done: Patched) -> Document:
    """The cells written on any workbook."""
    return {
        "workbook": str(done.source),
        "output": str(done.target),
        "written": bool(done.changes),
        "backup": path_text(done.backup),
        "edits": [_changed(change) for change in done.changes],
        "warnings": list(done.warnings),
    }


def undo_document(done: Undone) -> Document:
    """The cells that are as they were, and those somebody has changed since."""
    return {
        "workbook": str(done.workbook),
        "command": done.applied.what if done.applied else None,
        "applied_at": done.applied.applied_at if done.applied else None,
        "written": done.backup is not None,
        "backup": path_text(done.backup),
        "edits": [{"sheet": e.sheet, "cell": e.cell, "before": e.after, "after": e.before} for e in done.edits],
        "kept": [
            {
                "sheet": k.sheet,
                "cell": k.cell,
                "applied": k.applied,
                "found": k.found,
                "row_then": k.row_then or None,
                "row_now": k.row_now or None,
            }
            for k in done.kept
        ],
        "kept_rows": [{"sheet": r.sheet, "row": r.row, "number": r.number, "found": r.found} for r in done.rows],
    }


def todo_document(found: TodoList) -> Document:
    """What waits for a person or department."""
    return {
        "workbook": str(found.workbook),
        "as_of": found.as_of.on,
        "name": found.todo.name,
        "kind": found.todo.kind,
        "items": [asdict(item) for item in found.todo.items],
        "elsewhere": [{"number": number, "next_actor": actor} for number, actor in found.todo.elsewhere],
        "otherwise": [{"writing": writing, "numbers": list(numbers)} for writing, numbers in found.todo.otherwise],
        "written_in": list(found.todo.written_in),
        "successors": list(found.todo.successors),
        "deputy": found.todo.deputy,
    }


def history_document(found: History) -> Document:
    """The changes between runs, and the runs."""
    return {
        "workbook": str(found.workbook),
        "changes": [
            {
                "number": change.number,
                "field": change.field,
                "before": change.before,
                "after": change.after,
                "seen_on": change.seen_on.isoformat(),
                "kind": change.kind.value,
            }
            for change in found.changes
        ],
        "runs": [
            {"ran_at": run.ran_at, "as_of": run.as_of, "command": run.command, "fingerprint": run.fingerprint}
            for run in found.runs
        ],
        "is_behind": found.is_behind,
        "is_beside": found.is_beside,
    }


def chain_document(check: ChainCheck) -> Document:
    """What `history --verify` found."""
    return {
        "links": check.links,
        "since": check.since,
        "until": check.until,
        "head": check.head,
        "faults": list(check.faults),
    }


def rules_document(catalogue: Iterable[Rule]) -> list[Document]:
    """The rule catalogue."""
    return [
        {
            "rule": rule.id,
            "clause": rule.clause,
            "severity": [severity.value for severity in (rule.severity, *rule.also)],
            "title": rule.title,
            "fix": rule.general_fix,
            "needs": rule.needs_words,
            "excusable": rule.excusable,
        }
        for rule in catalogue
    ]
