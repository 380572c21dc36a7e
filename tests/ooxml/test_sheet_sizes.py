"""How wide a column is and how high a row is fixed, however a program writes it."""

import pytest

from capa_xl.ooxml.sheet_scan import read_sheet
from capa_xl.ooxml.sheet_sizes import PADDING, sizes_of


def sizes(head: str = "", rows: str = ""):
    return sizes_of(read_sheet(f'<worksheet xmlns="m">{head}<sheetData>{rows}</sheetData></worksheet>'.encode()))


@pytest.mark.parametrize(
    ("head", "width"),
    [
        ("", 9),
        ('<sheetFormatPr defaultColWidth="14.5" defaultRowHeight="15"/>', 14.5),
        ('<cols><col min="1" max="1" width="50"/></cols>', 9),
        ('<cols><col min="2" max="16384" width="20"/></cols>', 20),
        ('<cols><col min="3" max="3" width="16.7109375" customWidth="1"/></cols>', 16.7109375),
        ('<cols><col min="3" max="3" width="16" hidden="1"/></cols>', 0),
        ('<cols><col min="3" max="3" width="16" hidden="true"/></cols>', 0),
        ('<cols><col min="3" max="3" width="0" customWidth="1"/></cols>', 0),
        ('<cols><col min="3" max="3" width="nan"/></cols>', 9),
        ('<cols><col min="3" max="3" style="1"/></cols>', 9),
        ('<!-- <cols><col min="3" max="3" width="70"/></cols> -->', 9),
    ],
)
def test_a_column_is_as_wide_as_the_sheet_says(head, width):
    found = sizes(head)
    assert found.width(3) == width
    assert found.characters(3) == max(0, width - PADDING)


@pytest.mark.parametrize(
    ("row", "height"),
    [
        ('<row r="2"/>', None),
        ('<row r="2" ht="16" customHeight="1"><c r="A2"/></row>', 16),
        ("<row ht='16.5' customHeight='true' r='2'/>", 16.5),
        ('<row r="2" ht="16"/>', None),
        ('<row r="2" ht="16" customHeight="0"/>', None),
        ('<row r="2" ht="16" customHeight="1" hidden="1"/>', None),
        ('<row r="2" ht="0" customHeight="1"/>', None),
    ],
)
def test_a_row_is_fixed_only_where_somebody_fixed_it(row, height):
    assert sizes(rows=f'<row r="1"/>{row}<row r="3" ht="30" customHeight="1"/>').fixed_heights.get(2) == height


def test_a_sheet_may_fix_all_rows_that_say_nothing():
    head = '<sheetFormatPr defaultRowHeight="14.25" customHeight="1"/>'
    assert sizes(head, '<row r="1"/><row r="2" ht="40"/>').fixed_heights == {1: 14.25}
