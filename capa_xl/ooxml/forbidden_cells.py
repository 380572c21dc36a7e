"""What a sheet's features forbid: cells that belong to a merge, a table's header, a pivot table or an array formula."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from capa_xl.a1 import Range, cell_at, parse_range
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.package import Package, SheetPart
from capa_xl.ooxml.sheet_scan import Patterns, Sheet, merges_of
from capa_xl.ooxml.xml_bytes import attributes

ColumnsByRow = Mapping[int, Sequence[int]]
Reserved = tuple[Range, str]
"""Cells that may not be written, and why."""


def refuse_unsafe_cells(
    package: Package, tab: SheetPart, sheet: Sheet, arrays: Iterable[Reserved], changed: ColumnsByRow
) -> None:
    """Let a set of cells pass that nothing else in the sheet depends on for its structure.

    Args:
        sheet: It, or a stretch of its rows with its own end: merged cells stand there.
        arrays: `array_areas` of all its rows.

    Raises:
        UnsafeWrite: A cell of a merge that isn't its first; a table's header or totals row; pivot output;
            part of an array formula or a data table.
    """
    rows = sorted(changed)
    for area in merges_of(sheet):
        for at in _hits(area, rows, changed):
            if at != (area[0], area[1]):
                first = cell_at(area[0], area[1])
                raise _refusal(tab, at, f"在合并单元格里，只有左上角 {first} 能写 → 请改写 {first}，或取消合并")
    for area, reason in (*_table_rows(package, tab), *_pivot_areas(package, tab), *arrays):
        for at in _hits(area, rows, changed):
            raise _refusal(tab, at, reason)


def warnings_for(package: Package, tab: SheetPart, changed: ColumnsByRow) -> Iterator[str]:
    """Sentences about cells that may be overwritten from outside: query tables and XML maps."""
    rows = sorted(changed)
    for table in package.tables(tab):
        if table.queried and any(True for _ in _hits(table.area, rows, changed)):
            yield f"{tab.name} 的表 {table.name} 来自外部查询，下次刷新数据可能覆盖写入的值"
    if any(rel.kind == "tableSingleCells" for rel in package.relationships(tab.part)):
        yield f"{tab.name} 有 XML 映射的单元格，下次导入 XML 可能覆盖写入的值"


def _refusal(tab: SheetPart, at: tuple[int, int], reason: str) -> UnsafeWrite:
    return UnsafeWrite(f"{tab.name}!{cell_at(*at)} {reason}")


def _hits(area: Range, rows: list[int], changed: ColumnsByRow) -> Iterator[tuple[int, int]]:
    top, left, bottom, right = area
    for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
        for column in changed[row]:
            if left <= column <= right:
                yield row, column


def _table_rows(package: Package, tab: SheetPart) -> Iterator[Reserved]:
    for table in package.tables(tab):
        top, left, bottom, right = table.area
        if table.header_rows:
            yield (
                (top, left, top + table.header_rows - 1, right),
                f"是表 {table.name} 的标题行，改写会使表损坏 → 请在 Excel 里改标题",
            )
        if table.totals_rows:
            yield (
                (bottom - table.totals_rows + 1, left, bottom, right),
                f"是表 {table.name} 的汇总行，改写会使表损坏 → 请在 Excel 里改汇总行",
            )


def _pivot_areas(package: Package, tab: SheetPart) -> Iterator[Reserved]:
    for area in package.pivots(tab):
        yield area, "在数据透视表里，不能写入 → 请改数据源后刷新透视表"


def array_areas(sheet: Sheet) -> Iterator[Reserved]:
    """The ranges of array formulas and data tables that begin in a sheet's rows."""
    mask = sheet.part.mask
    if not sheet.may_have_formulas or (b"array" not in mask and b"dataTable" not in mask):
        return
    for match in Patterns(sheet.prefix).array.finditer(mask, sheet.data.inside, sheet.data.close):
        attrs = attributes(match[1])
        area = parse_range(attrs.get(b"ref", b"").decode("ascii", "replace"))
        if area and attrs.get(b"t") in (b"array", b"dataTable"):
            kind = "数组公式" if attrs[b"t"] == b"array" else "模拟运算表"
            yield area, f"在{kind}的范围里，不能写入 → 请在 Excel 里先把公式改成值"
