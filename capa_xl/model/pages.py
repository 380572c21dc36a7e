"""A register over several sheets, one a year say (decisions C6): which sheet and line a row of it is.

Rows of the first sheet keep their numbers. Those of each further one begin behind the last row that a sheet can have,
so that one number names a row of the whole register, in the order of the sheets.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from capa_xl.a1 import LAST_ROW


class Page(Struct, frozen=True):
    """One sheet of a register that runs over several.

    Attributes:
        sheet: The sheet's actual name in the workbook.
        header_row: 1-based row of the (lower) header.
        columns: English key → 1-based column index, for the columns this sheet has.
        headings: Key → heading as this sheet has it (`Table.headings`).
        every_heading: Those of columns that aren't ours too (`Table.every_heading`).
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    headings: Mapping[str, str] = field(default_factory=dict)
    every_heading: tuple[str, ...] = ()


def row_on(page: int, line: int) -> int:
    """The row of the register that a line of a sheet is.

    Args:
        page: 0 for the first sheet.
        line: 1-based row in that sheet.
    """
    return page * LAST_ROW + line


def page_of(row: int) -> int:
    """Index of the sheet that a row of the register stands on."""
    return (row - 1) // LAST_ROW


def line_of(row: int) -> int:
    """1-based row in its sheet of a row of the register."""
    return (row - 1) % LAST_ROW + 1
