"""Small tables for rule tests: `|` between cells, headings first; dates, lists and 是/否 are typed by their column."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from capa_xl.a1 import cell_at
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import MANY, Kind, columns_of
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.procedure import Procedure
from capa_xl.model.register import Register, Table
from capa_xl.model.schema import SHEETS
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register

PEOPLE = """
    姓名   | 部门   | 角色         | 邮箱                        | 在职 | 归口过程
    样例总 | 总经办 | 总经理       | zong@yangli-ops.example     | 是   |
    样例质 | 质量部 | 质量部负责人 | zhi@yangli-ops.example      | 是   | 内部审核
    样例检 | 质量部 | 质量部专员   | jian@yangli-ops.example     | 是   |
    样例甲 | 服务台 | 部门经理     | jia@yangli-ops.example      | 是   | 事件
    样例工 | 服务台 | 员工         | gong@yangli-ops.example     | 是   |
    样例乙 | 网络部 | 部门经理     | yi@yangli-ops.example       | 是   | 网络
    样例网 | 网络部 | 员工         | wang@yangli-ops.example     | 是   |
    样例丙 | 系统部 | 部门经理     | bing@yangli-ops.example     | 是   | 变更
"""
LETTERS = {"error": "E", "warning": "W", "info": "I"}


def lines_of(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]


def typed(kind, text):
    if kind in MANY:
        return tuple(part for part in text.split("、") if part)
    if text == "":
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(text)
    if kind in (Kind.NUMBER, Kind.COUNT):
        return float(text) if kind is Kind.NUMBER else int(text)
    return text == "是" if kind is Kind.YES_NO else text


def table(key, text):
    """The table of one sheet; None for an empty text. `↑` is filled down from the cell above, which is merged."""
    if not text.strip():
        return None
    spec = next(spec for spec in SHEETS if spec.key == key)
    by_header = {
        col.header: col for col in (*columns_of(spec.record), *(AUTO_COLUMNS if spec.record is Action else ()))
    }
    head, *rows = lines_of(text)
    cols = [by_header[name] for name in head]
    records, anchors = [], {}
    for at, row in enumerate(rows, start=2):
        for place in (place for place, cell in enumerate(row) if cell == "↑"):
            above = (at - 1, cols[place].key)
            anchors[at, cols[place].key] = anchors.get(above) or cell_at(at - 1, place + 1)
            row[place] = rows[at - 3][place]
        cells = {c.key: typed(c.kind, cell) for c, cell in zip(cols, row, strict=True) if not c.ours}
        records.append(spec.record(row=at, **cells))
    columns = {col.key: index for index, col in enumerate(cols, start=1)}
    return Table(spec.name, 1, columns, tuple(records), anchors, last_row=1 + len(rows))


def register_of(
    tracker, *, people=PEOPLE, remarks=(), procedure=None, quarantined=(), auto=None, parts=None, away=None, **sheets
):
    tables = {key: table(key, text) for key, text in {**sheets, "people": people}.items()}
    return Register(
        tracker=table("tracker", tracker),
        procedure=procedure or Procedure(),
        remarks=tuple(remarks),
        quarantined=tuple(quarantined),
        auto=auto or {},
        parts=parts or {},
        away=away or {},
        **tables,
    )


def checked(tracker, *, on="2026-06-01", today=None, journal=None, figures=None, papers=None, **sheets):
    """The whole check of these tables on a day."""
    as_of = AsOf(date.fromisoformat(on), date.fromisoformat(today or on))
    first_due = journal.first_due if journal is not None else {}
    view = view_register(register_of(tracker, **sheets), as_of, first_due)
    return check(view, journal, figures, papers)


def struck(rule, tracker, **given):
    """Where one rule strikes and how hard: `E D2`, `W 延期记录!C2`; whole sheets without a cell."""
    result = checked(tracker, **given)
    if rule in result.disabled:
        return "未启用"
    return [
        f"{LETTERS[p.severity]} " + ("" if p.sheet == "改进计划跟踪表" else f"{p.sheet}!") + (p.cell or "")
        for p in result.problems
        if p.rule == rule
    ]


def problem(rule, tracker, **given):
    """The first Problem of a rule."""
    return next(p for p in checked(tracker, **given).problems if p.rule == rule)


def met(rule, at, number="", row=None, sheet="改进计划跟踪表", severity=None, **facts):
    """A remark as reading makes it."""
    return Remark(rule, Hit(sheet, at, number, row, facts, severity))


def changed(value, **fields):
    return replace(value, **fields)
