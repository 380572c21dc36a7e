"""Small workbooks from small text tables, so that a test shows its input at a glance.

Columns stand under their headings (a Chinese character is two wide), at least two blanks apart; nothing under a
heading is a blank cell::

    workbook_bytes({"改进计划跟踪表": '''
        编号    实际完成日期  检查日期    确认人
        GJ-01   2026-03-02                李四
        GJ-02   2026-03-02    2026-03-05  李四
    '''})

`2026-03-02` becomes a date cell, `12` and `0.5` numbers, `TRUE` a boolean, `=A1` a formula without a cached value,
`#N/A` an error cell; `'12` stays text, `\\n` is a line break. A sheet may also be given as rows of Python values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter

TRACKER = "改进计划跟踪表"
Cell = str | int | float | bool | date | None
Sheet = str | Sequence[Sequence[Cell]]
_ERRORS = ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


def workbook_bytes(
    sheets: Mapping[str, Sheet],
    *,
    date1904: bool = False,
    merged: Mapping[str, Sequence[str]] | None = None,
    tables: Mapping[str, str] | None = None,
    first_row: int = 1,
) -> bytes:
    """A workbook of these sheets, made by xlsxwriter.

    Args:
        sheets: Sheet name → text table, or rows of values.
        date1904: Use the 1904 date system.
        merged: Sheet name → ranges to merge (their first cell keeps the value).
        tables: Sheet name → range of an Excel table on it (headers are taken from the sheet).
        first_row: 1-based row of the first line.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": date1904})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, content in sheets.items():
        sheet = book.add_worksheet(name)
        rows = rows_of(content) if isinstance(content, str) else content
        for at, row in enumerate(rows, start=first_row - 1):
            for column, value in enumerate(row):
                _write(sheet, at, column, value, day)
        for area in (merged or {}).get(name, ()):
            _merge(sheet, area, rows, first_row)
        if tables and name in tables:
            headings = [str(value) for value in rows[0]]
            sheet.add_table(tables[name], {"columns": [{"header": heading} for heading in headings], "style": None})
    book.close()
    return stream.getvalue()


def tracker_bytes(text: str, **others: Sheet) -> bytes:
    """A workbook with the tracker from `text` and other sheets by name."""
    return workbook_bytes({TRACKER: text, **others})


def rows_of(text: str) -> list[list[Cell]]:
    """The rows of an aligned text table, headings first; values become what the module's docstring says."""
    lines = [line for line in text.expandtabs(4).splitlines() if line.strip()]
    headings = _tokens(lines[0])
    starts = [start for start, _ in headings]
    return [[heading for _, heading in headings], *(_row(line, starts) for line in lines[1:])]


def _row(line: str, starts: Sequence[int]) -> list[Cell]:
    row: list[Cell] = [None] * len(starts)
    taken = -1
    for start, word in _tokens(line):
        index = min(range(len(starts)), key=lambda at: abs(starts[at] - start))
        if abs(starts[index] - start) > 2 or index <= taken:
            raise ValueError(f"{word!r} stands under no heading of its own in: {line}")
        row[index] = _value(word)
        taken = index
    return row


def _tokens(line: str) -> list[tuple[int, str]]:
    """Words of a line (two blanks apart) with the display column where each starts."""
    columns = [0]
    for character in line:
        columns.append(columns[-1] + (2 if unicodedata.east_asian_width(character) in "WF" else 1))
    return [(columns[match.start()], match.group()) for match in re.finditer(r"\S+(?: \S+)*", line)]


def _value(word: str) -> Cell:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
        return date.fromisoformat(word)
    if re.fullmatch(r"-?\d+", word):
        return int(word)
    if re.fullmatch(r"-?\d+\.\d+", word):
        return float(word)
    if word in ("TRUE", "FALSE"):
        return word == "TRUE"
    return word.replace("\\n", "\n")


def _write(sheet: xlsxwriter.worksheet.Worksheet, at: int, column: int, value: Cell, day: object) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(at, column, value)
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, (int, float)):
        sheet.write_number(at, column, value)
    elif value in _ERRORS:
        sheet.write_formula(at, column, "=NA()" if value == "#N/A" else f"={value}", None, value)
    elif value.startswith("="):
        sheet.write_formula(at, column, value, None, "")
    else:
        sheet.write_string(at, column, value.removeprefix("'"))


def _merge(sheet: xlsxwriter.worksheet.Worksheet, area: str, rows: Sequence[Sequence[Cell]], first_row: int) -> None:
    row_at, column = xlsxwriter.utility.xl_cell_to_rowcol(area.split(":")[0])
    row = rows[row_at - first_row + 1]
    value = row[column] if column < len(row) else None
    sheet.merge_range(area, "" if value is None else value)
