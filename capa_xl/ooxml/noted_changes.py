"""What a splice finds to change in one sheet, noted cell by cell, kept row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from capa_xl.ooxml.patch import CellValue, RowChange

_Notes = tuple[list[int], list[CellValue], list[CellValue]]


class NotedChanges:
    """The changed cells of a sheet.

    Rows that are done are kept in tuples, and those alike share them: with lists of their own, the changes of a large
    table would be half as big as its new cells.
    """

    __slots__ = ("_blanks", "_columns", "_done", "_in_hand", "sheet")

    def __init__(self, sheet: str) -> None:
        """Start with none.

        Args:
            sheet: The sheet's name.
        """
        self.sheet = sheet
        self._in_hand: dict[int, _Notes] = {}
        self._done: dict[int, RowChange] = {}
        self._columns: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._blanks: dict[int, tuple[None, ...]] = {}

    def __contains__(self, row: int) -> bool:
        """Whether anything changes in a row."""
        return row in self._in_hand or row in self._done

    def note(self, row: int, columns: Sequence[int], before: Sequence[CellValue], after: Sequence[CellValue]) -> None:
        """Take note of changed cells of one row, given in step."""
        known = self._in_hand.get(row) or self._taken_up(row)
        known[0].extend(columns)
        known[1].extend(before)
        known[2].extend(after)

    def put_down(self) -> None:
        """Nothing more is to be expected in the rows noted so far."""
        for row, (columns, before, after) in self._in_hand.items():
            self._done[row] = RowChange(self.sheet, row, self._shared(columns), self._blank_or(before), tuple(after))
        self._in_hand.clear()

    def columns(self) -> Mapping[int, Sequence[int]]:
        """The changed columns by row."""
        self.put_down()
        return {row: change.columns for row, change in self._done.items()}

    def changes(self) -> list[RowChange]:
        """All of it."""
        self.put_down()
        return list(self._done.values())

    def _taken_up(self, row: int) -> _Notes:
        done = self._done.pop(row, None)
        self._in_hand[row] = (list(done.columns), list(done.before), list(done.after)) if done else ([], [], [])
        return self._in_hand[row]

    def _shared(self, columns: list[int]) -> tuple[int, ...]:
        kept = tuple(columns)
        return self._columns.setdefault(kept, kept)

    def _blank_or(self, before: list[CellValue]) -> tuple[CellValue, ...]:
        """Only blanks are shared: `1` and TRUE are equal to Python."""
        count = len(before)
        return self._blanks.setdefault(count, (None,) * count) if before.count(None) == count else tuple(before)
