"""Paper: A3 landscape, legible, the identifying columns on every page, page X of Y and the document number below."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

A3 = 8
SCALE = 70
"""Percent; below 65 the text can't be read on paper (look.md)."""
WIDEST_PAGE = 270
"""Characters of column width that one page takes at no less than 65 percent, even in a wide substitute font."""
DOCUMENT_NUMBER = "YNTD-ITSS-0300"


def print_wide(
    sheet: Worksheet, title: str, *, header_rows: tuple[int, int], frozen: int, breaks: tuple[int, ...] = ()
) -> None:
    """Set the sheet up for A3 landscape; rows and columns are 0-based, `breaks` are columns that begin a page."""
    sheet.set_paper(A3)
    sheet.set_landscape()
    sheet.set_print_scale(SCALE)
    sheet.set_margins(left=0.35, right=0.35, top=0.45, bottom=0.6)
    sheet.print_across()
    sheet.repeat_rows(*header_rows)
    if frozen:
        sheet.repeat_columns(0, frozen - 1)
    if breaks:
        sheet.set_v_pagebreaks(list(breaks))
    print_footer(sheet, title)


def print_one_page(sheet: Worksheet, title: str, *, area: tuple[int, int, int, int]) -> None:
    """Fit a sheet on one A3 page."""
    sheet.set_paper(A3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.35, right=0.35, top=0.45, bottom=0.6)
    sheet.center_horizontally()
    sheet.print_area(*area)
    print_footer(sheet, title)


def print_footer(sheet: Worksheet, title: str) -> None:
    """Document number, title, page X of Y."""
    sheet.set_footer(f"&L{DOCUMENT_NUMBER}&C{title}&R第 &P 页　共 &N 页")
