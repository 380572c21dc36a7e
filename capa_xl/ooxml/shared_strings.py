"""The shared strings part: one text when it is asked for, or all of them for a reader of sheets; never written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter

from capa_xl.ooxml.package import Package
from capa_xl.ooxml.xml_bytes import Element, XmlPart, elements, read_part, root
from capa_xl.ooxml.xstring import decode_coded, unescape, unescape_xml

_BLANKS = " \t\n\r"
_BETWEEN = b"\0"
"""No XML can hold it."""


@dataclass(frozen=True, slots=True)
class _Items:
    """The `si` elements: where they begin, and where the last one ends."""

    part: XmlPart
    prefix: bytes
    starts: tuple[int, ...]
    close: int

    def text(self, index: int) -> str:
        """The text of one of them."""
        bound = self.starts[index + 1] if index + 1 < len(self.starts) else self.close
        return text_of(self.part, next(elements(self.part, self.starts[index], bound)))


@dataclass(slots=True)
class SharedStrings:
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
            text = unescape_xml(part.decode(part.body[child.inside : child.close]))
            keeps = b"preserve" in part.mask[child.start : child.inside]
            texts.append(decode_coded(text if keeps else text.strip(_BLANKS)))
        elif child.local == b"r":
            texts.append(text_of(part, child))
    return "".join(texts)


def _items(part: XmlPart) -> _Items:
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    item = re.compile(rb"<" + re.escape(prefix) + rb"si(?=[\s/>])")
    starts = tuple(match.start() for match in item.finditer(part.mask, top.inside, top.close))
    return _Items(part, prefix, starts, top.close)


def _texts(blob: bytes) -> list[str]:
    """Every text, all at once where each is one plain `t` without doubtful blanks."""
    part = read_part(blob)
    top = root(part)
    prefix = top.name[: len(top.name) - len(top.local)]
    mark = re.escape(prefix)
    plain = re.compile(rb'<@si><@t(?: xml:space="preserve")?>([^<]*)</@t></@si>'.replace(b"@", mark))
    found: list[bytes] = plain.findall(part.body, top.inside, top.close)
    together = _BETWEEN.join([b"", *found, b""])
    every = len(found) == part.mask.count(b"<" + prefix + b"si", top.inside, top.close)
    texts = part.decode(together).split("\0")[1:-1]
    if not every or part.mask is not part.body or b"&#" in together or _has_edges(texts):
        return _one_by_one(_items(part), plain)
    if not (b"&" in together or b"_x" in together or b"\r" in together):
        return texts
    return [unescape(text) if "&" in text or "_x" in text or "\r" in text else text for text in texts]


def _has_edges(texts: list[str]) -> bool:
    """Whether any text has blanks at an edge: then it matters whether they are kept."""
    edges = {*map(itemgetter(slice(1)), texts), *map(itemgetter(slice(-1, None)), texts)}
    return not edges.isdisjoint(_BLANKS)


def _one_by_one(items: _Items, plain: re.Pattern[bytes]) -> list[str]:
    """Every text, each as it is written."""
    part = items.part
    texts: list[str] = []
    for index, start in enumerate(items.starts):
        item = plain.match(part.body, start) if part.mask is part.body else None
        keeps = item is not None and item.start(1) - start > len(b"<si><t>") + 2 * len(items.prefix)
        text = unescape(part.decode(item[1])) if item and b"&#" not in item[1] else ""
        is_certain = text and (keeps or text == text.strip(_BLANKS))
        texts.append(text if is_certain else items.text(index))
    return texts
