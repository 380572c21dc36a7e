"""undo: the last `--apply` taken back, cell by cell, where nobody has written since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capa_xl.app.shared.applying import write_cells
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.effects.journal_undo import last_applied, record_undone
from capa_xl.model.fixes import KeptCell
from capa_xl.model.register import AutoValue
from capa_xl.model.snapshot import Applied, AppliedEdit
from capa_xl.ooxml.patch import CellEdit, CellLook, Patch
from capa_xl.workbook.reading.single_cells import cells_now


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes:
        applied: The `--apply` in question; None when there is none to take back.
        edits: Cells that hold again what they held before it.
        kept: Cells that somebody changed since: left alone.
    """

    workbook: Path
    applied: Applied | None
    edits: tuple[AppliedEdit, ...] = ()
    kept: tuple[KeptCell, ...] = ()
    backup: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """The document of `--json`."""
        return {
            "workbook": str(self.workbook),
            "applied_at": self.applied.applied_at if self.applied else None,
            "written": self.backup is not None,
            "backup": str(self.backup) if self.backup else None,
            "edits": [{"sheet": e.sheet, "cell": e.cell, "before": e.after, "after": e.before} for e in self.edits],
            "kept": [{"sheet": k.sheet, "cell": k.cell, "applied": k.applied, "found": k.found} for k in self.kept],
        }


def undo(desk: Desk) -> Undone:
    """Take the last `--apply` back; called again, the one before it.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    opened = open_tracker(desk)
    with journal_of(opened, writing=False) as journal:
        applied = last_applied(journal.conn, journal.workbook_id)
    if applied is None:
        return Undone(desk.workbook, None)
    now = cells_now(opened.blob, ((edit.sheet, edit.cell) for edit in applied.edits))
    back = tuple(edit for edit in applied.edits if now[edit.sheet, edit.cell] == edit.after)
    kept = tuple(
        KeptCell(edit.sheet, edit.cell, edit.after, found)
        for edit in applied.edits
        if (found := now[edit.sheet, edit.cell]) != edit.after
    )
    serial = applied.serial

    def record(journal: WorkbookJournal, fingerprint: str, at: str) -> None:
        record_undone(journal.conn, serial, at)

    patch = Patch(edits=tuple(CellEdit(edit.sheet, edit.cell, edit.before, _look(edit.before)) for edit in back))
    written = write_cells(opened, patch, record)
    return Undone(desk.workbook, applied, back, kept, written.backup)


def _look(value: AutoValue) -> CellLook | None:
    """A number that had been made a date is shown as a number again."""
    return CellLook(number_format="General") if isinstance(value, int | float) else None
