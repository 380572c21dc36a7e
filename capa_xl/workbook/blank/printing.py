"""Paper: legible, the identifying columns on every page; company, title, document number above, page X of Y below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from capa_xl.model import palette
from capa_xl.model.cut_text import cut_text
from capa_xl.model.procedure import POLICY_NUMBER
from capa_xl.model.row_heights import text_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A3, A4 = 8, 9
SCALE, LEAST_SCALE = 67, 65
"""Percent; below the second the text can't be read on paper (look.md)."""
WIDEST_A3, WIDEST_A4, WIDEST_UPRIGHT = 275, 191, 131
"""Characters, as `across` counts them, that a page (A3 and A4 across, A4 upright) takes at no less than 65 percent, in
whatever font: a digit of 微软雅黑 10 is 7 pixels wide, one of DejaVu Sans, the widest that stands in for it, 8.48.
"""
PADDING = 5 / 7
"""Characters that a file adds to the width of every column."""
WIDEST_AT_SCALE = 235
"""Characters that a sheet of A3 takes at `SCALE` in a wide substitute font, without what a file adds to each."""
_UPRIGHT_HEIGHT = 762
"""Points of an A4 page between margins of half an inch, less what printers round away."""
_SCALE_OF_THE_WIDEST = 72
"""Percent at which `WIDEST_UPRIGHT` fits across it in a wide substitute font."""
_UPRIGHT_TALL, _ACROSS_TALL, _A3_TALL = 755, 508, 755
"""Points between the margins of a page: A4 upright, A4 across, A3 across."""
_WIDER_IN_SUBSTITUTES = 1.22
"""At most so much wider do columns stand in a substitute font: else a page holds fewer rows, each larger."""
_LONGEST_COMPANY = 60
"""Characters of the company in a header, which Excel takes only up to 255 of."""
_BESIDE_A_TITLE = 36.0
"""Column widths that a company takes at most beside the title in the middle of an upright A4 page."""
BEGINNINGS = "格里放不下的长文只印开头，全文见工作簿"
"""Stands below the pages of what people typed: their texts are never cut, so no … says that one goes on."""


def print_wide(
    sheet: Worksheet, title: str, *, header_rows: tuple[int, int], frozen: int, breaks: tuple[int, ...] = ()
) -> None:
    """Set the sheet up for A3 landscape; rows and columns are 0-based, `breaks` are columns that begin a page."""
    sheet.set_paper(A3)
    sheet.set_landscape()
    sheet.set_print_scale(SCALE)
    sheet.set_margins(left=0.35, right=0.35, top=0.6, bottom=0.6)
    sheet.print_across()
    sheet.repeat_rows(*header_rows)
    if frozen:
        sheet.repeat_columns(0, frozen - 1)
    if breaks:
        sheet.set_v_pagebreaks(list(breaks))
    print_footer(sheet, title)


def page_breaks(
    widths: Sequence[float], frozen: int, starts: Sequence[int], begun: int, widest: float
) -> Iterator[int]:
    """The 1-based columns that begin a sheet of paper: the last band that fits, else the column that doesn't;
    a sheet is filled to the half at least.

    Args:
        widths: Characters of each column, 0 for a hidden one.
        frozen: So many columns stand on every sheet of paper.
        starts: 1-based columns at which a band begins.
        begun: The column that begins the last sheet of paper so far: breaks that are there stay.
        widest: Characters that a sheet of paper takes.
    """
    room = widest - sum(widths[:frozen])
    for at in range(begun, len(widths) + 1):
        if sum(widths[begun - 1 : at]) > room and at > begun:
            fitting = [start for start in starts if begun < start <= at]
            far = [start for start in fitting if 2 * sum(widths[begun - 1 : start - 1]) > room]
            begun = max(far, default=at)
            yield begun


def print_one_page(sheet: Worksheet, title: str, *, area: tuple[int, int, int, int]) -> None:
    """Fit a sheet on one A3 page."""
    sheet.set_paper(A3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.35, right=0.35, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.print_area(*area)
    print_footer(sheet, title)


def across(widths: Iterable[float]) -> float:
    """Characters that columns of these widths take of a page, a hidden one of width 0 none."""
    return sum(width + PADDING for width in widths if width)


def print_fitted(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Let all columns stand on the smallest paper that keeps them legible; what is wider keeps its scale on A3."""
    width = across(widths)
    if width > WIDEST_A3:
        return
    sheet.fit_to_pages(1, 0)
    if width <= WIDEST_A4:
        sheet.set_paper(A4)
    if width <= WIDEST_UPRIGHT:
        sheet.set_portrait()


def rows_of_a_page(width: float, header: float, height: float) -> int:
    """How many rows of a sheet surely stand on its first page, in whatever font.

    Args:
        width: Characters of its columns, as `across` counts them.
        header: Points of the rows above.
        height: Points of a row.
    """
    widest, tall = next(
        ((most, tall) for most, tall in ((WIDEST_UPRIGHT, _UPRIGHT_TALL), (WIDEST_A4, _ACROSS_TALL)) if width <= most),
        (WIDEST_A3, _A3_TALL),
    )
    fitted = LEAST_SCALE * widest / width * _WIDER_IN_SUBSTITUTES if width <= WIDEST_A3 else SCALE
    return int((tall / (min(100, fitted) / 100) - header) / height)


def print_upright_page(sheet: Worksheet, height: float) -> None:
    """Let rows of so many points stand on one upright A4 page, where that leaves them legible.

    The scale is fixed, not fitted: rows that come later go on to a second page, and none gets too small to read.
    """
    scale = int(100 * _UPRIGHT_HEIGHT / height)
    if LEAST_SCALE <= scale < 100:
        sheet.set_margins(left=0.35, right=0.35, top=0.5, bottom=0.5)
        sheet.set_print_scale(min(scale, _SCALE_OF_THE_WIDEST))


def print_footer(sheet: Worksheet, title: str, said: str = "") -> None:
    """Title, what there is to say of the pages, page X of Y."""
    sheet.set_footer(f"&L{title}{said and f'&C{said}'}&R第 &P 页　共 &N 页")


def head_pages(workbook: Workbook, company: str) -> None:
    """Company, title and document number above every page; a workbook without a company prints none.

    The title is the sheet's own name, so that one header entered for all sheets at once is right for each. On an
    upright page it stands behind a company that would reach it.
    """
    bold, said = f'&"{palette.FONT},Bold"', company_in_header(company)
    for sheet in workbook.worksheets():
        meets = sheet.orientation and text_width(company) > _BESIDE_A_TITLE
        title = f"　{bold}&A" if meets else f"&C{bold}&A"
        sheet.set_header(f"&L{said}{title}&R{POLICY_NUMBER}", {"margin": 0.25})


def company_in_header(company: str) -> str:
    """The company's name as a header spells it."""
    return cut_text(company, _LONGEST_COMPANY).replace("&", "&&")
