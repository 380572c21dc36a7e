"""How styles, workbook.xml and the relationships may differ after a splice: only by what was appended or taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from capa_xl.ooxml.package import Package, Relationship
from capa_xl.ooxml.xml_bytes import local, parse_xml

_GROWING = ("numFmts", "fonts", "fills", "borders", "cellXfs")
_FULL_CALC = re.compile(r"""\s+fullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")
_EMPTY_CALC = re.compile(r"<(?:\w+:)?calcPr\s*/>")


def differing_styles(before: bytes, after: bytes, *, dxfs: bool = False) -> Iterator[str]:
    """Styles may only have grown at the end of their lists; with `dxfs`, the list of conditional looks too."""
    growing = (*_GROWING, "dxfs") if dxfs else _GROWING
    old, new = parse_xml(before), parse_xml(after)
    new_children = {local(child.tag): child for child in new if local(child.tag) in growing}
    for child in old:
        name = local(child.tag)
        if name in growing and not _starts_like(child, new_children.pop(name)):
            yield f"样式表的 {name} 变了"
    if set(new_children) - {"numFmts", "dxfs"}:
        yield "样式表多了内容"
    rest = [[_text(child) for child in root if local(child.tag) not in growing] for root in (old, new)]
    if rest[0] != rest[1]:
        yield "样式表里不该变的部分变了"


def differing_workbook(before: bytes, after: bytes) -> Iterator[str]:
    """workbook.xml may only have been told to recalculate on opening."""
    old, new = (_FULL_CALC.sub("", _decoded(blob)) for blob in (before, after))
    if _EMPTY_CALC.sub("", old) != _EMPTY_CALC.sub("", new):
        yield "workbook.xml 里不该变的部分变了"


def differing_relations(old: Package, new: Package) -> Iterator[str]:
    """Relationships and content types may only have lost the calculation chain."""
    kept = [rel for rel in old.relationships(old.workbook_part) if rel.kind != "calcChain"]
    if kept != list[Relationship](new.relationships(new.workbook_part)):
        yield "工作簿的关系变了"
    chain = f"/{old.calc_chain}".lower()
    types = [
        [_text(child) for child in parse_xml(book.read("[Content_Types].xml")) if _part_name(child) != chain]
        for book in (old, new)
    ]
    if types[0] != types[1]:
        yield "内容类型表变了"


def _starts_like(old: Element, new: Element) -> bool:
    return len(new) >= len(old) and all(_text(one) == _text(two) for one, two in zip(old, new, strict=False))


def _text(element: Element) -> bytes:
    tail, element.tail = element.tail, None
    text = bytes(ElementTree.tostring(element))
    element.tail = tail
    return text


def _part_name(element: Element) -> str:
    return element.get("PartName", "").replace("\\", "/").lower()


def _decoded(blob: bytes) -> str:
    if blob[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return blob.decode("utf-16")
    return blob.replace(b"\0", b"").decode("utf-8", "surrogateescape")
