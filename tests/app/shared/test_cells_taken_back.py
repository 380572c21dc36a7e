"""What cells that are taken back one by one can't bring back with them is said."""

import openpyxl
import pytest

from capa_xl.app.use_cases.undo import undo
from capa_xl.app.use_cases.year_end import end_year
from capa_xl.ooxml.patch import CachedValue, CellEdit, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.workbook_values import WorkbookValues
from tests.app.desks import desk_at
from tests.app.small_year import ARCHIVE, BEFORE, DAY, SHEET, small_year


@pytest.fixture
def ended(tmp_path):
    path = tmp_path / "表.xlsx"
    path.write_bytes(splice(small_year(), Patch(cached=(CachedValue(SHEET, "J2", 6),))).blob)
    assert end_year(desk_at(path, DAY), BEFORE, tmp_path / ARCHIVE, apply=True).written
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


def test_a_formula_without_a_result_is_emptied_too_and_named_when_it_comes_back_blank(tmp_path):
    """As other programs leave them, never computed."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(small_year())
    assert WorkbookValues(path.read_bytes()).read(SHEET).formulas[2, 10] is False
    assert end_year(desk_at(path, DAY), BEFORE, tmp_path / ARCHIVE, apply=True).written
    assert openpyxl.load_workbook(path)[SHEET]["J2"].value is None
    assert openpyxl.load_workbook(tmp_path / ARCHIVE)[SHEET]["J2"].value == "=LEN(B2)"
    saved_since(path)
    (note,) = formula_notes(path)
    assert "J2 原来是公式，现在是当时算出的值（没有算出过的是空白） → 公式在归档以前的备份里" in note


def test_without_the_backup_nobody_knows_which_cells_were_formulas(ended):
    saved_since(ended)
    for backup in (ended.parent / ".capa_xl/backups").iterdir():
        backup.unlink()
    (note,) = formula_notes(ended)
    assert "归档以前的备份已经不在了" in note
