"""Recalculation in workbook.xml, and the calculation chain taken out where it would name a cell without formula."""

from __future__ import annotations

from capa_xl.ooxml.container import member_key
from capa_xl.ooxml.package import Package
from capa_xl.ooxml.xml_bytes import Element, attributes, elements, read_part, root, with_attribute

_BEFORE_CALC = (
    b"fileVersion", b"fileSharing", b"workbookPr", b"workbookProtection", b"bookViews", b"sheets", b"functionGroups",
    b"externalReferences", b"definedNames",
)  # fmt: skip


def with_full_calc(blob: bytes) -> bytes:
    """workbook.xml with `fullCalcOnLoad` set: Excel recalculates when it opens the file."""
    part = read_part(blob)
    top = root(part)
    children = list(elements(part, top.inside, top.close))
    known = next((child for child in children if child.local == b"calcPr"), None)
    if known:
        tag = with_attribute(part.body[known.start : known.inside], b"fullCalcOnLoad", b"1")
        return part.stored(part.body[: known.start] + tag + part.body[known.inside :])
    prefix = top.name[: len(top.name) - len(top.local)]
    at = max((child.end for child in children if _precedes(child)), default=top.inside)
    new = b"<" + prefix + b'calcPr fullCalcOnLoad="1"/>'
    return part.stored(part.body[:at] + new + part.body[at:])


def without_calc_chain(package: Package) -> tuple[dict[str, bytes], str]:
    """The relationships and content types without the calculation chain, by member key, and the chain's own key.

    Every workbook relationship of that type goes, so nothing points to a part that is no longer there.
    """
    chain = package.calc_chain or ""
    folder, _, name = package.workbook_part.rpartition("/")
    rels = package.member(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    types = package.member("[Content_Types].xml")
    parts = {
        rels.key: _without(package.container.read(rels), b"Type", b"/calcChain"),
        types.key: _without(package.container.read(types), b"PartName", b"/" + chain.encode("utf-8")),
    }
    return parts, member_key(chain)


def _precedes(child: Element) -> bool:
    return child.local in _BEFORE_CALC


def _without(blob: bytes, name: bytes, ending: bytes) -> bytes:
    """A part without the elements under its root whose attribute ends so, in any case."""
    part = read_part(blob)
    top = root(part)
    body, at = b"", 0
    for child in elements(part, top.inside, top.close):
        value = attributes(part.mask[child.start : child.inside]).get(name, b"").replace(b"\\", b"/")
        if value.lower().endswith(ending.lower()):
            body += part.body[at : child.start]
            at = child.end
    return part.stored(body + part.body[at:])
