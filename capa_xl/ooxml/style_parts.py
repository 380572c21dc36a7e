"""Fonts, fills, borders and alignments as XML: does one look as wanted, and the one that does."""

from __future__ import annotations

from capa_xl.ooxml.patch import CellLook
from capa_xl.ooxml.xml_bytes import attributes, elements, read_part, root, with_attribute

_FONT_ORDER = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign", b"sz", b"color", b"name",
    b"family", b"charset", b"scheme",
)  # fmt: skip
_SIDES = (b"left", b"right", b"top", b"bottom")
_OFF = (b"0", b"false", b"none")


def without_alternatives(item: bytes) -> bytes:
    """A style element; of one written as mc:AlternateContent the form that every program understands."""
    if b"AlternateContent" not in item[: item.find(b">") + 1]:
        return item
    branches = _children(item)
    branch = branches.get(b"Fallback") or branches.get(b"Choice", b"")
    return next(iter(_children(branch).values()), b"")


def is_font(font: bytes, look: CellLook) -> bool:
    """Whether a font is already as bold, slanted, underlined and coloured as wanted."""
    has = _children(font)
    wishes = ((b"b", look.bold), (b"i", look.italic), (b"u", look.underline))
    if any(wish is not None and _on(has.get(name)) != wish for name, wish in wishes):
        return False
    return look.color is None or _rgb(has.get(b"color", b"")) == look.color.upper()


def is_struck(font: bytes) -> bool:
    """Whether a font strikes its text through."""
    return _on(_children(font).get(b"strike"))


def typeface(font: bytes) -> str:
    """The name of a font; "" where it has none."""
    name = attributes(_children(font).get(b"name", b"")).get(b"val", b"")
    return name.decode("utf-8", "replace")


def font_with(font: bytes, prefix: bytes, look: CellLook) -> bytes:
    """A font like the given one, but as wanted."""
    parts = _children(font)
    for name, wish in ((b"b", look.bold), (b"i", look.italic), (b"u", look.underline)):
        if wish is not None:
            parts.pop(name, None)
        if wish:
            parts[name] = b"<" + prefix + name + b"/>"
    if look.color is not None:
        parts[b"color"] = _color(prefix, b"color", look.color)
    order = {name: place for place, name in enumerate(_FONT_ORDER)}
    body = b"".join(parts[name] for name in sorted(parts, key=lambda name: order.get(name, 99)))
    return b"<" + prefix + b"font>" + body + b"</" + prefix + b"font>"


def is_filled(fill: bytes, wanted: str) -> bool:
    """Whether a fill is a solid one of that colour, or none at all for ""."""
    pattern = _children(fill).get(b"patternFill", b"")
    kind = attributes(pattern[: pattern.find(b">") + 1]).get(b"patternType", b"none")
    if not wanted:
        return kind == b"none" and b"gradientFill" not in fill
    return kind == b"solid" and _rgb(_children(pattern).get(b"fgColor", b"")) == wanted.upper()


def filled_with(prefix: bytes, color: str) -> bytes:
    """A solid fill."""
    p = prefix
    return b"".join(
        (
            *(b"<", p, b"fill><", p, b'patternFill patternType="solid">', _color(p, b"fgColor", color)),
            *(b"<", p, b'bgColor indexed="64"/></', p, b"patternFill></", p, b"fill>"),
        )
    )


def is_bordered(border: bytes, color: str) -> bool:
    """Whether thin lines of that colour stand on all four sides."""
    sides = _children(border)
    return all(
        attributes(_tag(sides.get(side, b""))).get(b"style") == b"thin"
        and _rgb(_children(sides[side]).get(b"color", b"")) == color.upper()
        for side in _SIDES
    )


def bordered(prefix: bytes, color: str) -> bytes:
    """Thin lines of one colour on all four sides."""
    line = _color(prefix, b"color", color)
    sides = b"".join(b"<" + prefix + side + b' style="thin">' + line + b"</" + prefix + side + b">" for side in _SIDES)
    return b"<" + prefix + b"border>" + sides + b"<" + prefix + b"diagonal/></" + prefix + b"border>"


def with_alignment(xf: bytes, prefix: bytes, look: CellLook) -> bytes:
    """An xf with the wanted alignment; unchanged when it already has it."""
    wishes: list[tuple[bytes, bytes]] = []
    if look.wrap is not None:
        wishes.append((b"wrapText", b"1" if look.wrap else b"0"))
    wishes += [
        (name, wish.encode("ascii"))
        for name, wish in ((b"horizontal", look.horizontal), (b"vertical", look.vertical))
        if wish is not None
    ]
    children = _children(xf)
    old = children.get(b"alignment", b"<" + prefix + b"alignment/>")
    new = old
    for name, value in wishes:
        if attributes(_tag(new)).get(name, b"0") != value:
            new = with_attribute(_tag(new), name, value) + new[len(_tag(new)) :]
    if new == old:
        return xf
    children.pop(b"alignment", None)
    tag = with_attribute(_tag(xf), b"applyAlignment", b"1")
    opened = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
    return opened + new + b"".join(children.values()) + b"</" + prefix + b"xf>"


def _children(xml: bytes) -> dict[bytes, bytes]:
    if not xml:
        return {}
    part = read_part(xml)
    top = root(part)
    return {child.local: part.body[child.start : child.end] for child in elements(part, top.inside, top.close)}


def _tag(xml: bytes) -> bytes:
    return xml[: xml.find(b">") + 1]


def _on(child: bytes | None) -> bool:
    return child is not None and attributes(_tag(child)).get(b"val", b"1") not in _OFF


def _rgb(color: bytes) -> str:
    return attributes(_tag(color)).get(b"rgb", b"").decode("ascii", "replace").upper()[-6:]


def _color(prefix: bytes, name: bytes, rgb: str) -> bytes:
    return b"<" + prefix + name + b' rgb="FF' + rgb.upper().encode("ascii") + b'"/>'
