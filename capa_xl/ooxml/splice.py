"""A patch written into a workbook's bytes: changed cells in their sheets, everything else byte for byte.

Pure: bytes in, bytes out. `verify` proves the result from the two files alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import itemgetter

from msgspec import Struct, field

from capa_xl.a1 import Range, cell_at, parse_cell
from capa_xl.errors import UnsafeWrite, UsageError
from capa_xl.ooxml.calculation import with_full_calc, without_calc_chain
from capa_xl.ooxml.ceilings import is_xml
from capa_xl.ooxml.cell_xml import Wanted, ready
from capa_xl.ooxml.container import Member
from capa_xl.ooxml.container_rewrite import pack_member, rewrite
from capa_xl.ooxml.deflate import Packed
from capa_xl.ooxml.dependents import boxes, may_depend
from capa_xl.ooxml.forbidden_cells import refuse_unsafe_cells, warnings_for
from capa_xl.ooxml.owned_rows import owned_pieces
from capa_xl.ooxml.package import Package, SheetKind, SheetPart, refuse_unwritable
from capa_xl.ooxml.patch import (
    CachedValue,
    CellEdit,
    CellLook,
    CellValue,
    Changes,
    Patch,
    RowChange,
    RowEdit,
    Spliced,
)
from capa_xl.ooxml.sheet_output import Piece, reaches_out
from capa_xl.ooxml.sheet_scan import Sheet, refuse_disorder
from capa_xl.ooxml.sheet_splice import SheetSplice
from capa_xl.ooxml.styles import StyleBook, styles_of
from capa_xl.ooxml.workbook_values import WorkbookValues

_ByPlace = dict[int, dict[int, Wanted]]


class _Result(Struct):
    """What the sheets gave so far."""

    parts: dict[str, Packed] = field(default_factory=dict)
    changes: list[RowChange] = field(default_factory=list)
    changed: dict[str, tuple[Range, ...]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    lost_formula: bool = False
    without_formulas: set[str] = field(default_factory=set)  # keys of changed members that were read and have none


def splice(blob: bytes, patch: Patch, *, over_formulas: bool = False, opened: WorkbookValues | None = None) -> Spliced:
    """The workbook with the patch in it; the very same bytes object when nothing differs.

    Args:
        blob: The workbook's bytes.
        patch: What to write; cells that already hold it are left out.
        over_formulas: Let an edit replace a plain formula (the calculation chain then goes).
        opened: The same workbook, where somebody has read it: nothing is unpacked or scanned again.

    Raises:
        UnreadableWorkbook: Not an .xlsx, encrypted or damaged.
        UnsafeWrite: Signed, shared, or a cell that must not be written; the message names it.
        UsageError: The patch names a sheet or an address that doesn't exist.
    """
    if patch.empty:
        return Spliced(blob, Changes())
    book = opened or WorkbookValues(blob)
    package = book.package
    styles = styles_of(package)
    result = _Result()
    for tab in _tabs(package, patch):
        _write_sheet(book, tab, patch, styles, result, over_formulas=over_formulas)
    if not result.changes:
        return Spliced(blob, Changes(), tuple(result.warnings))
    refuse_unwritable(package)
    dropped = _finish(package, styles, result)
    return Spliced(
        rewrite(package.container, result.parts, dropped), Changes(tuple(result.changes)), tuple(result.warnings)
    )


def find_sheet(package: Package, name: str) -> SheetPart:
    """The worksheet of that name.

    Raises:
        UsageError: There is none; the message names the nearest one.
        UnsafeWrite: It is a chart, dialog or macro sheet, which has no cells.
    """
    tab = package.sheet(name)
    if tab is None:
        import difflib  # for a refusal only

        names = [sheet.name for sheet in package.sheets if sheet.kind is SheetKind.WORKSHEET]
        near = difflib.get_close_matches(name, names, 1, 0.4)
        hint = f"是不是「{near[0]}」？" if near else ""
        raise UsageError(f"没有名为「{name}」的工作表。{hint}现有工作表：{'、'.join(names)}")
    if tab.kind is not SheetKind.WORKSHEET:
        kinds = {SheetKind.CHART: "图表工作表", SheetKind.DIALOG: "对话框工作表", SheetKind.MACRO: "宏工作表"}
        raise UnsafeWrite(f"「{tab.name}」是{kinds[tab.kind]}，没有单元格，请改用普通工作表")
    return tab


def _tabs(package: Package, patch: Patch) -> tuple[SheetPart, ...]:
    """The sheets of a patch, each once, in the order they are first named."""
    tabs = [find_sheet(package, name) for name in dict.fromkeys(item.sheet for item in patch.items)]
    return tuple({tab.part: tab for tab in tabs}.values())


def _write_sheet(
    book: WorkbookValues, tab: SheetPart, patch: Patch, styles: StyleBook, result: _Result, *, over_formulas: bool
) -> None:
    package, sheet, member = book.package, book.scanned(tab), book.package.member(tab.part)
    refuse_disorder(sheet)
    work = SheetSplice(tab.name, sheet, styles, book.strings, package.date1904, over_formulas)
    packed = _packed(work, member, _pieces(work, _wishes_for(tab, patch)))
    result.warnings += work.warnings
    if packed is None:
        return
    changed, computed = work.changed.columns(), work.computed.columns()
    refuse_unsafe_cells(package, tab, sheet, changed)
    result.warnings += warnings_for(package, tab, changed)
    result.changes += work.changes()
    result.changed[tab.name.lower()] = (*boxes(changed), *boxes(computed))
    result.lost_formula = result.lost_formula or work.lost_formula
    result.parts[member.key] = packed
    if not sheet.may_have_formulas:
        result.without_formulas.add(member.key)


def _wishes_for(tab: SheetPart, patch: Patch) -> Patch:
    """What a patch wants of one sheet, however it spells the sheet's name: Excel doesn't tell case in it."""
    mine = {name for name in {item.sheet for item in patch.items} if name.lower() == tab.name.lower()}
    return Patch(
        edits=tuple(item for item in patch.edits if item.sheet in mine),
        row_edits=tuple(item for item in patch.row_edits if item.sheet in mine),
        cached=tuple(item for item in patch.cached if item.sheet in mine),
        rows=tuple(item for item in patch.rows if item.sheet in mine),
    )


def _pieces(work: SheetSplice, wishes: Patch) -> Iterator[Piece]:
    """The new bytes of a sheet, in order; made while they are taken, so that they never stand in memory together.

    But all are made at once where `dimension`, which stands before them, may have to reach over new cells.
    """
    values = _Ready(work.sheet, work.name, work.date1904)
    wants = _Wants(_by_place(wishes.edits, values), wishes.row_edits, values)
    pieces = work.pieces(wants, _by_place(wishes.cached, values))
    if wishes.rows or (wants and reaches_out(work.sheet, wants.area)):
        known = [*pieces, *(piece for rows in wishes.rows for piece in owned_pieces(work, rows, values.of))]
        pieces = iter(sorted(known, key=itemgetter(0, 1)))
    return pieces


def _packed(work: SheetSplice, member: Member, pieces: Iterator[Piece]) -> Packed | None:
    """A sheet with the pieces in it; None where there is none."""
    first = next(pieces, None)
    if first is None:
        return None
    output, part = work.output(chain([first], pieces)), work.sheet.part
    return pack_member(member, [part.stored(b"".join(output))] if part.coding.wide else output)


class _Ready:
    """The patch's values made ready for one sheet, each once however often it is used."""

    def __init__(self, sheet: Sheet, name: str, date1904: bool) -> None:
        self.sheet = sheet
        self.name = name
        self.date1904 = date1904
        self.known: dict[tuple[type, CellValue, int], Wanted] = {}

    def of(self, value: CellValue, look: CellLook | None, row: int, column: int) -> Wanted:
        """A value ready to be stored; row and column only for the message when it can't be."""
        key = (type(value), value, id(look))
        wanted = self.known.get(key)
        if wanted is None:
            at = f"{self.name}!{cell_at(row, column)}"
            wanted = ready(value, look, self.sheet.part, self.sheet.prefix, date1904=self.date1904, at=at)
            self.known[key] = wanted
        return wanted

    def of_row(self, edit: RowEdit) -> dict[int, Wanted]:
        """The values of a row by column."""
        known, plain = self.known, id(None)
        return {
            column: known.get((type(value), value, plain)) or self.of(value, None, edit.row, column)
            for column, value in zip(edit.columns, edit.values, strict=True)
        }


class _Wants(Mapping[int, Mapping[int, Wanted]]):
    """Row → what is wanted in it, by column; made ready when the row is looked at, and not kept."""

    def __init__(self, cells: _ByPlace, edits: Iterable[RowEdit], values: _Ready) -> None:
        self._cells, self._values = cells, values
        self._edits: dict[int, tuple[RowEdit, ...]] = {}
        for edit in edits:
            self._edits[edit.row] = (*self._edits.get(edit.row, ()), edit)

    def __getitem__(self, row: int) -> dict[int, Wanted]:
        if row not in self._cells and row not in self._edits:
            raise KeyError(row)
        found = dict(self._cells.get(row, {}))
        for edit in self._edits.get(row, ()):
            found.update(self._values.of_row(edit))
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._cells.keys() | self._edits.keys())

    def __len__(self) -> int:
        return len(self._cells.keys() | self._edits.keys())

    @property
    def area(self) -> Range:
        """What all of it lies in; there must be something."""
        listed = {tuple(cells) for cells in self._cells.values()} | {
            edit.columns for edits in self._edits.values() for edit in edits
        }
        columns = set(chain.from_iterable(listed))
        return min(self), min(columns), max(self), max(columns)


def _by_place(items: Iterable[CellEdit | CachedValue], values: _Ready) -> _ByPlace:
    """Edits by row and column."""
    places: _ByPlace = {}
    for item in items:
        place = parse_cell(item.at)
        if place is None:
            raise UsageError(f"「{item.at}」不是单元格地址，请写成 B5 这样")
        look = item.look if isinstance(item, CellEdit) else None
        places.setdefault(place[0], {})[place[1]] = values.of(item.value, look, *place)
    return places


def _finish(package: Package, styles: StyleBook, result: _Result) -> frozenset[str]:
    """The parts beside the sheets: grown styles, recalculation, and the calculation chain's end."""
    if styles.grown and package.styles:
        member = package.member(package.styles)
        result.parts[member.key] = pack_member(member, [styles.spliced()])
    depends = _read_rest(package, result)
    if depends and not package.full_calc_on_load:
        member = package.member(package.workbook_part)
        result.parts[member.key] = pack_member(member, [with_full_calc(package.container.read(member))])
    if not (result.lost_formula and package.calc_chain):
        return frozenset()
    parts, chain = without_calc_chain(package)
    for key, content in parts.items():
        result.parts[key] = pack_member(package.container.by_key[key], [content])
    return frozenset({chain})


def _read_rest(package: Package, result: _Result) -> bool:
    """Check the CRC of every XML member, and tell whether a formula may depend on what was changed.

    A workbook only half saved is seen by that. Pictures and other attachments are copied, and never unpacked.
    """
    tabs: Mapping[str, SheetPart] = {
        package.member(tab.part).key: tab for tab in package.sheets if tab.kind is SheetKind.WORKSHEET
    }
    depends = False
    for member in package.container.members:
        is_done = member.key in result.without_formulas or (
            member.key in package.container.checked and member.key not in tabs
        )
        if member.is_folder or is_done or not is_xml(member.key):
            continue
        content, tab = package.container.read(member), tabs.get(member.key)
        if tab and not depends and not package.full_calc_on_load:
            depends = may_depend(content, tab.name, result.changed)
    return depends
