"""Names replaced over the whole workbook: previewed, and when asked written by the one writer. Shared ground."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.app.shared.writer import Draft, Proven, patch_of, prove, write
from capa_xl.model.replacements import Replacements, WantedNames
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.writing.replaced_names import replacements

NamesWanted = Callable[[RegisterView], WantedNames]


class Replaced(Struct, frozen=True):
    """What would change, and whether the workbook holds it now.

    Attributes:
        backup: The workbook as it was before.
        notes: What a person should know of this write and of runs before it.
    """

    found: Replacements
    written: bool = False
    backup: Path | None = None
    notes: tuple[str, ...] = ()


def previewed(opened: Opened, wanted: NamesWanted) -> Replacements:
    """What would change in an opened workbook."""
    names = wanted(view_register(opened.register, opened.desk.as_of))
    return replacements(opened.blob, opened.register, names)


def replaced(opened: Opened, command: str, wanted: NamesWanted) -> Replaced:
    """Write everything that would change, on record for `undo`; nothing to change writes nothing.

    Args:
        opened: The workbook as it was read just before; it is read again only if somebody saved it since.
        command: One of the words of `capa_xl.model.intent`.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        JournalUnusable: The journal can't take the record; nothing is written.
    """

    def plan(opened: Opened, _journal: WorkbookJournal) -> Proven[Replacements]:
        found = previewed(opened, wanted)
        edits = tuple(AppliedEdit(one.sheet, one.cell, one.before, one.after) for one in found.changes)
        return prove(opened, Draft(command, patch_of(edits), found, edits))

    found = previewed(opened, wanted)
    if not found.changes:
        return Replaced(found)
    done = write(opened.desk, open_tracker, plan, first=opened)
    return Replaced(done.proven.draft.answer, bool(done.proven.changes), done.backup, done.notes)
