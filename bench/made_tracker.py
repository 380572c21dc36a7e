"""A large tracker for the measurements: the schema's own sheets, every column of the tracker filled.

    python bench/made_tracker.py FILE ROWS [--faulty]

The rows repeat the closed and running actions of the sample that have no Problem, each under a number and with texts of
its own; `--faulty` breaks every one of them in several ways, so that most rows have Problems.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from capa_xl.model.action import TRACKER_SHEET, Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.columns import Kind, columns_of
from capa_xl.policy.check import check
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.blank.content import Content, NewValue
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.sample.content import sample_content

DAY = date(2026, 11, 22)
Row = dict[str, NewValue]

_LEFT_BLANK = frozenset({"cancelled_on", "cancel_reason", "cancel_approver", "stated_status"})
"""Filled, they would contradict the other columns."""
_LINKS = frozenset({"need_number", "plan_number", "analysis_number", "review_number", "previous_numbers", "follow_ups"})
_NOTES = frozenset(col.key for col in columns_of(Action) if col.kind is Kind.NOTE)


def made_tracker(rows: int, *, faulty: bool = False) -> bytes:
    """The workbook; same arguments, same bytes."""
    sample = sample_content(DAY)
    models = _models(sample)
    many = tuple(_row(models[at % len(models)], at, faulty=faulty) for at in range(rows))
    around = {sheet: some for sheet, some in sample.items() if sheet in ("人员部门", "参数", "过程指标", "质量数据")}
    return build_workbook({**around, TRACKER_SHEET: many}, as_of=DAY)


def _models(sample: Content) -> list[Row]:
    """The sample's rows that are in order by themselves, without any other sheet about them."""
    register = read_register(build_workbook(sample, as_of=DAY))
    problems = check(view_register(register, AsOf(DAY, DAY))).problems
    faulty = {problem.number for problem in problems}
    told = {
        str(row[key])
        for sheet, rows in sample.items()
        for row in rows
        for key in ("number", "action_number", "tracker_number")
        if sheet != TRACKER_SHEET and row.get(key)
    }
    rows = [dict(row) for row in sample[TRACKER_SHEET] if not _LINKS & row.keys()]
    return [row for row in rows if row.get("due_on") and row["number"] not in faulty | told]


def _row(model: Row, at: int, *, faulty: bool) -> Row:
    number = f"GJ-{2025 + at % 2}-{at + 1:06d}"
    row = {key: _told_apart(key, value, at) for key, value in model.items()}
    row |= {"number": number, "report_number": f"GJBG-{at + 1:06d}" if model.get("report_number") else None}
    row |= {key: f"第 {at + 1} 项的补充说明，供测量用" for key in _NOTES - _LEFT_BLANK if not row.get(key)}
    row |= {"resources_on": row.get("approved_on"), "original_due_on": row["due_on"]}
    row |= {"source_number": row.get("source_number") or f"YD-{at:06d}", "remark": f"第 {at + 1} 行"}
    if row.get("archive_location"):
        row["archive_location"] = f"质量部档案柜 改进卷 {number}"
    return row | (_faults(row) if faulty else {})


def _told_apart(key: str, value: NewValue, at: int) -> NewValue:
    return f"第 {at + 1} 项：{value}" if key in _NOTES else value


def _faults(row: Row) -> Row:
    """Cause and evidence missing, an inspector nobody knows, a start after the end, a value no list has."""
    wrong: Row = {"cause": None, "evidence": None, "inspector": "无此人", "category": " 服务中断 ", "approver": None}
    if row.get("completed_on"):
        wrong["started_on"] = DAY
    return wrong


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(made_tracker(int(sys.argv[2]), faulty="--faulty" in sys.argv))
