"""One sheet between header and records: its columns converted, its notes placed, merged cells filled down."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.a1 import cell_at
from capa_xl.model.columns import MANY, Column, Kind
from capa_xl.model.date_style import PLAIN, DateStyle
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.meanings import meanings_on_sheet
from capa_xl.model.problem import Hit, Remark
from capa_xl.model.register import Table
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.workbook.reading.convert import convert
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.lost_cells import lost_cells, lost_note
from capa_xl.workbook.reading.notes import ColumnContext, Note, is_blank
from capa_xl.workbook.reading.two_row_headings import every_heading

NOT_YET = "FD21"
"""The rule of words where a date will stand; the other notes speak of one cell each."""


class Grid(Struct, frozen=True):
    """The data rows of one sheet, column by column; index 0 is the row below the header.

    Attributes:
        sheet: The sheet's name.
        match: The header.
        size: Number of rows down to the last one with a human value.
        raw: Raw cells of every column of the sheet, 0-based from column A.
        values: Key → converted cells.
        notes: Index → (key, note) of what conversion met.
        anchors: (row, key) → A1 of the merged cell a value was filled down from.
        outlined: Keys of the columns in an outline group.
        every_heading: Of the table (`Table.every_heading`).
    """

    sheet: str
    match: HeaderMatch
    size: int
    raw: Sequence[Sequence[Value]]
    values: Mapping[str, Sequence[Any]]
    notes: Mapping[int, Sequence[tuple[str, Note]]]
    anchors: Mapping[tuple[int, str], str]
    outlined: frozenset[str]
    every_heading: tuple[str, ...] = ()

    def row(self, index: int) -> int:
        """1-based row of an index."""
        return self.match.header_row + 1 + index

    def at(self, index: int, key: str) -> str:
        """A1 of a value, of its merged anchor where it was filled down."""
        row = self.row(index)
        return self.anchors.get((row, key)) or cell_at(row, self.match.columns[key])

    def has(self, index: int, key: str) -> bool:
        """True when the column is there and the cell holds anything, readable or not."""
        column = self.match.columns.get(key)
        return column is not None and not is_blank(self.raw[column - 1][index])

    def table(self, records: Sequence[Any]) -> Table[Any]:
        """The table of these records."""
        header_row, columns = self.match.header_row, self.match.columns
        last_row = header_row + self.size
        return Table(
            self.sheet,
            header_row,
            columns,
            tuple(records),
            self.anchors,
            last_row,
            self.outlined,
            self.match.own_words,
            every_heading=self.every_heading,
        )

    def records(self, record: type, columns: Sequence[Column], chosen: Sequence[int]) -> list[Any]:
        """Records of the chosen rows; columns the sheet lacks are blank in them."""
        every = len(chosen) == self.size
        cells = (self._cells(col, None if every else chosen) for col in columns)
        first = self.row(0)
        return list(map(record, (first + at for at in chosen), *cells))

    def _cells(self, col: Column, chosen: Sequence[int] | None) -> Iterable[Any]:
        if col.key not in self.values:
            return repeat(() if col.kind in MANY else None)
        values = self.values[col.key]
        return values if chosen is None else [values[at] for at in chosen]

    def remarks(self, index: int, number: str, *, of_tracker: bool) -> Iterator[Remark]:
        """The notes of a row as remarks; those of a child row find their tracker row later, by number."""
        row = self.row(index) if of_tracker else None
        for key, note in self.notes.get(index, ()):
            if note.rule == NOT_YET:
                continue
            facts = {**note.facts, "cell": self.at(index, key)}
            yield Remark(note.rule, Hit(self.sheet, self.at(index, key), number, row, facts, note.severity))

    def not_yet_remarks(self, chosen: Iterable[int]) -> Iterator[Remark]:
        """FD21, once a column: how many of the chosen rows say *not yet* where a date will stand."""
        said: dict[str, list[tuple[int, Note]]] = {}
        for index in chosen:
            for key, note in self.notes.get(index, ()):
                if note.rule == NOT_YET:
                    said.setdefault(key, []).append((index, note))
        for key, several in said.items():
            words = "」「".join(dict.fromkeys(note.facts["w"] for _, note in several))
            facts = {"c": several[0][1].facts["c"], "n": str(len(several)), "w": words}
            yield Remark(NOT_YET, Hit(self.sheet, self.at(several[0][0], key), facts=facts))


def read_grid(
    values: SheetValues, match: HeaderMatch, columns: Sequence[Column], lists: Lists, *, date1904: bool
) -> Grid:
    """The data rows of a sheet, converted.

    Args:
        values: The sheet; its merged cells are filled down in place.
        match: Its header.
        columns: The schema's columns of the sheet.
        lists: Allowed values, 字典 included.
        date1904: The workbook's date system.
    """
    anchors = _fill_down(values, match)
    rows = values.rows[match.header_row : _last_row(values, match)]
    raw = list(zip(*rows, strict=True)) if rows else [()] * values.width
    converted: dict[str, Sequence[Any]] = {}
    notes: dict[int, list[tuple[str, Note]]] = {}
    lost = lost_cells(values, match, len(rows))
    for column in columns:
        if column.key not in match.columns:
            continue
        col = replace(column, header=match.heading(column.key))
        context = context_of(column, col, lists, date1904=date1904, sheet=values.name)
        at = match.columns[col.key] - 1
        converted[col.key], found = convert(col, raw[at], context)
        for index, several in found.items():
            notes.setdefault(index, []).extend((col.key, note) for note in several)
        for index, error in lost.get(at + 1, ()):
            notes.setdefault(index, []).append((col.key, lost_note(col, error)))
    outlined, headings = _outlined(values, match), every_heading(values, match)
    return Grid(values.name, match, len(rows), raw, converted, notes, anchors, outlined, headings)


def context_of(column: Column, as_headed: Column, lists: Lists, *, date1904: bool, sheet: str = "") -> ColumnContext:
    """What conversion must know of a column of the schema that stands under a heading of the table's own."""
    meanings = lists.meanings.get(column.header, {})
    declares = column.header if meanings or as_headed.header != column.header else ""
    is_own = is_own_heading(column, as_headed.header)
    percent = "%" in column.header + as_headed.header
    style = PLAIN
    if column.kind is Kind.DATE and meanings:
        style, meanings = DateStyle.of(meanings, sheet), meanings_on_sheet(meanings, sheet)
    return ColumnContext(date1904, lists.allowed(column), meanings, declares, percent, style, lists.names, is_own)


def is_own_heading(column: Column, heading: str) -> bool:
    """Whether a column of the schema stands under its own heading, however wide it was typed, and no other one."""
    return "".join(unicodedata.normalize("NFKC", heading).split()).strip("*:") == column.header


def _outlined(values: SheetValues, match: HeaderMatch) -> frozenset[str]:
    spans = values.outlined
    return frozenset(key for key, at in match.columns.items() if any(first <= at <= last for first, last in spans))


def _fill_down(values: SheetValues, match: HeaderMatch) -> dict[tuple[int, str], str]:
    """Give the rows of a merged cell its value; returns whose value it is."""
    keys = {column: key for key, column in match.columns.items()}
    anchors: dict[tuple[int, str], str] = {}
    for top, left, bottom, _ in values.merged:
        if left not in keys or top <= match.header_row or bottom == top or top > len(values.rows):
            continue
        value = values.rows[top - 1][left - 1]
        for row in range(top + 1, min(bottom, len(values.rows)) + 1 if value != "" else 0):
            values.rows[row - 1][left - 1] = value
            anchors[row, keys[left]] = cell_at(top, left)
    return anchors


def _last_row(values: SheetValues, match: HeaderMatch) -> int:
    """The last row with a value that people put there; our own columns don't count."""
    ours = {heading.column - 1 for heading in match.headings if heading.text.startswith(AUTO_PREFIX)}
    for row in range(len(values.rows), match.header_row, -1):
        if any(at not in ours and not is_blank(value) for at, value in enumerate(values.rows[row - 1])):
            return row
    return match.header_row
