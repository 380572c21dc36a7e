"""What a patch promises, sheet by sheet."""

from __future__ import annotations

import datetime as dt

import pytest

from capa_xl.ooxml.patch import CachedValue, CellEdit, CellLook, OwnedCell, Patch, RowEdit, SheetRows
from capa_xl.ooxml.proof.book import read_book
from capa_xl.ooxml.proof.expected import Expected, Promise, promised
from capa_xl.ooxml.proof.read_back import is_promised
from capa_xl.ooxml.proof.zip_members import open_archive
from tests.ooxml.xlsx_maker import Book

PART = "xl/worksheets/sheet1.xml"
DAY, NOON = dt.date(2026, 11, 22), dt.datetime(2026, 11, 22, 12)


def of(**patch) -> dict[str, Expected]:
    return promised(read_book(open_archive(Book(other="").blob())), Patch(**patch))


def test_each_kind_of_edit_promises_its_own():
    look = CellLook(bold=True)
    found = of(
        edits=(CellEdit("表", "B2", 1), CellEdit("表", "C2", 1.0, look)),
        cached=(CachedValue("表", "D2", True),),
        row_edits=(RowEdit("表", 3, (1, 2), ("x", None)),),
    )
    assert list(found) == [PART]
    assert found[PART].name == "表"
    assert {row: found[PART].of_row(row) for row in (2, 3)} == {
        2: {2: Promise(int, 1), 3: Promise(float, 1.0, looks=True), 4: Promise(bool, True, computed=True)},
        3: {1: Promise(str, "x"), 2: Promise(type(None), None)},
    }
    assert found[PART].numbers == {2, 3}
    assert found[PART].of_row(9) == {}


def test_an_edit_counts_more_than_a_result_and_a_row_more_than_an_edit():
    found = of(edits=(CellEdit("表", "A1", 1),), cached=(CachedValue("表", "A1", 2),))
    assert found[PART].of_row(1) == {1: Promise(int, 1)}
    found = of(edits=(CellEdit("表", "A1", 1),), row_edits=(RowEdit("表", 1, (1,), (3,)), RowEdit("表", 1, (2,), (4,))))
    assert found[PART].of_row(1) == {1: Promise(int, 3), 2: Promise(int, 4)}


def test_values_that_only_python_takes_as_equal_are_promised_apart():
    found = of(edits=(CellEdit("表", "A1", 1), CellEdit("表", "A2", True), CellEdit("表", "A3", 1.0)))
    assert [row[1].kind for row in found[PART].cells.values()] == [int, bool, float]
    found = of(row_edits=(RowEdit("表", 1, (1, 2, 3), (1, True, 1.0)),))
    assert [promise.kind for promise in found[PART].of_row(1).values()] == [int, bool, float]


def test_a_sheet_named_in_two_cases_is_one_and_one_that_is_not_there_is_none():
    found = of(edits=(CellEdit("表", "A1", 1), CellEdit("他表", "A1", 2)))
    assert {part: expected.name for part, expected in found.items()} == {
        PART: "表",
        "xl/worksheets/sheet2.xml": "他表",
    }


def test_rows_replaced_whole_promise_every_cell_of_theirs():
    rows = (SheetRows("表", 3, ((OwnedCell("a"), OwnedCell(5, "A1")), ()), (30, 15.5)),)
    expected = of(rows=rows, edits=(CellEdit("表", "A2", 1), CellEdit("表", "A9", 1)))[PART]
    assert expected.owned_from == 3
    assert expected.of_row(2) == {1: Promise(int, 1)}
    assert expected.of_row(3) == {1: Promise(str, "a", owned=True), 2: Promise(int, 5, formula="A1", owned=True)}
    assert (expected.of_row(4), expected.of_row(5), expected.of_row(9)) == ({}, {}, {})
    assert expected.numbers == {2, 3, 4}
    assert [expected.height_of(row) for row in (2, 3, 4, 5)] == [None, b"30", b"15.5", None]


def test_without_owned_rows_there_is_no_first_one():
    assert Expected("表").owned_from == 1 << 30
    assert Expected("表").height_of(1) is None


@pytest.mark.parametrize(
    ("found", "promise", "good"),
    [
        ("", Promise(type(None), None), True), ("", Promise(str, ""), True), ("x", Promise(str, ""), False),
        (0, Promise(str, ""), False),
        (True, Promise(bool, True), True), (False, Promise(bool, True), False), (1.0, Promise(bool, True), False),
        (True, Promise(int, 1), False), (True, Promise(str, "x"), False),
        (46348.0, Promise(dt.date, DAY), True), (46349.0, Promise(dt.date, DAY), False),
        (DAY, Promise(dt.date, DAY), True),
        (NOON, Promise(dt.date, DAY), False), (46348.5, Promise(dt.datetime, NOON), True),
        (46348.5 + 9e-7, Promise(dt.datetime, NOON), True),
        (46348.5 + 1.2e-6, Promise(dt.datetime, NOON), False),
        (NOON + dt.timedelta(seconds=0.09), Promise(dt.datetime, NOON), True),
        (NOON + dt.timedelta(seconds=0.1), Promise(dt.datetime, NOON), False), ("46348", Promise(dt.date, DAY), False),
        (1.0, Promise(dt.date, dt.date(1900, 1, 1)), True), (60.0, Promise(dt.date, dt.date(1900, 3, 1)), False),
        (61.0, Promise(dt.date, dt.date(1900, 3, 1)), True), (59.0, Promise(dt.date, dt.date(1900, 2, 28)), True),
        (5.0, Promise(int, 5), True), (6.0, Promise(int, 5), False), ("5", Promise(int, 5), False),
        (0.30000000000000004, Promise(float, 0.3), False),
        (0.30000000000000004, Promise(float, 0.3, computed=True), True),
        (0.30000000000000004, Promise(float, 0.3, formula="A1"), True),
        (1 + 2e-14, Promise(int, 1, computed=True), False),
        (1e-301, Promise(int, 0, computed=True), True), (1e-299, Promise(int, 0, computed=True), False),
        ("0", Promise(int, 0, computed=True), False),
        ("x", Promise(str, "x"), True), ("y", Promise(str, "x"), False), (5.0, Promise(str, "5"), False),
        ("_xFFFE_a", Promise(str, "\ufffea"), True), ("_xFFFF_", Promise(str, "\uffff"), True),
        ("_xFFFF_", Promise(str, "\ufffe"), False),
    ],
)  # fmt: skip
def test_what_was_read_is_what_was_promised_or_not(found, promise, good):
    assert is_promised(found, promise, date1904=False) is good


def test_in_the_date_system_of_1904_days_count_from_there():
    assert is_promised(44886.0, Promise(dt.date, DAY), date1904=True)
    assert is_promised(0.0, Promise(dt.date, dt.date(1904, 1, 1)), date1904=True)
    assert not is_promised(46348.0, Promise(dt.date, DAY), date1904=True)
