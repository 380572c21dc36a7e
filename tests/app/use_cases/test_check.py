"""check as a whole: it judges and reads, and writes nothing but the report asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from capa_xl.app.use_cases.check import check_workbook, write_report
from capa_xl.errors import UnreadableWorkbook
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
TRACKER = """
    编号         问题描述            措施内容  责任人  完成期限
    GJ-2026-001  值班电话漏接三次    排班      样例甲  2026-07-01
    GJ-2026-002  备件台账与实物不符  盘点      样例乙  2024年5月底
"""


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(workbook_bytes({"改进计划跟踪表": TRACKER}))
    return path


def test_a_check_leaves_the_file_and_its_folder_alone(book):
    before = book.read_bytes()
    check_workbook(desk_at(book, DAY))
    assert book.read_bytes() == before
    assert [entry.name for entry in book.parent.iterdir()] == [book.name]


def test_a_row_whose_due_date_cannot_be_read_is_set_aside_and_told_at_its_cell(book):
    judged = check_workbook(desk_at(book, DAY))
    assert [row.cells for row in judged.opened.register.quarantined] == [("E3",)]
    told = [(problem.rule, problem.cell) for problem in judged.checked.problems if problem.row == 3]
    assert ("FD05", "E3") in told


def test_a_workbook_without_a_tracker_is_a_problem_and_no_refusal(tmp_path):
    path = tmp_path / "别的.xlsx"
    path.write_bytes(workbook_bytes({"台账": [["日期", "金额"], [DAY, 5]]}))
    judged = check_workbook(desk_at(path, DAY))
    assert [problem.rule for problem in judged.checked.problems] == ["WB01"]


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "跟踪表.xlsx"
    path.write_bytes(b"PK no more")
    with pytest.raises(UnreadableWorkbook):
        check_workbook(desk_at(path, DAY))


def test_the_report_lists_every_problem(book, tmp_path):
    judged = check_workbook(desk_at(book, DAY))
    target = tmp_path / "清单.xlsx"
    write_report(judged, target)
    report = CalamineWorkbook.from_path(target)
    rows = (row for name in report.sheet_names for row in report.get_sheet_by_name(name).to_python())
    cells = {str(value) for row in rows for value in row}
    assert {problem.message for problem in judged.checked.problems} <= cells
