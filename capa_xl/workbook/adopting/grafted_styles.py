"""The looks of sheets drawn in one workbook, made at home in another: appended to its styles, never replacing any."""

from __future__ import annotations

import re

from msgspec import Struct, field

from capa_xl.ooxml.number_formats import FIRST_CUSTOM_ID
from capa_xl.ooxml.styles import StyleBook, read_styles
from capa_xl.ooxml.xml_bytes import attributes, elements, read_part, root, with_attribute

_TAG = re.compile(rb"<(/?)(?=\w)")
_THEME_FONT = re.compile(rb"<scheme\b[^>]*/>")
_POINTERS = ((b"fontId", b"fonts"), (b"fillId", b"fills"), (b"borderId", b"borders"))
_BEFORE_DXFS = (b"numFmts", b"fonts", b"fills", b"borders", b"cellStyleXfs", b"cellXfs", b"cellStyles")


class StyleGraft(Struct):
    """Styles of a donor by their index in the host.

    Attributes:
        host: The styles that grow.
        donor: The styles that are taken over, written without prefix.
        dxfs: Looks of conditional rules taken over, in the donor's order.
    """

    host: StyleBook
    donor: StyleBook
    dxfs: tuple[bytes, ...]
    known: dict[int, int] = field(default_factory=dict)

    def style(self, index: int) -> int:
        """The host's index of a donor's cell style."""
        if index not in self.known:
            self.known[index] = self._taken(self.donor.items[b"cellXfs"][index])
        return self.known[index]

    def _taken(self, xf: bytes) -> int:
        tag = xf[: xf.index(b">") + 1]
        values, new = attributes(tag), tag
        for pointer, name in _POINTERS:
            item = self.donor.items[name][int(values.get(pointer, b"0"))]
            new = with_attribute(new, pointer, b"%d" % self._at(name, _THEME_FONT.sub(b"", item)))
        format_id = int(values.get(b"numFmtId", b"0"))
        if format_id >= FIRST_CUSTOM_ID:
            new = with_attribute(new, b"numFmtId", b"%d" % self.host.format_id(self.donor.formats[format_id]))
        return self._at(b"cellXfs", with_attribute(new, b"xfId", b"0") + xf[len(tag) :])

    def _at(self, name: bytes, item: bytes) -> int:
        return self.host.index(name, prefixed(item, self.host.prefix))


def graft_styles(host: bytes, donor: bytes) -> StyleGraft:
    """What takes styles over from one styles part into another."""
    return StyleGraft(read_styles(host), read_styles(donor), _dxfs_of(donor))


def with_dxfs(styles: bytes, dxfs: tuple[bytes, ...]) -> tuple[bytes, int]:
    """A styles part with looks of conditional rules appended, and how many it had before."""
    part = read_part(styles)
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    new = b"".join(prefixed(item, prefix) for item in dxfs)
    children = list(elements(part, top.inside, top.close))
    place = next((child for child in children if child.local == b"dxfs"), None)
    if place is None:
        at = max((child.end for child in children if child.local in _BEFORE_DXFS), default=top.inside)
        name = prefix + b"dxfs"
        listed = b"<" + name + b' count="%d">' % len(dxfs) + new + b"</" + name + b">"
        return part.stored(part.body[:at] + listed + part.body[at:]), 0
    before = sum(1 for _ in elements(part, place.inside, place.close))
    tag = with_attribute(part.body[place.start : place.inside], b"count", b"%d" % (before + len(dxfs)))
    opened = tag[:-2].rstrip() + b">" if place.self_closed else tag
    close = b"</" + place.name + b">"
    grown = opened + part.body[place.inside : place.close] + new + close
    return part.stored(part.body[: place.start] + grown + part.body[place.end :]), before


def prefixed(xml: bytes, prefix: bytes) -> bytes:
    """Elements written without prefix as the host writes them."""
    return _TAG.sub(rb"<\1" + prefix, xml) if prefix else xml


def _dxfs_of(styles: bytes) -> tuple[bytes, ...]:
    part = read_part(styles)
    top = root(part)
    listed = (child for child in elements(part, top.inside, top.close) if child.local == b"dxfs")
    return tuple(
        part.body[item.start : item.end] for place in listed for item in elements(part, place.inside, place.close)
    )
