"""How the parts beside the sheets may differ: styles by what was appended, the others by one setting or one line."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.ooxml.proof.book import BookParts
from capa_xl.ooxml.proof.elements import PlacedElement, as_utf8, read_elements, without
from capa_xl.ooxml.proof.zip_members import key_of

_GROWING = ("numFmts", "fonts", "fills", "borders", "cellXfs")
_RECALCULATE = "fullCalcOnLoad"


def differing_styles(before: bytes, after: bytes, *, dxfs: bool = False) -> Iterator[str]:
    """Styles may only have grown at the end of their lists; with `dxfs`, the list of conditional looks too.

    Raises:
        MalformedError: One of them is no XML.
    """
    growing = (*_GROWING, "dxfs") if dxfs else _GROWING
    old, new = as_utf8(before), as_utf8(after)
    roots = read_elements(old, 3), read_elements(new, 3)
    lists = [{child.name: child for child in root.children if child.name in growing} for root in roots]
    for name, listed in lists[0].items():
        if name not in lists[1] or not _starts_alike(old, listed, new, lists[1][name]):
            yield f"样式表的 {name} 变了"
    if lists[1].keys() - lists[0].keys() - {"numFmts", "dxfs"}:
        yield "样式表多了内容"
    if without(old, list(lists[0].values())) != without(new, list(lists[1].values())):
        yield "样式表里不该变的部分变了"


def differing_workbook(before: bytes, after: bytes) -> Iterator[str]:
    """workbook.xml may only have been told to recalculate on opening."""
    old, new = as_utf8(before), as_utf8(after)
    settings = [[e for e in read_elements(xml, 2).children if e.name == "calcPr"] for xml in (old, new)]
    named = [{**each[0].attributes, _RECALCULATE: "1"} if each else {_RECALCULATE: "1"} for each in settings]
    told = settings[1] and settings[1][0].attributes == named[0]
    inside = [b"".join(xml[e.inside : e.close] for e in each) for xml, each in zip((old, new), settings, strict=True)]
    if not told or inside[0] != inside[1] or without(old, settings[0]) != without(new, settings[1]):
        yield "workbook.xml 里不该变的部分变了"


def differing_relations(old: BookParts, new: BookParts) -> Iterator[str]:
    """Relationships and content types may only have lost the calculation chain."""
    types = "[content_types].xml"
    for key, name, ending in (
        (old.relations, "工作簿的关系变了", "/calcChain"),
        (types, "内容类型表变了", old.calc_chain),
    ):
        attribute = "Type" if key == old.relations else "PartName"
        xml = as_utf8(old.archive.read(key))
        gone = [each for each in read_elements(xml, 2).children if _ends(each.attributes.get(attribute, ""), ending)]
        if without(xml, gone) != as_utf8(new.archive.read(key)):
            yield name


def _ends(written: str, ending: str) -> bool:
    return key_of(written).endswith(key_of(ending))


def _starts_alike(old: bytes, one: PlacedElement, new: bytes, other: PlacedElement) -> bool:
    """Whether a list has the same attributes but its count, and begins with the same entries."""
    attributes = [{**each.attributes, "count": ""} for each in (one, other)]
    entries = [[xml[e.start : e.end] for e in each.children] for xml, each in ((old, one), (new, other))]
    return attributes[0] == attributes[1] and entries[0] == entries[1][: len(entries[0])]
