"""Cell values in bulk, with python-calamine, at their true places: the first step from bytes to records.

What calamine can't say is found in the sheet's bytes by `sheet_details`. See docs/behaviour/reading.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from capa_xl.a1 import Range
from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.package import Package, SheetKind, open_package
from capa_xl.ooxml.sheet_details import RowColumn, details_of, refuse_far_cells
from capa_xl.ooxml.sniff import SAVE_AGAIN
from capa_xl.ooxml.utf8_copy import is_utf8, utf8_copy

Value = str | int | float | bool | date | datetime | time | timedelta
"""A raw cell; blank is the empty string."""


@dataclass(frozen=True, slots=True)
class SheetValues:
    """One sheet's cells.

    Attributes:
        name: The sheet's name.
        rows: Row 1 is `rows[0]`; every row is equally long; a blank cell is "".
        merged: Merged ranges, 1-based top, left, bottom, right.
        errors: (row, column) → error text (`#N/A`) of the cells that hold one.
        formulas: (row, column) of every formula, and whether a result is stored beside it.
        outlined: First and last column of the spans in an outline group.
        arrays: Ranges of array formulas and data tables.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    errors: Mapping[RowColumn, str] = field(default_factory=dict)
    formulas: Mapping[RowColumn, bool] = field(default_factory=dict)
    outlined: tuple[tuple[int, int], ...] = ()
    arrays: tuple[Range, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns of every row."""
        return len(self.rows[0]) if self.rows else 0


class WorkbookValues:
    """A workbook opened for reading; sheets are read when asked for, the last one cheapest with `last=True`."""

    __slots__ = ("_blob", "_book", "package")

    def __init__(self, blob: bytes) -> None:
        """Open the workbook.

        Raises:
            UnreadableWorkbook: No .xlsx or .xlsm, protected by a password, or damaged.
        """
        self.package: Package = open_package(blob)
        self._blob = blob
        self._book: CalamineWorkbook | None = None
        if not is_utf8(self.package):
            self._recode()

    @property
    def names(self) -> tuple[str, ...]:
        """The worksheets by name, in order; chart and macro sheets have no cells and are left out."""
        return tuple(sheet.name for sheet in self.package.sheets if sheet.kind is SheetKind.WORKSHEET)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every tab's name, in order."""
        return tuple(sheet.name for sheet in self.package.sheets)

    def read(self, name: str, *, last: bool = False) -> SheetValues:
        """All cells of a sheet.

        Args:
            name: The sheet.
            last: No other sheet will be read after it: lets go of the workbook's strings before the values are built.

        Raises:
            UnreadableWorkbook: Damaged, or a stray cell far outside.
        """
        part = self.package.sheet(name)
        xml = self.package.read(part.part) if part is not None else b""
        refuse_far_cells(name, xml)
        details = details_of(xml)
        del xml
        sheet = self._sheet(name)
        if last and self._book is not None:
            self._book.close()
            self._book = None
        with _guarded(name):
            rows = sheet.to_python(skip_empty_area=False)
            merged = sheet.merged_cell_ranges or []
        ranges = tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged)
        return SheetValues(name, rows, ranges, *details)

    def _sheet(self, name: str) -> CalamineSheet:
        with _guarded(name):
            try:
                return self._opened().get_sheet_by_name(name)
            except CalamineError:
                if not self._recode():
                    raise
                return self._opened().get_sheet_by_name(name)

    def _opened(self) -> CalamineWorkbook:
        if self._book is None:
            self._book = CalamineWorkbook.from_filelike(BytesIO(self._blob))
        return self._book

    def _recode(self) -> bool:
        """Go on with a copy in UTF-8; False when that changes nothing."""
        copy = utf8_copy(self.package.container)
        if copy is None:
            return False
        self._blob, self._book, self.package = copy, None, open_package(copy)
        return True


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    """Turn the troubles of calamine into ours; its panics are BaseExceptions that no module exports.

    Raises:
        UnreadableWorkbook: The sheet can't be read.
    """
    try:
        yield
    except CalamineError as trouble:
        raise _unreadable(name, str(trouble)) from trouble
    except BaseException as trouble:
        if type(trouble).__name__ != "PanicException":
            raise
        raise _unreadable(name, "内部结构异常") from trouble


def _unreadable(name: str, what: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(f"工作表《{name}》读不出来（{what}）。{SAVE_AGAIN}")
