"""Changed cells of a sheet: noted cell by cell, given row by row, shared only where they are truly alike."""

from __future__ import annotations

from capa_xl.ooxml.noted_changes import NotedChanges
from capa_xl.ooxml.patch import RowChange


def test_none_one_and_several_cells_of_a_row():
    noted = NotedChanges("表")
    assert (noted.changes(), noted.columns(), 1 in noted) == ([], {}, False)
    noted.note(1, (3,), ("旧",), ("新",))
    assert 1 in noted
    assert noted.columns() == {1: (3,)}
    noted.note(2, [4, 5], [None, None], [1, True])
    noted.note(2, (7,), (2,), (None,))
    assert noted.changes() == [
        RowChange("表", 1, (3,), ("旧",), ("新",)),
        RowChange("表", 2, (4, 5, 7), (None, None, 2), (1, True, None)),
    ]


def test_a_row_that_was_put_down_is_taken_up_again():
    noted = NotedChanges("表")
    noted.note(1, (3,), (None,), ("甲",))
    noted.put_down()
    assert 1 in noted
    noted.note(1, (4,), (None,), ("乙",))
    assert noted.changes() == [RowChange("表", 1, (3, 4), (None, None), ("甲", "乙"))]


def test_rows_alike_share_their_columns_and_blanks_and_nothing_that_is_only_equal():
    noted = NotedChanges("表")
    for row, before in enumerate((None, None, 1, True), 1):
        noted.note(row, (3, 4), (before, None), (row, row))
        noted.put_down()
    one, other, number, truth = noted.changes()
    assert one.columns is other.columns is number.columns
    assert one.before is other.before
    assert (number.before, truth.before) == ((1, None), (True, None))
    assert (type(number.before[0]), type(truth.before[0])) == (int, bool)
