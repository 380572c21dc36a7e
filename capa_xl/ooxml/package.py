"""The parts of a workbook, found only through relationships: sheets, strings, styles, tables.

And what forbids writing to it at all: a signature, a shared workbook's revision log.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from msgspec import Struct

from capa_xl.a1 import Range, parse_range
from capa_xl.errors import UnreadableWorkbook, UnsafeWrite
from capa_xl.ooxml.ceilings import MOST_SHEETS, too_large
from capa_xl.ooxml.container import Container, Member, member_key, read_container, refuse_duplicates
from capa_xl.ooxml.sniff import SAVE_AGAIN, damaged, refuse_foreign
from capa_xl.ooxml.xml_bytes import local, parse_xml, refuse_unsound, whole


class SheetKind(StrEnum):
    """What a tab of the workbook is; only a worksheet has cells."""

    WORKSHEET = "worksheet"
    CHART = "chartsheet"
    DIALOG = "dialogsheet"
    MACRO = "macrosheet"


class Relationship(Struct, frozen=True):
    """One line of a .rels part; `part` is the name of the target part, "" for an external one."""

    id: str
    kind: str  # the last segment of the type, the same for transitional and strict
    part: str


class SheetPart(Struct, frozen=True):
    """One tab of the workbook and the part it is in."""

    name: str
    part: str
    kind: SheetKind


class ExcelTable(Struct, frozen=True):
    """An Excel table: where it stands and which of its rows aren't data."""

    name: str
    area: Range
    header_rows: int
    totals_rows: int
    columns: tuple[str, ...]
    queried: bool  # filled from outside by a query


class DefinedName(Struct, frozen=True):
    """A name of the workbook; `sheet` is the tab it is limited to, None for the whole workbook."""

    name: str
    refers_to: str
    sheet: str | None


class Package(Struct, frozen=True):
    """A workbook's parts; nothing of a sheet is unpacked before it is asked for."""

    container: Container
    workbook_part: str
    sheets: tuple[SheetPart, ...]
    shared_strings: str | None
    styles: str | None
    calc_chain: str | None
    date1904: bool
    defined_names: tuple[DefinedName, ...]
    full_calc_on_load: bool
    forbids_writing: str  # why nothing may be written; "" when it may

    def sheet(self, name: str) -> SheetPart | None:
        """The tab of that name; Excel doesn't tell case in them."""
        alike = [sheet for sheet in self.sheets if sheet.name.lower() == name.lower()]
        return next((sheet for sheet in alike if sheet.name == name), alike[0] if alike else None)

    def read(self, part: str, *, keep: bool = False) -> bytes:
        """A part's content; `keep` where it will be wanted again.

        Raises:
            UnreadableWorkbook: It isn't there, damaged, or no single XML element.
            UnsafeWrite: It has a DOCTYPE.
        """
        content = self.container.read(self.member(part), keep=keep)
        refuse_unsound(content)
        return content

    def member(self, part: str) -> Member:
        """The zip member a part is in.

        Raises:
            UnreadableWorkbook: It isn't there.
        """
        member = self.container.find(part)
        if member is None:
            raise damaged(f"缺少部件 {part}")
        return member

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """The relationships of a part, external ones with part ""."""
        return tuple(_relationships(self.container, part))

    def tables(self, sheet: SheetPart) -> tuple[ExcelTable, ...]:
        """The Excel tables of a tab."""
        parts = [rel.part for rel in self.relationships(sheet.part) if rel.kind == "table" and rel.part]
        tables = (self._table(part) for part in parts if self.container.find(part))
        return tuple(table for table in tables if table)

    def pivots(self, sheet: SheetPart) -> tuple[Range, ...]:
        """Where pivot tables write on a tab, their page fields included."""
        parts = [rel.part for rel in self.relationships(sheet.part) if rel.kind == "pivotTable" and rel.part]
        areas = (_pivot_area(parse_xml(self.read(part))) for part in parts if self.container.find(part))
        return tuple(area for area in areas if area)

    def _table(self, part: str) -> ExcelTable | None:
        root = parse_xml(self.read(part))
        area = parse_range(root.get("ref", ""))
        if area is None:
            return None
        columns = tuple(element.get("name", "") for element in root.iter() if local(element.tag) == "tableColumn")
        return ExcelTable(
            root.get("displayName") or root.get("name") or "",
            area,
            whole(root.get("headerRowCount"), 1),
            whole(root.get("totalsRowCount")),
            columns,
            root.get("tableType") == "queryTable",
        )


def open_package(blob: bytes) -> Package:
    """The parts of the workbook in a file's bytes.

    Raises:
        UnreadableWorkbook: Not an .xlsx (the message says what it is), or damaged.
        UnsafeWrite: Two members share a name, so nobody can tell which counts.
    """
    container = read_container(blob)
    mimetype = container.find("mimetype")
    refuse_foreign(set(container.by_key), container.read(mimetype) if mimetype else b"")
    refuse_duplicates(container)
    return _package(container)


def refuse_unwritable(package: Package) -> None:
    """Let a workbook pass that may be written.

    Raises:
        UnsafeWrite: It is signed, or shared with a revision log.
    """
    if package.forbids_writing:
        raise UnsafeWrite(package.forbids_writing)


def _package(container: Container) -> Package:
    top = tuple(_relationships(container, ""))
    workbook_part = next((rel.part for rel in top if rel.kind == "officeDocument"), "")
    if not workbook_part or not container.find(workbook_part):
        raise UnreadableWorkbook(f"压缩包里找不到工作簿的主部件，不是完整的 .xlsx → {SAVE_AGAIN}")
    root = parse_xml(container.read(container.by_key[member_key(workbook_part)]))
    if local(root.tag) != "workbook":
        raise UnreadableWorkbook(f"主部件 {workbook_part} 不是工作簿 → {SAVE_AGAIN}")
    rels = tuple(_relationships(container, workbook_part))
    sheets = tuple(_sheets(root, rels, container))
    if len(sheets) > MOST_SHEETS:
        raise too_large(f"有 {len(sheets)} 个工作表，上限 {MOST_SHEETS} 个")
    properties = _child(root, "workbookPr")
    calculation = _child(root, "calcPr")
    return Package(
        container,
        workbook_part,
        sheets,
        _target(container, rels, "sharedStrings"),
        _target(container, rels, "styles"),
        _target(container, rels, "calcChain"),
        properties is not None and properties.get("date1904") in ("1", "true", "on"),
        tuple(_defined_names(root)),
        calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true"),
        _forbidden(container, top, rels),
    )


def _relationships(container: Container, part: str) -> Iterator[Relationship]:
    folder, name = posixpath.split(part.replace("\\", "/").lstrip("/"))
    member = container.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if member is None:
        return
    for element in parse_xml(container.read(member)):
        if local(element.tag) != "Relationship":
            continue
        external = element.get("TargetMode", "").lower() == "external"
        target = "" if external else _resolved(folder, element.get("Target", ""))
        if target and not container.find(target):
            target = unquote(target)  # names with blanks are escaped in targets, most often not in the zip
        yield Relationship(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], target)


def _resolved(folder: str, target: str) -> str:
    target = target.replace("\\", "/").partition("#")[0]
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target)).lstrip("/")


def _target(container: Container, rels: tuple[Relationship, ...], kind: str) -> str | None:
    parts = (rel.part for rel in rels if rel.kind == kind and rel.part)
    return next((part for part in parts if container.find(part)), None)


_KINDS = {
    "worksheet": SheetKind.WORKSHEET,
    "chartsheet": SheetKind.CHART,
    "dialogsheet": SheetKind.DIALOG,
    "xlMacrosheet": SheetKind.MACRO,
    "xlIntlMacrosheet": SheetKind.MACRO,
}


def _sheets(root: Element, rels: tuple[Relationship, ...], container: Container) -> Iterator[SheetPart]:
    by_id = {rel.id: rel for rel in rels}
    for element in _children(root, "sheets", "sheet"):
        rel = by_id.get(_relationship_id(element))
        if rel is None or rel.kind not in _KINDS or not container.find(rel.part):
            continue
        yield SheetPart(element.get("name", ""), rel.part, _KINDS[rel.kind])


def _relationship_id(element: Element) -> str:
    for name, value in element.attrib.items():
        if local(name) == "id" and name.startswith("{") and "relationships" in name:
            return value
    return ""


def _defined_names(root: Element) -> Iterator[DefinedName]:
    tabs = [element.get("name", "") for element in _children(root, "sheets", "sheet")]
    for element in _children(root, "definedNames", "definedName"):
        index = whole(element.get("localSheetId"), len(tabs))
        sheet = tabs[index] if index < len(tabs) else None
        yield DefinedName(element.get("name", ""), (element.text or "").strip(), sheet)


def _child(root: Element, name: str) -> Element | None:
    return next((element for element in root if local(element.tag) == name), None)


def _children(root: Element, parent: str, name: str) -> list[Element]:
    found = _child(root, parent)
    return [element for element in found if local(element.tag) == name] if found is not None else []


def _pivot_area(root: Element) -> Range | None:
    location = _child(root, "location")
    area = parse_range(location.get("ref", "")) if location is not None else None
    if location is None or area is None:
        return None
    pages = whole(location.get("rowPageCount"))
    return max(1, area[0] - pages - 1) if pages else area[0], area[1], area[2], area[3]


def _forbidden(container: Container, top: tuple[Relationship, ...], rels: tuple[Relationship, ...]) -> str:
    for rel in top:
        if rel.kind == "origin" and rel.part and any(_relationships(container, rel.part)):
            return "工作簿带有数字签名，写入会使签名失效 → 请先在 Excel 里删除签名（文件→信息→查看签名），再运行"
    if any(rel.kind == "revisionHeaders" and rel.part for rel in rels):
        return "工作簿是带修订记录的共享工作簿，不能安全写入 → 请先在 Excel 里取消共享（审阅→共享工作簿），再运行"
    return ""
