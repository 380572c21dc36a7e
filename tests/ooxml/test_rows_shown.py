"""Rows hidden and shown again together with the cells that are written in them, and the proof of it."""

from __future__ import annotations

import io
import zipfile

import pytest

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.patch import CellEdit, Patch, RowShown
from capa_xl.ooxml.proof.verify import verify
from capa_xl.ooxml.splice import splice
from tests.ooxml.xlsx_maker import Book, zipped

SHEET = "xl/worksheets/sheet1.xml"
FULL = '<row r="2" spans="1:2" ht="36" customHeight="1"><c r="A2"><v>1</v></c><c r="B2" s="1"/></row>'
EMPTIED = '<row r="2" spans="1:2" ht="36" customHeight="1" hidden="1"><c r="A2"/><c r="B2" s="1"/></row>'
NEXT = '<row r="3"><c r="A3"><v>5</v></c></row>'


def book(row, tail=""):
    return Book(rows=row + NEXT, tail=tail).blob()


def patch(value, *, is_shown, row=2):
    return Patch(edits=(CellEdit("表", f"A{row}", value),), shown=(RowShown("表", row, is_shown),))


def sheet_of(blob):
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        return archive.read(SHEET).decode()


@pytest.mark.parametrize("tail", ["", "<!-- kept -->"])
def test_an_emptied_row_is_hidden_and_shown_again_when_it_is_filled(tail):
    full = book(FULL, tail)
    emptied = splice(full, patch(None, is_shown=False)).blob
    assert EMPTIED + NEXT in sheet_of(emptied)
    verify(full, emptied, patch(None, is_shown=False))
    filled = splice(emptied, patch(1, is_shown=True)).blob
    assert sheet_of(filled) == sheet_of(full)
    verify(emptied, filled, patch(1, is_shown=True))


@pytest.mark.parametrize(
    ("row", "wanted", "is_shown", "tag"),
    [
        ('<row r="2" hidden="true"><c r="A2"><v>1</v></c></row>', None, False, '<row r="2" hidden="true">'),
        ('<row r="2" hidden="0"><c r="A2"><v>1</v></c></row>', None, False, '<row r="2" hidden="1">'),
        ('<row hidden="1" r="2"/>', 7, True, '<row r="2">'),
        ('<row r="2"><c r="A2"/></row>', 7, True, '<row r="2">'),
    ],
)
def test_a_row_says_once_whether_it_is_seen(row, wanted, is_shown, tag):
    before, wish = book(row), patch(wanted, is_shown=is_shown)
    after = splice(before, wish).blob
    assert tag in sheet_of(after)
    verify(before, after, wish)


def test_a_row_in_which_no_cell_changes_stays_as_it_is():
    before = book('<row r="2"><c r="A2"/></row>')
    assert splice(before, patch(None, is_shown=False)).blob is before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (' hidden="1"', "", "第 2 行的隐藏不对"),
        (' ht="36"', ' ht="0"', "第 2 行里别的单元格变了"),
        ('<row r="3">', '<row r="3" hidden="1">', "第 3 行不该变而变了"),
    ],
)
def test_the_proof_sees_a_row_that_is_hidden_otherwise_than_was_asked(old, new, fault):
    before, wish = book(FULL), patch(None, is_shown=False)
    with zipfile.ZipFile(io.BytesIO(splice(before, wish).blob)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in members[SHEET]
    members[SHEET] = members[SHEET].replace(old.encode(), new.encode(), 1)
    with pytest.raises(UnsafeWrite, match=fault):
        verify(before, zipped(members), wish)


def test_a_row_that_nobody_asked_to_hide_must_not_be():
    before, wish = book(FULL), patch(None, is_shown=False)
    after = splice(before, wish).blob
    with pytest.raises(UnsafeWrite, match="第 2 行里别的单元格变了"):
        verify(before, after, Patch(edits=wish.edits))
