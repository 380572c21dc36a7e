"""Which part of a workbook is what, found through relationships: sheets, styles, strings, the calculation chain."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from msgspec import Struct

from capa_xl.ooxml.proof.elements import MalformedError, as_utf8, read_elements
from capa_xl.ooxml.proof.zip_members import Archive, key_of

_TRUE = ("1", "true", "on")


class BookParts(Struct, frozen=True):
    """The parts of a workbook by their keys in the archive; "" for one that isn't there.

    Attributes:
        sheets: Name of the tab → its part, in order.
    """

    archive: Archive
    workbook: str
    sheets: Mapping[str, str]
    styles: str
    strings: str
    calc_chain: str
    date1904: bool

    def sheet(self, name: str) -> tuple[str, str] | None:
        """Name and part of a tab; Excel doesn't tell case in names."""
        if name in self.sheets:
            return name, self.sheets[name]
        return next(((known, part) for known, part in self.sheets.items() if known.lower() == name.lower()), None)

    @property
    def relations(self) -> str:
        """The key of the workbook's own relationships."""
        return _relations_key(self.workbook)


def read_book(archive: Archive) -> BookParts:
    """The parts of a workbook.

    Raises:
        MalformedError: A part that leads to others is no XML.
        zipfile.BadZipFile: A part is damaged or not there.
    """
    workbook = next((part for _, kind, part in _related(archive, "") if kind == "officeDocument"), "")
    related = tuple(_related(archive, workbook))
    by_id = {identity: part for identity, _, part in related}
    by_kind = {kind: part for _, kind, part in reversed(related) if part in archive.by_key}
    root = read_elements(as_utf8(archive.read(workbook)), 3)
    sheets: dict[str, str] = {}
    date1904 = False
    for child in root.children:
        if child.name == "workbookPr":
            date1904 = child.attributes.get("date1904") in _TRUE
        for tab in child.children if child.name == "sheets" else ():
            part = by_id.get(_relationship(tab.attributes), "")
            if part in archive.by_key:
                sheets[tab.attributes.get("name", "")] = part
    styles, strings, chain = (by_kind.get(kind, "") for kind in ("styles", "sharedStrings", "calcChain"))
    return BookParts(archive, workbook, sheets, styles, strings, chain, date1904)


def _related(archive: Archive, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, last segment of the type, and key of the target, of every relationship of a part."""
    relations = _relations_key(part)
    if relations not in archive.by_key:
        return
    root = read_elements(as_utf8(archive.read(relations)), 2)
    if root.name != "Relationships":
        raise MalformedError(f"{relations}: {root.name}")
    for element in root.children:
        named = element.attributes
        outside = named.get("TargetMode", "").lower() == "external"
        target = "" if outside else _target(archive, posixpath.dirname(part), named.get("Target", ""))
        yield named.get("Id", ""), named.get("Type", "").rpartition("/")[2], target


def _relations_key(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(archive: Archive, folder: str, written: str) -> str:
    path = written.replace("\\", "/").partition("#")[0]
    key = key_of(posixpath.normpath(posixpath.join("/", folder, path)))
    return key if key in archive.by_key else unquote(key)


def _relationship(attributes: Mapping[str, str]) -> str:
    found = (value for name, value in attributes.items() if "relationships" in name and name.endswith(" id"))
    return next(found, "")
