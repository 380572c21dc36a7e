"""New workbooks in one look: a title, a note, a table with filters. The same values give the same bytes.

Text is always written as text, whatever it begins with: `= + - @` from a cell never becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from io import BytesIO
from itertools import islice
from statistics import mode
from typing import Any

from capa_xl.model import palette
from capa_xl.model.cut_text import cut_to_width
from capa_xl.model.list_titles import MADE_BESIDE
from capa_xl.model.row_heights import LINE, TALLEST, fitted_height, lines_of, text_width
from capa_xl.model.zip_system import as_made_on_unix
from capa_xl.reports.cell_looks import BODY, HEADER, LOOKS, NOTE, SCREEN, TITLE
from capa_xl.reports.printed_rows import (
    A3,
    A4,
    ABOVE,
    BELOW,
    SIDE,
    TITLE_HEIGHT,
    WIDER,
    a3_for_left_overs,
    page_ends,
    rows_height,
    scale_of,
    told,
)
from capa_xl.reports.table_cells import CHARACTER, Cell, ColumnHead, Link, Mark, fitting, lines_in, pixels_of
from capa_xl.reports.xml_text import clean

TABLE_ROW = 3
"""0-based row of a sheet's header: title, note and a blank row stand above."""

NOTHING = "（无）"
"""Stands under a header without a row: an empty table is not a broken one."""
HIDDEN = "没有内容、未显示的工作表："
_DPI = 96
_HEAD, _BELOW = 88.0, "\n"
"""Column widths that the header of an upright A4 page takes in its 11 points, less two letters; a line break in it."""
LEAST_SCALE = 0.65
"""Nothing prints smaller, in whatever font."""


def print_scale(headings: Sequence[ColumnHead], paper: int, *, upright: bool = False, wider: float = 1) -> float:
    """What a table of these columns, each so much wider, shrinks to on one page's width; 1 for no shrinking."""
    return scale_of(wider * _inches(headings), paper, upright=upright)


def _inches(headings: Sequence[ColumnHead]) -> float:
    return sum(map(pixels_of, headings)) / _DPI


def _header_height(headings: Sequence[ColumnHead]) -> float:
    """Points of the row of headings."""
    return max(lines_of(heading.name, heading.width) for heading in headings) * LINE


def _take_paper(sheet: Any, printed: Sequence[ColumnHead]) -> None:
    """Lay a page on its side, or take a larger one, where columns would be too small to read in some font."""
    if sheet.orientation and print_scale(printed, A4, upright=True, wider=WIDER) < LEAST_SCALE:
        sheet.set_landscape()
    if print_scale(printed, A4, upright=bool(sheet.orientation), wider=WIDER) < LEAST_SCALE:
        sheet.set_paper(A3)


def _leave_no_left_overs(sheet: Any, printed: Sequence[ColumnHead], high: Sequence[float]) -> None:
    """Take one A3 page where two A4 ones would end with a few rows on the second."""
    if sheet.paper_size != A4 or sheet.fit_height == 1:
        return
    turned = a3_for_left_overs(high, _inches(printed), _header_height(printed), upright=bool(sheet.orientation))
    if turned is not None:
        sheet.set_paper(A3)
        (sheet.set_portrait if turned else sheet.set_landscape)()


def header_text(text: str) -> str:
    """Text of a page header: & begins a code there."""
    return clean(text).replace("&", "&&")


def page_head(company: str, title: str, on: str) -> str:
    """Company, title and day above every page; on an upright A4 a title stands below a company that reaches it.

    What doesn't even find room beside the day is cut with ….
    """
    beside = cut_to_width(company, _HEAD - text_width(on))
    meets = 2 * max(text_width(beside), text_width(on)) + text_width(title) > _HEAD
    return f"&L{header_text(beside)}{_BELOW if meets else '&C'}{header_text(title)}&R{on}"


def _set_height(sheet: Any, row: int, lines: Sequence[int]) -> None:
    """A row of more than one line as high as its longest text."""
    if max(lines, default=1) > 1:
        sheet.set_row(row, min(max(lines) * LINE, TALLEST))


class Book:
    """A workbook being made; `close` gives its bytes.

    A sheet with nothing but an empty table is hidden, so that no page of headings is printed; the note of the first
    sheet, which is always shown, names it.
    """

    def __init__(self, title: str, on: date, company: str = "") -> None:
        import xlsxwriter

        self._blob = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": dict(palette.NORMAL),
        }
        self.workbook = xlsxwriter.Workbook(self._blob, options)
        self.workbook.set_properties(
            {"title": title, "category": MADE_BESIDE, "created": datetime(on.year, on.month, on.day)}
        )
        self._formats: dict[tuple[str, bool], Any] = {}
        self._first_note = ""
        self._note_room: tuple[int, int] | None = None
        self._hidden: list[str] = []
        self._head = page_head(company, title, f"数据截至 {on}")

    def sheet(self, name: str, title: str, note: str = "") -> Any:
        """A new sheet with its title and note, set up for A4 landscape; `table` takes A3 for a wide one."""
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=SIDE, right=SIDE, top=ABOVE, bottom=BELOW)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(self._head)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.write_string(0, 0, clean(title), self.format("title"))
        self._first_note = self._first_note if sheet.index else clean(note)
        sheet.write_string(1, 0, clean(note), self.format("note"))
        sheet.set_row(0, TITLE_HEIGHT)
        return sheet

    def table(
        self,
        sheet: Any,
        headings: Sequence[ColumnHead],
        rows: Iterable[Sequence[Cell]],
        top: int = TABLE_ROW,
        pages: int = 0,
        *,
        sums: bool = False,
    ) -> int:
        """Write a table with a filter and frozen header; gives the 0-based row below it.

        Args:
            pages: Of a list to filter, so many are printed, and a line above the table says so; 0 for all.
            sums: The first row is the sum of the others: bold, and as high as most of them.
        """
        printed = [heading for heading in headings if heading.look != SCREEN]
        _take_paper(sheet, printed)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, heading.width)
            sheet.write_string(top, column, heading.name, self.format("header"))
        _set_height(sheet, top, [lines_of(heading.name, heading.width) for heading in headings])
        row, high = top, list[float]()
        for row, given in enumerate(rows, top + 1):
            cells = [fitting(cell, heading) for heading, cell in zip(headings, given, strict=True)]
            for column, (heading, cell) in enumerate(zip(headings, cells, strict=True)):
                self.write(sheet, row, column, cell, heading.look, bold=sums and row == top + 1)
            lines = [lines_in(cell, heading) for heading, cell in zip(headings, cells, strict=True)]
            _set_height(sheet, row, lines)
            high.append(min(max(lines) * LINE, TALLEST))
        if sums and len(high) > 1 and mode(high[1:]) > high[0]:
            sheet.set_row(top + 1, mode(high[1:]))
        if row == top:
            row += 1
            sheet.write_string(row, 0, NOTHING, self.format("note"))
            self._hide(sheet, top)
        if top == TABLE_ROW:
            _leave_no_left_overs(sheet, printed, high)
        last = self._last_printed(sheet, printed, high, top, pages) if pages else row
        if len(printed) < len(headings) or last < row:
            sheet.print_area(0, 0, last, len(printed) - 1)
        if top == TABLE_ROW:
            sheet.autofilter(top, 0, max(row, top + 1), len(headings) - 1)
            sheet.freeze_panes(top + 1, 0)
            sheet.repeat_rows(top)
        return row + 1

    def _last_printed(
        self, sheet: Any, headings: Sequence[ColumnHead], high: Sequence[float], top: int, pages: int
    ) -> int:
        """The 0-based row that ends the printed part of a list: its last one, or one above which that is said.

        Its pages end where they would in 微软雅黑, also in a substitute that shrinks them: none holds a few rows over.
        """
        paper, upright = sheet.paper_size, bool(sheet.orientation)
        page = rows_height(
            print_scale(headings, paper, upright=upright), paper, _header_height(headings), upright=upright
        )
        if not high or len(high) in islice(page_ends(high, page), pages):
            return top + max(len(high), 1)
        *breaks, most = islice(page_ends(high, page - LINE), pages)
        sheet.set_h_pagebreaks([top + 1 + end for end in breaks])
        sheet.write_string(top - 1, 0, told(most, len(high)), self.format("note"))
        return top + max(most, 1)

    def _hide(self, sheet: Any, top: int) -> None:
        """Of a sheet with several tables the first one may be empty: only one that stands alone hides its sheet."""
        if sheet.index and top == TABLE_ROW:
            sheet.hide()
            self._hidden.append(sheet.get_name())

    def write(self, sheet: Any, row: int, column: int, cell: Cell, look: str, *, bold: bool = False) -> None:
        """Write one cell as what it is; text stays text."""
        format_of = partial(self.format, bold=bold)
        if isinstance(cell, Link):
            text = "" if cell.text is None else clean(str(cell.text))
            sheet.write_url(row, column, f"internal:'{cell.sheet}'!{cell.at}", format_of("link"), text)
        elif isinstance(cell, Mark):
            sheet.write_string(row, column, clean(cell.text), format_of(cell.tone if cell.text else "mark"))
        elif cell is None or cell == "":
            sheet.write_blank(row, column, None, format_of(look))
        elif isinstance(cell, str):
            sheet.write_string(row, column, clean(cell)[:32767], format_of("text" if look == "link" else look))
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), format_of("date"))
        else:
            sheet.write(row, column, cell, format_of(look))

    def format(self, look: str, *, bold: bool = False) -> Any:
        """The format of that look, made once."""
        key = look, bold
        if key not in self._formats:
            frame = {"title": TITLE, "note": NOTE, "header": HEADER}.get(look)
            given = frame if frame is not None else BODY | LOOKS[look]
            self._formats[key] = self.workbook.add_format(given | {"bold": True} if bold else given)
        return self._formats[key]

    def write_folded(self, sheet: Any, row: int, last: int, width: int, note: str) -> None:
        """Write a note over the columns up to the 0-based `last`, together `width` pixels wide, as high as it is."""
        look = self.workbook.add_format({**NOTE, "text_wrap": True, "valign": "top"})
        sheet.merge_range(row, 0, row, last, clean(note), look)
        sheet.set_row(row, fitted_height([(note, width / CHARACTER)], LINE))

    def fold_first_note(self, last: int, width: int) -> None:
        """Fold the note of the first sheet, whose columns are narrower than it.

        Args:
            last: 0-based column it ends with.
            width: Pixels of the columns up to there.
        """
        self._note_room = last, width

    def close(self) -> bytes:
        """Finish the workbook."""
        hidden = f"{HIDDEN}{'、'.join(self._hidden)}" if self._hidden else ""
        note = f"{self._first_note}　{hidden}".strip()
        if self._note_room is not None:
            self.write_folded(self.workbook.worksheets()[0], 1, *self._note_room, note)
        elif self._hidden:
            self.workbook.worksheets()[0].write_string(1, 0, note, self.format("note"))
        self.workbook.close()
        return as_made_on_unix(self._blob.getvalue())
