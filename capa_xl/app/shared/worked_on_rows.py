"""Rows that an `--apply` began and that somebody worked on since: `undo` leaves them whole. Shared ground."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from capa_xl.a1 import cell_at, parse_cell
from capa_xl.model.fixes import KeptCell
from capa_xl.model.register import AutoValue, Register
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.workbook.writing.begun_rows import ROW_CLASSES
from capa_xl.workbook.writing.replaced_names import CellPlace

RowPlace = tuple[str, int]
"""Sheet and row, 1-based."""


def cells_of_begun_rows(register: Register, edits: Iterable[AppliedEdit]) -> dict[CellPlace, RowPlace]:
    """All the cells of each row that the edits gave its number, as wide as its table."""
    found: dict[CellPlace, RowPlace] = {}
    for key in ROW_CLASSES:
        table = getattr(register, key)
        for edit in edits if table is not None else ():
            row, column = row_column_of(edit.cell)
            if edit.before is None and (edit.sheet, column) == (table.sheet, table.columns.get("number")):
                found |= {(edit.sheet, cell_at(row, at)): (edit.sheet, row) for at in table.columns.values()}
    return found


def worked_on_rows(
    begun: Mapping[CellPlace, RowPlace], edits: Iterable[AppliedEdit], now: Mapping[CellPlace, AutoValue]
) -> tuple[tuple[RowPlace, ...], tuple[KeptCell, ...]]:
    """The begun rows of which a cell isn't as it was written, and the cells in them that hold what nobody wrote then.

    Args:
        begun: The cells of the begun rows.
        now: What they hold in the workbook as it stands.
    """
    written = {(edit.sheet, edit.cell): edit.after for edit in edits}
    changed = [place for place in begun if now[place] != written.get(place)]
    added = (KeptCell(*place, None, now[place]) for place in changed if place not in written)
    return tuple(dict.fromkeys(begun[place] for place in changed)), tuple(added)


def row_column_of(at: str) -> tuple[int, int]:
    """1-based row and column of a cell (A1) that an edit names."""
    return parse_cell(at) or (0, 0)
