"""The 〔自动〕 cells: which of them a day changes."""

from __future__ import annotations

from datetime import date

from capa_xl.a1 import cell_at
from capa_xl.model.as_of import AsOf
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.writing.auto_columns import auto_edits
from tests.tables import workbook_bytes

DAY = date(2026, 6, 1)
AUTO = ("〔自动〕状态", "〔自动〕距期限天数", "〔自动〕校验问题数", "〔自动〕更新时间")
HEADINGS = ("编号", "问题描述", "责任人", "完成期限", *AUTO)
FACTS = ("GJ-01", "值班漏接三次", "样例甲", date(2026, 7, 1))
EARLIER = date(2026, 5, 5)


def edited(*rows, problems=0):
    """Cell → value of the edits for rows of a table on a day, with that many Problems in row 2."""
    register = read_register(workbook_bytes({"改进计划跟踪表": [HEADINGS, *rows]}))
    derived = view_register(register, AsOf(DAY, DAY)).derived
    edits = auto_edits(register, derived, {2: problems}, DAY)
    return {
        cell_at(edit.row, column): value
        for edit in edits
        for column, value in zip(edit.columns, edit.values, strict=True)
    }


def test_an_empty_row_gets_every_cell_and_the_day():
    assert edited(FACTS, problems=3) == {"E2": "实施中", "F2": 30, "G2": 3, "H2": DAY}


def test_a_cell_that_holds_its_value_gets_no_edit_and_the_day_stays():
    assert edited((*FACTS, "实施中", 30, 0, EARLIER)) == {}


def test_the_day_moves_when_another_cell_does():
    assert edited((*FACTS, "实施中", 31, 0, EARLIER)) == {"F2": 30, "H2": DAY}


def test_somebodys_formula_is_left_alone():
    assert edited((*FACTS, "=A2", 30, 0, EARLIER)) == {}


def test_cells_beside_a_row_that_no_longer_counts_are_emptied():
    left = (None, None, None, None, "实施中", 12, 1, EARLIER)
    below = ("GJ-02", *FACTS[1:], "实施中", 30, 0, EARLIER)
    assert edited((*FACTS, "实施中", 30, 0, EARLIER), left, below) == dict.fromkeys(("E3", "F3", "G3", "H3"))
