"""One table to adopt: the cells of its sheet, its header, and what its headings are taken for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from capa_xl.a1 import cell_at
from capa_xl.model.action import Action
from capa_xl.model.adoption import MappedHeading
from capa_xl.model.columns import Column, Kind, columns_of
from capa_xl.model.derived import AUTO_COLUMNS, AUTO_PREFIX
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.workbook.reading.header_match import HeaderMatch, Heading
from capa_xl.workbook.reading.notes import text_of
from capa_xl.workbook.reading.other_tables import rows_of_actions
from capa_xl.workbook.reading.written_names import NOTHING, departments_named

MOST_DEPARTMENTS = 50
"""More different values than that are no departments but free text."""
_TOLD, _WHOSE_AND_WHEN = frozenset({"number", "description", "measure"}), frozenset({"owners", "due_on"})
_ORDER = {col.key: at for at, col in enumerate(columns_of(Action))}
OWN_HEADERS = {col.header for col in columns_of(Action) if col.kind is not Kind.STATED}
"""A workbook of ours has no 状态 that people write."""
_HEADERS = {col.key: col.header for col in (*columns_of(Action), *AUTO_COLUMNS)}


class FoundTable(Struct, frozen=True, dict=True):
    """The table to adopt: its sheet's cells and its header, and the day it is adopted on (None: nobody said it)."""

    values: SheetValues
    match: HeaderMatch
    as_of: date | None = None

    @cached_property
    def rows(self) -> tuple[list[Value], ...]:
        """The rows below the header that may be actions: no totals, footers, section headings, no blank ones."""
        return tuple(row for row in rows_of_actions(self.values, self.match) if self._may_be_told(row))

    def _may_be_told(self, row: Sequence[Value]) -> bool:
        """False for 感控科, 2026年11月 below a table: no number, problem or measure, nor both owner and deadline."""
        at = self.match.columns
        if _TOLD - at.keys():  # what is still in question may be what it tells
            return True
        filled = {key for key in (*_TOLD, *_WHOSE_AND_WHEN) if key in at and row[at[key] - 1] != ""}
        return bool(filled & _TOLD) or filled >= _WHOSE_AND_WHEN

    @property
    def name(self) -> str:
        """Its sheet."""
        return self.values.name

    @property
    def numbers(self) -> tuple[str, ...]:
        """What stands under 编号 beside anything else, row by row, blank cells left out; () without such a column."""
        at = self.match.columns.get("number")
        rows = (row for row in self.rows if sum(cell != "" for cell in row) > 1)
        return tuple(text for row in rows if (text := text_of(row[at - 1]))) if at else ()

    @property
    def mapped(self) -> tuple[MappedHeading, ...]:
        """Headings taken for a column, left to right."""
        return tuple(self._mapped())

    def unmapped(self, asked: Collection[str]) -> tuple[str, ...]:
        """Headings that stay foreign columns; `asked`: the cells of those that are in question."""
        foreign = (h for h in self.match.unmapped if self.cell_of(h) not in asked)
        return tuple(h.text for h in foreign if not h.text.startswith(AUTO_PREFIX))

    @property
    def missing(self) -> tuple[Column, ...]:
        """The columns to add: those always needed and not there, then ours."""
        needed = {group[0] for group in self.match.missing}
        people = (col for col in columns_of(Action) if col.key in needed)
        ours = (col for col in AUTO_COLUMNS if col.key not in self.match.columns)
        return (*people, *ours)

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """Every heading as it stands after adoption with the header of the column it is, "" for none; ours left out."""
        there = tuple((h.text, _HEADERS[h.key] if h.key else "") for h in self.match.headings)
        pairs = (*there, *((col.header, col.header) for col in self.missing))
        return tuple(pair for pair in pairs if not pair[0].startswith(AUTO_PREFIX))

    @property
    def is_whole(self) -> bool:
        """True where every column of ours has its own name: whatever is added later, none is taken for one of them."""
        return {text for text, header in self.headings if text == header} >= OWN_HEADERS

    @property
    def own_headings(self) -> Mapping[str, str]:
        """The columns of a table of our own: nobody is asked whether 效果结论 is 效果结论; () of every other."""
        return {text: header for text, header in self.headings if text == header} if self.is_whole else {}

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that the table names, in the order of their first mention."""
        columns = self.match.columns
        keys = [key for key in ("responsible_department", "owning_department") if key in columns]
        cells = (row[columns[key] - 1] for key in keys for row in self.rows)
        names = (
            name for cell in cells if isinstance(cell, str) and cell not in NOTHING for name in departments_named(cell)
        )
        return tuple(dict.fromkeys(names))[:MOST_DEPARTMENTS]

    def _mapped(self) -> Iterator[MappedHeading]:
        for heading in self.match.mapped:
            score = next((c.score for c in heading.candidates if c.key == heading.key), 0.9)
            yield MappedHeading(
                heading.text, self.cell_of(heading), _HEADERS[heading.key or ""], max(score, 0.9), self.name
            )

    def open_keys(self, heading: Heading) -> tuple[str, ...]:
        """The columns it may mean that no other heading is taken for; () for a loser among equals, which is foreign."""
        free = [c for c in heading.candidates if c.score < 0.9 and c.key not in self.match.columns]
        return tuple(c.key for c in sorted(free, key=lambda c: (-c.score, _ORDER[c.key])))

    def cell_of(self, heading: Heading) -> str:
        """The cell the text stands in: of a two-row header the upper one where the lower is blank."""
        row = self.match.header_row
        blank = not str(self.values.rows[row - 1][heading.column - 1]).strip()
        return cell_at(row - 1 if blank and self.match.rows_used == 2 else row, heading.column)


def values_below(table: FoundTable, column: int) -> list[Value]:
    """The filled cells of a column in the rows that may be actions."""
    return [value for row in table.rows if (value := row[column - 1]) != "" and text_of(value) not in NOTHING]
