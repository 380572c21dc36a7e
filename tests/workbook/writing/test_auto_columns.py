"""The 〔自动〕 cells: which of them a day changes."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.styles import Font

from capa_xl.a1 import cell_at
from capa_xl.model.as_of import AsOf
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.writing.auto_columns import auto_edits
from tests.made_workbooks import refreshed
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


# --- as much as a cell shows -------------------------------------------------------------------------------

SHEET = "改进计划跟踪表"
STEP, BEGUN = "补齐：严重度、措施内容", "补齐：严重度…"
PLACE = "济南分公司服务台与值班调度中心"
BOTH, ONE = f"质量部、{PLACE}", "质量部 等 2 个"
BESIDE = ("编号", "问题描述", "登记日期", "来源", "责任人", "完成期限", "责任部门")
SHOWN = (*BESIDE, "严重度", "措施内容", "原因分析", "〔自动〕下一步", "〔自动〕下一步责任人")
OPEN = ("GJ-01", "值班漏接三次", date(2026, 5, 1), "内部审核", "样例甲", date(2026, 7, 1), PLACE)


def sized(blob, *, step=None, actor=None, height=None, hidden=False, typeface="宋体"):
    """The workbook as somebody leaves it who drags the columns K and L, and row 2."""
    book, stream = openpyxl.load_workbook(BytesIO(blob)), BytesIO()
    book._fonts[0] = Font(name=typeface, size=11)
    sheet = book[SHEET]
    for letter, width in (("K", step), ("L", actor)):
        if width is not None:
            sheet.column_dimensions[letter].width = width + 0.7109375
            sheet.column_dimensions[letter].hidden = hidden
    sheet.row_dimensions[2].height = height
    book.save(stream)
    return stream.getvalue()


def shown(blob):
    sheet = openpyxl.load_workbook(BytesIO(blob))[SHEET]
    return sheet["K2"].value, sheet["L2"].value


@pytest.mark.parametrize(
    ("drags", "expected"),
    [
        ({"step": 82, "actor": 32}, (STEP, BOTH)),
        ({"step": 10, "actor": 12}, (BEGUN, ONE)),
        ({"step": 10, "actor": 12, "typeface": "Calibri"}, ("补齐：严重…", ONE)),
        ({"step": 16, "actor": 32, "height": 16.5}, (BEGUN, ONE)),
        ({"step": 16, "actor": 32, "height": 28.5}, (STEP, BOTH)),
        ({"step": 10, "actor": 32, "hidden": True}, (STEP, ONE)),
        ({"step": 2, "actor": 2}, (STEP, ONE)),
        ({}, ("补齐：严…", "…")),
    ],
    ids=["wide", "narrow", "narrow digits", "low", "two lines", "hidden", "a slit", "nobody set a width"],
)
def test_a_text_is_cut_for_the_column_and_the_row_that_are_there(drags, expected):
    """Where the column is hidden, or a slit, as in a new workbook; without a width as wide as Excel shows it."""
    table = workbook_bytes({SHEET: [SHOWN, (*OPEN, *[None] * 5)]})
    once = refreshed(sized(table, **drags), DAY)
    assert shown(once) == expected
    assert refreshed(once, DAY) == once


def test_a_column_that_is_widened_shows_more_at_the_next_refresh():
    table = workbook_bytes({SHEET: [SHOWN, (*OPEN, *[None] * 5)]})
    narrow = refreshed(sized(table, step=10, actor=12), DAY)
    assert shown(refreshed(sized(narrow, step=50, actor=32), DAY)) == (STEP, BOTH)
