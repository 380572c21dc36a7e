"""The proof that a new workbook is the old one but for its patch, from the two files and the patch alone.

Nothing that `splice` planned is used. Every other member is compared as compressed bytes, every changed sheet
outside the patched cells as text, and the patched cells are read back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capa_xl.a1 import parse_cell
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.container import Container, Member, member_key
from capa_xl.ooxml.package import Package, open_package
from capa_xl.ooxml.patch import CachedValue, CellEdit, Patch
from capa_xl.ooxml.shared_strings import shared_strings_of
from capa_xl.ooxml.styles import styles_of
from capa_xl.ooxml.verify_parts import differing_relations, differing_styles, differing_workbook
from capa_xl.ooxml.verify_sheet import differing_sheet
from capa_xl.ooxml.verify_sides import Expected

_OFFSET = slice(42, 46)


def verify(before: bytes, after: bytes, patch: Patch) -> None:
    """Let a new workbook pass that differs from the old one by the patch and nothing else.

    Raises:
        UnsafeWrite: Something else differs, or an edit isn't there; then nothing may be replaced.
    """
    if after is before:
        return
    old, new = open_package(before), open_package(after)
    fault = next(_faults(old, new, patch), None)
    if fault:
        raise UnsafeWrite(f"写入后的核对没有通过：{fault}。原文件没有改动，请把这句话告诉维护人员")


def _faults(old: Package, new: Package, patch: Patch) -> Iterator[str]:
    """What is wrong, sentence by sentence."""
    changed = set(_changed(old.container, new.container))
    gone = {m.key for m in _files(old.container)} - {m.key for m in _files(new.container)}
    sheets = _expected(old, patch)
    yield from _foreign(old, sheets, changed, gone)
    yield from _order(old.container, new.container, gone)
    if (old.sheets, old.date1904, old.defined_names) != (new.sheets, new.date1904, new.defined_names):
        yield "工作表清单、日期系统或名称变了"
    if gone:
        yield from differing_relations(old, new)
    for key, compare in ((old.styles, differing_styles), (old.workbook_part, differing_workbook)):
        if key and member_key(key) in changed:
            yield from compare(old.read(key), new.read(key))
    strings, styles = shared_strings_of(old), styles_of(new)
    for sheet, expected in sheets.items():
        if member_key(sheet) in changed:
            yield from differing_sheet(old, new, sheet, expected, strings, styles)
        elif any(expected.values.values()) and not changed:
            yield f"{sheet} 没有写入"


def _files(container: Container) -> Iterator[Member]:
    return (member for member in container.members if not member.is_folder)


def _changed(old: Container, new: Container) -> Iterator[str]:
    """The keys of members whose bytes in the zip differ."""
    for member in _files(old):
        other = new.find(member.name)
        if other is not None and not _same_entry(old, member, new, other):
            yield member.key


def _same_entry(old: Container, member: Member, new: Container, other: Member) -> bool:
    if member.head[: _OFFSET.start] == other.head[: _OFFSET.start]:
        return old.entry(member) == new.entry(other)
    # Only the promise of a data descriptor that was never there may have been taken back.
    loose = (member.crc, member.packed_size, member.size, member.method) == (
        other.crc,
        other.packed_size,
        other.size,
        other.method,
    )
    return loose and not member.described and old.packed(member) == new.packed(other)


def _order(old: Container, new: Container, gone: set[str]) -> Iterator[str]:
    expected = [member.name for member in old.members if member.is_folder or member.key not in gone]
    if expected != [member.name for member in new.members]:
        yield "压缩包里的成员多了、少了或换了次序"


def _foreign(old: Package, sheets: Mapping[str, Expected], changed: set[str], gone: set[str]) -> Iterator[str]:
    """Members that no patch may touch."""
    allowed = {member_key(part) for part in sheets} | {
        member_key(part) for part in (old.styles, old.workbook_part) if part
    }
    if gone:
        folder, _, name = old.workbook_part.rpartition("/")
        allowed |= {"[content_types].xml", member_key(f"{folder}/_rels/{name}.rels")}
    for key in sorted(changed - allowed):
        yield f"部件 {key} 不该变而变了"
    for key in sorted(gone - {member_key(old.calc_chain or "")}):
        yield f"部件 {key} 丢了"


def _expected(old: Package, patch: Patch) -> Mapping[str, Expected]:
    """What the patch promises, by part of the sheet."""
    tabs = {name: tab for name in {item.sheet for item in patch.items} if (tab := old.sheet(name))}
    found = {tab.part: Expected(tab.name) for tab in tabs.values()}
    by_name = {name: found[tab.part] for name, tab in tabs.items()}
    cells: tuple[CellEdit | CachedValue, ...] = (*patch.cached, *patch.edits)  # an edit counts more than a result
    for item in cells:
        place = parse_cell(item.at)
        if place and item.sheet in by_name:
            expected = by_name[item.sheet]
            expected.values.setdefault(place[0], {})[place[1]] = item.value
            _note_kind(expected, place, item)
    for edit in patch.row_edits:
        expected = by_name[edit.sheet]
        expected.values.setdefault(edit.row, {}).update(edit.values)
        if expected.cached or expected.restyled:
            places = {(edit.row, column) for column in edit.values}
            expected.cached -= places
            expected.restyled -= places
    for rows in patch.rows:
        by_name[rows.sheet].owned.append(rows)
    return found


def _note_kind(expected: Expected, place: tuple[int, int], item: CellEdit | CachedValue) -> None:
    if isinstance(item, CachedValue):
        expected.cached.add(place)
        return
    expected.cached.discard(place)
    expected.restyled.discard(place)
    if item.look is not None:
        expected.restyled.add(place)
