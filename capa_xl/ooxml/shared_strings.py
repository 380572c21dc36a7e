"""The shared strings part: one text when it is asked for, or all of them for a reader of sheets; never written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct, field

from capa_xl.ooxml.package import Package
from capa_xl.ooxml.xml_bytes import Element, XmlPart, elements, read_part, root
from capa_xl.ooxml.xstring import decode_coded, unescape, unescape_xml

_BLANKS = " \t\n\r"
_STRETCH = 28 << 10
"""Bytes of the part whose texts are read at once; in 30,000 characters Python looks for a mark in a costlier way."""
_TAGS = 4
"""Of a plain item: `<si><t>` and `</t></si>`."""


class _Items(Struct, frozen=True):
    """The `si` elements: where they begin, and where the last one ends."""

    part: XmlPart
    prefix: bytes
    starts: tuple[int, ...]
    close: int

    def text(self, index: int) -> str:
        """The text of one of them."""
        bound = self.starts[index + 1] if index + 1 < len(self.starts) else self.close
        return text_of(self.part, next(elements(self.part, self.starts[index], bound)))


class SharedStrings(Struct):
    """Texts by index; an index without a text gives None.

    Attributes:
        read: Gives the part's content; called when a text is first asked for, because most patches need none.
    """

    read: Callable[[], bytes] | None
    items: _Items | None = None
    known: dict[int, str] = field(default_factory=dict)
    together: list[str] | None = None

    @property
    def texts(self) -> list[str]:
        """All of them by index; together they take a third of the time they take one by one.

        Raises:
            UnreadableWorkbook: The part is damaged.
        """
        if self.together is None:
            self.together = _texts(self.read()) if self.read else []
        return self.together

    def text(self, index: int) -> str | None:
        """The string with that index, rich text joined, phonetic runs left out.

        Raises:
            UnreadableWorkbook: The part is damaged.
        """
        if self.together is not None:
            return self.together[index] if 0 <= index < len(self.together) else None
        if index not in self.known:
            if self.read is None:
                return None
            items = self.items = self.items or _items(read_part(self.read()))
            if not 0 <= index < len(items.starts):
                return None
            self.known[index] = items.text(index)
        return self.known[index]


def shared_strings_of(package: Package) -> SharedStrings:
    """The strings of a workbook; none at all where it has no such part."""
    part = package.shared_strings
    return SharedStrings(partial(package.read, part) if part else None)


def text_of(part: XmlPart, item: Element) -> str:
    """The text of an `si` or `is` element: `t` and `r/t` joined; blanks at the edges only where they are to be kept."""
    texts: list[str] = []
    for child in elements(part, item.inside, item.close):
        if child.local == b"t":
            keeps = b"preserve" in part.mask[child.start : child.inside]
            texts.append(text_in(part, part.body[child.inside : child.close], keeps=keeps))
        elif child.local == b"r":
            texts.append(text_of(part, child))
    return "".join(texts)


def text_in(part: XmlPart, raw: bytes, *, keeps: bool) -> str:
    """The text of a `t` element from what stands in it; `keeps`: it says xml:space="preserve"."""
    text = unescape_xml(part.decode(raw))
    return decode_coded(text if keeps else text.strip(_BLANKS))


def _items(part: XmlPart) -> _Items:
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    starts = tuple(match.start() for match in _opening(prefix).finditer(part.mask, top.inside, top.close))
    return _Items(part, prefix, starts, top.close)


def _opening(prefix: bytes) -> re.Pattern[bytes]:
    """How an `si` begins."""
    return re.compile(rb"<" + re.escape(prefix) + rb"si(?=[\s/>])")


def _texts(blob: bytes) -> list[str]:
    """Every text, a stretch of the part at a time: all at once, they would stand in memory in four forms."""
    part = read_part(blob)
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    texts: list[str] = []
    for start, end in _stretches(part, top, prefix):
        plain = _plain_texts(part, prefix, start, end) if part.mask is part.body else None
        texts += _one_by_one(part, prefix, start, end) if plain is None else plain
    return texts


def _stretches(part: XmlPart, top: Element, prefix: bytes) -> Iterator[tuple[int, int]]:
    """Where some thousand `si` elements begin and end, again and again."""
    opening = _opening(prefix)
    found = opening.search(part.mask, top.inside, top.close)
    while found:
        start = found.start()
        found = opening.search(part.mask, start + _STRETCH, top.close)
        yield start, found.start() if found else top.close


def _plain_texts(part: XmlPart, prefix: bytes, start: int, end: int) -> list[str] | None:
    """The texts of a stretch where each is one plain `t` without doubtful blanks or characters; None elsewhere."""
    opening, closing = b"<@si><@t>".replace(b"@", prefix), b"</@t></@si>".replace(b"@", prefix)
    xml = part.body[start:end].replace(b"<" + prefix + b't xml:space="preserve">', b"<" + prefix + b"t>")
    has_entities, may_be_coded = b"&" in xml, b"_" in xml  # one byte is found ten times as fast as two
    if (has_entities and b"&#" in xml) or not (xml.startswith(opening) and xml.endswith(closing)):
        return None
    texts = part.decode(xml[len(opening) : -len(closing)]).split((closing + opening).decode())
    has_edges = texts != list(map(str.strip, texts))  # then it matters whether they are kept
    if has_edges or xml.count(b"<") != _TAGS * len(texts):
        return None
    if not (has_entities or (may_be_coded and b"_x" in xml) or b"\r" in xml):
        return texts
    return [unescape(text) if "&" in text or "_x" in text or "\r" in text else text for text in texts]


def _one_by_one(part: XmlPart, prefix: bytes, start: int, end: int) -> Iterator[str]:
    """The texts of a stretch, each as it is written."""
    form = rb'<@si><@t(?P<keeps> xml:space="preserve")?>(?P<text>[^<]*)</@t></@si>'
    plain = re.compile(form.replace(b"@", re.escape(prefix)))
    starts = [match.start() for match in _opening(prefix).finditer(part.mask, start, end)]
    for at, bound in zip(starts, [*starts[1:], end], strict=True):
        item = plain.match(part.body, at) if part.mask is part.body else None
        text = unescape(part.decode(item["text"])) if item and b"&#" not in item["text"] else ""
        is_certain = text and item and (item["keeps"] or text == text.strip(_BLANKS))
        yield text if is_certain else text_of(part, next(elements(part, at, bound)))
