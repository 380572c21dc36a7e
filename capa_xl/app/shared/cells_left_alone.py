"""Cells that `undo` leaves alone: somebody changed them, or the row that they stand in. Shared ground."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.app.shared.named_rows import row_names, row_of
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.worked_on_rows import cells_of_begun_rows, worked_on_rows
from capa_xl.model.fixes import KeptCell
from capa_xl.model.snapshot import Applied
from capa_xl.workbook.reading.single_cells import cells_now


def cells_left_alone(opened: Opened, applied: Applied) -> tuple[KeptCell, ...]:
    """The cells that don't hold what was written, those whose row is another one now, and a begun row worked on since.

    Of such a row also the cells that nobody wrote then.
    """
    begun = cells_of_begun_rows(opened.register, applied.edits)
    now = cells_now(opened.blob, (*((edit.sheet, edit.cell) for edit in applied.edits), *begun))
    worked_on, added = worked_on_rows(begun, applied.edits, now)
    names = row_names(opened.register, opened.blob, {row_of(edit) for edit in applied.edits if edit.row})

    others = {row_of(edit) for edit in applied.edits if edit.row and names.get(row_of(edit), "") != edit.row}

    def left() -> Iterator[KeptCell]:
        for edit in applied.edits:
            found, name = now[edit.sheet, edit.cell], names.get(row_of(edit), "")
            is_another = row_of(edit) in others
            if is_another or found != edit.after or row_of(edit) in worked_on:
                rows = (edit.row, name) if is_another else ("", "")
                yield KeptCell(edit.sheet, edit.cell, edit.after, found, *rows)

    return (*left(), *(cell for cell in added if begun[cell.sheet, cell.cell] not in others))
