"""Cells of an overview: no more lines of a text than a reader of the row takes in, however narrow the column is.

So many characters fill two lines of a wide column and ten of a narrow one; how many lines they fill is known where the
width of the cell is. A template asks for it by the style of a cell's paragraph. Lists, and what has line breaks of its
own, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from itertools import accumulate
from typing import Final

from capa_xl.model.cut_text import cut_text
from capa_xl.model.line_breaks import broken_lines
from capa_xl.reports.word.folded_cells import CELL, PARAGRAPH, PROSE, TEXT
from capa_xl.reports.word.line_widths import CELL_EDGES, line_width

BRIEF: Final = "BriefText"
MOST_LINES: Final = 4
_MARK: Final = f'<w:pStyle w:val="{BRIEF}"/>'


def with_brief_cells_cut(xml: str, sizes: Mapping[str, int]) -> str:
    """The part with the texts of its brief cells cut to so many lines, with … where they go on.

    Args:
        sizes: Style → its size in half points.
    """
    if _MARK not in xml:
        return xml
    size = sizes[BRIEF]
    return CELL.sub(lambda cell: _cut_cell(cell, size) if _MARK in cell[0] else cell[0], xml)


def _cut_cell(cell: re.Match[str], size: int) -> str:
    room = int(cell[1]) - CELL_EDGES
    return PARAGRAPH.sub(lambda one: _cut_paragraph(one[0], room, size) if one[1] == BRIEF else one[0], cell[0])


def _cut_paragraph(xml: str, room: float, size: int) -> str:
    texts = TEXT.findall(xml)
    if len(texts) != 1:
        return xml
    whole = unescape(texts[0])
    if "、" in whole and not PROSE.search(whole):
        return xml
    shown = in_lines_of(whole, room, size)
    return xml if shown == whole else TEXT.sub(lambda _: escape(shown, quote=False), xml)


def in_lines_of(text: str, room: float, size: int, most: int = MOST_LINES, before: str = "") -> str:
    """The text, or so much of it with … as stands on no more lines than `most`.

    Args:
        room: Width of a line, in twentieths of a point.
        size: Of its type, in half points.
        before: Stands before it on those lines and is never cut.
    """
    if lines_of(before + text, room, size) <= most:
        return text
    ends = accumulate((line_width(letter, size) for letter in text), initial=line_width(before, size))
    for kept in range(min(sum(end <= most * room for end in ends) - 1, len(text) - 1), 1, -1):
        shown = cut_text(text, kept)
        if lines_of(before + shown, room, size) <= most:
            return shown
    return text


def lines_of(text: str, room: float, size: int) -> int:
    """How many lines of that width a text takes."""
    return broken_lines(text, room, lambda piece: line_width(piece, size))
