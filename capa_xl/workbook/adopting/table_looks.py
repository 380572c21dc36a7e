"""How somebody's table looks where that means something: number formats, hidden, struck-through, drop-downs, comments.

Read with openpyxl, which knows looks; the values come from the reader of every day. See docs/behaviour/adopting.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from itertools import islice
from warnings import catch_warnings, simplefilter

from msgspec import Struct, field
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from capa_xl.a1 import parse_range
from capa_xl.model import palette
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.ooxml.lean_copy import lean_copy
from capa_xl.ooxml.number_formats import dressed_number
from capa_xl.ooxml.package import open_package

LOOKED_AT = 2000
"""Rows of a table whose looks are read."""
Fill = tuple[object, ...]
_MOST_LIST_WORDS = 50
_MOST_COLUMNS = 60
_MOST_LIST_CELLS = 5_000
_MOST_RULES = 5_000


class TableLooks(Struct, frozen=True):
    """Looks of one sheet below and at its header; columns and rows are 1-based.

    Attributes:
        percent: Columns whose numbers are shown as percentages.
        hidden: Columns that are hidden.
        struck: Rows whose every filled cell is struck through.
        lists: Column → the words its drop-down list allows.
        comments: Column → the comment on its heading.
        dressed: Column → (5, ZJ-005): its first whole number, and how a format shows it, where that is another text.
        coloured: How many rows bear a fill that others in the same column don't, stripes left out.
    """

    percent: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    struck: tuple[int, ...] = ()
    lists: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    comments: Mapping[int, str] = field(default_factory=dict)
    dressed: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    coloured: int = 0


@lru_cache(maxsize=1)  # each answer of a conversation looks at the same bytes again
def every_look(blob: bytes, tables: tuple[tuple[str, int], ...]) -> tuple[TableLooks, ...]:
    """The looks of several sheets, each given with its header row; the workbook is opened once.

    None where openpyxl can't open the workbook: they only help to ask better.
    """
    book = _opened(blob)
    return tuple(_looks(book, sheet, header_row) for sheet, header_row in tables)


def _looks(book: Workbook | None, sheet: str, header_row: int) -> TableLooks:
    if book is None or sheet not in book.sheetnames or not isinstance(page := book[sheet], Worksheet):
        return TableLooks()
    below = range(header_row + 1, min(page.max_row, header_row + LOOKED_AT) + 1)
    return TableLooks(
        percent=frozenset(_percent_columns(page, below)),
        hidden=frozenset(_hidden_columns(page)),
        struck=tuple(row for row in below if _is_struck(page, row)),
        lists=dict(_lists(book, page, header_row)),
        comments=dict(_comments(page, header_row)),
        dressed=dict(_dressed(page, below)),
        coloured=_coloured_rows(page, below, _our_columns(page, header_row)),
    )


def _opened(blob: bytes) -> Workbook | None:
    copy = lean_copy(open_package(blob))
    if copy is not None:
        with suppress(Exception), catch_warnings():  # openpyxl lets through whatever its parsers, the zip or zlib raise
            simplefilter("ignore")  # what it would not write back; it only reads here
            return load_workbook(BytesIO(copy), keep_links=False)
    return None


def _percent_columns(page: Worksheet, rows: range) -> Iterator[int]:
    for column in range(1, page.max_column + 1):
        cells = (page.cell(row, column) for row in rows)
        formats = [cell.number_format for cell in cells if isinstance(cell.value, int | float)]
        if formats and all("%" in shown for shown in formats):
            yield column


def _dressed(page: Worksheet, rows: range) -> Iterator[tuple[int, tuple[str, str]]]:
    for column in range(1, min(page.max_column, _MOST_COLUMNS) + 1):
        cells = (page.cell(row, column) for row in rows)
        first = next((cell for cell in cells if type(cell.value) is int), None)
        if first is not None and (shown := dressed_number(int(str(first.value)), first.number_format)):
            yield column, (str(first.value), shown)


def _hidden_columns(page: Worksheet) -> Iterator[int]:
    for dimension in page.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            yield from range(dimension.min, min(dimension.max, page.max_column) + 1)


def _is_struck(page: Worksheet, row: int) -> bool:
    filled = [cell for cell in page[row] if cell.value not in (None, "")]
    return bool(filled) and all(cell.font is not None and cell.font.strike for cell in filled)


def _our_columns(page: Worksheet, header_row: int) -> frozenset[int]:
    """〔自动〕 columns of an earlier adoption: their fills are ours."""
    cells = page[header_row] if header_row <= page.max_row else ()
    return frozenset(at for at, cell in enumerate(cells, 1) if str(cell.value or "").startswith(AUTO_PREFIX))


def _coloured_rows(page: Worksheet, rows: range, ours: frozenset[int]) -> int:
    """Rows of which somebody filled a cell otherwise than the rest of its column; 0 for stripes."""
    lines = page.iter_rows(rows.start, rows.stop - 1, 1, min(page.max_column, _MOST_COLUMNS)) if rows else ()
    cells = [line for line in lines if any(cell.value not in (None, "") for cell in line)]
    fills: dict[int, Fill] = {}
    found: set[int] = set()
    for at, column in enumerate(zip(*cells, strict=True), 1):
        if at not in ours:
            found.update(_odd_rows([(cell.row, _fill(cell, fills)) for cell in column]))
    return len(found)


def _odd_rows(fills: Sequence[tuple[int, Fill]]) -> list[int]:
    """The filled cells of a column that isn't filled alike all the way down, nor in stripes."""
    if len({fill for _, fill in fills}) == 1:
        return []
    odd = [row for row, fill in fills if fill]
    return [] if _are_stripes(odd, len(fills)) else odd


def _fill(cell: Cell | MergedCell, known: dict[int, Fill]) -> Fill:
    """What a cell is filled with; () for nothing, for white and for what adopting fills the columns it adds with.

    Args:
        known: By style, as openpyxl takes long to make one: filled here.
    """
    if not cell.has_style:
        return ()
    style = cell.style_id
    if style not in known:
        known[style] = _fill_of(cell)
    return known[style]


def _fill_of(cell: Cell | MergedCell) -> Fill:
    if cell.fill.fill_type != "solid":
        return ()
    color = cell.fill.fgColor
    plain = color.type == "rgb" and str(color.rgb).upper().endswith((palette.WHITE, palette.AUTO_FILL))
    return () if plain else (color.type, str(color.value), color.tint)


def _are_stripes(rows: Sequence[int], count: int) -> bool:
    """Every other row, as tables are striped."""
    return len(rows) > 1 and len({row % 2 for row in rows}) == 1 and abs(2 * len(rows) - count) <= 1


def _lists(book: Workbook, page: Worksheet, header_row: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for rule in islice(page.data_validations.dataValidation, _MOST_RULES):
        words = tuple(_allowed(book, page, str(rule.formula1 or ""))) if rule.type == "list" else ()
        for area in rule.sqref.ranges if words and len(words) <= _MOST_LIST_WORDS else ():
            if area.max_row > header_row:
                yield from ((column, words) for column in range(area.min_col, area.max_col + 1))


def _allowed(book: Workbook, page: Worksheet, formula: str) -> Iterator[str]:
    """The words of a drop-down list: written out, or in a range of some sheet, or under a name."""
    text = formula.strip().removeprefix("=")
    if text.startswith('"'):
        yield from (word.strip() for word in text.strip('"').split(",") if word.strip())
        return
    if text in book.defined_names:
        text = book.defined_names[text].value or ""
    with suppress(KeyError, ValueError, IndexError, TypeError):
        name, _, area = text.rpartition("!")
        source = book[name.strip("'")] if name else page
        for row in source[area.replace("$", "")] if _is_small(area) else ():
            for cell in row if isinstance(row, tuple) else (row,):
                if cell.value not in (None, ""):
                    yield str(cell.value).strip()


def _is_small(area: str) -> bool:
    """Whether a list stands there: openpyxl makes every cell of a range that is asked for."""
    place = parse_range(area.replace("$", ""))
    return place is not None and (place[2] - place[0] + 1) * (place[3] - place[1] + 1) <= _MOST_LIST_CELLS


def _comments(page: Worksheet, header_row: int) -> Iterator[tuple[int, str]]:
    for cell in page[header_row]:
        if cell.comment is not None and cell.comment.text.strip():
            yield int(cell.column or 0), " ".join(cell.comment.text.split())
