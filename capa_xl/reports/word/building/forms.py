"""Pieces of the one-page forms: a nine-column grid, labels beside values, blocks with a signature line."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.model import palette
from capa_xl.reports.word.building.pieces import ROOM_TO_WRITE, TEXT_WIDTH, GridCell, paragraph, row, scaled, steer

FORM_GRID = scaled((0.9, 1.9, 2.4, 1.6, 1.5, 2.8, 1.95, 1.7, 1.85), TEXT_WIDTH)
"""The nine columns of a one-page form: a label takes the first two, others the fourth, sixth, seventh or eighth."""
FORM_LINE, FORM_SHORT, FORM_ROOMY, FORM_TWO_LINES, FORM_ANALYSIS = 280, 360, 400, 480, 1418
"""Least heights; the analysis of causes has 25 mm to be written in."""


def form_row(*pairs: tuple[str, str, int], height: int = FORM_LINE) -> str:
    """A row of a one-page form: (label, value, columns the value spans) …; the first label spans two."""
    cells: list[GridCell] = []
    for name, text, span in pairs:
        label = GridCell(paragraph(name, "FormLabel"), 1 if cells else 2, label=True)
        cells += [label, GridCell(paragraph(text, "FormText"), span)]
    return row(cells, FORM_GRID, height=height)


def form_heads(columns: Sequence[tuple[int, str]]) -> str:
    """Headings inside a one-page form: (columns spanned, heading)."""
    return row([GridCell(paragraph(text, "FormHead"), span, label=True) for span, text in columns], FORM_GRID)


def form_values(columns: Sequence[tuple[int, str]], loop: str, height: int = FORM_LINE) -> str:
    """One row per value of a loop, inside a one-page form."""
    values = [GridCell(paragraph(text, "FormText"), span) for span, text in columns]
    return (
        steer(f"for {loop}", len(FORM_GRID), FORM_GRID)
        + row(values, FORM_GRID, height=height)
        + steer("endfor", len(FORM_GRID), FORM_GRID)
    )


def form_block(text: str) -> str:
    """The heading of a block of a one-page form."""
    return row([GridCell(paragraph(text, "BlockHead"), len(FORM_GRID), fill=palette.NEEDED_FILL)], FORM_GRID)


def form_sign(role: str, day: str = "") -> str:
    """A signature line: room for ink, and the day where the table knows it."""
    room = "\u3000" * 8
    words = f"{role}：{room}日期：{day or room}"
    return row([GridCell(paragraph(words, "FormSign"), len(FORM_GRID))], FORM_GRID, height=ROOM_TO_WRITE)
