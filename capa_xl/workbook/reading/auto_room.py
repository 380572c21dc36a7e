"""How much of a text our cells in the tracker show: as wide as people have our columns, as low as they fixed a row."""

from __future__ import annotations

from typing import Final

from capa_xl.model.auto_texts import AUTO_WIDTHS, Room, SheetRoom
from capa_xl.model.row_heights import LEAST_OF_TWO
from capa_xl.ooxml.sheet_sizes import SheetSizes
from capa_xl.workbook.reading.header_match import HeaderMatch

_LEAST_WIDTH: Final = 4.0
"""Characters of a column in which somebody reads; a narrower one is as good as hidden."""


_NARROW: Final = ("Calibri", "Carlito", "Aptos")
"""Typefaces whose digits, 7 pixels of 11 points, are less than half as wide as a Chinese letter beside them, of 15."""
_OF_NARROW: Final = 0.9


def auto_room(sizes: SheetSizes, match: HeaderMatch, typeface: str) -> SheetRoom:
    """The room of a sheet; a hidden column, or one that isn't there, has what a new workbook gives it.

    Args:
        typeface: By whose digits the widths of columns are counted.
    """
    share = _OF_NARROW if typeface.startswith(_NARROW) else 1.0
    shown = {key: share * sizes.characters(match.columns[key]) for key in AUTO_WIDTHS if key in match.columns}
    widths = {**AUTO_WIDTHS, **{key: width for key, width in shown.items() if width >= _LEAST_WIDTH}}
    low = frozenset(row for row, height in sizes.fixed_heights.items() if height < LEAST_OF_TWO)
    return SheetRoom(Room(widths), Room(widths, lines=1), low)
