"""The shared strings: decoded together when one is first asked for, because most patches need none; never written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from capa_xl.ooxml.package import Package
from capa_xl.ooxml.xml_bytes import Element, XmlPart, elements, read_part, root
from capa_xl.ooxml.xstring import decode_coded, unescape, unescape_xml

_BLANKS = " \t\n\r"
_BETWEEN = b"\0"
"""No XML can hold it."""
_EDGE_BLANKS = tuple(pair for blank in (b" ", b"\t", b"\n", b"\r") for pair in (_BETWEEN + blank, blank + _BETWEEN))
"""With these it matters whether blanks are kept."""


@dataclass(slots=True)
class SharedStrings:
    """The texts of a workbook by index.

    Attributes:
        read: Gives the part's content; None where there is no such part.
    """

    read: Callable[[], bytes] | None
    known: list[str] | None = None

    @property
    def texts(self) -> list[str]:
        """All of them, rich text joined, phonetic runs left out.

        Raises:
            UnreadableWorkbook: The part is damaged.
        """
        if self.known is None:
            self.known = _texts(read_part(self.read())) if self.read else []
        return self.known

    def text(self, index: int) -> str | None:
        """The string with that index; None when there is none."""
        return self.texts[index] if 0 <= index < len(self.texts) else None


def shared_strings_of(package: Package) -> SharedStrings:
    """The strings of a workbook; none at all where it has no such part."""
    part = package.shared_strings
    return SharedStrings(partial(package.read, part) if part else None)


def _texts(part: XmlPart) -> list[str]:
    top = root(part)
    prefix = re.escape(top.name.rpartition(b":")[0] + b":" if b":" in top.name else b"")
    plain = re.compile(rb'<Psi><Pt(?: xml:space="preserve")?>([^<]*)</Pt></Psi>'.replace(b"P", prefix))
    starts = re.compile(b"<" + prefix + rb"si(?=[\s/>])")
    found: list[bytes] = plain.findall(part.body, top.inside, top.close)
    together = _BETWEEN.join([b"", *found, b""])
    is_plain = part.mask is part.body and len(found) == len(starts.findall(part.mask, top.inside, top.close))
    if not is_plain or any(edge in together for edge in _EDGE_BLANKS):
        bounds = [match.start() for match in starts.finditer(part.mask, top.inside, top.close)]
        return list(_one_by_one(part, bounds, top.close))
    texts = part.decode(together).split("\0")[1:-1]
    return [unescape(text) if "&" in text or "_x" in text or "\r" in text else text for text in texts]


def _one_by_one(part: XmlPart, starts: list[int], close: int) -> Iterator[str]:
    for start, bound in zip(starts, [*starts[1:], close], strict=False):
        yield text_of(part, next(elements(part, start, bound)))


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
