"""Rows that the end of a year emptied: an action comes back with all of its rows, or stays in the archive whole.

Put back cell by cell its approval would stand beside the number of whatever was written there since. Shared ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.worked_on_rows import RowPlace, row_column_of
from capa_xl.model.cut_text import cut_list
from capa_xl.model.fixes import KeptRow
from capa_xl.model.intent import YEAR_END
from capa_xl.model.register import AutoValue, Register
from capa_xl.model.schema import CHILDREN_OF_ACTIONS
from capa_xl.model.snapshot import Applied
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.single_cells import plain

_NAMED = 5
"""So many actions the note names."""
_FORMULA = "公式"


def rows_left_empty(opened: Opened, applied: Applied) -> tuple[KeptRow, ...]:
    """The rows of the actions that don't come back: in one of them somebody wrote, or the action stands elsewhere."""
    emptied = _emptied(opened.register, applied)
    found = _written_in(opened.blob, emptied)
    away = {emptied[place] for place in found} | opened.register.numbers
    return tuple(KeptRow(*place, number, found.get(place)) for place, number in emptied.items() if number in away)


def left_empty_words(rows: Iterable[KeptRow], archive: str) -> Iterator[str]:
    """How many actions stay in the archive, which, and how to have one back; nothing where none does."""
    rows = tuple(rows)
    if numbers := tuple(dict.fromkeys(row.number for row in rows)):
        yield (
            f"{len(numbers)} 项没有放回（{cut_list(numbers, _NAMED)}，共 {len(rows)} 行）：原来的行里后来写了别的，"
            f"或者编号已另有一行；它们整项仍在归档「{archive}」里，《参数》上年工作簿 照旧记着它"
            " → 不要删除归档；要回到本工作簿的，从归档把它的各行复制到最后一行下面"
        )


def _emptied(register: Register, applied: Applied) -> dict[RowPlace, str]:
    """编号 of each emptied row, as the row held it; of one merged with those above it theirs."""
    columns, emptied = _number_columns(register), dict[RowPlace, str]()
    for edit in applied.edits if applied.what == YEAR_END else ():
        if edit.after is None:
            row, column = row_column_of(edit.cell)
            above = emptied.get((edit.sheet, row - 1), "")
            number = str(edit.before or "").strip() if column == columns.get(edit.sheet) else ""
            emptied[edit.sheet, row] = number or emptied.get((edit.sheet, row), "") or above
    return emptied


def _number_columns(register: Register) -> dict[str, int]:
    tables = (register.tracker, *(getattr(register, key) for key in CHILDREN_OF_ACTIONS))
    pages = (page for table in tables if table is not None for page in table.every_page)
    return {page.sheet: page.columns["number"] for page in pages if "number" in page.columns}


def _written_in(blob: bytes, rows: Iterable[RowPlace]) -> Mapping[RowPlace, AutoValue]:
    """What stands first in each of these rows that isn't empty any more."""
    book, wanted = WorkbookValues(blob), dict[str, set[int]]()
    for sheet, row in rows:
        wanted.setdefault(sheet, set()).add(row)
    found: dict[RowPlace, AutoValue] = {}
    for sheet in wanted.keys() & set(book.names):
        read = book.read(sheet)
        found |= {(sheet, row): _FORMULA for row, _ in read.formulas if row in wanted[sheet]}
        for row in wanted[sheet]:
            held = map(plain, read.rows[row - 1] if row <= len(read.rows) else ())
            if (first := next((value for value in held if value is not None), None)) is not None:
                found[sheet, row] = first
    return found
