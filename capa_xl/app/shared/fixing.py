"""Repairs of a workbook: proposed, and written on request. Shared ground: `check --fix` and `check --apply`."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_tracker, open_workbook
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.app.shared.writer import Draft, Proven, patch_of, prove, write
from capa_xl.model.fixes import Fix
from capa_xl.model.intent import APPLY
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.workbook.writing.fixes import proposed_fixes


class Repaired(Struct, frozen=True):
    """The repairs, and what became of them.

    Attributes:
        written: True when the workbook holds them now.
        backup: The workbook as it was before.
        notes: What a person should know of this write and of runs before it.
    """

    fixes: tuple[Fix, ...]
    written: bool = False
    backup: Path | None = None
    notes: tuple[str, ...] = ()


def propose(desk: Desk) -> Repaired:
    """The repairs a workbook could do with; nothing is written.

    Raises:
        UnreadableWorkbook: The file is no workbook, or an archive.
    """
    opened = open_workbook(desk)
    refuse_archive(desk, opened.sha256)
    return Repaired(proposed(opened))


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
    if not proposed(opened):
        return Repaired(())
    done = write(desk, open_tracker, _plan, first=opened)
    return Repaired(done.proven.draft.answer, bool(done.proven.changes), done.backup, done.notes)


def _plan(opened: Opened, journal: WorkbookJournal) -> Proven[tuple[Fix, ...]]:
    fixes = proposed(opened)
    edits = tuple(AppliedEdit(fix.sheet, fix.cell, fix.before, fix.after) for fix in fixes)
    return prove(opened, Draft(APPLY, patch_of(edits), fixes, edits))


def proposed(opened: Opened) -> tuple[Fix, ...]:
    """The repairs an opened workbook could do with."""
    return proposed_fixes(opened.blob, opened.register)
