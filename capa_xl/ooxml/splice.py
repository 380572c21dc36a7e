"""A patch written into a workbook's bytes: changed cells in their sheets, everything else byte for byte.

Pure: bytes in, bytes out. `verify` proves the result from the two files alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from capa_xl.a1 import Range
from capa_xl.errors import UnsafeWrite, UsageError
from capa_xl.ooxml.calculation import with_full_calc, without_calc_chain
from capa_xl.ooxml.ceilings import is_xml
from capa_xl.ooxml.container_rewrite import pack_member, rewrite
from capa_xl.ooxml.deflate import Packed
from capa_xl.ooxml.dependents import boxes, may_depend
from capa_xl.ooxml.forbidden_cells import refuse_unsafe_cells, warnings_for
from capa_xl.ooxml.freed_memory import return_freed_memory
from capa_xl.ooxml.package import Package, SheetKind, SheetPart, refuse_unwritable
from capa_xl.ooxml.patch import (
    Changes,
    Patch,
    RowChange,
    Spliced,
)
from capa_xl.ooxml.shared_formulas import refuse_orphans
from capa_xl.ooxml.sheet_scan import Sheet
from capa_xl.ooxml.sheet_splice import SheetSplice
from capa_xl.ooxml.spliced_sheet import spliced_sheet
from capa_xl.ooxml.styles import StyleBook, styles_of
from capa_xl.ooxml.workbook_values import WorkbookValues


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
        _write_sheet(book, tab, _wishes_for(tab, patch), styles, result, over_formulas=over_formulas)
    if not result.changes:
        return Spliced(blob, Changes(), tuple(result.warnings))
    refuse_unwritable(package)
    dropped = _finish(package, styles, result)
    return_freed_memory()  # the new file comes on top of its parts
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
        raise UnsafeWrite(f"「{tab.name}」是{kinds[tab.kind]}，没有单元格 → 请改用普通工作表")
    return tab


def _tabs(package: Package, patch: Patch) -> tuple[SheetPart, ...]:
    """The sheets of a patch, each once, in the order they are first named."""
    tabs = [find_sheet(package, name) for name in dict.fromkeys(item.sheet for item in patch.items)]
    return tuple({tab.part: tab for tab in tabs}.values())


def _write_sheet(
    book: WorkbookValues, tab: SheetPart, wishes: Patch, styles: StyleBook, result: _Result, *, over_formulas: bool
) -> None:
    package, member = book.package, book.package.member(tab.part)

    shown = {one.row: one.is_shown for one in wishes.shown}

    def begun(sheet: Sheet) -> SheetSplice:
        return SheetSplice(tab.name, sheet, styles, book.strings, package.date1904, over_formulas, shown)

    done = spliced_sheet(book, tab, wishes, begun)
    work = done.work
    result.warnings += work.warnings
    if done.packed is None:
        return
    changed, computed = work.changed.columns(), work.computed.columns()
    refuse_unsafe_cells(package, tab, work.sheet, done.arrays, changed)
    if work.shared:
        refuse_orphans(tab.name, package.container.read(member), work.shared)
    result.warnings += warnings_for(package, tab, changed)
    result.changes += work.changes()
    result.changed[tab.name.lower()] = (*boxes(changed), *boxes(computed))
    result.lost_formula = result.lost_formula or work.lost_formula
    result.parts[member.key] = done.packed
    if not done.has_formulas:
        result.without_formulas.add(member.key)


def _wishes_for(tab: SheetPart, patch: Patch) -> Patch:
    """What a patch wants of one sheet, however it spells the sheet's name: Excel doesn't tell case in it."""
    mine = {name for name in {item.sheet for item in patch.items} if name.lower() == tab.name.lower()}
    return Patch(
        edits=tuple(item for item in patch.edits if item.sheet in mine),
        row_edits=tuple(item for item in patch.row_edits if item.sheet in mine),
        cached=tuple(item for item in patch.cached if item.sheet in mine),
        rows=tuple(item for item in patch.rows if item.sheet in mine),
        shown=tuple(item for item in patch.shown if item.sheet in mine),
    )


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
