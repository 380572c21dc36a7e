"""How much of a text our cells in the tracker show: as wide as people have our columns, as low as they fixed a row."""

from __future__ import annotations

from typing import Final

from capa_xl.model.auto_texts import AUTO_WIDTHS, Room, SheetRoom
from capa_xl.model.row_heights import LEAST_OF_TWO
from capa_xl.ooxml.sheet_sizes import SheetSizes
from capa_xl.workbook.reading.header_match import HeaderMatch

_LEAST_WIDTH: Final = 4.0
"""Characters of a column in which somebody reads; a narrower one is as good as hidden."""


def auto_room(sizes: SheetSizes, match: HeaderMatch) -> SheetRoom:
    """The room of a sheet; a hidden column, or one that isn't there, has what a new workbook gives it."""
    shown = {key: sizes.characters(match.columns[key]) for key in AUTO_WIDTHS if key in match.columns}
    widths = {**AUTO_WIDTHS, **{key: width for key, width in shown.items() if width >= _LEAST_WIDTH}}
    low = frozenset(row for row, height in sizes.fixed_heights.items() if height < LEAST_OF_TWO)
    return SheetRoom(Room(widths), Room(widths, lines=1), low)
