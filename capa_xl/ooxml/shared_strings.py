"""The shared strings part, each string decoded when it is first asked for; never written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from capa_xl.ooxml.package import Package
from capa_xl.ooxml.xml_bytes import Element, XmlPart, elements, read_part, root
from capa_xl.ooxml.xstring import unescape


@dataclass(frozen=True, slots=True)
class _Items:
    """Where the `si` elements start."""

    part: XmlPart
    starts: tuple[int, ...]
    end: int


@dataclass(slots=True)
class SharedStrings:
    """Texts by index; an index without a text gives None.

    Attributes:
        read: Gives the part's content; called when a text is first asked for, because most patches need none.
    """

    read: Callable[[], bytes] | None
    items: _Items | None = None
    known: dict[int, str] = field(default_factory=dict)

    def text(self, index: int) -> str | None:
        """The string with that index, rich text joined, phonetic runs left out.

        Raises:
            UnreadableWorkbook: The part is damaged.
        """
        if index not in self.known:
            if self.read is None:
                return None
            items = self.items = self.items or _items(self.read())
            if not 0 <= index < len(items.starts):
                return None
            bound = items.starts[index + 1] if index + 1 < len(items.starts) else items.end
            item = next(elements(items.part, items.starts[index], bound))
            self.known[index] = text_of(items.part, item)
        return self.known[index]


def shared_strings_of(package: Package) -> SharedStrings:
    """The strings of a workbook; none at all where it has no such part."""
    part = package.shared_strings
    return SharedStrings(partial(package.read, part) if part else None)


def _items(blob: bytes) -> _Items:
    part = read_part(blob)
    top = root(part)
    prefix = top.name.rpartition(b":")[0] + b":" if b":" in top.name else b""
    item = re.compile(rb"<" + re.escape(prefix) + rb"si(?=[\s/>])")
    starts = tuple(match.start() for match in item.finditer(part.mask, top.inside, top.close))
    return _Items(part, starts, top.close)


def text_of(part: XmlPart, item: Element) -> str:
    """The text of an `si` or `is` element: `t` and `r/t` joined."""
    texts: list[str] = []
    for child in elements(part, item.inside, item.close):
        if child.local == b"t":
            texts.append(unescape(part.decode(part.body[child.inside : child.close])))
        elif child.local == b"r":
            texts.append(text_of(part, child))
    return "".join(texts)
