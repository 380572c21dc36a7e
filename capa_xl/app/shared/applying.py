"""Cells that a person asked for by name, written through the splice and kept in the journal. Shared ground.

Besides `refresh` the only place that replaces a workbook: lock, proof, backup, fingerprint, and the record for `undo`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from capa_xl.app.shared.no_trace import no_trace_of_a_refusal
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.effects.files import replace_file
from capa_xl.effects.locks import refuse_locked
from capa_xl.ooxml.patch import Changes, Patch
from capa_xl.ooxml.splice import splice
from capa_xl.ooxml.verify import verify


@dataclass(frozen=True, slots=True)
class Written:
    """What was written; no changes and no backup when every cell held its value already."""

    changes: Changes
    backup: Path | None


def write_cells(opened: Opened, patch: Patch, record: Callable[[WorkbookJournal, str, str], object]) -> Written:
    """Write a patch into the workbook it was planned from, and record it in the journal.

    Args:
        opened: The workbook as it was read; nothing is written if it changed since.
        patch: The cells.
        record: Takes the journal, the fingerprint of the new bytes and the ISO time.

    Raises:
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        JournalUnusable: The journal can't take the record; nothing is written.
    """
    desk = opened.desk
    refuse_locked(desk.workbook, desk.world, desk.wait_s)
    done = splice(opened.blob, patch)
    verify(opened.blob, done.blob, patch)
    with no_trace_of_a_refusal(desk.state), journal_of(opened, writing=True) as journal:
        backup = None
        if done.changes:
            backup = replace_file(desk.workbook, done.blob, opened.sha256, desk.backups, desk.stamp(), desk.world)
        now = desk.world.now().isoformat(timespec="seconds")
        record(journal, hashlib.sha256(done.blob).hexdigest(), now)
    return Written(done.changes, backup)
