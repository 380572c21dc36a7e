"""A workbook without what only its looks on paper need, for a library that unpacks whatever it finds.

Cells, styles, comments, drop-downs and tables stay; pictures, drawings, pivots, themes and properties go. Every part is
read by us first: nothing in it is larger than it says, and there are no entities. Never written back.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from capa_xl.ooxml.new_zip import new_member, new_zip
from capa_xl.ooxml.package import Package, SheetKind
from capa_xl.ooxml.sheet_scan import read_sheet
from capa_xl.ooxml.styles import read_styles
from capa_xl.ooxml.xml_bytes import parse_xml

MOST_LEAN = 12 << 20
"""Bytes of all parts together: openpyxl takes up to 0.7 s for each million, and 50 times as much memory."""
ROWS = 2_500
"""Rows of each sheet that are copied: looks are asked of no more."""
_MOST_CELLS = 400_000
_LONGEST = 200_000
"""Bytes of one tag with the text behind it; a tag of a million attributes takes half a minute."""
_TYPES = "[Content_Types].xml"
_KEPT = frozenset({"comments", "table"})
_DROPPED = frozenset({"drawing", "pivotTable"})


def lean_copy(package: Package) -> bytes | None:
    """The copy; None where it would be too much to look at.

    Raises:
        UnreadableWorkbook: A part is damaged or missing.
        UnsafeWrite: A part has a DOCTYPE.
    """
    sheets = [sheet.part for sheet in package.sheets if sheet.kind is SheetKind.WORKSHEET]
    names = tuple(dict.fromkeys((*_around(package), *(part for sheet in sheets for part in _of_sheet(package, sheet)))))
    if package.styles:
        read_styles(package.read(package.styles))  # refuses a million of them
    lists = {_rels_of(sheet) for sheet in sheets}
    changed = {**dict.fromkeys(lists, _without_drawings), **dict.fromkeys(sheets, _without_late_rows)}
    parts = {name: changed.get(name, _as_it_is)(package.read(name)) for name in names}
    cells = sum(xml.count(b"<c") + xml.count(b":c ") for xml in parts.values())
    if cells > _MOST_CELLS or sum(map(len, parts.values())) > MOST_LEAN or any(map(_is_monstrous, parts.values())):
        return None
    return new_zip(new_member(_name(package, name), content) for name, content in parts.items())


def _around(package: Package) -> Iterator[str]:
    """The parts that belong to the workbook as a whole."""
    yield from (_TYPES, "_rels/.rels", package.workbook_part, _rels_of(package.workbook_part))
    yield from (part for part in (package.styles, package.shared_strings) if part)


def _of_sheet(package: Package, sheet: str) -> Iterator[str]:
    yield sheet
    if package.container.find(rels := _rels_of(sheet)):
        yield rels
    for one in package.relationships(sheet):
        if one.kind in _KEPT and package.container.find(one.part):
            yield one.part


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _name(package: Package, part: str) -> str:
    return package.member(part).name.replace("\\", "/").lstrip("/")


def _is_monstrous(xml: bytes) -> bool:
    return max(map(len, xml.split(b"<"))) > _LONGEST


def _as_it_is(content: bytes) -> bytes:
    return content


def _without_late_rows(xml: bytes) -> bytes:
    sheet = read_sheet(xml)
    if len(sheet.row_starts) <= ROWS:
        return xml
    return sheet.part.stored(sheet.part.body[: sheet.row_starts[ROWS]] + sheet.part.body[sheet.data.close :])


def _without_drawings(relationships: bytes) -> bytes:
    """A sheet's relationships but those to parts that the copy hasn't."""
    root = parse_xml(relationships)
    for one in [one for one in root if one.get("Type", "").rpartition("/")[2] in _DROPPED]:
        root.remove(one)
    return bytes(ElementTree.tostring(root))
