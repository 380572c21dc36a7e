"""The paragraphs of a template part: their text, and marks that tie a line of Jinja source to a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree
from msgspec import Struct, field

from capa_xl.model.cut_text import cut_text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OPENING = re.compile(r"<w:(p|tr|tc)(?=[ >/])")
_MARK = re.compile(r"\{#(\d+)\n#\}")


class Part(Struct, frozen=True):
    """One XML part of a template.

    Attributes:
        file: Name of the template file.
        name: Member name, e.g. word/document.xml.
        xml: The part, re-serialised, so that prefixes and entities are as lxml writes them.
        texts: Text of every paragraph, in document order.
        frames: tr and tc → the numbers of the paragraphs in each table row, in each cell.
    """

    file: str
    name: str
    xml: str
    texts: tuple[str, ...]
    frames: Mapping[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """正文, 页眉, 页脚 or 脚注."""
        stem = self.name.rpartition("/")[2]
        for prefix, word in (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注")):
            if stem.startswith(prefix):
                return word
        return ""

    def place(self, paragraph: int) -> str:
        """The paragraph as people find it: 改进报告.docx 第 4 段「责任人：{{ action.owners }}」."""
        text = self.texts[paragraph - 1].strip() if 0 < paragraph <= len(self.texts) else ""
        shown = cut_text(text, 80)
        return f"{self.file} {self.where}第 {paragraph} 段" + (f"「{shown}」" if shown else "")


def read_part(file: str, name: str, content: bytes) -> Part:
    """The part parsed once.

    Raises:
        etree.XMLSyntaxError: It is no XML.
    """
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    texts = tuple("".join(_text_of(paragraph)) for paragraph in root.iter(_W + "p"))
    return Part(file, name, etree.tostring(root, encoding="unicode"), texts, _frames(root))


def _frames(root: etree._Element) -> dict[str, tuple[tuple[int, ...], ...]]:
    numbers = {paragraph: number for number, paragraph in enumerate(root.iter(_W + "p"), start=1)}
    return {
        kind: tuple(tuple(numbers[one] for one in frame.iter(_W + "p")) for frame in root.iter(_W + kind))
        for kind in ("tr", "tc")
    }


def _text_of(paragraph: etree._Element) -> Iterator[str]:
    for text in paragraph.iter(_W + "t"):
        if next(text.iterancestors(_W + "p")) is paragraph:
            yield text.text or ""


def marked(xml: str) -> str:
    """`xml` with a Jinja comment before each paragraph, row and cell: the paragraph's number and a line break.

    Comments print nothing, but every paragraph begins a line of source; rows too, because a row tag swallows the
    marks inside the row.
    """
    number = 0

    def mark(opening: re.Match[str]) -> str:
        nonlocal number
        if opening[1] == "p":
            number += 1
            return f"{{#{number}\n#}}{opening[0]}"
        return f"{{#{number + 1}\n#}}{opening[0]}"

    return _OPENING.sub(mark, xml)


def paragraph_of_line(source: str, line: int) -> int:
    """Number of the paragraph that line `line` (1-based) of a marked source belongs to; 0 before the first."""
    number, reached, seen = 0, 1, 0
    for mark in _MARK.finditer(source):
        reached += source.count("\n", seen, mark.end())
        seen = mark.end()
        if reached > line:
            break
        number = int(mark[1])
    return number
