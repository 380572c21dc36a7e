"""The cells above what a tracker got: headings, and the band labels over them where the tracker has such labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from capa_xl.a1 import cell_at
from capa_xl.model import palette
from capa_xl.model.action import Action
from capa_xl.model.columns import Column, column_by_key
from capa_xl.model.register import Table
from capa_xl.ooxml.patch import CellEdit, CellLook
from capa_xl.ooxml.sheet_values import SheetValues


def heading_cells(tracker: Table[Action], values: SheetValues, columns: Sequence[Column], first: int) -> list[CellEdit]:
    """One cell a column, and one above it where the row above names the bands.

    Args:
        values: The tracker as it stands.
        first: 1-based column of the first new one.
    """
    headings = [
        CellEdit(tracker.sheet, cell_at(tracker.header_row, first + at), col.header, heading_look(col))
        for at, col in enumerate(columns)
    ]
    return [*headings, *(_band_cells(tracker, columns, first) if _has_bands(tracker, values) else ())]


def band_starts(columns: Sequence[Column], first: int) -> Iterator[int]:
    """The 1-based columns at which a band begins."""
    bands = enumerate(col.band for col in columns)
    for _, run in groupby(bands, key=lambda pair: pair[1]):
        yield first + next(run)[0]


def heading_look(col: Column) -> CellLook:
    """The look of a heading that is added: in the fill of our columns, or that of a column people fill."""
    return _OURS if col.ours else _PEOPLES


def _has_bands(tracker: Table[Action], values: SheetValues) -> bool:
    """True where the label of our first column's band stands above it."""
    key, at = min(tracker.columns.items(), key=lambda pair: pair[1])
    above = values.rows[tracker.header_row - 2] if tracker.header_row > 1 else []
    return at <= len(above) and above[at - 1] == column_by_key(Action)[key].band


def _band_cells(tracker: Table[Action], columns: Sequence[Column], first: int) -> Iterator[CellEdit]:
    """A label over every column, so that it stands on every sheet of paper that the band runs over."""
    for at, col in enumerate(columns, start=first):
        yield CellEdit(tracker.sheet, cell_at(tracker.header_row - 1, at), col.band, _OUR_BAND if col.ours else _BAND)


_OURS = CellLook(
    fill=palette.AUTO_FILL, color=palette.NAVY, bold=True, wrap=True, border=palette.BORDER,
    horizontal="center", vertical="center",
)  # fmt: skip
_PEOPLES = CellLook(
    fill=palette.PALE_BLUE, color=palette.NAVY, bold=True, wrap=True, border=palette.BORDER,
    horizontal="center", vertical="center",
)  # fmt: skip
_BAND = CellLook(fill=palette.NAVY, color=palette.WHITE, bold=True)
_OUR_BAND = CellLook(fill=palette.AUTO_FILL, color=palette.NAVY, bold=True)
