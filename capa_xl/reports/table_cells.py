"""The columns and cells of a table in a new workbook, and how a text fits one: its height, whole dates, a cut end."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model.cut_text import cut_text
from capa_xl.model.row_heights import LINE, TALLEST, lines_of
from capa_xl.reports.whole_tokens import TOKEN, folded
from capa_xl.reports.xml_text import clean

CellContent = str | int | float | bool | date | None


class ColumnHead(Struct, frozen=True):
    """One column: its header, its width in characters, and the format of its cells.

    Attributes:
        look: text, wrap, quote, date, number, figure (to four places), count, share or mark; screen for one that
            stands last, on one line, and isn't printed. Both wrap and quote are wrapped; a quote is what people wrote
            or are to copy, and gets no line break of ours: it is searched, filtered and compared.
    """

    name: str
    width: float = 12
    look: str = "text"


class Link(Struct, frozen=True):
    """A cell that leads to a cell of another sheet of the same workbook."""

    text: CellContent
    sheet: str
    at: str


class Mark(Struct, frozen=True):
    """A word with its meaning as a colour beside it: bad, soon, good or silent."""

    text: str
    tone: str


Cell = CellContent | Link | Mark
_WRAPS = frozenset({"wrap", "quote", "text"})
INDENT = 1.5
"""Column width that the indent takes."""
CUT = "（全文见跟踪表）"
CHARACTER, _PADDING = 7, 5
"""Pixels of one character, and of what a column has beside its characters."""


def pixels_of(heading: ColumnHead) -> int:
    """How wide its column is on the screen."""
    return int(heading.width * CHARACTER) + _PADDING


def lines_in(cell: Cell, heading: ColumnHead) -> int:
    """Lines a wrapped cell needs: not every reader of a workbook finds out by itself."""
    if heading.look not in _WRAPS or not isinstance(cell, str):
        return 1
    width = heading.width - INDENT
    return lines_of(folded(cell, width) if heading.look == "quote" else cell, width)


def _folded(cell: Cell, heading: ColumnHead) -> Cell:
    """A text with its dates and numbers whole: a reader of workbooks breaks them at their hyphens.

    A name in a text column is one to filter by and stays as it is, a list of numbers isn't.
    """
    if not isinstance(cell, str) or not (heading.look == "wrap" or (heading.look == "text" and "、" in cell)):
        return cell
    return folded(cell, heading.width - INDENT)


def fitting(cell: Cell, heading: ColumnHead) -> Cell:
    """The cell, its numbers whole, and a text too long for the highest row cut with …."""
    cell = _folded(cell, heading)
    if not isinstance(cell, str) or lines_in(cell, heading) * LINE <= TALLEST:
        return cell
    whole, ending = clean(cell), _ending(cell)
    most, kept = len(whole), whole
    while lines_in(kept + ending, heading) * LINE > TALLEST:
        most = most * 9 // 10
        kept = cut_text(whole, most)
    return kept + ending


def _ending(cell: str) -> str:
    """What stands behind the … of a cut text: a list says how many it holds, a text where it is whole."""
    pieces = cell.split("、")
    return f"（共 {len(pieces)} 项）" if all(map(TOKEN.fullmatch, map(str.strip, pieces))) else CUT
