"""undo leaves a cell alone whose row is another one now, also where it holds what was written."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from capa_xl.app.use_cases.handover import hand_over
from capa_xl.app.use_cases.undo import undo
from capa_xl.effects.journal_undo import packed_edits, unpacked_edits
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.policy.handing_over import Handover
from capa_xl.reports.fixes_text import undo_lines
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
SHEET, STEPS = "改进计划跟踪表", "措施分解"
_SHEETS = {
    SHEET: """
        编号   措施内容  责任部门  责任人  完成期限
        GJ-01  改排班    网络部    样例甲  2026-07-01
        GJ-02  贴标签    网络部    样例乙  2026-07-01
    """,
    STEPS: """
        编号   步骤号  步骤内容  步骤责任人  步骤期限
        GJ-01  1       写规程    样例甲      2026-06-20
        GJ-01  2       评审规程  样例乙      2026-06-20
    """,
    "人员部门": """
        姓名    部门    角色      代理人
        样例甲  网络部  员工
        样例乙  网络部  员工
    """,
}


@pytest.fixture
def handed_over(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes(_SHEETS))
    done = hand_over(desk_at(path, DAY), Handover("样例甲", "样例乙", DAY), apply=True)
    assert [f"{one.sheet}!{one.cell}" for one in done.replaced.found.changes] == [f"{SHEET}!D2", f"{STEPS}!D2"]
    return path


def swapped(path, *sheets):
    """Rows 2 and 3 change places, as sorting does it."""
    book = openpyxl.load_workbook(path)
    for sheet in sheets:
        two, three = ([cell.value for cell in book[sheet][row]] for row in (2, 3))
        for column, (above, below) in enumerate(zip(three, two, strict=True), 1):
            book[sheet].cell(2, column).value, book[sheet].cell(3, column).value = above, below
    book.save(path)


def owners(path, sheet):
    book = openpyxl.load_workbook(path)
    return [book[sheet].cell(row, 4).value for row in (2, 3)]


def test_a_row_that_was_sorted_away_leaves_its_cell_to_the_row_that_stands_there(handed_over):
    swapped(handed_over, SHEET, STEPS)
    done = undo(desk_at(handed_over, DAY))
    assert owners(handed_over, SHEET) == owners(handed_over, STEPS) == ["样例乙", "样例乙"]
    told = list(undo_lines(done.applied, done.edits, done.kept, ""))
    assert told[1:3] == [
        f"{SHEET}!D2 写入时是「GJ-01」的一行，现在这一行是「GJ-02」，没有动 → 要改回的在它现在的行里改。",
        f"{STEPS}!D2 写入时是「GJ-01 · 1」的一行，现在这一行是「GJ-01 · 2」，没有动 → 要改回的在它现在的行里改。",
    ]


def test_a_row_that_was_deleted_leaves_its_cell_to_the_row_below(handed_over):
    book = openpyxl.load_workbook(handed_over)
    book[SHEET].delete_rows(2)
    book.save(handed_over)
    done = undo(desk_at(handed_over, DAY))
    assert owners(handed_over, SHEET) == ["样例乙", None]
    assert owners(handed_over, STEPS) == ["样例甲", "样例乙"]
    assert [(cell.row_then, cell.row_now) for cell in done.kept] == [("GJ-01", "GJ-02")]


def test_a_row_that_stands_where_it_stood_is_taken_back_though_others_moved(handed_over):
    swapped(handed_over, STEPS)
    undo(desk_at(handed_over, DAY))
    assert owners(handed_over, SHEET) == ["样例甲", "样例乙"]


def test_what_an_older_program_recorded_without_a_name_is_read_too():
    edit = AppliedEdit("表", "A1", None, DAY, "GJ-01")
    assert unpacked_edits(packed_edits([edit])) == (edit,)
    assert unpacked_edits('[["表", "A1", null, 5]]') == (AppliedEdit("表", "A1", None, 5),)
