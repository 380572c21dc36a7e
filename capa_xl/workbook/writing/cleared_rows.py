"""Whole rows emptied: every cell of theirs that holds something, people's own columns and formulas among them.

A formula holds something though it was never computed, or came to an empty text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from capa_xl.a1 import cell_at
from capa_xl.model.register import AutoValue
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.single_cells import plain


def cleared_cells(blob: bytes, lines: Mapping[str, Iterable[int]]) -> tuple[AppliedEdit, ...]:
    """The cells that hold something in the rows of each sheet, each to be blank.

    Looks, heights, formats and validations stay, so that the row can be written again.

    Args:
        blob: The workbook's bytes.
        lines: Sheet → 1-based rows.
    """
    book = WorkbookValues(blob)
    found: list[AppliedEdit] = []
    for sheet, rows in lines.items():
        read, wanted = book.read(sheet), set(rows)
        held = {at: None for at in read.formulas if at[0] in wanted} | dict(_values(read, wanted))
        found += (AppliedEdit(sheet, cell_at(*at), held[at], None) for at in sorted(held))
    return tuple(found)


def _values(read: SheetValues, rows: Iterable[int]) -> Iterator[tuple[tuple[int, int], AutoValue]]:
    """(row, column) → value of the cells that aren't blank."""
    for row in rows:
        for column, value in enumerate(read.rows[row - 1] if row <= len(read.rows) else (), 1):
            if (held := plain(value)) is not None:
                yield (row, column), held
