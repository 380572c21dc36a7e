"""Where a sheet's columns stand, as A1 ranges down to the last row that validations, colours and 总览 reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from capa_xl.a1 import column_letters

LAST_ROW = 5000
"""Validations, conditional formats and the formulas of 总览 reach this row (workbook.md)."""


class Place(Struct, frozen=True):
    """A sheet's layout, of a blank workbook or of an adopted table.

    Attributes:
        sheet: The sheet's actual name.
        header_row: 1-based row of the header; data begins below it.
        columns: English key → 1-based column index, for the columns the sheet has.
        has_corrections: The workbook names the columns of 更正记录, so that formulas can look into it.
        was_ended_by_day: Its live colours are those of an earlier version, which asked for 归档日期 alone.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    has_corrections: bool = False
    was_ended_by_day: bool = False

    @property
    def first_row(self) -> int:
        """First data row, 1-based."""
        return self.header_row + 1

    def has(self, *keys: str) -> bool:
        """True when the sheet has every one of these columns."""
        return all(key in self.columns for key in keys)

    def letter(self, key: str) -> str:
        """Column letters of a key."""
        return column_letters(self.columns[key])

    def cell(self, key: str) -> str:
        """The first data cell of a column with its column fixed, as conditional formats want it: `$C3`."""
        return f"${self.letter(key)}{self.first_row}"

    def range(self, key: str) -> str:
        """The column's data cells seen from another sheet: `'改进计划跟踪表'!$C$3:$C$5000`."""
        name = self.sheet.replace("'", "''")
        return f"'{name}'!${self.letter(key)}${self.first_row}:${self.letter(key)}${LAST_ROW}"


def place_of(sheet: str, header_row: int, keys: Iterable[str], *, has_corrections: bool = False) -> Place:
    """The layout of a sheet whose columns stand side by side from A on."""
    return Place(sheet, header_row, {key: index for index, key in enumerate(keys, start=1)}, has_corrections)
