"""undo: the last `--apply` taken back, cell by cell, where nobody has written since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.backed_up import bytes_of, read_backup
from capa_xl.app.shared.cells_left_alone import cells_left_alone
from capa_xl.app.shared.cells_taken_back import formulas_gone, is_refreshed_since
from capa_xl.app.shared.columns_taken_back import forgetting, gone_between, gone_words, register_in
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.emptied_rows import left_empty_words, rows_left_empty
from capa_xl.app.shared.growth_taken_back import before_growth, changes_back
from capa_xl.app.shared.named_rows import row_of
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.unrecorded import once_written
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.app.shared.writer import Draft, Proven, patch_of, prove, write
from capa_xl.effects.backups import backups_of
from capa_xl.effects.journal_events import events_of
from capa_xl.effects.journal_undo import last_applied
from capa_xl.errors import CapaError
from capa_xl.model.fixes import KeptCell, KeptRow
from capa_xl.model.intent import GROW, UNDO, YEAR_END
from capa_xl.model.register import AutoValue
from capa_xl.model.snapshot import Applied, AppliedEdit, RowEventKind
from capa_xl.ooxml.patch import CellEdit, CellLook, Patch, RowShown
from capa_xl.ooxml.splice import splice

_LOOKED_AT = 3
"""So many of the newest backups may be what stood before."""


class Undone(Struct, frozen=True):
    """What was taken back.

    Attributes:
        applied: The `--apply` in question; None when there is none to take back.
        edits: Cells that hold again what they held before it.
        kept: Cells that somebody changed since, and the others of a new row where somebody did: left alone.
        rows: Rows emptied by the end of a year that stay as they are, whole.
        is_whole: The workbook stands as it did before it grew: columns and sheets are gone.
        is_outdated: 总览 and 校验结果 were counted while what is taken back stood.
        notes: What a person should know of this write and of runs before it.
    """

    workbook: Path
    applied: Applied | None
    edits: tuple[AppliedEdit, ...] = ()
    kept: tuple[KeptCell, ...] = ()
    rows: tuple[KeptRow, ...] = ()
    backup: Path | None = None
    notes: tuple[str, ...] = ()
    is_whole: bool = False
    is_outdated: bool = False


def undo(desk: Desk) -> Undone:
    """Take the last `--apply` back; called again, the one before it.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk, or a workbook that grew was changed since; nothing is.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    opened = open_tracker(desk)
    with journal_of(opened, writing=False) as journal:
        if last_applied(journal.conn, journal.workbook_id) is None:
            return Undone(desk.workbook, None)
    done = write(desk, open_tracker, _plan, first=opened)
    answer = done.proven.draft.answer
    archive = once_written(
        lambda: _archive_left(opened, answer), "工作簿已经写好，没能查看归档还在不在", " → 请看工作簿旁边"
    )
    return replace(answer, backup=done.backup, notes=(*done.notes, *archive))


def _archive_left(opened: Opened, answer: Undone) -> Iterator[str]:
    """What the archive of a year-end taken back is for now: it is a file of people's; nothing deletes it."""
    if answer.applied is None or answer.applied.what != YEAR_END:
        return
    with journal_of(opened, writing=False) as journal:
        events = events_of(journal.conn, journal.workbook_id)
    made = [one.after for one in events if one.kind is RowEventKind.ARCHIVED and not one.number]
    yield from left_empty_words(answer.rows, made[-1] if made else "")
    for name in (name for name in made[-1:] if not answer.rows and (opened.path.resolve().parent / name).exists()):
        yield f"归档「{name}」还在工作簿旁，撤销不删文件 → 不要了的请自己删除；再归档时先删除它，或换一个文件名"


def _plan(opened: Opened, journal: WorkbookJournal) -> Proven[Undone]:
    """What the last `--apply` wrote taken back, and which columns go with it; without one nothing is left to write."""
    applied = last_applied(journal.conn, journal.workbook_id)
    if applied is None:
        return prove(opened, Draft(UNDO, Patch(), Undone(opened.path, None)))
    proven = _ungrown(opened, applied) if applied.what == GROW else _cells_back(opened, journal, applied)
    return _with_columns_gone(opened, applied, proven) if proven.changes else proven


def _with_columns_gone(opened: Opened, applied: Applied, proven: Proven[Undone]) -> Proven[Undone]:
    """The same, recording which columns go; of cells taken back, those of a growth apart, it says so."""
    before, after = opened.register, register_in(opened, proven.blob)
    told = () if applied.what == GROW else gone_words(gone_between(before, after))
    draft, notes = proven.draft, (*proven.draft.notes, *told)
    return replace(proven, draft=replace(draft, recording=forgetting(opened, before, after, applied), notes=notes))


def _cells_back(opened: Opened, journal: WorkbookJournal, applied: Applied) -> Proven[Undone]:
    """The cells that still hold what was written."""
    rows = rows_left_empty(opened, applied)
    whole = {(row.sheet, row.row) for row in rows}
    asked = tuple(edit for edit in applied.edits if row_of(edit) not in whole)
    if rows:  # 参数 goes on naming the archive that they are in
        asked = tuple(edit for edit in asked if edit.after is None)
    kept = cells_left_alone(opened, replace(applied, edits=asked))
    left = {(cell.sheet, cell.cell) for cell in kept}
    back = tuple(edit for edit in asked if (edit.sheet, edit.cell) not in left)
    edited = tuple(CellEdit(edit.sheet, edit.cell, edit.before, _look(edit.before)) for edit in back)
    patch = Patch(edits=edited, shown=_seen_again(applied, back))
    answer = Undone(opened.path, applied, back, kept, rows)
    proven = prove(opened, Draft(UNDO, patch, answer, undoes=applied.serial))
    if not proven.changes:
        return proven
    stood = _stood_before(opened, applied)
    if stood is not None:
        return replace(proven, blob=stood)
    answer = replace(answer, is_outdated=is_refreshed_since(journal, applied))
    notes = tuple(formulas_gone(opened, applied, back))
    return replace(proven, draft=replace(proven.draft, answer=answer, notes=notes))


def _seen_again(applied: Applied, back: tuple[AppliedEdit, ...]) -> tuple[RowShown, ...]:
    """The rows that the end of a year hid when it emptied them."""
    emptied = (edit for edit in back if edit.after is None) if applied.what == YEAR_END else ()
    rows = dict.fromkeys(map(row_of, emptied))
    return tuple(RowShown(sheet, row, is_shown=True) for sheet, row in rows)


def _ungrown(opened: Opened, applied: Applied) -> Proven[Undone]:
    """The workbook as it stood before it grew, whole."""
    answer = Undone(opened.path, applied, applied.edits, is_whole=True)
    draft = Draft(UNDO, Patch(), answer, undoes=applied.serial)
    return Proven(opened, draft, before_growth(opened, applied), changes_back(applied), ())


def _stood_before(opened: Opened, applied: Applied) -> bytes | None:
    """The backup that these very edits made what stands now, so that formulas and rich text come back too; or None.

    An older program recorded no hash of it: then it is the newest one that the edits turn into what stands now.
    """
    if applied.fingerprint != opened.sha256:
        return None
    if applied.stood:
        return bytes_of(opened, applied.stood)
    patch = patch_of(applied.edits)
    for path in reversed(backups_of(opened.path, opened.desk.backups)[-_LOOKED_AT:]):
        stood, _ = read_backup(path)
        with suppress(CapaError):
            if splice(stood, patch, over_formulas=True).blob == opened.blob:
                return stood
    return None


def _look(value: AutoValue) -> CellLook | None:
    """A number that had been made a date is shown as a number again."""
    return CellLook(number_format="General") if isinstance(value, int | float) else None
