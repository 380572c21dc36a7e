"""Which style a cell gets that wasn't there."""

from __future__ import annotations

import datetime as dt

import pytest

from capa_xl.ooxml.patch import CellEdit, CellLook, Patch, RowEdit
from capa_xl.ooxml.splice import splice
from tests.ooxml.xlsx_maker import Book, sheet_text

DAY = dt.date(2026, 11, 22)
COLUMNS = (
    '<cols><col min="2" max="3" style="3"/><col min="3" max="4" style="2"/><col min="5" max="5" width="9"/></cols>'
)


def styles_of(
    rows: str, edits: dict[str, object], head: str = "", look: CellLook | None = None
) -> dict[str, str | None]:
    """Address → the style that its cell has after the splice."""
    patch = Patch(edits=tuple(CellEdit("表", at, value, look) for at, value in edits.items()))
    text = sheet_text(splice(Book(rows=rows, head=head).blob(), patch).blob)
    found = {}
    for at in edits:
        tag = text.partition(f'<c r="{at}"')[2].partition(">")[0]
        found[at] = tag.partition(' s="')[2].partition('"')[0] or None
    return found


@pytest.mark.parametrize(
    ("row", "style"),
    [
        ('s="2" customFormat="1"', "2"), ('s="2" customFormat="true"', "2"), ('s="2" customFormat="0"', "3"),
        ('s="2"', "3"), ('customFormat="1"', "3"), ('s="x" customFormat="1"', "3"), ('s="0" customFormat="1"', None),
    ],
)  # fmt: skip
def test_a_row_gives_its_style_where_it_says_so_else_the_column(row, style):
    assert styles_of(f'<row r="1" {row}></row>', {"B1": "x"}, COLUMNS) == {"B1": style}


@pytest.mark.parametrize(
    ("at", "style"), [("A1", None), ("B1", "3"), ("C1", "3"), ("D1", "2"), ("E1", None), ("F1", None)]
)
def test_a_column_gives_its_style_within_its_span_and_the_first_span_counts(at, style):
    assert styles_of("", {at: "x"}, COLUMNS) == {at: style}


def test_new_cells_side_by_side_take_the_style_of_the_one_on_the_left():
    assert styles_of("", {"D1": "x", "E1": "y", "F1": "z"}, COLUMNS) == {"D1": "2", "E1": "2", "F1": "2"}


@pytest.mark.parametrize(
    ("value", "style"), [(5, "2"), ("x", "2"), (True, "2"), (DAY, "1")], ids=["number", "text", "truth", "date"]
)
def test_the_style_of_a_date_on_the_left_is_taken_for_a_date_alone(value, style):
    rows = '<row r="1"><c r="B1" s="2"/></row><row r="2"><c r="A2" s="1"/></row>'
    assert styles_of(rows, {"B2": value}) == {"B2": style}


def test_only_the_row_directly_above_gives_its_style():
    rows = '<row r="1"><c r="A1" s="2"/></row>'
    assert styles_of(rows, {"A3": "x"}) == {"A3": None}
    assert styles_of(rows, {"A2": "x", "A3": "y", "A5": "z"}) == {"A2": "2", "A3": "2", "A5": None}


@pytest.mark.parametrize("cell", ['<c r="A1" s="2"/>', "<c s='2' r='A1'/>", '<c r="A1" s="2"><v>1</v><extLst/></c>'])
def test_a_cell_of_any_form_on_the_left_gives_its_style(cell):
    assert styles_of(f'<row r="1">{cell}</row>', {"B1": "x"}) == {"B1": "2"}


def test_a_cell_without_a_style_on_the_left_gives_none_and_one_further_left_neither():
    assert styles_of('<row r="1"><c r="A1"/></row>', {"B1": "x"}) == {"B1": None}
    assert styles_of('<row r="1"><c r="A1" s="2"/></row>', {"C1": "x"}) == {"C1": None}


def test_a_number_is_shown_as_one_unless_its_look_says_otherwise():
    head = '<cols><col min="1" max="9" style="1"/></cols>'
    assert styles_of("", {"A1": 5, "B1": "x", "C1": DAY, "D1": 6}, head) == {"A1": "4", "B1": "1", "C1": "1", "D1": "4"}
    assert styles_of("", {"A1": 5}, head, CellLook(number_format="yyyy-mm-dd")) == {"A1": "4"}
    assert styles_of("", {"A1": 5}, head, CellLook(bold=True)) == {"A1": "5"}


@pytest.mark.parametrize("head", ["", COLUMNS])
def test_rows_written_together_get_the_styles_that_single_cells_get(head):
    values = {1: "x", 2: 5, 3: DAY, 4: "y", 5: 0.5, 6: True}
    rows = '<row r="1"><c r="A1" s="2"/><c r="F1" s="3"/></row>'
    together = Patch(row_edits=tuple(RowEdit("表", row, tuple(values), tuple(values.values())) for row in (1, 2, 3)))
    singly = Patch(edits=tuple(
        CellEdit("表", f"{'ABCDEF'[column - 1]}{row}", value) for row in (1, 2, 3) for column, value in values.items()
    ))  # fmt: skip
    book = Book(rows=rows, head=head).blob()
    assert splice(book, together).blob == splice(book, singly).blob
