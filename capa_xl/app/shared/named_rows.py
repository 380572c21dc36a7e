"""What names the row of a cell that a command writes, so that `undo` tells whether the row is still that one.

Sorted, or with rows deleted above it, the same cell is another action's, and may well hold what was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from capa_xl.a1 import cell_at
from capa_xl.app.shared.worked_on_rows import RowPlace, row_column_of
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.register import Register, Table, auto_text
from capa_xl.model.schema import SHEETS
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.workbook.reading.single_cells import cells_now

_NAMED_BY = 2
"""So many of the first columns tell rows of one 编号 apart: 步骤号, 申请日期, 轮次. Of the tracker 编号 alone does."""


def with_row_names(register: Register, blob: bytes, edits: tuple[AppliedEdit, ...]) -> tuple[AppliedEdit, ...]:
    """The edits, each with what names its row.

    Args:
        blob: The workbook with the edits in it.
    """
    names = row_names(register, blob, map(row_of, edits))
    return tuple(replace(edit, row=names.get(row_of(edit), "")) for edit in edits)


def row_names(register: Register, blob: bytes, rows: Iterable[RowPlace]) -> Mapping[RowPlace, str]:
    """What names each of the rows now; rows of sheets that are no table of ours are left out."""
    columns = dict(_naming_columns(register))
    cells = {
        (sheet, row): [(sheet, cell_at(row, column)) for column in columns[sheet]]
        for sheet, row in rows
        if sheet in columns
    }
    now = cells_now(blob, (cell for several in cells.values() for cell in several))
    return {row: " · ".join(filter(None, (auto_text(now[cell]) for cell in several))) for row, several in cells.items()}


def row_of(edit: AppliedEdit) -> RowPlace:
    """The row that the cell stands in."""
    return edit.sheet, row_column_of(edit.cell)[0]


def _naming_columns(register: Register) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each sheet with a table of ours → the columns that name its rows, 1-based."""
    for spec in SHEETS:
        table: Table[Any] | None = getattr(register, spec.key) if spec.key else None
        for page in table.every_page if table is not None else ():
            if spec.name == TRACKER_SHEET and "number" in page.columns:
                yield page.sheet, (page.columns["number"],)
            else:
                yield page.sheet, tuple(sorted(page.columns.values())[:_NAMED_BY])
