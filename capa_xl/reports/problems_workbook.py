"""`check --report FILE.xlsx`: every Problem with filters, and sums by rule and department, as a new workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from capa_xl.model.checked import Checked
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.cut_text import cut_list
from capa_xl.model.derived import Derived
from capa_xl.model.list_titles import PROBLEM_LIST
from capa_xl.model.problem import Problem, Severity
from capa_xl.model.register import Register
from capa_xl.reports.problem_groups import count_words
from capa_xl.reports.sheets import Book
from capa_xl.reports.table_cells import Cell, ColumnHead, Mark

NO_DEPARTMENT = "（未填责任部门）"
_TONES = {Severity.ERROR: "bad", Severity.WARNING: "soon", Severity.INFO: "silent"}
_PROBLEMS = (
    ColumnHead("编号", 14),
    ColumnHead("状态", 13),
    ColumnHead("责任部门", 13),
    ColumnHead("责任人", 12),
    ColumnHead("程度", 7, "mark"),
    ColumnHead("规则", 7),
    ColumnHead("条款", 11),
    ColumnHead("工作表", 16),
    ColumnHead("单元格", 8),
    ColumnHead("问题", 44, "quote"),
    ColumnHead("处理办法", 36, "quote"),
)
_MOST_OWNERS = 3
_WEIGHTS = tuple(Severity)
"""Errors first, as everywhere."""
_BY_RULE = (
    ColumnHead("规则", 8),
    ColumnHead("条款", 10),
    ColumnHead("错误", 8, "count"),
    ColumnHead("警告", 8, "count"),
    ColumnHead("提示", 8, "count"),
    ColumnHead("例子", 70, "quote"),
)
_BY_DEPARTMENT = (
    ColumnHead("责任部门", 64),
    ColumnHead("错误", 8, "count"),
    ColumnHead("警告", 8, "count"),
    ColumnHead("提示", 8, "count"),
    ColumnHead("涉及措施数", 12, "count"),
)


def problems_workbook(
    checked: Checked,
    register: Register,
    derived: Mapping[str, Derived],
    as_of: date,
    workbook: object = THIS_WORKBOOK,
) -> bytes:
    """The bytes of the report; the same Problems on the same day give the same bytes.

    Args:
        workbook: How the commands in it call the workbook that was checked.
    """
    book = Book(PROBLEM_LIST, as_of)
    note = f"截至 {as_of}，共 {register.rows} 行措施：{count_words(checked)}。{checked.stages}"
    sheet = book.sheet("问题清单", PROBLEM_LIST, note)
    book.table(sheet, _PROBLEMS, _problem_rows(checked, register, derived))
    rules = book.sheet("按规则", "按规则汇总", _disabled_note(checked, workbook))
    book.table(rules, _BY_RULE, _rule_rows(checked))
    departments = book.sheet("按部门", "按责任部门汇总", note)
    book.table(departments, _BY_DEPARTMENT, _department_rows(checked, register))
    return book.close()


def _problem_rows(checked: Checked, register: Register, derived: Mapping[str, Derived]) -> Iterator[tuple[Cell, ...]]:
    actions = _actions(register)
    status = {found.row: found.status for found in derived.values()} | {q.row: "待更正" for q in register.quarantined}
    for problem in sorted(checked.problems, key=lambda one: _WEIGHTS.index(one.severity)):
        row = problem.row or 0
        department, owners = actions.get(row, ("", ""))
        weight = Mark(problem.severity.word, _TONES[problem.severity])
        place = (problem.sheet, problem.cell or "")
        words = (problem.message, problem.fix)
        who = (problem.number, status.get(row, ""), department, owners)
        yield (*who, weight, problem.rule, problem.clause, *place, *words)


def _rule_rows(checked: Checked) -> Iterator[tuple[Cell, ...]]:
    by_rule: dict[str, list[Problem]] = {}
    for problem in checked.problems:
        by_rule.setdefault(problem.rule, []).append(problem)
    for rule, problems in sorted(by_rule.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield (rule, problems[0].clause, *_by_weight(problems), problems[0].message)


def _department_rows(checked: Checked, register: Register) -> Iterator[tuple[Cell, ...]]:
    actions = _actions(register)
    by_department: dict[str, list[Problem]] = {}
    for problem in checked.problems:
        if problem.row is not None:
            department, _ = actions.get(problem.row, ("", ""))
            by_department.setdefault(department or NO_DEPARTMENT, []).append(problem)
    for department, problems in sorted(by_department.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield (department, *_by_weight(problems), len({problem.row for problem in problems}))


def _by_weight(problems: list[Problem]) -> tuple[int, ...]:
    counts = Counter(problem.severity for problem in problems)
    return tuple(counts[severity] for severity in Severity)


def _actions(register: Register) -> dict[int, tuple[str, str]]:
    """Row → (责任部门, 责任人)."""
    records = (*register.tracker.records, *(q.record for q in register.quarantined))
    return {a.row: (a.responsible_department or "", cut_list(a.owners, _MOST_OWNERS, "人")) for a in records}


def _disabled_note(checked: Checked, workbook: object) -> str:
    count, details = len(checked.disabled), to_paste("check", workbook, "--verbose")
    return f"{count} 条规则未启用（不等于通过） → 明细：{details}" if count else "所有规则都已启用"
