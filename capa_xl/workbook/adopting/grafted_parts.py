"""Sheets of one workbook as parts of another: texts written out, styles, tables and drawings renamed.

The donor was made by ourselves a moment ago, in the one shape our writer has: no prefixes, UTF-8, every attribute in
double quotes. So patterns are enough for it.
"""

from __future__ import annotations

import posixpath
import re

from msgspec import Struct, field

from capa_xl.ooxml.package import Package
from capa_xl.ooxml.shared_strings import SharedStrings, shared_strings_of
from capa_xl.ooxml.xml_bytes import parse_xml, whole
from capa_xl.ooxml.xstring import escape
from capa_xl.workbook.adopting.grafted_styles import StyleGraft

_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*?) t="s"><v>(\d+)</v></c>')
_STYLE = re.compile(rb'(<(?:c|row) [^>]*?\bs="|<col [^>]*?\bstyle=")(\d+)(?=")')
_DXF = re.compile(rb'(\bdxfId=")(\d+)(?=")')
_SELECTED = b' tabSelected="1"'
_TABLE_ID = re.compile(rb'(<table [^>]*?\bid=")\d+(?=")')
_TABLE_NAME = re.compile(rb'(\b(?:name|displayName)=")([^"]+)(?=")')
_TARGET = re.compile(rb'(Target=")([^"]+)(?=")')

_TYPES = {
    "worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "table": "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml",
    "drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}
_FOLDERS = {"worksheet": "worksheets/sheet", "table": "tables/table", "drawing": "drawings/drawing",
            "chart": "charts/chart"}  # fmt: skip


class Parts(Struct):
    """New parts of the host, by name.

    Attributes:
        host: The workbook that gets them.
        donor: Where they come from.
        styles: The donor's styles at home in the host.
        first_dxf: How many conditional looks the host has before the donor's.
        contents: Part name → content, relationship parts among them.
        types: Part name → content type.
        sheets: (sheet name, part name) in order.
    """

    host: Package
    donor: Package
    styles: StyleGraft
    first_dxf: int
    contents: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    tables: int = 0

    def take_sheets(self) -> None:
        """Take over every sheet of the donor with everything that hangs on it."""
        strings = shared_strings_of(self.donor)
        self.tables = _highest_table_id(self.host)
        for tab in self.donor.sheets:
            xml = _inlined(self.donor.read(tab.part), strings).replace(_SELECTED, b"")
            xml = _STYLE.sub(lambda match: match[1] + b"%d" % self.styles.style(int(match[2])), xml)
            xml = _DXF.sub(lambda match: match[1] + b"%d" % (self.first_dxf + int(match[2])), xml)
            self.sheets.append((tab.name, self._put("worksheet", tab.part, xml)))

    def _put(self, kind: str, old: str, content: bytes) -> str:
        name = self._free_name(kind)
        self.contents[name] = content
        self.types[name] = _TYPES[kind]
        self._take_relationships(old, name)
        return name

    def _take_relationships(self, old: str, new: str) -> None:
        """The parts a part points to come along; its relationships then point to their new names."""
        source = _rels_of(old)
        member = self.donor.container.find(source)
        if member is None:
            return
        related = self.donor.relationships(old)
        names = iter([self._put(rel.kind, rel.part, self._content(rel.kind, rel.part)) for rel in related])
        folder = posixpath.dirname(new)
        blob = _TARGET.sub(
            lambda match: match[1] + posixpath.relpath(next(names), folder).encode("utf-8"),
            self.donor.container.read(member),
        )
        self.contents[_rels_of(new)] = blob

    def _content(self, kind: str, part: str) -> bytes:
        blob = self.donor.read(part)
        if kind != "table":
            return blob
        self.tables += 1
        taken = _names_in_use(self.host)
        blob = _TABLE_ID.sub(lambda match: match[1] + b"%d" % self.tables, blob, count=1)
        head, inside = blob.split(b"<autoFilter", 1) if b"<autoFilter" in blob else (blob, b"")
        head = _TABLE_NAME.sub(lambda match: match[1] + _free(match[2], taken), head)
        return head + (b"<autoFilter" + inside if inside else b"")

    def _free_name(self, kind: str) -> str:
        folder = posixpath.dirname(self.host.workbook_part)
        number = 1
        while True:
            name = posixpath.join(folder, f"{_FOLDERS[kind]}{number}.xml")
            if name not in self.contents and self.host.container.find(name) is None:
                return name
            number += 1


def _rels_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _inlined(xml: bytes, strings: SharedStrings) -> bytes:
    """A sheet with its texts in the cells, so that the host's shared strings need no change."""

    def cell(match: re.Match[bytes]) -> bytes:
        text = escape(strings.text(int(match[3])) or "").encode("utf-8")
        inside = b'<is><t xml:space="preserve">' + text + b"</t></is>"
        return b'<c r="' + match[1] + b'"' + match[2] + b' t="inlineStr">' + inside + b"</c>"

    return _CELL.sub(cell, xml)


def _highest_table_id(package: Package) -> int:
    """The highest table id; Excel takes a workbook with two equal ones for damaged."""
    members = (m for m in package.container.members if "/tables/" in f"/{m.key}" and m.key.endswith(".xml"))
    return max((whole(parse_xml(package.container.read(member)).get("id")) for member in members), default=0)


def _names_in_use(package: Package) -> frozenset[str]:
    tables = (table.name for tab in package.sheets for table in package.tables(tab))
    return frozenset(name.lower() for name in (*tables, *(name.name for name in package.defined_names)))


def _free(name: bytes, taken: frozenset[str]) -> bytes:
    text = name.decode("utf-8")
    while text.lower() in taken:
        text += "_"
    return text.encode("utf-8")
