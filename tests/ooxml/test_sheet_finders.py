import pytest

from capa_xl.ooxml.sheet_finders import error_cells, formula_cells, used_range
from tests.ooxml.xlsx_maker import Book


def xml(rows):
    return Book(rows=rows).sheet().encode()


def test_formulas_with_and_without_a_cached_value_are_found():
    rows = (
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>1+1</f></c>'
        '<c r="C2" t="str"><f>"x"</f><v></v></c></row>'
        '<row r="7"><c r="D7"><f t="shared" si="0"/><v>1</v></c></row>'
    )
    found = [(cell.at, cell.has_value) for cell in formula_cells(xml(rows))]
    assert found == [("A2", True), ("B2", False), ("C2", False), ("D7", True)]


def test_a_font_is_no_formula():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><font/></rPr><t>x</t></r></is></c></row>'
    assert formula_cells(xml(rows)) == ()


def test_error_cells_are_found():
    rows = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>1</v></c></row>'
    rows += '<row r="4"><c t="e" r="C4"><v>#REF!</v></c></row>'
    assert error_cells(xml(rows)) == ("A1", "C4")
    assert error_cells(xml('<row r="1"><c r="A1"><v>1</v></c></row>')) == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("", None),
        ('<row r="1048576"><c r="XFD1048576" s="1"/></row>', None),
        (
            '<row r="2"><c r="B2"><v>1</v></c><c r="C2"/></row>'
            '<row r="9"><c r="A9"/><c r="D9" t="str"><v>x</v></c></row>',
            (2, 2, 9, 4),
        ),
        ('<row r="3"><c r="C3" t="inlineStr"><is><t>x</t></is></c></row>', (3, 3, 3, 3)),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', (1048576, 1, 1048576, 1)),
        ("<row><c/><c><v>1</v></c><c><v>2</v></c></row>", (1, 2, 1, 3)),
    ],
)
def test_the_used_range_counts_values_not_formats(rows, expected):
    assert used_range(xml(rows)) == expected
