"""Whether a formula may read a changed cell."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.dependents import boxes, may_depend

CHANGED = {"表": ((2, 2, 4, 2),), "o'k": ((1, 1, 1, 1),)}


def depends(formula: str, attributes: str = "", sheet: str = "他表") -> bool:
    blob = f"<worksheet><sheetData><row><c><f{attributes}>{formula}</f></c></row></sheetData></worksheet>".encode()
    return may_depend(blob, sheet, CHANGED)


@pytest.mark.parametrize(
    ("formula", "reads"),
    [
        ("表!B2", True), ("表!B4", True), ("表!B1", False), ("表!B5", False), ("表!A2", False), ("表!C2", False),
        ("表!A1:B2", True), ("表!A1:B1", False), ("表!$B$3", True), ("表!b3", True), ("表!A:B", True),
        ("表!C:D", False),
        ("表!4:9", True), ("表!5:9", False), ("B2", False), ("'表'!B2", True), ("'o''k'!A1", True), ("'O''K'!A1", True),
        ("'o''k'!A2", False), ("SUM(表!B1,表!B2)", True), ("B2+表!B2", True), ("1+1", False), ("TRUE+false", False),
        ("SUM(1)", False), ("SUM (1)", True), ("总数", True), ("a.b", True), ("T[x]", True), ('"表!B2"', False),
        ('"a""b"&amp;1', False), ("INDIRECT(A1)", True), ("offset(A1,1,1)", True), ("CELL(1)", True), ("LET(1)", True),
        ("LAMBDA(1)", True), ("GETPIVOTDATA(1)", True), ("MYCELL(1)", False), ("表!B2x", True), ("B2(1)", False),
    ],
)  # fmt: skip
def test_a_formula_reads_a_changed_cell_or_may(formula, reads):
    assert depends(formula) is reads


def test_an_address_without_a_sheet_is_of_the_formulas_own():
    assert depends("B2", sheet="表")
    assert depends("a1", sheet="O'K")
    assert not depends("B1", sheet="表")


@pytest.mark.parametrize(
    ("attributes", "reads"), [(' t="shared" ref="A1"', True), (' t="dataTable"', True), (' t="array"', False)]
)
def test_a_formula_that_stands_for_others_is_taken_as_one_that_reads(attributes, reads):
    assert depends("1", attributes) is reads


def test_a_child_of_a_shared_formula_says_nothing():
    blob = b'<worksheet><sheetData><row><c><f t="shared" si="0"/></c></row></sheetData></worksheet>'
    assert not may_depend(blob, "a", CHANGED)


@pytest.mark.parametrize(("length", "reads"), [(8_192, False), (8_193, True)])
def test_a_formula_longer_than_excel_allows_is_taken_as_one_that_reads(length, reads):
    assert depends("1" * length) is reads


@pytest.mark.parametrize(("count", "reads"), [(20_000, False), (20_001, True)])
def test_a_sheet_of_very_many_formulas_is_taken_as_one_that_reads(count, reads):
    assert may_depend(b"<worksheet>" + b"<f>1</f>" * count + b"</worksheet>", "a", CHANGED) is reads


@pytest.mark.parametrize(
    ("blob", "reads"),
    [
        (b"<worksheet/>", False), (b"<worksheet>fff</worksheet>", False),
        (b"<x:worksheet><x:f>INDIRECT(1)</x:f></x:worksheet>", True),
        ("<worksheet><f>INDIRECT(1)</f></worksheet>".encode("utf-16-le"), True),
        (b"<worksheet><!--<f>INDIRECT(1)</f>--></worksheet>", False),
    ],
)  # fmt: skip
def test_formulas_are_found_in_any_form_of_sheet(blob, reads):
    assert may_depend(blob, "a", CHANGED) is reads


def test_changed_columns_become_one_box_each():
    assert boxes({5: [1, 3], 2: [3], 9: [1, 3]}) == ((5, 1, 9, 1), (2, 3, 9, 3))
    assert boxes({}) == ()
