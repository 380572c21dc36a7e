"""What shall be written into a workbook, as values; `splice` writes them, `verify` proves it.

None is an empty cell. Addresses are A1 without sheet. Dates without a time of day are `date`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import Struct

from capa_xl.a1 import cell_at

CellValue = str | int | float | bool | date | datetime | None


class CellLook(Struct, frozen=True):
    """The look wanted for a cell; what is None stays as the cell's own style has it.

    Attributes:
        number_format: A format code, `yyyy-mm-dd` or `0.0%`.
        fill: Background, six hex digits; "" takes the background away.
        color: Of the text, six hex digits.
        bold, italic, underline: Of the text.
        wrap: Lines broken inside the cell.
        border: Colour of a thin line round the cell, six hex digits.
        horizontal: left, center or right.
        vertical: top, center or bottom.
    """

    number_format: str | None = None
    fill: str | None = None
    color: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    wrap: bool | None = None
    border: str | None = None
    horizontal: str | None = None
    vertical: str | None = None


class CellEdit(Struct, frozen=True):
    """One cell's new value; without a look it keeps its own style (a date gets a date format if it has none)."""

    sheet: str
    at: str
    value: CellValue
    look: CellLook | None = None


class RowEdit(Struct, frozen=True):
    """New values for several cells of one row; the cells keep their styles as with `CellEdit`.

    Attributes:
        columns: 1-based, each once; most rows of a table share one tuple.
        values: In step with them.
    """

    sheet: str
    row: int
    columns: tuple[int, ...]
    values: tuple[CellValue, ...]


class CachedValue(Struct, frozen=True):
    """The true result of a formula that is already there; the formula's text isn't touched."""

    sheet: str
    at: str
    value: CellValue


class OwnedCell(Struct, frozen=True):
    """A cell of an owned sheet; with a formula (no leading `=`), `value` is its cached result."""

    value: CellValue
    formula: str | None = None
    look: CellLook | None = None


class SheetRows(Struct, frozen=True):
    """All rows of an owned sheet from `first_row` down; what stood there before and isn't here goes.

    Attributes:
        heights: Points of each row, given to those that are written anew; () leaves all heights alone.
    """

    sheet: str
    first_row: int
    rows: tuple[tuple[OwnedCell, ...], ...]
    heights: tuple[float, ...] = ()


class RowShown(Struct, frozen=True):
    """Whether a row is seen, on the screen and on paper; a row hidden keeps its height."""

    sheet: str
    row: int
    is_shown: bool


class Patch(Struct, frozen=True):
    """Everything one run wants to write.

    Attributes:
        shown: Of rows that get another value in some cell; by itself it is never a reason to write.
    """

    edits: tuple[CellEdit, ...] = ()
    row_edits: tuple[RowEdit, ...] = ()
    cached: tuple[CachedValue, ...] = ()
    rows: tuple[SheetRows, ...] = ()
    shown: tuple[RowShown, ...] = ()

    @property
    def empty(self) -> bool:
        """Nothing is asked for."""
        return not self.items

    @property
    def items(self) -> tuple[CellEdit | RowEdit | CachedValue | SheetRows, ...]:
        """All values; every item names its sheet."""
        return (*self.edits, *self.row_edits, *self.cached, *self.rows)


class Change(NamedTuple):
    """One cell that gets another value (or only another look: then before equals after); row and column 1-based."""

    sheet: str
    row: int
    column: int
    before: CellValue
    after: CellValue

    @property
    def at(self) -> str:
        """The cell's address."""
        return cell_at(self.row, self.column)


class RowChange(NamedTuple):
    """The cells of one row that get other values: columns, and what stands in them before and after, in step."""

    sheet: str
    row: int
    columns: Sequence[int]
    before: Sequence[CellValue]
    after: Sequence[CellValue]


class Changes(Struct, frozen=True):
    """Every changed cell, sheet by sheet in the patch's order, row by row; kept by rows, for there may be many."""

    rows: tuple[RowChange, ...] = ()

    def __len__(self) -> int:
        """Number of cells."""
        return sum(len(row.columns) for row in self.rows)

    def __iter__(self) -> Iterator[Change]:
        """The cells one by one."""
        for row in self.rows:
            for column, before, after in zip(row.columns, row.before, row.after, strict=True):
                yield Change(row.sheet, row.row, column, before, after)

    @property
    def by_sheet(self) -> Mapping[str, int]:
        """Sheet → number of cells."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            counts[row.sheet] += len(row.columns)
        return counts


class Spliced(Struct, frozen=True):
    """The new workbook and what is different in it; the very same `blob` object when nothing is.

    Attributes:
        blob: The file's bytes.
        warnings: Chinese sentences about what was written all the same (a query table, an XML map).
    """

    blob: bytes
    changes: Changes
    warnings: tuple[str, ...] = ()
