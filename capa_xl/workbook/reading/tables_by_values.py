"""A sheet that may be a tracker whatever its headings are called: what stands in it says so.

One row of short texts, or two where merged cells span groups of them, and below it rows with days, with texts that
tell something, and with people or organisations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.workbook.reading.kinds_of_values import are_days, are_organisations, are_people, are_texts
from capa_xl.workbook.reading.no_action_rows import kind_of_no_action
from capa_xl.workbook.reading.written_dates import names_a_day

_SEARCHED, _LONGEST, _LOOKED_AT = 30, 24, 200
_NO_HEADING = re.compile(r"[:：]$|^[A-Za-z]{0,4}[\d.-]+$|\d{4}|^[√×○-]$")
"""Labels of the value beside them, numbers, marks."""
_LEAST_COLUMNS, _LEAST_ROWS = 4, 2
Rows = Sequence[Sequence[Value]]


class TableByValues(Struct, frozen=True):
    """The table of a sheet.

    Attributes:
        header_row: 1-based; the lower of two.
        headings: 1-based column → heading; of two rows the lower one where it has one.
        rows: Those below that are filled in at least a third of its columns.
    """

    header_row: int
    headings: Mapping[int, str]
    rows: Rows

    def values(self, column: int) -> list[Value]:
        """The filled cells of a column."""
        return [row[column - 1] for row in self.rows if row[column - 1] != ""]

    @property
    def is_like_a_tracker(self) -> bool:
        """What is to be done, by when, and whose it is: a column of each kind."""
        return all(map(self._has, (are_days, are_texts, _are_somebodys)))

    @property
    def may_be_a_tracker(self) -> bool:
        """Days, and what or whose they are the days of."""
        return self._has(are_days) and (self._has(are_texts) or self._has(_are_somebodys))

    def _has(self, are_such: Callable[[list[Value]], bool]) -> bool:
        return any(are_such(values) for column in self.headings if (values := self.values(column)))


def table_by_values(
    values: SheetValues, least: int = _LEAST_ROWS, columns: int = _LEAST_COLUMNS
) -> TableByValues | None:
    """The table of a sheet, its header the row that stands above most filled columns; None where there is none.

    Args:
        values: The sheet.
        least: So many rows it must have.
        columns: So many headings.
    """
    rows = values.rows[: _SEARCHED + _LOOKED_AT]
    grouped = {top for top, left, bottom, right in values.merged if top == bottom and left < right}
    found = [
        (_worth(table, cells), -table.header_row, table)
        for at in range(min(_SEARCHED, len(rows)))
        if (table := _below(rows, at, cells := _header_cells(rows, at, grouped), least, columns))
    ]
    *_, best = max(found, key=lambda one: one[:2], default=(None,))
    if best is None:
        return None
    below = tuple(_filled(values.rows[best.header_row :], best.headings))
    return TableByValues(best.header_row, best.headings, below)


def _header_cells(rows: Rows, at: int, grouped: Collection[int]) -> Sequence[Value]:
    """A row, with what stands above its blank cells where the row above spans groups; a name of two groups once."""
    if at not in grouped:  # the row above, counted from 1
        return rows[at]
    seen: set[Value] = set()
    cells: list[Value] = []
    for over, under in zip(rows[at - 1], rows[at], strict=True):
        cells.append("" if under in seen else under or over)
        seen |= {under} - {""}
    return cells


def _worth(table: TableByValues, cells: Sequence[Value]) -> int:
    """Headings, and what is no heading in their row counted against it: days, figures, sentences, numbers of rows."""
    there = sum(cell != "" for cell in cells)
    return len(table.headings) - 2 * (there - len(table.headings))


def _below(rows: Rows, at: int, cells: Sequence[Value], least: int, columns: int) -> TableByValues | None:
    named = dict(_headings(cells))
    if len(named) < columns:
        return None
    below = tuple(_filled(rows[at + 1 :], named))
    headings = {column: text for column, text in named.items() if any(row[column - 1] != "" for row in below)}
    enough = len(below) >= least and len(headings) >= columns
    return TableByValues(at + 1, headings, below) if enough else None


def _headings(cells: Sequence[Value]) -> Iterator[tuple[int, str]]:
    """Short texts, each once; what ends in a colon is a label of the value beside it."""
    seen: set[str] = set()
    for column, cell in enumerate(cells, 1):
        text = " ".join(cell.split()) if isinstance(cell, str) else ""
        if 0 < len(text) <= _LONGEST and not _NO_HEADING.search(text) and text not in seen and not names_a_day(text):
            seen.add(text)
            yield column, text


def _filled(rows: Rows, headings: Mapping[int, str]) -> Iterator[Sequence[Value]]:
    for row in rows:
        filled = [row[column - 1] for column in headings if row[column - 1] != ""]
        if 3 * len(filled) >= len(headings) and not kind_of_no_action(filled[0]):
            yield row


def _are_somebodys(values: Sequence[Value]) -> bool:
    return are_people(values) or are_organisations(values)
