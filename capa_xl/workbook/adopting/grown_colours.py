"""The live colours of a tracker that grew: ours are drawn anew over all its columns; people's own rules stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from io import BytesIO
from itertools import product

from msgspec import Struct
from msgspec.structs import replace
from xlsxwriter import Workbook

from capa_xl.a1 import parse_range
from capa_xl.errors import UnsafeWrite
from capa_xl.model.levels import LEVELS
from capa_xl.ooxml.container_rewrite import pack_member, rewrite
from capa_xl.ooxml.package import Package, open_package
from capa_xl.ooxml.xml_bytes import Element, XmlPart, attributes, elements, read_part, root, whole
from capa_xl.workbook.adopting.grafted_styles import graft_styles, prefixed, with_dxfs
from capa_xl.workbook.adopting.proof_of_adoption import same_cells, same_parts
from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.live_colours import colour_rows
from capa_xl.workbook.blank.names import CORRECTION_NAMES
from capa_xl.workbook.blank.place import Place

_RULES = b"conditionalFormatting"
_FORMULA = re.compile(rb"<(?:\w+:)?formula>(.*?)</(?:\w+:)?formula>", re.DOTALL)
_POINTERS = re.compile(rb'(\bdxfId=")(\d+)(" priority=")(\d+)(?=")')
RuleMeaning = tuple[tuple[int, ...], str]
"""The columns a rule colours, and its condition; rows move when people insert some, so they don't tell."""


class _Drawn(Struct, frozen=True):
    """Live colours as a new workbook has them: its styles part, their elements, and what each means."""

    styles: bytes
    xml: bytes
    meanings: frozenset[RuleMeaning]


def with_grown_colours(blob: bytes, before: Place, after: Place) -> bytes:
    """The workbook with its live colours over the columns it has now; one that has none of ours stays as it is.

    Args:
        before: Where the tracker's columns stood.
        after: Where they stand now; `blob` has their headings already, and its names tell whether 更正记录 is heard.

    Raises:
        UnsafeWrite: What came out isn't the source and its colours.
    """
    host = open_package(blob)
    tab = host.sheet(after.sheet)
    if tab is None or host.styles is None:
        return blob
    part, old = read_part(host.read(tab.part)), _ours(before)
    rest, place = _without(part, old)
    if place is None:
        return blob
    names = {name.name for name in host.defined_names}
    new = _drawn(replace(after, has_corrections=names.issuperset(CORRECTION_NAMES.values())))
    graft = graft_styles(host.read(host.styles), new.styles)
    styles, first = with_dxfs(host.read(host.styles), graft.dxfs)
    sheet = part.stored(rest[:place] + _at_home(part, rest, new.xml, first) + rest[place:])
    replaced = {tab.part: sheet, host.styles: styles}
    packed = {host.member(name).key: pack_member(host.member(name), [content]) for name, content in replaced.items()}
    made = rewrite(host.container, packed)
    _prove(blob, made, after.sheet, frozenset(replaced), old | new.meanings)
    return made


def _ours(place: Place) -> frozenset[RuleMeaning]:
    """What our rules mean in a tracker of that layout, whichever level and by which version they were drawn."""
    there = place.columns.items()
    of_levels = [{key: at for key, at in there if key in level.keys | level.auto} for level in LEVELS]
    places = [
        Place(place.sheet, place.header_row, keys, heard, by_day)
        for keys in (place.columns, *of_levels)
        for heard, by_day in product((False, True), (False, True))
    ]
    return frozenset[RuleMeaning]().union(*(_drawn(one).meanings for one in places))


def _drawn(place: Place) -> _Drawn:
    stream = BytesIO()
    scratch = Workbook(stream, {"in_memory": True})
    colour_rows(scratch.add_worksheet(), Looks(scratch), place, max(place.columns.values(), default=1))
    scratch.close()
    made = open_package(stream.getvalue())
    part = read_part(made.read(made.sheets[0].part))
    rules = list(_elements_of(part))
    xml = b"".join(part.body[one.start : one.end] for one in rules)
    meanings = frozenset(meaning for one in rules for _, meaning in _rules(part, one))
    return _Drawn(made.read(made.styles or ""), xml, meanings)


def _elements_of(part: XmlPart) -> Iterator[Element]:
    top = root(part)
    return (child for child in elements(part, top.inside, top.close) if child.local == _RULES)


def _rules(part: XmlPart, group: Element) -> Iterator[tuple[Element, RuleMeaning]]:
    """Every rule of one element with what it means."""
    areas = attributes(part.body[group.start : group.inside]).get(b"sqref", b"").decode("ascii", "replace")
    columns = tuple(sorted(at for area in areas.split() for at in _columns(area)))
    for rule in elements(part, group.inside, group.close):
        found = _FORMULA.search(part.body[rule.inside : rule.close])
        yield rule, (columns, unescape(part.decode(found[1])) if found else "")


def _columns(area: str) -> Iterable[int]:
    found = parse_range(area)
    return range(found[1], found[3] + 1) if found else ()


def _without(part: XmlPart, ours: frozenset[RuleMeaning]) -> tuple[bytes, int | None]:
    """The sheet without our rules, and the place where the first of them stood; None where there was none."""
    body, place = part.body, None
    for group in reversed(list(_elements_of(part))):
        rules = list(_rules(part, group))
        going = [rule for rule, meaning in rules if meaning in ours]
        spans = [(group.start, group.end)] if len(going) == len(rules) else [(r.start, r.end) for r in reversed(going)]
        for start, end in spans if going else ():
            body = body[:start] + body[end:]
        place = group.start if going else place
    return body, place


def _at_home(part: XmlPart, rest: bytes, xml: bytes, first_dxf: int) -> bytes:
    """Our rules as the host writes them: behind people's own, with the looks that were appended."""
    kept = read_part(part.stored(rest))
    highest = max((_priority(kept, rule) for group in _elements_of(kept) for rule, _ in _rules(kept, group)), default=0)

    def moved(match: re.Match[bytes]) -> bytes:
        return match[1] + b"%d" % (first_dxf + int(match[2])) + match[3] + b"%d" % (highest + int(match[4]))

    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    return prefixed(part.encode(_POINTERS.sub(moved, xml).decode("utf-8")), prefix)


def _priority(part: XmlPart, rule: Element) -> int:
    return whole(attributes(part.body[rule.start : rule.inside]).get(b"priority"))


def _prove(before: bytes, after: bytes, sheet: str, changed: frozenset[str], ours: frozenset[RuleMeaning]) -> None:
    """Let a workbook pass with the same other parts, the same cells, and every rule that isn't ours as it was."""
    old, new = open_package(before), open_package(after)
    was, now = (_others(package, sheet, ours) for package in (old, new))
    if not (same_parts(old, new, but=changed) and was == now and same_cells(before, after, sheet)):
        raise UnsafeWrite(f"扩展《{sheet}》的颜色以后核对没有通过，没有写入 → 请把这句话告诉维护人员")


def _others(package: Package, sheet: str, ours: frozenset[RuleMeaning]) -> list[bytes]:
    """The rules of the sheet that aren't ours, as they stand."""
    tab = package.sheet(sheet)
    part = read_part(package.read(tab.part)) if tab else None
    groups = _elements_of(part) if part else ()
    found = ((part, rule, meaning) for group in groups if part for rule, meaning in _rules(part, group))
    return [part.body[rule.start : rule.end] for part, rule, meaning in found if meaning not in ours]
