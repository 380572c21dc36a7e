"""Lists in narrow cells, broken between their names: no 样例 at the end of a line and 商 on the next.

Chinese breaks between any two characters, so a column cuts through names wherever its edge is. A cell that holds names
(of people, departments, documents) between 、, / or brackets gets its line breaks here, where both are known: what it
says and how wide it is. Prose stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from capa_xl.reports.word.line_widths import CELL_EDGES, line_width
from capa_xl.reports.word.whole_elements import rest_of

CELL: Final = re.compile(rf'<w:tc><w:tcPr><w:tcW w:w="(\d+)" w:type="dxa"/>{rest_of("w:tc")}')
PARAGRAPH: Final = re.compile(rf'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="([^"]+)"/>{rest_of("w:p")}')
TEXT: Final = re.compile(r'(?<=<w:t xml:space="preserve">)[^<]+(?=</w:t>)|(?<=<w:t>)[^<]+(?=</w:t>)')
_BREAK: Final = "<w:br/>"
_NEW_LINE: Final = f'</w:t>{_BREAK}<w:t xml:space="preserve">'
_AFTER_A_NAME: Final = re.compile(r"(?<=、)|(?<= / )|(?=（)|(?= 等 \d)|(?<= )(?=\d{4}-\d\d-)|(?<=\d-\d\d )(?=批准)")
_MAY_BE_A_LIST: Final = re.compile(r'<w:t(?: xml:space="preserve")?>[^<]*[、（\s][^<]*</w:t>')
"""Every edge of a name has one of these; few cells have, and only those are looked at closely."""
PROSE: Final = re.compile(r"[，。；：！？…]")
_MOST_OF_A_NAME: Final = 12
_DEPARTMENT: Final = re.compile(r"[^，。：；！？]{1,30} /(?= )")
"""A department before its people; one that takes several lines is followed by them on a line of their own.

The stroke between them goes: it might stand on a line alone.
"""
_STYLE: Final = re.compile(r'<w:style [^>]*w:styleId="([^"]+)".*?</w:style>', re.DOTALL)
_SIZE: Final = re.compile(r'<w:sz w:val="(\d+)"/>')


def type_sizes(styles: str) -> dict[str, int]:
    """Style → its size in half points, from the text of word/styles.xml; one that has none of its own is left out."""
    found = ((style[1], _SIZE.search(style[0])) for style in _STYLE.finditer(styles))
    return {name: int(size[1]) for name, size in found if size}


def with_lists_folded(xml: str, sizes: Mapping[str, int]) -> str:
    """The part with its lists in cells broken between names.

    Args:
        sizes: As `type_sizes` has them; a paragraph of another style stays as it is.
    """
    return CELL.sub(lambda cell: _folded_cell(cell, sizes) if _MAY_BE_A_LIST.search(cell[0]) else cell[0], xml)


def _folded_cell(cell: re.Match[str], sizes: Mapping[str, int]) -> str:
    return PARAGRAPH.sub(_in_room(int(cell[1]) - CELL_EDGES, sizes), cell[0])


def _in_room(room: float, sizes: Mapping[str, int]) -> Callable[[re.Match[str]], str]:
    def fold(paragraph: re.Match[str]) -> str:
        size = sizes.get(paragraph[1], 0)
        lines = paragraph[0].split(_BREAK)
        return _BREAK.join(_line(line, room, size) for line in lines) if size else paragraph[0]

    return fold


def _line(xml: str, room: float, size: int) -> str:
    """One line of a paragraph; one of several runs is left alone, as nobody wrote it as a list."""
    texts = TEXT.findall(xml)
    if len(texts) != 1 or line_width(texts[0], size) <= room:
        return xml
    department = _DEPARTMENT.match(texts[0])
    before = department[0] if department and line_width(department[0], size) > room else ""
    names = texts[0][len(before) :].lstrip()
    if PROSE.search(names):
        return xml
    folded = _NEW_LINE.join(filter(None, (before.removesuffix(" /"), *_folded(names, room, size))))
    return TEXT.sub(lambda _: folded, xml)


def _folded(text: str, room: float, size: int) -> Iterator[str]:
    """Its lines; the text as it is where one of its parts is no name or doesn't fit."""
    edges = (0, *(mark.start() for mark in _AFTER_A_NAME.finditer(text) if mark.start()), len(text))
    names = [text[start:end] for start, end in pairwise(edges)]
    if any(len(name) > _MOST_OF_A_NAME or line_width(name.strip(), size) > room for name in names):
        yield text
        return
    line = ""
    for name in names:
        if line and line_width(line + name.rstrip(), size) > room:
            yield line.rstrip()
            line = ""
        line += name if line else name.lstrip()
    yield line
