"""The JSON document of `check`: keys may be added, never renamed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from capa_xl.model.checked import Checked
from capa_xl.model.conformity import Conformity
from capa_xl.model.problem import Problem
from capa_xl.model.register import Register


def conformity_document(lines: Iterable[Conformity]) -> list[dict[str, Any]]:
    """制度执行自查表 as JSON; `of` the population, `hit` what breaks the requirement, `rows` what is hit."""
    return [
        {
            "id": line.id,
            "clause": line.clause,
            "verdict": line.verdict,
            "of": line.of,
            "hit": line.hit,
            "excused": line.excused,
            "rows": list(line.rows),
            "missing": line.missing,
        }
        for line in lines
    ]


def check_document(workbook: str, as_of: date, register: Register, checked: Checked) -> dict[str, Any]:
    """Everything `check` found, every Problem singly, ready for `json.dumps`.

    Args:
        workbook: The path as the caller gave it.
    """
    return {
        "workbook": workbook,
        "as_of": as_of.isoformat(),
        "rows": register.rows,
        "quarantined": [{"row": q.row, "number": q.number, "cells": list(q.cells)} for q in register.quarantined],
        "counts": dict(checked.counts),
        "disabled": list(checked.disabled),
        "stages": checked.stages,
        "problems": [_problem(problem) for problem in checked.problems],
    }


def _problem(problem: Problem) -> dict[str, Any]:
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
