"""A workbook opened for reading: its sheets as values."""

from __future__ import annotations

from collections.abc import Collection

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.package import Package, SheetKind, open_package
from capa_xl.ooxml.shared_strings import shared_strings_of
from capa_xl.ooxml.sheet_reader import read_values
from capa_xl.ooxml.sheet_scan import Sheet, read_sheet
from capa_xl.ooxml.sheet_values import RowColumn, SheetValues
from capa_xl.ooxml.sniff import SAVE_AGAIN, damaged
from capa_xl.ooxml.struck_cells import striking_styles, struck_cells
from capa_xl.ooxml.styles import styles_of


class WorkbookValues:
    """A workbook opened for reading; sheets are read when asked for."""

    __slots__ = ("_strings", "_styles", "package")

    def __init__(self, blob: bytes) -> None:
        """Open the workbook.

        Raises:
            UnreadableWorkbook: No .xlsx or .xlsm, protected by a password, or damaged.
        """
        self.package: Package = open_package(blob)
        self._strings = shared_strings_of(self.package)
        self._styles = styles_of(self.package)

    @property
    def names(self) -> tuple[str, ...]:
        """The worksheets by name, in order; chart and macro sheets have no cells and are left out."""
        return tuple(sheet.name for sheet in self.package.sheets if sheet.kind is SheetKind.WORKSHEET)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every tab's name, in order."""
        return tuple(sheet.name for sheet in self.package.sheets)

    def read(self, name: str, columns: Collection[int] | None = None) -> SheetValues:
        """The cells of a sheet.

        Args:
            columns: The columns that are asked for, all others stay blank; None for all.

        Raises:
            UnreadableWorkbook: Damaged, or a stray cell far outside.
        """
        sheet, date1904 = self._scanned(name), self.package.date1904
        return read_values(name, sheet, self._strings, self._styles, date1904=date1904, columns=columns)

    def struck_cells(self, name: str) -> frozenset[RowColumn]:
        """The cells of a sheet whose style strikes their text through.

        Raises:
            UnreadableWorkbook: As `read`.
        """
        striking = striking_styles(self._styles)
        return struck_cells(self._scanned(name), striking) if striking else frozenset()

    def _scanned(self, name: str) -> Sheet:
        part = self.package.sheet(name)
        if part is None or part.kind is not SheetKind.WORKSHEET:
            raise damaged(f"没有工作表《{name}》")
        try:
            return read_sheet(self.package.read(part.part))
        except UnsafeWrite as trouble:
            raise UnreadableWorkbook(f"工作表《{name}》里有 DOCTYPE，读到的文字未必是真的。{SAVE_AGAIN}") from trouble
