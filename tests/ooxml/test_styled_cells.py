"""Which cells are struck through, and which show a number in percent, by the styles alone."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from openpyxl.styles import Font

from capa_xl.ooxml.workbook_values import WorkbookValues


def edited(edit):
    book, stream = openpyxl.Workbook(), BytesIO()
    book.active.append(["甲", "乙"])
    edit(book.active)
    book.save(stream)
    return WorkbookValues(stream.getvalue())


def struck(edit):
    return edited(edit).struck_cells("Sheet")


def test_a_cell_in_percent_is_found_whatever_it_holds():
    assert edited(lambda sheet: setattr(sheet["B1"], "number_format", "0.0%")).percent_cells("Sheet") == {(1, 2)}
    assert edited(lambda sheet: setattr(sheet["C3"], "number_format", "0%")).percent_cells("Sheet") == {(3, 3)}
    assert edited(lambda sheet: setattr(sheet["B1"], "number_format", "0.00")).percent_cells("Sheet") == frozenset()


def test_nothing_is_struck_where_no_font_strikes():
    assert struck(lambda sheet: None) == frozenset()


def test_a_struck_cell_is_found_and_its_neighbour_is_not():
    assert struck(lambda sheet: setattr(sheet["B1"], "font", Font(strike=True, bold=True))) == {(1, 2)}


def test_a_font_that_says_not_struck_strikes_nothing():
    blob_of = lambda sheet: setattr(sheet["A1"], "font", Font(strike=False, italic=True))  # noqa: E731
    assert struck(blob_of) == frozenset()
