"""All values of a workbook by an ordinary XML parser: slow, simple, and independent of the splice."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from capa_xl.a1 import cell_at, parse_cell
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.forbidden_cells import array_areas, refuse_unsafe_cells
from capa_xl.ooxml.package import Package, SheetKind, SheetPart, open_package
from capa_xl.ooxml.sheet_scan import read_sheet


def _local(element):
    return etree.QName(element).localname


def _texts(element):
    """Text of `t` and `r/t`, phonetic runs left out."""
    found = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if _local(child) == "t":
            found.append(child.text or "")
        elif _local(child) == "r":
            found.append(_texts(child))
    return "".join(found)


def _shared(package: Package):
    if not package.shared_strings:
        return []
    tree = etree.fromstring(package.read(package.shared_strings))
    return [_texts(item) for item in tree if isinstance(item.tag, str) and _local(item) == "si"]


def _sheet_cells(package: Package, tab: SheetPart, strings):
    """(row, column, type, value, formula) of every cell that has anything."""
    tree = etree.fromstring(package.read(tab.part))
    data = next(child for child in tree if isinstance(child.tag, str) and _local(child) == "sheetData")
    row_number = 0
    for row in data:
        if not isinstance(row.tag, str):
            continue
        row_number = int(row.get("r", row_number + 1))
        column = 0
        for cell in row:
            if not isinstance(cell.tag, str) or _local(cell) != "c":
                continue
            place = parse_cell(cell.get("r", cell_at(row_number, column + 1)))
            column = place[1]
            parts = {_local(child): child for child in cell if isinstance(child.tag, str)}
            text = parts["v"].text if "v" in parts else None
            kind = cell.get("t", "n")
            if kind == "s" and text is not None:
                value = strings[int(text)]
            elif kind == "inlineStr" and "is" in parts:
                value = _texts(parts["is"])
            elif kind == "n" and text is not None:
                value = float(text)
            else:
                value = text
            formula = parts["f"].text if "f" in parts else None
            if value is not None or "f" in parts:
                yield row_number, column, kind, value, formula


def cells_of(blob: bytes) -> dict:
    """(sheet, address) → value, with the formula where there is one."""
    package = open_package(blob)
    strings = _shared(package)
    found = {}
    for tab in package.sheets:
        if tab.kind is SheetKind.WORKSHEET:
            for row, column, _, value, formula in _sheet_cells(package, tab, strings):
                found[tab.name, cell_at(row, column)] = value if formula is None else (value, formula)
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        assert archive.testzip() is None
    return found


def plain_cell(blob: bytes, tab: SheetPart) -> str | None:
    """The first cell with a number or text that nothing else hangs on."""
    package = open_package(blob)
    sheet = read_sheet(package.read(tab.part))
    for row, column, kind, _, formula in _sheet_cells(package, tab, _shared(package)):
        if formula is not None or kind not in ("n", "s", "str", "inlineStr"):
            continue
        try:
            refuse_unsafe_cells(package, tab, sheet, array_areas(sheet), {row: [column]})
        except UnsafeWrite:
            continue
        return cell_at(row, column)
    return None
