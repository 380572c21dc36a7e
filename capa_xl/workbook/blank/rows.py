"""Data rows of a new sheet, every value with its true type; text is never taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from capa_xl.model.columns import Column
from capa_xl.workbook.blank.content import NewRow, NewValue

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def write_rows(sheet: Worksheet, first_row: int, columns: Sequence[Column], rows: Sequence[NewRow]) -> None:
    """Write the rows from a 0-based row on; cells take the look of their column. 〔自动〕 cells stay empty."""
    for index, row in enumerate(rows, start=first_row):
        for position, col in enumerate(columns):
            if not col.ours:
                write_value(sheet, index, position, row.get(col.key))


def rule_rows(sheet: Worksheet, first_row: int, count: int, looks: Mapping[int, Format]) -> None:
    """Draw the lines of so many empty rows, so that the sheet of an empty workbook can be filled in with a pen.

    Args:
        sheet: Where.
        first_row: 0-based.
        count: How many rows.
        looks: By 0-based column; hidden columns need none.
    """
    for row in range(first_row, first_row + count):
        for position, look in looks.items():
            sheet.write_blank(row, position, None, look)


def shown_texts(columns: Sequence[Column], widths: Sequence[float], row: NewRow) -> Iterator[tuple[str, float]]:
    """The texts a row shows, each with the width of its column; hidden columns show none."""
    for col, width in zip(columns, widths, strict=True):
        text = row.get(col.key)
        if col.visible and isinstance(text, str):
            yield text, width - 1


def write_value(sheet: Worksheet, row: int, position: int, value: NewValue) -> None:
    """Write one value into a 0-based cell; None leaves it out. `=1+1` stays text."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, position, "是" if value else "否")
    elif isinstance(value, date):
        sheet.write_datetime(row, position, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, position, value)
    else:
        sheet.write_string(row, position, value)
