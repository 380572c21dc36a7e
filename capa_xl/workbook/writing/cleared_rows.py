"""Whole rows emptied: every cell of theirs that holds something, people's own columns and formulas among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from capa_xl.a1 import cell_at
from capa_xl.model.snapshot import AppliedEdit
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
        values = book.read(sheet).rows
        for row in sorted(set(rows)):
            for column, value in enumerate(values[row - 1] if row <= len(values) else (), 1):
                if (before := plain(value)) is not None:
                    found.append(AppliedEdit(sheet, cell_at(row, column), before, None))
    return tuple(found)
