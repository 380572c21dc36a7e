"""What cells that are taken back one by one can't bring back with them is said."""

from datetime import date

import openpyxl
import pytest

from capa_xl.app.use_cases.undo import undo
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.ooxml.patch import CachedValue, CellEdit, Patch
from capa_xl.ooxml.splice import splice
from tests.app.desks import desk_at
from tests.tables import workbook_bytes

DAY, BEFORE = date(2026, 3, 1), date(2026, 1, 1)
SHEET = "改进计划跟踪表"
TRACKER = [
    ["编号", "问题描述", "措施内容", "责任人", "登记日期", "完成期限", "完成日期", "验证结果", "验证日期", "字数"],
    ["GJ-01", "磁盘故障三次", "换硬盘", "样例甲", date(2025, 1, 5), date(2025, 4, 30), date(2025, 4, 2)],
    ["GJ-02", "电源告警两次", "换电源", "样例甲", date(2025, 9, 5), date(2026, 4, 30)],
]


@pytest.fixture
def ended(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook_bytes({SHEET: TRACKER, "参数": [["参数", "值"], ["逾期提醒", "是"]]}))
    book = openpyxl.load_workbook(path)
    book[SHEET]["H2"], book[SHEET]["I2"], book[SHEET]["J2"] = "有效", date(2025, 6, 1), "=LEN(B2)"
    book.save(path)
    counted = Patch(cached=(CachedValue(SHEET, "J2", 6),))
    path.write_bytes(splice(path.read_bytes(), counted).blob)
    done = end_year(desk_at(path, DAY), BEFORE, tmp_path / "归档.xlsx", apply=True)
    assert done.written and done.year.going
    return path


def saved_since(path):
    path.write_bytes(splice(path.read_bytes(), Patch(edits=(CellEdit(SHEET, "B3", "电源告警三次"),))).blob)


def formula_notes(path):
    return [note for note in undo(desk_at(path, DAY)).notes if "公式" in note]


def test_a_formula_that_comes_back_as_a_value_is_named_with_the_backup_that_has_it(ended):
    saved_since(ended)
    (note,) = formula_notes(ended)
    assert "《改进计划跟踪表》J2 原来是公式，现在是当时算出的值 → 公式在归档以前的备份里" in note


def test_a_workbook_that_comes_back_whole_has_its_formulas_and_no_note(ended):
    assert formula_notes(ended) == []
    assert openpyxl.load_workbook(ended)[SHEET]["J2"].value == "=LEN(B2)"


def test_without_the_backup_nobody_knows_which_cells_were_formulas(ended):
    saved_since(ended)
    for backup in (ended.parent / ".capa_xl/backups").iterdir():
        backup.unlink()
    (note,) = formula_notes(ended)
    assert "归档以前的备份已经不在了" in note
