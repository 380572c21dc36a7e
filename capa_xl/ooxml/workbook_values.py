"""A workbook opened once: what was unpacked and scanned to read it serves the splice and the proof too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.container import LARGE, SMALL
from capa_xl.ooxml.moving_formulas import moving_formulas
from capa_xl.ooxml.package import Package, SheetKind, SheetPart, open_package
from capa_xl.ooxml.shared_strings import shared_strings_of
from capa_xl.ooxml.sheet_reader import read_values
from capa_xl.ooxml.sheet_scan import Sheet, read_sheet
from capa_xl.ooxml.sheet_stretches import STRETCH, Stretch, stretches, whole
from capa_xl.ooxml.sheet_values import RowColumn, SheetValues
from capa_xl.ooxml.sniff import SAVE_AGAIN, damaged
from capa_xl.ooxml.style_parts import typeface
from capa_xl.ooxml.styled_cells import cells_in_styles, percent_styles, striking_styles
from capa_xl.ooxml.styles import StyleBook, styles_of

if TYPE_CHECKING:
    from capa_xl.ooxml.moving_chains import MovingChains


class WorkbookValues:
    """A workbook opened for reading; sheets are read when asked for.

    Attributes:
        package: Its parts.
        strings: Its shared strings.
    """

    __slots__ = ("_keeps", "_known_styles", "_large", "_scanned", "package", "strings")

    def __init__(self, blob: bytes, *, keeps: bool = True, large: int | None = None) -> None:
        """Open the workbook.

        Args:
            keeps: Sheets are wanted again, by a splice, say: they are kept up to `large`, else up to `SMALL`.
            large: Unpacked bytes from which a sheet is spliced stretch by stretch; `LARGE` where nothing is said.

        Raises:
            UnreadableWorkbook: No .xlsx or .xlsm, protected by a password, or damaged.
        """
        self.package: Package = open_package(blob)
        self.strings = shared_strings_of(self.package)
        self._known_styles: StyleBook | None = None
        self._scanned: dict[str, Sheet] = {}
        self._keeps, self._large = keeps, LARGE if large is None else large

    @property
    def names(self) -> tuple[str, ...]:
        """The worksheets by name, in order; chart and macro sheets have no cells and are left out."""
        return tuple(sheet.name for sheet in self.package.sheets if sheet.kind is SheetKind.WORKSHEET)

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every tab's name, in order."""
        return tuple(sheet.name for sheet in self.package.sheets)

    def read(self, name: str, columns: Collection[int] | None = None, *, last_row: int | None = None) -> SheetValues:
        """The cells of a sheet.

        Args:
            columns: The columns that are asked for, all others stay blank; None for all.
            last_row: The rows that are asked for, from the first to this one; None for all.

        Raises:
            UnreadableWorkbook: Damaged, or a stray cell far outside.
        """
        sheet, date1904 = self._sheet(name), self.package.date1904
        return read_values(
            name, sheet, self.strings, self._styles, date1904=date1904, columns=columns, last_row=last_row
        )

    def struck_cells(self, name: str) -> frozenset[RowColumn]:
        """The cells of a sheet whose style strikes their text through.

        Raises:
            UnreadableWorkbook: As `read`.
        """
        striking = striking_styles(self._styles)
        return cells_in_styles(self._sheet(name), striking) if striking else frozenset()

    def percent_cells(self, name: str) -> frozenset[RowColumn]:
        """The cells of a sheet that show a number in percent, whatever they hold.

        Raises:
            UnreadableWorkbook: As `read`.
        """
        styles = percent_styles(self._styles)
        return cells_in_styles(self._sheet(name), styles) if styles else frozenset()

    def moving_formulas(self, name: str) -> dict[RowColumn, str]:
        """The cells of a sheet whose formula has another result every day → its text.

        Raises:
            UnreadableWorkbook: As `read`.
        """
        return moving_formulas(self._sheet(name))

    def moving_chains(self, name: str, told: Iterable[RowColumn]) -> MovingChains:
        """What finds the cells that move because another one does.

        Args:
            told: Cells of the sheet that are told by themselves; nothing that points to them goes on from there.
        """
        from capa_xl.ooxml.formula_areas import without_texts  # for the few workbooks whose dates are formulas
        from capa_xl.ooxml.moving_chains import MovingChains

        names = {one.name.lower(): without_texts(one.refers_to) for one in self.package.defined_names}
        return MovingChains(self._sheet_called, names, frozenset((name.lower(), place) for place in told))

    def _sheet_called(self, name: str) -> Sheet | None:
        tab = self.package.sheet(name)
        return self._sheet(tab.name) if tab and tab.kind is SheetKind.WORKSHEET else None

    @property
    def normal_typeface(self) -> str:
        """The font by whose digits the widths of columns are counted; "" where the workbook names none."""
        fonts = self._styles.items.get(b"fonts")
        return typeface(fonts[0]) if fonts else ""

    def scanned(self, tab: SheetPart) -> Sheet:
        """The rows of a worksheet, found once.

        Raises:
            UnsafeWrite: A DOCTYPE.
            UnreadableWorkbook: No worksheet, or damaged.
        """
        known = self._scanned.get(tab.part)
        if known is None:
            known = read_sheet(self.package.read(tab.part, keep=self._keeps))
            if len(known.part.body) < (self._large if self._keeps else SMALL):
                self._scanned[tab.part] = known
        return known

    def stretches(self, tab: SheetPart) -> Iterator[Stretch]:
        """The rows of a worksheet, stretch by stretch where it is too large to be kept.

        Raises:
            WholeSheetNeededError: It is too large, and can't be cut; also while stretches are taken.
            UnsafeWrite, UnreadableWorkbook: As `scanned`.
        """
        member = self.package.member(tab.part)
        if tab.part in self._scanned or member.size < self._large:
            return iter([whole(self.scanned(tab))])
        return stretches(self.package.container.pieces(member), min(self._large, STRETCH))

    @property
    def _styles(self) -> StyleBook:
        if self._known_styles is None:
            self._known_styles = styles_of(self.package)
        return self._known_styles

    def _sheet(self, name: str) -> Sheet:
        tab = self.package.sheet(name)
        if tab is None or tab.kind is not SheetKind.WORKSHEET:
            raise damaged(f"没有工作表《{name}》")
        try:
            return self.scanned(tab)
        except UnsafeWrite as trouble:
            raise UnreadableWorkbook(f"工作表《{name}》里有 DOCTYPE，读到的文字未必是真的 → {SAVE_AGAIN}") from trouble
