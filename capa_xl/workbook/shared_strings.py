"""The shared strings part, each string decoded when it is first asked for; never written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from capa_xl.workbook.xml_bytes import Element, XmlPart, elements, read_part, root
from capa_xl.workbook.xstring import unescape


@dataclass(slots=True)
class SharedStrings:
    """Texts by index; an index without a text gives None."""

    part: XmlPart | None
    starts: tuple[int, ...] = ()
    end: int = 0
    known: dict[int, str] = field(default_factory=dict)

    def text(self, index: int) -> str | None:
        """The string with that index, rich text joined, phonetic runs left out."""
        if index not in self.known:
            if self.part is None or not 0 <= index < len(self.starts):
                return None
            bound = self.starts[index + 1] if index + 1 < len(self.starts) else self.end
            item = next(elements(self.part, self.starts[index], bound))
            self.known[index] = text_of(self.part, item)
        return self.known[index]


def read_shared_strings(blob: bytes | None) -> SharedStrings:
    """The strings of a part's content; none at all for None."""
    if blob is None:
        return SharedStrings(None)
    part = read_part(blob)
    top = root(part)
    prefix = top.name.rpartition(b":")[0] + b":" if b":" in top.name else b""
    item = re.compile(rb"<" + re.escape(prefix) + rb"si(?=[\s/>])")
    starts = tuple(match.start() for match in item.finditer(part.mask, top.inside, top.close))
    return SharedStrings(part, starts, top.close)


def text_of(part: XmlPart, item: Element) -> str:
    """The text of an `si` or `is` element: `t` and `r/t` joined."""
    texts: list[str] = []
    for child in elements(part, item.inside, item.close):
        if child.local == b"t":
            texts.append(unescape(part.decode(part.body[child.inside : child.close])))
        elif child.local == b"r":
            texts.append(text_of(part, child))
    return "".join(texts)
