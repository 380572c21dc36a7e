"""Which formulas have another result every day because a cell that they point to has."""

from __future__ import annotations

import pytest

from capa_xl.a1 import parse_cell
from capa_xl.ooxml.moving_chains import MovingChains
from capa_xl.ooxml.sheet_formulas import formulas_of
from capa_xl.ooxml.sheet_scan import read_sheet


def sheet(**formulas):
    """A sheet with a formula in each of these cells, one a row."""
    rows = (
        f'<row r="{at.lstrip("ABCDEFGH")}"><c r="{at}"><f>{formula}</f><v>1</v></c></row>'
        for at, formula in sorted(formulas.items(), key=lambda one: int(one[0].lstrip("ABCDEFGH")))
    )
    return read_sheet(f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>".encode())


OTHER = sheet(B1="TODAY()", B2="B1", B3="DATE(2026,1,1)", C4="NOW()")


def end(formula, *, names=None, stops=(), **others):
    """Where D9 goes back to, as 表!A1."""
    sheets = {"表": sheet(D9=formula, **others), "参数": OTHER}
    found = MovingChains(sheets.get, names or {}, {("表", parse_cell(at)) for at in stops}).end_of(("表", (9, 4)))
    return f"{found[0]}!{found[1]}" if found else ""


@pytest.mark.parametrize(
    ("formula", "want"),
    [
        ("参数!B1", "参数!(1, 2)"),
        ("'参数'!$B$1+30", "参数!(1, 2)"),
        ("EDATE(参数!B2,1)", "参数!(1, 2)"),  # by two steps
        ("MAX(参数!B2:B3)", "参数!(1, 2)"),
        ("MAX(参数!A1:F99)", "参数!(1, 2)"),
        ("SUM(参数!C:C)", "参数!(4, 3)"),
        ("SUM(参数!A:A)", ""),
        ("参数!B3", ""),
        ("没有这张表!B1", ""),
        ("&quot;参数!B1&quot;&amp;1", ""),
        ("TODAY()", "表!(9, 4)"),
        ("今天+5", "表!(9, 4)"),
        ("首日+5", "参数!(1, 2)"),
        ("D9", ""),  # points to itself
    ],
)
def test_a_cell_that_points_to_one_that_moves_goes_back_to_it(formula, want):
    assert end(formula, names={"今天": "TODAY()", "首日": "参数!$B$1"}) == want


def test_a_long_chain_is_followed_to_its_end_and_a_ring_has_none():
    chain = {f"H{row}": f"H{row + 1}+1" for row in range(10, 3000)}
    assert end("H10", **chain, H3000="TODAY()") == "表!(3000, 8)"
    assert end("H10", **chain, H3000="H10") == ""


def test_what_points_to_a_cell_that_is_told_itself_is_not_told_too():
    assert end("E3+60", E3="TODAY()", stops=("D9", "E3")) == ""
    assert end("E3+60", E3="TODAY()") == "表!(3, 5)"


@pytest.mark.parametrize(("first", "second", "want"), [("", "", True), ("", "str", False), ("str", "str", True)])
def test_a_day_does_not_move_with_a_word_but_a_word_does(first, second, want):
    rows = "".join(
        f'<row r="{row}"><c r="D{row}" t="{kind or "n"}"><f>{formula}</f><v>1</v></c></row>'
        for row, kind, formula in ((2, first, "IF(D3=1,A1,A2)"), (3, second, "IF(F2&lt;TODAY(),1,2)"))
    )
    one = read_sheet(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode())
    assert (MovingChains({"表": one}.get).end_of(("表", (2, 4))) == ("表", (3, 4))) is want


def test_what_was_filled_down_points_to_the_cells_beside_it():
    rows = (
        '<row r="2"><c r="D2"><f t="shared" ref="D2:E3" si="0">A2+$B$1+参数!C2&amp;"A2"</f></c></row>'
        '<row r="3"><c r="E3"><f t="shared" si="0"/></c><c r="F3"><f t="shared" si="1"/></c></row>'
    )
    found = formulas_of(read_sheet(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()))
    texts = {place: formula.text for place, formula in found.items()}
    assert texts == {(2, 4): 'A2+$B$1+参数!C2&"A2"', (3, 5): 'B3+$B$1+参数!D3&"A2"'}
