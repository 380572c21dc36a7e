"""Rows of a paper that may break across pages: those whose text may not fit on one.

Templates keep every row whole, and some with the next one, which reads better. A row higher than a page can't be:
LibreOffice lays it out for ever, Word cuts it off. A long text in a wide cell is no such row: broken, it leaves its
label on the page before. It stays whole, and is held with nothing, so that no half page stays empty above it.
"""

from __future__ import annotations

import re

from capa_xl.reports.word.line_widths import CELL_EDGES
from capa_xl.reports.word.whole_elements import characters, rest_of

MOST_OF_A_WHOLE_ROW = 300
"""Characters of a cell; so many still fit on a page in the narrowest column."""
MOST_LINES_OF_A_WHOLE_ROW = 10
"""Of its highest cell, by its width: a third of a wide page."""
_ROW = re.compile(rf"<w:tr[ >]{rest_of('w:tr')}")
_CELL = re.compile(rf"<w:tc>{rest_of('w:tc')}")
_WHOLE, _HELD = "<w:cantSplit/>", "<w:keepNext/>"
_CELL_ENDS = "</w:tc>"
_WIDTH = re.compile(r'<w:tcW w:w="(\d+)"')
_MARKUP = re.compile(r"<[^>]*>")
_WIDTH_OF_A_BYTE = 60
"""In twentieths of a point: a Chinese character of the dense tables has three, a letter a little more than one."""


def with_long_rows_split(xml: str) -> str:
    """The part with the rows of long cells free to break, and not held with what follows."""
    return _ROW.sub(_row, xml)


def may_be_whole(row: str) -> bool:
    """Whether a row fits on a page however narrow its columns are."""
    if characters(row) <= MOST_OF_A_WHOLE_ROW:
        return True
    return max(map(characters, _CELL.findall(row)), default=0) <= MOST_OF_A_WHOLE_ROW


def lines_of_row(row: str) -> int:
    """Of its highest cell at least: those that are written in it, or those that its text takes by its width."""
    return max(map(_cell_lines, row.split(_CELL_ENDS)[:-1]), default=1)


def _cell_lines(cell: str) -> int:
    width = _WIDTH.search(cell)
    written = cell.count("</w:p>") + cell.count("<w:br/>")
    if not width:
        return written
    text = len(_MARKUP.sub("", cell).encode()) * _WIDTH_OF_A_BYTE
    return max(written, -(-text // (int(width[1]) - CELL_EDGES)))


def _row(found: re.Match[str]) -> str:
    row = found[0]
    if _WHOLE not in row or may_be_whole(row):
        return row
    alone = row.replace(_HELD, "")
    is_wide = _WIDTH.search(row) is not None and lines_of_row(row) <= MOST_LINES_OF_A_WHOLE_ROW
    return alone if is_wide else alone.replace(_WHOLE, "")
