"""Two rows told apart by one pattern, and every doubt in which expat must be asked instead."""

from __future__ import annotations

import pytest

from capa_xl.ooxml.proof.row_cells import told_contents
from capa_xl.ooxml.proof.sheet_rows import RowBytes

A, B, C = '<c r="A5"><v>1</v></c>', '<c r="B5" s="2"><v>2</v></c>', '<c r="C5"><v>3</v></c>'


def told(old, new, columns=(2,), tags=('<row r="5" spans="1:3">', '<row r="5" spans="1:3">')):
    rows = [f"{tag}{cells}</row>".encode() for tag, cells in zip(tags, (old, new), strict=True)]
    found = told_contents(RowBytes(5, rows[0]), RowBytes(5, rows[1]), b"", columns)
    return found and tuple(list(side) for side in found)


def test_a_cell_with_another_value_is_told_before_and_after():
    assert told(A + B + C, A + B.replace("2<", "9<") + C) == (
        [b' s="2"><v>2</v></c>'],
        [b' s="2"><v>9</v></c>'],
    )


def test_a_new_cell_is_told_beside_one_that_was_there():
    assert told(A + C, A + B + C, (1, 2)) == (
        [b"><v>1</v></c>", None],
        [b"><v>1</v></c>", b' s="2"><v>2</v></c>'],
    )


def test_spans_may_grow_and_nothing_else_of_the_tag():
    grown = ('<row r="5" spans="1:1" ht="20">', '<row r="5" spans="1:2" ht="20">')
    other = ('<row r="5" spans="1:1" ht="20">', '<row r="5" spans="1:2" ht="30">')
    assert told(A, A + B, tags=grown) == ([None], [b' s="2"><v>2</v></c>'])
    assert told(A, A + B, tags=other) is None


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (A + C, A + B + C.replace("3", "4", 1), "another cell is different"),
        (A + C, A + B, "another cell is gone"),
        (A + C, A + C + B, "the new cell stands behind a later column"),
        (A + C, A + B + B + C, "the new cell is there twice"),
        (A + C, A + B.replace("B5", "B6") + C, "the new cell has the address of another row"),
        (A + B.replace("B5", "B6") + C, A + B + C, "the old cell had the address of another row"),
        (A + C + "<c s='1' r='B5'/>", A + B + C + "<c s='1' r='B5'/>", "the column is there already, oddly written"),
        (A + '<c2 r="D5"/>', A + B + '<c2 r="D5"/>', "a tag that looks like a cell without its digits"),
        (A + "<cell/>" + C, A + B + "<cell/>" + C, "an element that begins like a cell"),
        (A + C + "</row>", A + B + C + "</row>", "the row ends twice"),
        (A + B + "</row>", A + B.replace("2<", "9<") + "</row>", "the row ends twice, its cell was there"),
        (A + B + C, A + C, "the cell is gone"),
    ],
)
def test_a_row_in_doubt_is_left_to_expat(old, new, why):
    assert told(old, new) is None, why


def test_a_promised_cell_in_a_form_the_pattern_does_not_know_is_left_to_expat():
    """It would count as none at all, and a promise to empty it as kept."""
    rich = '<c r="B5" t="inlineStr"><is><r><t>旧</t></r></is></c>'
    assert told(rich + C, A + rich + C, (1, 2)) is None


def test_a_promised_cell_that_was_there_and_is_gone_is_left_to_expat():
    assert told(A + C, B + C, (1, 2)) is None
