"""A workbook opened for reading: its sheets' values, each part unpacked and scanned once."""

from __future__ import annotations

from capa_xl.ooxml.package import Package, SheetKind, open_package
from capa_xl.ooxml.shared_strings import shared_strings_of
from capa_xl.ooxml.sheet_reader import SheetValues, read_values
from capa_xl.ooxml.sheet_scan import read_sheet
from capa_xl.ooxml.sniff import damaged
from capa_xl.ooxml.styles import styles_of
from capa_xl.ooxml.values import Reading


class WorkbookValues:
    """A workbook opened for reading; sheets are read when asked for."""

    __slots__ = ("_reading", "_strings", "package")

    def __init__(self, blob: bytes) -> None:
        """Open the workbook.

        Raises:
            UnreadableWorkbook: No .xlsx or .xlsm, protected by a password, or damaged.
        """
        self.package: Package = open_package(blob)
        self._strings = shared_strings_of(self.package)
        self._reading = Reading(styles_of(self.package), self.package.date1904)

    @property
    def names(self) -> tuple[str, ...]:
        """The worksheets by name, in order; chart and macro sheets have no cells and are left out."""
        return tuple(sheet.name for sheet in self.package.sheets if sheet.kind is SheetKind.WORKSHEET)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every tab's name, in order."""
        return tuple(sheet.name for sheet in self.package.sheets)

    def read(self, name: str) -> SheetValues:
        """All cells of a sheet.

        Raises:
            UnreadableWorkbook: Damaged, or a stray cell far outside.
        """
        part = self.package.sheet(name)
        if part is None or part.kind is not SheetKind.WORKSHEET:
            raise damaged(f"没有工作表《{name}》")
        return read_values(name, read_sheet(self.package.read(part.part)), self._strings, self._reading)
