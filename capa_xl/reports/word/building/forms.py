"""Pieces of the one-page forms: a nine-column grid, labels beside values, blocks with a signature line."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.model import palette
from capa_xl.reports.word.building.pieces import (
    ROOM_TO_WRITE,
    TEXT_WIDTH,
    GridCell,
    known,
    paragraph,
    row,
    scaled,
    steer,
)

FORM_GRID = scaled((1.06, 1.74, 2.4, 1.7, 1.6, 2.6, 1.95, 1.7, 1.85), TEXT_WIDTH)
"""The nine columns of a one-page form: a label takes the first two, others the fourth, sixth, seventh or eighth."""
_SIGNED = 6
"""So many columns hold who signs, the rest the day."""
FORM_LINE, FORM_ROOMY, FORM_TEXT, FORM_ANALYSIS = 300, 454, 680, 1418
"""Least heights: of what is printed; 8 mm of what is written by hand, 12 of a text, 25 of the analysis of causes."""


def form_row(*pairs: tuple[str, str, int], height: int = FORM_LINE, keep: bool = False) -> str:
    """A row of a one-page form: (label, value, columns the value spans) …; the first label spans two.

    Args:
        pairs: Label, value and span of each.
        height: Least height.
        keep: It stays on one page with the row that follows.
    """
    cells: list[GridCell] = []
    for name, text, span in pairs:
        label = GridCell(paragraph(name, "FormLabel", keep=keep), 1 if cells else 2, label=True)
        cells += [label, GridCell(paragraph(text, "FormText", keep=keep), span)]
    return row(cells, FORM_GRID, height=height)


def form_room(name: str, value: str, height: int = FORM_ROOMY, *, keep: bool = False) -> str:
    """A row whose value is known, or else as high as people need to write it by hand.

    Args:
        name: Label.
        value: Name of the value in the template.
        height: Least height of the blank one.
        keep: It stays on one page with the row that follows.
    """
    return form_rooms((name, value, 7), height=height, keep=keep)


def form_rooms(*pairs: tuple[str, str, int], height: int = FORM_ROOMY, keep: bool = False) -> str:
    """`form_row` of values by their names; as high as people need to write while one of them is blank.

    Args:
        pairs: Label, name of the value in the template and span of each.
        height: Least height while one is blank.
        keep: It stays on one page with the row that follows.
    """
    told = [(name, known(value), span) for name, value, span in pairs]
    condition = " and ".join(value for _, value, _ in pairs)
    filled, blank = (form_row(*told, height=tall, keep=keep) for tall in (FORM_LINE, height))
    return _steer(f"if {condition}") + filled + _steer("else") + blank + _steer("endif")


def _steer(code: str) -> str:
    return steer(code, len(FORM_GRID), FORM_GRID)


def form_heads(columns: Sequence[tuple[int, str]]) -> str:
    """Headings inside a one-page form, on the page of the row below them: (columns spanned, heading)."""
    return row(
        [GridCell(paragraph(text, "FormHead", keep=True), span, label=True) for span, text in columns], FORM_GRID
    )


def form_values(columns: Sequence[tuple[int, str]], loop: str, height: int = FORM_LINE, below: str = "") -> str:
    """One row per value of a loop, inside a one-page form, and `below` each what else stands there."""
    values = [GridCell(paragraph(text, "FormText"), span) for span, text in columns]
    return _steer(f"for {loop}") + row(values, FORM_GRID, height=height) + below + _steer("endfor")


def form_text_when(condition: str, text: str) -> str:
    """A row of one text over the full width, under a condition: a long one leaves no empty cells beside it."""
    return (
        _steer(f"if {condition}")
        + row([GridCell(paragraph(text, "FormText"), len(FORM_GRID))], FORM_GRID)
        + _steer("endif")
    )


def form_values_or_room(columns: Sequence[tuple[int, str]], loop: str, value: str) -> str:
    """`form_values` whose rows are as high as people need to write where the named value is blank."""
    cells = [GridCell(paragraph(text, "FormText"), span) for span, text in columns]
    filled, blank = (row(cells, FORM_GRID, height=height) for height in (FORM_LINE, FORM_ROOMY))
    return "".join(
        (_steer(f"for {loop}"), _steer(f"if {value}"), filled, _steer("else"), blank, _steer("endif"), _steer("endfor"))
    )


def form_block(text: str) -> str:
    """The heading of a block of a one-page form, on the page of the row below it."""
    return row([GridCell(paragraph(text, "BlockHead", keep=True), len(FORM_GRID), fill=palette.BLOCK_FILL)], FORM_GRID)


def form_sign(role: str, day: str = "", *, when: str = "日期") -> str:
    """A signature line: room for ink, and the day where the table knows it, called what it is the day of."""
    cells = [
        GridCell(paragraph(f"{role}：", "FormText"), _SIGNED),
        GridCell(paragraph(f"{when}：{day}", "FormText"), len(FORM_GRID) - _SIGNED),
    ]
    return row(cells, FORM_GRID, height=ROOM_TO_WRITE)
