"""A table of ours made wider: its range, its columns and the drop-downs of what was added; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from io import BytesIO

from xlsxwriter import Workbook

from capa_xl.a1 import Range, cell_at, parse_range
from capa_xl.errors import UnsafeWrite
from capa_xl.model.columns import Column
from capa_xl.ooxml.container_rewrite import pack_member, rewrite
from capa_xl.ooxml.package import Package, SheetPart, open_package
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.ooxml.xml_bytes import attributes, elements, parse_xml, read_part, root, whole, with_attribute
from capa_xl.workbook.adopting.proof_of_adoption import same_cells, same_parts
from capa_xl.workbook.blank.validations import validate_column

_VALIDATIONS = re.compile(rb"<dataValidations[^>]*>(.*?)</dataValidations>", re.DOTALL)


def with_wider_table(blob: bytes, sheet: str, header_row: int, first: int, columns: Sequence[Column]) -> bytes:
    """The workbook whose Excel table on that sheet reaches over the new columns, so that sorting takes them along.

    Columns of people's own between the table and the new ones come into it, as Excel itself takes them in, where each
    has a heading of its own and nothing is merged; else the table stays as it is (`table_left` says so). A sheet
    without a table, and one without drop-downs, stays as it is too.

    Args:
        blob: The workbook with the new headers in it.
        first: 1-based column of the first new one.

    Raises:
        UnsafeWrite: What came out isn't the source and more.
    """
    host = open_package(blob)
    tab = host.sheet(sheet)
    if tab is None:
        return blob
    part = _table_on(host, tab, header_row)
    between = _between(host, tab, part, blob, first)
    headers = (*between, *(col.header for col in columns)) if between is not None else ()
    replaced = {tab.part: _with_checks(host.read(tab.part), header_row, first, columns)}
    if headers:
        replaced[part] = _widened(host.read(part), headers)
    packed = {host.member(name).key: pack_member(host.member(name), [new]) for name, new in replaced.items()}
    grown = rewrite(host.container, packed)
    _prove(blob, grown, sheet, part if headers else "", headers)
    return grown


def table_left(blob: bytes, sheet: str, header_row: int, first: int) -> str:
    """The address of a table that can't take the new columns in; "" where it can, or there is none."""
    host = open_package(blob)
    tab = host.sheet(sheet)
    part = _table_on(host, tab, header_row) if tab else ""
    left = tab is not None and part and _between(host, tab, part, blob, first) is None
    return parse_xml(host.read(part)).get("ref", "") if left else ""


def _table_on(host: Package, tab: SheetPart, header_row: int) -> str:
    """The part of the rightmost table whose header stands in that row; "" for none."""
    tables = [rel.part for rel in host.relationships(tab.part) if rel.kind == "table" and rel.part]
    areas = {part: _area(host, part) for part in tables if host.container.find(part)}
    there = [(area[3], part) for part, area in areas.items() if area and area[0] == header_row]
    return max(there, default=(0, ""))[1]


def _area(host: Package, part: str) -> Range | None:
    return parse_range(parse_xml(host.read(part)).get("ref", ""))


def _between(host: Package, tab: SheetPart, part: str, blob: bytes, first: int) -> tuple[str, ...] | None:
    """The headings between the table and the first new column; None where the table can't take them in."""
    area = _area(host, part) if part else None
    if area is None:
        return None
    top, _, bottom, right = area
    values = WorkbookValues(blob).read(tab.name)
    found = [values.rows[top - 1][at - 1] for at in range(right + 1, first)]
    headings = tuple(text for text in found if isinstance(text, str) and text.strip() and text == text.strip("\n"))
    known = {name.casefold() for table in host.tables(tab) for name in table.columns}
    is_sound = len(headings) == len(found) and len({*map(str.casefold, headings)} - known) == len(found)
    others = (one.area for one in host.tables(tab) if one.area != area)
    spans = (*values.merged, *others)
    is_free = not any(one[0] <= bottom and one[2] >= top and one[1] < first and one[3] > right for one in spans)
    formulas = any((top, at) in values.formulas for at in range(right + 1, first))
    return headings if is_sound and is_free and not formulas else None


def _widened(blob: bytes, headers: Sequence[str]) -> bytes:
    """The table's part with its range and its columns grown at their end."""
    part = read_part(blob)
    top = root(part)
    body, prefix = part.body, top.name[: len(top.name) - len(top.local)].decode("ascii")
    area = _wider(parse_range(attributes(body[top.start : top.inside]).get(b"ref", b"").decode("ascii")), len(headers))
    for child in reversed(list(elements(part, top.inside, top.close))):
        tag = body[child.start : child.inside]
        if child.local == b"tableColumns":
            listed = [dict(attributes(body[c.start : c.inside])) for c in elements(part, child.inside, child.close)]
            last = max(whole(one.get(b"id")) for one in listed)
            new = "".join(
                f'<{prefix}tableColumn id="{last + at}" name="{_stored(name)}"/>' for at, name in enumerate(headers, 1)
            )
            tag = with_attribute(tag, b"count", b"%d" % (len(listed) + len(headers)))
            body = body[: child.start] + tag + body[child.inside : child.close] + part.encode(new) + body[child.close :]
        elif child.local == b"autoFilter":
            body = body[: child.start] + with_attribute(tag, b"ref", area) + body[child.inside :]
    return part.stored(
        body[: top.start] + with_attribute(body[top.start : top.inside], b"ref", area) + body[top.inside :]
    )


def _stored(name: str) -> str:
    """A heading as a table's column names it: a line break is written out."""
    return escape(name).replace("\n", "_x000a_")


def _wider(area: Range | None, more: int) -> bytes:
    top, left, bottom, right = area or (1, 1, 1, 1)
    return f"{cell_at(top, left)}:{cell_at(bottom, right + more)}".encode("ascii")


def _with_checks(blob: bytes, header_row: int, first: int, columns: Sequence[Column]) -> bytes:
    """The sheet with drop-downs and prompts for the new columns behind those it has."""
    part = read_part(blob)
    top = root(part)
    place = next((one for one in elements(part, top.inside, top.close) if one.local == b"dataValidations"), None)
    if place is None or place.self_closed or b":" in top.name:
        return blob
    body, new = part.body, part.encode(_checks(header_row, first, columns).decode("utf-8"))
    tag = body[place.start : place.inside]
    count = whole(attributes(tag).get(b"count")) + len(columns)
    tag = with_attribute(tag, b"count", b"%d" % count)
    return part.stored(body[: place.start] + tag + body[place.inside : place.close] + new + body[place.close :])


def _checks(header_row: int, first: int, columns: Sequence[Column]) -> bytes:
    """The dataValidation elements of these columns, as a new workbook has them."""
    stream = BytesIO()
    scratch = Workbook(stream, {"in_memory": True})
    sheet = scratch.add_worksheet()
    for at, col in enumerate(columns):
        validate_column(sheet, header_row, first - 1 + at, col)
    scratch.close()
    made = open_package(stream.getvalue())
    found = _VALIDATIONS.search(made.read(made.sheets[0].part))
    return found[1] if found else b""


def _prove(before: bytes, after: bytes, sheet: str, part: str, headers: Sequence[str]) -> None:
    """Let a workbook pass with the same parts, the same cells, and the table's columns with the new ones behind."""
    old, new = open_package(before), open_package(after)
    was, now = old.sheet(sheet), new.sheet(sheet)
    same = same_parts(old, new, but=[name for name in (part, was.part if was else "") if name])
    fits = was is not None and now is not None and _tables_fit(old, new, was, now, part, headers)
    if not (same and fits and same_cells(before, after, sheet)):
        raise UnsafeWrite(f"加宽《{sheet}》的表格以后核对没有通过，没有写入 → 请把这句话告诉维护人员")


def _tables_fit(old: Package, new: Package, was: SheetPart, now: SheetPart, part: str, headers: Sequence[str]) -> bool:
    added = tuple(name.replace("\n", "_x000a_") for name in headers)
    before = {table.name: table.columns for table in old.tables(was)}
    after = {table.name: table.columns for table in new.tables(now)}
    grown = [name for name in before if after.get(name) != before[name]]
    return before.keys() == after.keys() and (
        [after[name] for name in grown] == [before[name] + added for name in grown] and len(grown) == bool(part)
    )
