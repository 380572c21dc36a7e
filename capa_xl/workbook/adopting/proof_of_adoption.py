"""The proof that an adopted or grown workbook is the source and more: nothing that was there is gone or different."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.container import Member, member_key
from capa_xl.ooxml.package import Package, SheetPart, open_package
from capa_xl.ooxml.proof.elements import MalformedError
from capa_xl.ooxml.proof.part_faults import differing_styles
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.ooxml.xml_bytes import local, parse_xml
from capa_xl.workbook.adopting.room_for_columns import without_columns

_TYPES = "[Content_Types].xml"
_GROWING = ("sheets", "definedNames", "calcPr")


def verify_added(before: bytes, after: bytes, trackers: Sequence[SheetPart]) -> None:
    """Let a workbook pass that has new sheets and is otherwise what it was.

    Args:
        before: The source.
        after: The source with new sheets, before any cell was written.
        trackers: The sheets whose column widths may differ.

    Raises:
        UnsafeWrite: A part that was there is gone or different.
    """
    try:
        fault = next(_faults(open_package(before), open_package(after), trackers), None)
    except MalformedError as trouble:
        fault = f"读不出来（原文：{trouble}）"
    if fault:
        raise UnsafeWrite(f"接管后的核对没有通过：{fault}，原文件没有改动，也没有生成新文件 → 请把这句话告诉维护人员")


def same_parts(old: Package, new: Package, *, but: Collection[str]) -> bool:
    """Whether both hold the same parts, each packed to the very same bytes.

    Args:
        old: The workbook before.
        new: The workbook after.
        but: Parts of the old one that may differ.
    """
    keys = {old.member(name).key for name in but}
    before, after = old.container, new.container
    if [one.name for one in before.members] != [one.name for one in after.members]:
        return False
    pairs = zip(before.members, after.members, strict=True)
    return all(before.packed(one) == after.packed(other) for one, other in pairs if one.key not in keys)


def same_cells(before: bytes, after: bytes, sheet: str) -> bool:
    """Whether every cell of a sheet says what it said."""
    return WorkbookValues(before).read(sheet).rows == WorkbookValues(after).read(sheet).rows


def _faults(old: Package, new: Package, trackers: Sequence[SheetPart]) -> Iterator[str]:
    names = [member.name for member in old.container.members]
    if names != [member.name for member in new.container.members][: len(names)]:
        yield "压缩包里的成员少了或换了次序"
        return
    may_grow = _may_grow(old, trackers)
    for member, other in zip(old.container.members, new.container.members, strict=False):
        if member.key not in may_grow and not _same(old, member, new, other):
            yield f"部件 {member.name} 变了"
    yield from _workbook(old.read(old.workbook_part), new.read(new.workbook_part))
    if old.sheets != new.sheets[: len(old.sheets)] or old.date1904 != new.date1904:
        yield "原有的工作表清单或日期系统变了"
    if not set(old.defined_names) <= set(new.defined_names):
        yield "原有的名称变了"
    rels = old.relationships(old.workbook_part)
    if rels != new.relationships(new.workbook_part)[: len(rels)]:
        yield "工作簿原有的关系变了"
    types = _types(old)
    if types != _types(new)[: len(types)]:
        yield "内容类型表原有的内容变了"
    if old.styles:
        yield from differing_styles(old.read(old.styles), new.read(old.styles), dxfs=True)
    for tracker in trackers:
        if without_columns(old.read(tracker.part)) != without_columns(new.read(tracker.part)):
            yield f"工作表《{tracker.name}》变了"


def _workbook(before: bytes, after: bytes) -> Iterator[str]:
    """workbook.xml may have more sheets and names, and be told to recalculate."""
    old, new = parse_xml(before), parse_xml(after)
    rest = [[_text(child) for child in root if local(child.tag) not in _GROWING] for root in (old, new)]
    tabs = [[_text(tab) for child in root if local(child.tag) == "sheets" for tab in child] for root in (old, new)]
    if rest[0] != rest[1] or tabs[0] != tabs[1][: len(tabs[0])]:
        yield "workbook.xml 里不该变的部分变了"


def _text(element: Element) -> bytes:
    element.tail = None
    return bytes(ElementTree.tostring(element))


def _may_grow(old: Package, trackers: Sequence[SheetPart]) -> frozenset[str]:
    folder, _, name = old.workbook_part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    parts = [old.workbook_part, rels, _TYPES, old.styles or "", *(tracker.part for tracker in trackers)]
    return frozenset(map(member_key, parts))


def _same(old: Package, member: Member, new: Package, other: Member) -> bool:
    if member.is_folder:
        return other.is_folder
    facts = [(m.crc, m.size, m.packed_size, m.method) for m in (member, other)]
    return facts[0] == facts[1] and old.container.packed(member) == new.container.packed(other)


def _types(package: Package) -> list[tuple[tuple[str, str], ...]]:
    return [tuple(sorted(child.attrib.items())) for child in parse_xml(package.read(_TYPES))]
