"""How many rows of a list to filter stand on paper: its beginning; where it goes on is said above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from capa_xl.model.row_heights import LINE

A3, A4 = 8, 9
"""Paper sizes as Excel numbers them."""
SIDE, ABOVE, BELOW = 0.4, 0.75, 0.6
"""Margins in inches."""
WIDER: Final = 8.48 / 7
"""At most so much wider columns stand in a substitute font: the page shrinks, and takes more rows.

A digit of 微软雅黑 10 is 7 pixels wide, one of DejaVu Sans, the widest that LibreOffice takes instead, 8.48.
"""
TITLE_HEIGHT: Final = 26
"""Points of the row of the title."""
_SIZES: Final = {A3: (16.54, 11.69), A4: (11.69, 8.27)}
"""Inches across and down of a page on its side."""


def scale_of(inches: float, paper: int, *, upright: bool = False) -> float:
    """What columns of so many inches shrink to on the width of a page; 1 for no shrinking."""
    return min(1.0, (_SIZES[paper][upright] - 2 * SIDE) / inches)


def rows_height(scale: float, paper: int, header: float, *, upright: bool = False) -> float:
    """Points of rows that a page at that scale takes below title, note and a header of so many points."""
    inches = _SIZES[paper][not upright] - ABOVE - BELOW
    return inches * 72 / scale - header - TITLE_HEIGHT - 2 * LINE


def page_ends(heights: Sequence[float], page: float) -> Iterator[int]:
    """How many rows stand on the first page, on the first two … until no more go on one; none of them is split.

    Args:
        heights: Of every row, in points.
        page: Points of rows that a page takes.
    """
    count, before = 0, -1
    while before < count < len(heights):
        before, room = count, page
        while count < len(heights) and heights[count] <= room:
            room -= heights[count]
            count += 1
        yield count


def a3_for_left_overs(heights: Sequence[float], inches: float, header: float, *, upright: bool) -> bool | None:
    """Whether the A3 that takes a whole table stands upright; None where its A4 pages stay.

    They go where the second of two would hold less than a third of a page, in some typeface: an A3 on its side, or
    else upright, is then the one page.

    Args:
        heights: Of the rows, in points.
        inches: Width of the columns.
        header: Points of the row of headings.
        upright: Whether the A4 pages stand.
    """

    def page(paper: int, wider: float, *, upright: bool) -> float:
        return rows_height(scale_of(inches * wider, paper, upright=upright), paper, header, upright=upright)

    fonts = 1.0, WIDER
    if not any(_leaves_little(heights, page(A4, wider, upright=upright)) for wider in fonts):
        return None
    whole = sum(heights)
    return next((turned for turned in (False, True) if all(page(A3, w, upright=turned) >= whole for w in fonts)), None)


def _leaves_little(heights: Sequence[float], page: float) -> bool:
    """They end on a second page, less than a third of which they fill."""
    first, second, *_ = *page_ends(heights, page), 0, 0
    return first < second == len(heights) and 3 * sum(heights[first:]) < page


def told(printed: int, rows: int) -> str:
    """What is said above a list of which only the beginning is printed."""
    return f"打印只有前 {printed} 行；共 {rows} 行，在屏幕上筛选查看，要全部打印请取消打印区域"
