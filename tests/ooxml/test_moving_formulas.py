"""Which formulas have another result every day, by their text alone."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.moving_formulas import moving_formulas
from capa_xl.ooxml.sheet_scan import read_sheet


def moving(cells):
    blob = f'<worksheet><sheetData><row r="2">{cells}</row></sheetData></worksheet>'
    return moving_formulas(read_sheet(blob.encode()))


@pytest.mark.parametrize("text", ["TODAY()+5", "DATE(YEAR(NOW()),1,1)", "RANDBETWEEN(1,9)"])
def test_a_formula_of_the_day_is_found_with_its_text(text):
    assert moving(f'<c r="D2" s="1"><f>{text}</f><v>46361</v></c>') == {(2, 4): text}


@pytest.mark.parametrize(
    "text", ["E2+60", "DATE(2026,1,1)", "&quot;TODAY()&quot;&amp;A1", "ISTODAY(A1)", "TODAYS", "BRAND()"]
)
def test_a_formula_that_stays_is_not_found(text):
    assert moving(f'<c r="D2"><f>{text}</f><v>46361</v></c><c r="E2"><f>NOW()</f><v>1</v></c>') == {(2, 5): "NOW()"}


def test_cells_filled_down_have_the_text_of_the_first():
    first = '<c r="D2"><f t="shared" ref="D2:E2" si="0">TODAY()&amp;""</f><v>1</v></c>'
    other = '<c r="E2"><f t="shared" si="0"/><v>1</v></c><c r="F2"><f t="shared" si="1"/><v>1</v></c>'
    assert moving(first + other) == {(2, 4): 'TODAY()&""', (2, 5): 'TODAY()&""'}
