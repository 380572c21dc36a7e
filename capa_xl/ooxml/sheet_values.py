"""One sheet's cells as values, at their true places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from msgspec import Struct, field

from capa_xl.a1 import Range
from capa_xl.ooxml.sheet_sizes import SheetSizes

Value = str | int | float | bool | date | datetime | time | timedelta
"""A raw cell; blank is the empty string."""


class Share(float):
    """A number that its cell shows in percent: Excel makes 0.03 of a typed `3%`."""

    __slots__ = ()

    @property
    def shown(self) -> str:
        """As people see it, with every place that they typed: `3%`."""
        return f"{round(float(self) * 100, 10):.15g}%"


class DressedNumber(float):
    """A whole number that its cell shows with letters or zeros around it: 5 as ZJ-005."""

    __slots__ = ("shown",)
    shown: str

    def __new__(cls, number: float, shown: str) -> DressedNumber:
        """The number, and what people read."""
        made = super().__new__(cls, number)
        made.shown = shown
        return made


RowColumn = tuple[int, int]
"""1-based row and column."""


class SheetValues(Struct, frozen=True):
    """One sheet's cells.

    Attributes:
        name: The sheet's name.
        rows: Row 1 is `rows[0]`; every row is equally long; a blank cell is "".
        merged: Merged ranges, 1-based top, left, bottom, right.
        errors: (row, column) → error text (`#N/A`) of the cells that hold one.
        formulas: (row, column) of every formula, and whether a result is stored beside it.
        outlined: First and last column of the spans in an outline group.
        arrays: Ranges of array formulas and data tables.
        sizes: Widths of its columns, heights of its fixed rows.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    errors: Mapping[RowColumn, str] = field(default_factory=dict)
    formulas: Mapping[RowColumn, bool] = field(default_factory=dict)
    outlined: tuple[tuple[int, int], ...] = ()
    arrays: tuple[Range, ...] = ()
    sizes: SheetSizes = SheetSizes()

    @property
    def width(self) -> int:
        """Number of columns of every row."""
        return len(self.rows[0]) if self.rows else 0
