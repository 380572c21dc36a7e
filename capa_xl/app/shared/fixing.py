"""Repairs of a workbook: proposed, and written on request. Shared ground: `check --fix` and `check --apply`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from capa_xl.app.shared.applying import write_cells
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_tracker, open_workbook
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal_undo import record_applied
from capa_xl.model.fixes import Fix
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.ooxml.patch import CellEdit, Patch
from capa_xl.workbook.writing.fixes import proposed_fixes

COMMAND = "check --apply"


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repairs, and what became of them.

    Attributes:
        written: True when the workbook holds them now.
        backup: The workbook as it was before.
    """

    fixes: tuple[Fix, ...]
    written: bool = False
    backup: Path | None = None


def propose(desk: Desk) -> Repaired:
    """The repairs a workbook could do with; nothing is written.

    Raises:
        UnreadableWorkbook: The file is no workbook.
    """
    opened = open_workbook(desk)
    return Repaired(proposed_fixes(opened.blob, opened.register))


def apply_fixes(desk: Desk) -> Repaired:
    """Write every proposed repair, and record them so that `undo` can take them back.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        JournalUnusable: The journal can't take the record; nothing is written.
    """
    opened = open_tracker(desk)
    fixes = proposed_fixes(opened.blob, opened.register)
    if not fixes:
        return Repaired(())
    patch = Patch(edits=tuple(CellEdit(fix.sheet, fix.cell, fix.after) for fix in fixes))
    edits = [AppliedEdit(fix.sheet, fix.cell, fix.before, fix.after) for fix in fixes]

    def record(journal: WorkbookJournal, fingerprint: str, now: str) -> None:
        record_applied(journal.conn, journal.workbook_id, at=now, what=COMMAND, fingerprint=fingerprint, edits=edits)

    written = write_cells(opened, patch, record)
    return Repaired(fixes, bool(written.changes), written.backup)
