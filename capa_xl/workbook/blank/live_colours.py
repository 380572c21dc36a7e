"""Colours that follow the typing: overdue, due within a month, ended, and the cells whose turn it is.

They read people's columns and TODAY() only, as conditional formats over A1 ranges down to row 5,000; a table that lacks
a column loses the rules that need it. What they hint at is decided by `policy`; the words stand in 〔自动〕状态.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from capa_xl.workbook.blank.formats import Looks
from capa_xl.workbook.blank.place import Place

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def colour_rows(sheet: Worksheet, looks: Looks, place: Place, width: int) -> None:
    """Put the live colours on the tracker; `width` is its number of columns."""
