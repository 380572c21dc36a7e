"""The one writer: lock → read → plan → splice → prove → intent → swap → record, for refresh, apply, undo and patch.

A workbook that somebody saves meanwhile is read and planned afresh. The intent is in the journal before the swap, so a
run that is killed between the two is settled by the next one. After the swap nothing is refused any more: a journal
that can't take the record keeps the intent, and the person is told.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.named_rows import with_row_names
from capa_xl.app.shared.opening import HALF_SAVED_S, Opened, Source, read_source
from capa_xl.app.shared.sole_run import look_again, sole_run
from capa_xl.app.shared.unrecorded import Unrecorded
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of, no_trace_unless_used, settled
from capa_xl.effects.files import replace_file
from capa_xl.effects.journal_intent import declare, record_idle, recorded_as_done, strike_off
from capa_xl.effects.journal_written import AutoRow
from capa_xl.effects.locks import refuse_locked
from capa_xl.effects.run_lock import WRITING
from capa_xl.errors import CapaError, UnreadableWorkbook, WorkbookChanged, WorkbookLocked
from capa_xl.model.intent import GROW, Intent
from capa_xl.model.snapshot import AppliedEdit
from capa_xl.ooxml.freed_memory import return_freed_memory
from capa_xl.ooxml.patch import CellEdit, Changes, Patch
from capa_xl.ooxml.splice import splice

ATTEMPTS = 10
"""How often a workbook that is saved again and again is planned afresh."""
PAUSE_S = 0.06
"""Before the second attempt; longer each time, 3 s in all, so that not every one falls into one rhythm of saving."""
RECORD_IS_LATE = Unrecorded("工作簿已写入，但运行记录暂时记不进台账（磁盘或权限）；下次运行会补记，不必重做")

T = TypeVar("T")


def _nothing_more(conn: sqlite3.Connection, workbook_id: str) -> None:
    """Most writes are recorded with their intent alone."""


def _no_rows(changes: Changes) -> Iterable[AutoRow]:
    return ()


class Draft(Struct, Generic[T], frozen=True):
    """What is to be written, and what was learned while planning it.

    Attributes:
        command: REFRESH, DAILY, APPLY, UNDO or PATCH.
        answer: For the caller.
        edits: The cells a person asked for by name, for `undo`.
        undoes: Serial of the `--apply` that is taken back; 0 for none.
        auto_rows: What the 〔自动〕 cells of the rows that change will hold.
        over_formulas: Cells with formulas may be written too.
        recording: What else the journal has to know before the write counts as recorded, by connection and id.
        notes: What a person should know of what it was planned from, as Chinese sentences.
    """

    command: str
    patch: Patch
    answer: T
    edits: tuple[AppliedEdit, ...] = ()
    undoes: int = 0
    auto_rows: Callable[[Changes], Iterable[AutoRow]] = _no_rows
    over_formulas: bool = False
    recording: Callable[[sqlite3.Connection, str], None] = _nothing_more
    notes: tuple[str, ...] = ()


class Proven(Struct, Generic[T], frozen=True):
    """A draft spliced and proven; no file is touched yet.

    Attributes:
        source: What it was planned from.
        blob: The workbook's bytes as they shall be.
        changes: Every cell that gets another value.
        warnings: What the splice has to say.
    """

    source: Source
    draft: Draft[T]
    blob: bytes
    changes: Changes
    warnings: tuple[str, ...]


class Written(Struct, Generic[T], frozen=True):
    """What was written.

    Attributes:
        backup: The workbook as it was; None when every cell held its value already.
        notes: What a person should know of this write and of runs before it, as Chinese sentences.
    """

    proven: Proven[T]
    backup: Path | None
    notes: tuple[str, ...] = ()


def patch_of(edits: Iterable[AppliedEdit]) -> Patch:
    """What writes the cells a person asked for by name."""
    return Patch(edits=tuple(CellEdit(edit.sheet, edit.cell, edit.after) for edit in edits))


def prove(source: Source, draft: Draft[T]) -> Proven[T]:
    """Splice a draft and prove the result.

    Raises:
        UnsafeWrite: A cell can't be written without risking something.
    """
    return_freed_memory()
    done = splice(source.blob, draft.patch, over_formulas=draft.over_formulas, opened=source.book)
    if done.changes:
        from capa_xl.ooxml.proof.verify import verify  # most runs change nothing, and start without it

        return_freed_memory()
        verify(source.blob, done.blob, draft.patch, source.book.package.container.unpacked if source.book else {})
        return_freed_memory()
    return Proven(source, draft, done.blob, done.changes, done.warnings)


def write(
    desk: Desk,
    read: Callable[[Desk], Opened],
    plan: Callable[[Opened, WorkbookJournal], Proven[T]],
    *,
    first: Opened | None = None,
    keeps_journal: Callable[[Opened], bool] = lambda _: True,
) -> Written[T]:
    """Write a workbook, and record it; whatever is raised, workbook and journal say the same.

    Args:
        read: Opens the workbook.
        plan: Makes a proven draft from what was read.
        first: The workbook as it was read just before, for the first attempt.
        keeps_journal: False for a workbook whose runs leave no journal.

    Raises:
        UnreadableWorkbook: No workbook, or not one of the kind `read` wants.
        WorkbookLocked: Somebody has it open, or another run is writing it.
        WorkbookChanged: It was saved again at every attempt.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        JournalUnusable: The journal can't take the intent; nothing is written.
    """
    until = desk.world.now().timestamp() + desk.wait_s
    with no_trace_unless_used(desk.state), sole_run(desk, WRITING, desk.wait_s) as notes:
        for attempt in range(ATTEMPTS):
            _wait_for(desk, until)
            source, first = first or read(desk), None
            refuse_archive(desk, source.sha256)
            with journal_of(source, writing=keeps_journal(source)) as journal, suppress(WorkbookChanged):
                now_known, said = settled(journal, source)
                notes = (*notes, *said)
                written = _carried_out(_planned(plan, source, now_known), now_known, until)
                if written is not None:
                    notes = (*notes, *_planned_again(attempt), *written.proven.draft.notes, *written.notes)
                    return Written(written.proven, written.backup, (*notes, *look_again(desk)))
            desk.world.sleep(PAUSE_S * (attempt + 1))
    name = desk.workbook.name
    raise WorkbookChanged(f"「{name}」在处理期间被反复保存（试了 {ATTEMPTS} 次），没有写入 → 请稍后再运行")


def _wait_for(desk: Desk, until: float) -> None:
    """Return when nobody has the workbook open, at the latest at `until` (seconds since the epoch)."""
    refuse_locked(desk.workbook, desk.world, max(0.0, until - desk.world.now().timestamp()))


def _planned(
    plan: Callable[[Opened, WorkbookJournal], Proven[T]], source: Opened, journal: WorkbookJournal
) -> Proven[T]:
    """The plan of what was read: of a workbook that was half there in parts that only the plan reads, none.

    Raises:
        WorkbookChanged: It was half there, because somebody was just saving it.
        UnreadableWorkbook: It is damaged, and stands unchanged for a moment.
    """
    try:
        return plan(source, journal)
    except UnreadableWorkbook as trouble:
        source.desk.world.sleep(HALF_SAVED_S)
        if _stands_unchanged(source):
            raise
        raise WorkbookChanged(f"「{source.path.name}」在处理期间正被保存，没有写入 → 请稍后再运行") from trouble


def _stands_unchanged(source: Source) -> bool:
    with suppress(UnreadableWorkbook):  # between deleting and creating it isn't there at all
        return read_source(source.desk).sha256 == source.sha256
    return False


def _carried_out(proven: Proven[T], journal: WorkbookJournal, until: float) -> Written[T] | None:
    """Intent, swap, record; None when somebody opened the workbook in the last moment and there is time to wait.

    Nothing to write is recorded all the same.
    """
    intent, rows = _intent(proven), proven.draft.auto_rows(proven.changes)
    if not proven.changes:
        record_idle(journal.conn, journal.workbook_id, intent, rows)
        return Written(proven, None)
    serial = declare(journal.conn, journal.workbook_id, intent, rows)
    try:
        backup = _swapped(proven)
    except CapaError as refusal:
        strike_off(journal.conn, serial)
        desk = proven.source.desk
        if isinstance(refusal, WorkbookLocked) and desk.world.now().timestamp() < until:
            return None
        raise
    is_recorded = recorded_as_done(
        journal.conn, journal.workbook_id, intent.with_serial(serial), proven.draft.recording
    )
    return Written(proven, backup, () if is_recorded else (RECORD_IS_LATE,))


def _swapped(proven: Proven[T]) -> Path:
    """Put the proven bytes in the place of the workbook; gives the backup."""
    source, desk = proven.source, proven.source.desk
    return replace_file(desk.workbook, proven.blob, source.sha256, desk.backups, desk.stamp(), desk.world)


def _intent(proven: Proven[T]) -> Intent:
    source, draft, desk = proven.source, proven.draft, proven.source.desk
    return Intent(
        command=draft.command,
        file_name=desk.workbook.name,
        declared_at=desk.world.now().isoformat(timespec="seconds"),
        as_of=desk.as_of.on,
        before=source.sha256,
        after=hashlib.sha256(proven.blob).hexdigest() if proven.changes else source.sha256,
        edits=_named(proven),
        undoes=draft.undoes,
    )


def _named(proven: Proven[T]) -> tuple[AppliedEdit, ...]:
    """The cells a person asked for, with what names their rows; a workbook that grew is taken back whole."""
    source, draft = proven.source, proven.draft
    if not isinstance(source, Opened) or draft.command == GROW:
        return draft.edits
    return with_row_names(source.register, proven.blob, draft.edits)


def _planned_again(attempt: int) -> tuple[str, ...]:
    return (f"处理期间工作簿被保存了 {attempt} 次，已按最新内容重新计算",) if attempt else ()
