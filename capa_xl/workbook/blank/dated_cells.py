"""Days that look like days in every row: where another program wrote a cell, it left out the look of its column.

Excel and WPS give what people type the look of its column; openpyxl and its like write a bare number beyond the rows
that have cells. A conditional format shows it as a day, as far down as the validations reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from capa_xl.a1 import column_letters
from capa_xl.model import palette
from capa_xl.ooxml.number_formats import DATE_FORMAT
from capa_xl.workbook.blank.place import LAST_ROW

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from capa_xl.workbook.blank.formats import Looks


def show_days(sheet: Worksheet, looks: Looks, first_row: int, positions: Iterable[int]) -> None:
    """Show numbers in these columns as days, from a row on (both 1-based); every other colour comes before it."""
    letters = [column_letters(at) for at in sorted(positions)]
    if letters:
        look = looks.colour(num_format=DATE_FORMAT, border=1, border_color=palette.BORDER)
        rule = {"type": "formula", "criteria": f"=ISNUMBER({letters[0]}{first_row})", "format": look}
        areas = [f"{letter}{first_row}:{letter}{LAST_ROW}" for letter in letters]
        sheet.conditional_format(areas[0], {**rule, "multi_range": " ".join(areas)})
