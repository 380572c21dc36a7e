"""Rows emptied: what holds something, a formula without a result too, and nothing else."""

from capa_xl.model.snapshot import AppliedEdit
from capa_xl.ooxml.patch import Patch
from capa_xl.ooxml.splice import splice
from capa_xl.workbook.writing.cleared_rows import cleared_cells
from tests.tables import workbook_bytes


def test_values_and_formulas_of_the_rows_are_named_wherever_they_stand():
    """C2 stands beside the table, D3 in a row of its own, neither computed; row 4 stays, and row 9 isn't there."""
    rows = [["编号", "问题"], ["G1", None, "=LEN(A2)"], [None, None, None, "=A9"], ["G2", "=A4"]]
    found = cleared_cells(workbook_bytes({"表": rows}), {"表": [3, 2, 9]})
    assert found == (
        AppliedEdit("表", "A2", "G1", None),
        AppliedEdit("表", "C2", None, None),
        AppliedEdit("表", "D3", None, None),
    )


def test_a_formula_with_an_empty_text_as_its_result_goes_too():
    blob = workbook_bytes({"表": [["编号"], ['=IF(A9="","",A9)']]})
    (edit,) = cleared_cells(blob, {"表": [2]})
    assert (edit.cell, edit.before) == ("A2", None)
    assert splice(blob, Patch()).blob == blob
