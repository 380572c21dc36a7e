"""styles.xml: which styles are dates, and styles derived from a cell's own — found there, or appended.

Nothing that is there is changed: indexes in use keep their meaning, appended fonts, fills, borders and xfs come
last in their lists.
"""

from __future__ import annotations

from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.ceilings import MOST_STYLES, too_large
from capa_xl.ooxml.number_formats import (
    BUILT_IN,
    DATE_FORMAT,
    FIRST_CUSTOM_ID,
    TIME_FORMAT,
    dressed_number,
    shows_date,
    shows_duration,
    shows_percent,
)
from capa_xl.ooxml.package import Package
from capa_xl.ooxml.patch import CellLook
from capa_xl.ooxml.sniff import SAVE_AGAIN
from capa_xl.ooxml.style_parts import (
    bordered,
    filled_with,
    font_with,
    is_bordered,
    is_filled,
    is_font,
    with_alignment,
    without_alternatives,
)
from capa_xl.ooxml.xml_bytes import Element, XmlPart, attributes, elements, read_part, root, whole, with_attribute
from capa_xl.ooxml.xstring import escape, unescape_xml

_LISTS = (b"numFmts", b"fonts", b"fills", b"borders", b"cellXfs")


class StyleBook(Struct):
    """The styles of a workbook, grown by what a patch needs; `spliced` gives the new part.

    Attributes:
        top: The part's root; None where the workbook has no such part.
    """

    part: XmlPart
    prefix: bytes = b""
    places: dict[bytes, Element] = field(default_factory=dict)
    top: Element | None = None
    items: dict[bytes, list[bytes]] = field(default_factory=dict)
    old_counts: dict[bytes, int] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=dict)
    derived: dict[tuple[int, CellLook], int] = field(default_factory=dict)
    dates: dict[int, bool] = field(default_factory=dict)
    durations: dict[int, bool] = field(default_factory=dict)
    percents: dict[int, bool] = field(default_factory=dict)

    def is_date(self, style: int | None) -> bool:
        """Whether a number in that style reads as a date."""
        if (style or 0) not in self.dates:
            self.dates[style or 0] = shows_date(self._format_of(style or 0), self.formats)
        return self.dates[style or 0]

    def is_duration(self, style: int) -> bool:
        """Whether a number in that style reads as a span of time."""
        if style not in self.durations:
            self.durations[style] = shows_duration(self._format_of(style), self.formats)
        return self.durations[style]

    def is_percent(self, style: int) -> bool:
        """Whether a number in that style reads in percent."""
        if style not in self.percents:
            self.percents[style] = shows_percent(self._format_of(style), self.formats)
        return self.percents[style]

    def dressed(self, number: float, style: int) -> str:
        """A whole number with the letters or zeros that a style puts around it, ZJ-005; "" where it puts none."""
        code = self.formats.get(self._format_of(style), "")
        return dressed_number(int(number), code) if "0" in code and number.is_integer() else ""

    def fitting(self, style: int | None, look: CellLook | None, dated: int) -> int | None:
        """The style for a value in a cell of `style`: the same one when it fits already.

        Args:
            style: The cell's own, None for none.
            look: What the patch asks for.
            dated: 1 for a date, 2 for a date with time.

        Raises:
            UnsafeWrite: A new style is needed and the workbook has no usable styles part.
        """
        wish = look or CellLook()
        if dated and wish.number_format is None and not self.is_date(style):
            wish = replace(wish, number_format=TIME_FORMAT if dated == 2 else DATE_FORMAT)
        if wish == CellLook():
            return style
        key = (style or 0, wish)
        if key not in self.derived:
            self.derived[key] = self._derive(style or 0, wish)
        found = self.derived[key]
        return style if found == (style or 0) else found

    def undated(self, style: int | None) -> int | None:
        """The same style with numbers shown as numbers."""
        return self.fitting(style, CellLook(number_format="General"), 0)

    @property
    def grown(self) -> bool:
        """Whether something was appended."""
        return any(len(self.items[name]) > self.old_counts[name] for name in self.items)

    def spliced(self) -> bytes:
        """The part's content with what was appended."""
        if self.top is None:
            raise ValueError("no styles part to splice")
        pieces: list[bytes] = []
        at = 0
        for name, place in sorted(self.places.items(), key=lambda pair: pair[1].start):
            new = self.items[name][self.old_counts[name] :]
            if not new:
                continue
            pieces += [self.part.body[at : place.start], self._grown_list(name, place, new)]
            at = place.end
        missing = self.items[b"numFmts"] if b"numFmts" not in self.places else []
        if missing:
            inside = self.top.inside
            listed = b"".join((b"<", self.prefix, b'numFmts count="%d">' % len(missing), *missing))
            listed += b"</" + self.prefix + b"numFmts>"
            head, rest = b"".join(pieces) + self.part.body[at:], listed
            return self.part.stored(head[:inside] + rest + head[inside:])
        return self.part.stored(b"".join([*pieces, self.part.body[at:]]))

    def _grown_list(self, name: bytes, place: Element, new: list[bytes]) -> bytes:
        body = self.part.body
        tag = body[place.start : place.inside]
        if b"count" in attributes(tag):
            tag = with_attribute(tag, b"count", b"%d" % len(self.items[name]))
        if place.self_closed:
            tag = tag[:-2].rstrip() + b">"
        old = body[place.inside : place.close]
        close = body[place.close : place.end] or b"</" + place.name + b">"
        return b"".join((tag, old, *new, close))

    def _format_of(self, style: int) -> int:
        """The id of a style's number format."""
        xf = self._xf(style)
        return whole(attributes(_start_tag(xf)).get(b"numFmtId")) if xf else 0

    def _xf(self, style: int) -> bytes:
        xfs = self.items.get(b"cellXfs", [])
        return without_alternatives(xfs[style] if 0 <= style < len(xfs) else (xfs[0] if xfs else b""))

    def _derive(self, style: int, look: CellLook) -> int:
        xf = self._xf(style)
        if not xf:
            raise UnsafeWrite(f"工作簿没有样式表，不能设置日期格式或颜色 → {SAVE_AGAIN}")
        new = self._with_format(xf, look)
        new = self._with_font(new, look)
        new = self._with_fill_and_border(new, look)
        new = with_alignment(new, self.prefix, look)
        if new == xf and style < len(self.items[b"cellXfs"]):
            return style
        return self.index(b"cellXfs", new)

    def _with_format(self, xf: bytes, look: CellLook) -> bytes:
        if look.number_format is None:
            return xf
        wanted = self.format_id(look.number_format)
        return _pointing(xf, b"numFmtId", wanted, b"applyNumberFormat")

    def _with_font(self, xf: bytes, look: CellLook) -> bytes:
        if look.bold is None and look.italic is None and look.underline is None and look.color is None:
            return xf
        font = self._item(b"fonts", xf, b"fontId")
        if is_font(font, look):
            return xf
        return _pointing(xf, b"fontId", self.index(b"fonts", font_with(font, self.prefix, look)), b"applyFont")

    def _with_fill_and_border(self, xf: bytes, look: CellLook) -> bytes:
        if look.fill is not None and not is_filled(self._item(b"fills", xf, b"fillId"), look.fill):
            index = self.index(b"fills", filled_with(self.prefix, look.fill)) if look.fill else 0
            xf = _pointing(xf, b"fillId", index, b"applyFill")
        if look.border is not None and not is_bordered(self._item(b"borders", xf, b"borderId"), look.border):
            xf = _pointing(xf, b"borderId", self.index(b"borders", bordered(self.prefix, look.border)), b"applyBorder")
        return xf

    def _item(self, name: bytes, xf: bytes, pointer: bytes) -> bytes:
        index = whole(attributes(_start_tag(xf)).get(pointer))
        listed = self.items[name]
        return without_alternatives(listed[index]) if index < len(listed) else b""

    def index(self, name: bytes, item: bytes) -> int:
        """Where an item stands in one of the lists; appended when it isn't there.

        Raises:
            UnsafeWrite: The styles have no such list.
        """
        if name not in self.places:
            raise UnsafeWrite(f"工作簿的样式表不完整，不能设置格式 → {SAVE_AGAIN}")
        listed = self.items[name]
        if item not in listed:
            listed.append(item)
        return listed.index(item)

    def format_id(self, code: str) -> int:
        """The id of a number format; a new one for a code that isn't there."""
        if code in BUILT_IN and BUILT_IN[code] not in self.formats:  # some workbooks redefine the numbers built in
            return BUILT_IN[code]
        for format_id, known in self.formats.items():
            if known == code:
                return format_id
        format_id = max([FIRST_CUSTOM_ID - 1, *self.formats]) + 1
        self.formats[format_id] = code
        spelled = self.part.encode(escape(code).replace('"', "&quot;"))
        self.items[b"numFmts"].append(
            b"<" + self.prefix + b'numFmt numFmtId="%d" formatCode="' % format_id + spelled + b'"/>'
        )
        return format_id


def styles_of(package: Package) -> StyleBook:
    """The styles of a workbook; none at all where it has no such part."""
    return read_styles(package.read(package.styles) if package.styles else None)


def read_styles(blob: bytes | None) -> StyleBook:
    """The styles of a part's content; a book without styles for None.

    Raises:
        UnreadableWorkbook: Damaged, or more of them than Excel allows.
    """
    if blob is None:
        return StyleBook(read_part(b""))
    part = read_part(blob)
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    book = StyleBook(part, prefix, top=top)
    for name in _LISTS:
        book.items[name] = []
    for element in elements(part, top.inside, top.close):
        if element.local in _LISTS and element.local not in book.places:
            book.places[element.local] = element
            book.items[element.local] = _items(part, element)
    book.old_counts = {name: len(items) for name, items in book.items.items()}
    book.formats = dict(_format(part, item) for item in book.items[b"numFmts"] if b"numFmtId" in item)
    return book


def _items(part: XmlPart, listed: Element) -> list[bytes]:
    items = [
        part.body[item.start : item.end]
        for item in islice(elements(part, listed.inside, listed.close), MOST_STYLES + 1)
    ]
    if len(items) > MOST_STYLES:
        raise too_large(f"样式表的 {listed.local.decode('ascii', 'replace')} 超过 Excel 的上限 {MOST_STYLES} 个")
    return items


def _format(part: XmlPart, item: bytes) -> tuple[int, str]:
    attrs = attributes(item)
    return whole(attrs.get(b"numFmtId")), unescape_xml(part.decode(attrs.get(b"formatCode", b"")))


def _pointing(xf: bytes, pointer: bytes, index: int, applied: bytes) -> bytes:
    """An xf with one of its indexes changed; unchanged when it already points there."""
    tag = _start_tag(xf)
    if attributes(tag).get(pointer, b"0") == b"%d" % index:
        return xf
    new = with_attribute(with_attribute(tag, pointer, b"%d" % index), applied, b"1")
    return new + xf[len(tag) :]


def _start_tag(xml: bytes) -> bytes:
    return xml[: xml.index(b">") + 1]
