"""Our sheets in somebody's workbook: new parts at the end of the package, named in the four lists that name parts.

Every part that was there stays as it was, byte for byte, but for: workbook.xml (sheets, names, recalculation), its
relationships, the content types, the styles (grown at their ends), and the tracker's column widths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.calculation import with_full_calc
from capa_xl.ooxml.container_rewrite import pack_member, packed_new, rewrite
from capa_xl.ooxml.package import Package, SheetPart, open_package, refuse_unwritable
from capa_xl.ooxml.patch import CellLook
from capa_xl.ooxml.sniff import SAVE_AGAIN
from capa_xl.ooxml.xml_bytes import Element, XmlPart, attributes, elements, read_part, root, whole
from capa_xl.ooxml.xstring import escape_formula
from capa_xl.workbook.adopting.grafted_parts import Parts
from capa_xl.workbook.adopting.grafted_styles import StyleGraft, graft_styles, with_dxfs
from capa_xl.workbook.adopting.room_for_columns import with_columns

_STRICT = b"http://purl.oclc.org/ooxml/"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BEFORE_NAMES = (b"sheets", b"functionGroups", b"externalReferences")


class NewColumns(Struct, frozen=True):
    """Columns on the right of a sheet of the tracker.

    Attributes:
        sheet: The sheet.
        first: 1-based.
        widths: In characters, one per column.
        look: Of their cells.
    """

    sheet: SheetPart
    first: int
    widths: Sequence[float]
    look: CellLook


def with_sheets(blob: bytes, donor: bytes, columns: Sequence[NewColumns]) -> bytes:
    """The workbook with every sheet of the donor at its end, and room made for our columns.

    Raises:
        UnsafeWrite: Signed, shared, in the strict variant, or without a styles part.
    """
    host = open_package(blob)
    refuse_closed(host)
    styles = host.read(host.styles or "")
    source = open_package(donor)
    graft = graft_styles(styles, source.read(source.styles or ""))
    parts = Parts(host, source, graft, with_dxfs(styles, ())[1])
    parts.take_sheets()
    replaced = _listed(host, parts, source)
    for new in columns:
        if new.widths:
            style = graft.host.fitting(None, new.look, 0) or 0
            sheet = with_columns(host.read(new.sheet.part), new.first, new.widths, style)
            replaced[new.sheet.part] = sheet
    replaced[host.styles or ""] = _grown(graft)
    packed = {
        member.key: pack_member(member, [content])
        for member, content in ((host.member(name), content) for name, content in replaced.items())
    }
    return rewrite(host.container, packed, added={name: packed_new(new) for name, new in parts.contents.items()})


def refuse_closed(host: Package) -> None:
    """Refuse a workbook that can't take sheets.

    Raises:
        UnsafeWrite: Signed, shared, in the strict variant, or without a styles part.
    """
    refuse_unwritable(host)
    _refuse_strict(host)
    if not host.styles:
        raise UnsafeWrite(f"工作簿没有样式表，不能加入工作表 → {SAVE_AGAIN}")


def _refuse_strict(host: Package) -> None:
    if _STRICT in host.read(host.workbook_part)[:4000]:
        raise UnsafeWrite(
            "工作簿是“Strict Open XML”格式，不能加入工作表 → 请在 Excel 里另存为普通的“Excel 工作簿（*.xlsx）”，再运行"
        )


def _grown(graft: StyleGraft) -> bytes:
    return with_dxfs(graft.host.spliced(), graft.dxfs)[0] if graft.dxfs else graft.host.spliced()


def _listed(host: Package, parts: Parts, source: Package) -> dict[str, bytes]:
    """workbook.xml, its relationships and the content types with the new parts in them, by part name."""
    folder, _, name = host.workbook_part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    ids = _free_ids(host, len(parts.sheets))
    new_rels = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONS}/worksheet" Target="/{part}"/>'
        for key, (_, part) in zip(ids, parts.sheets, strict=True)
    )
    new_types = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in parts.types.items())
    return {
        host.workbook_part: _workbook(host, source, parts, ids),
        rels: _appended(host.read(rels), new_rels),
        "[Content_Types].xml": _appended(host.read("[Content_Types].xml"), new_types),
    }


def _workbook(host: Package, source: Package, parts: Parts, ids: Sequence[str]) -> bytes:
    part = read_part(host.read(host.workbook_part))
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)].decode("ascii")
    children = list(elements(part, top.inside, top.close))
    sheets = next(child for child in children if child.local == b"sheets")
    number = max(_sheet_ids(part, sheets), default=0)
    tabs = "".join(
        f'<{prefix}sheet xmlns:r="{_RELATIONS}" name="{name}" sheetId="{number + at}" r:id="{key}"/>'
        for at, (key, (name, _)) in enumerate(zip(ids, parts.sheets, strict=True), 1)
    )
    count = sum(1 for _ in elements(part, sheets.inside, sheets.close))
    names = _names(host, source, prefix, count)
    grown = part.body[: sheets.close] + part.encode(tabs) + part.body[sheets.close :]
    return with_full_calc(_with_names(part.stored(grown), names))


def _sheet_ids(part: XmlPart, sheets: Element) -> list[int]:
    tags = (part.body[tab.start : tab.inside] for tab in elements(part, sheets.inside, sheets.close))
    return [whole(attributes(tag).get(b"sheetId")) for tag in tags]


def _names(host: Package, source: Package, prefix: str, count: int) -> str:
    """The donor's names that the host doesn't have; those of a sheet always, for the sheet is new."""
    known = {name.name.lower() for name in host.defined_names}
    places: Mapping[str, int] = {tab.name: count + at for at, tab in enumerate(source.sheets)}
    found = []
    for name in source.defined_names:
        if name.sheet is None and name.name.lower() in known:
            continue
        local = f' localSheetId="{places[name.sheet]}"' if name.sheet is not None else ""
        text = escape_formula(name.refers_to)
        found.append(f'<{prefix}definedName name="{name.name}"{local}>{text}</{prefix}definedName>')
    return "".join(found)


def _with_names(workbook: bytes, names: str) -> bytes:
    part = read_part(workbook)
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    children = list(elements(part, top.inside, top.close))
    place = next((child for child in children if child.local == b"definedNames"), None)
    if not names:
        return workbook
    if place is not None and not place.self_closed:
        return part.stored(part.body[: place.close] + part.encode(names) + part.body[place.close :])
    start, end = (place.start, place.end) if place else (_behind(children),) * 2
    name = prefix + b"definedNames"
    listed = b"<" + name + b">" + part.encode(names) + b"</" + name + b">"
    return part.stored(part.body[:start] + listed + part.body[end:])


def _behind(children: Sequence[Element]) -> int:
    return max(child.end for child in children if child.local in _BEFORE_NAMES)


def _free_ids(host: Package, wanted: int) -> tuple[str, ...]:
    taken = {rel.id for rel in host.relationships(host.workbook_part)}
    numbers = (f"rIdCapa{number}" for number in range(1, wanted + len(taken) + 1))
    return tuple(key for key in numbers if key not in taken)[:wanted]


def _appended(blob: bytes, new: str) -> bytes:
    """A part with elements at the end of its root, in the root's own prefix."""
    part = read_part(blob)
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)].decode("ascii")
    spelled = new.replace("<", f"<{prefix}") if prefix else new
    return part.stored(part.body[: top.close] + part.encode(spelled) + part.body[top.close :])
