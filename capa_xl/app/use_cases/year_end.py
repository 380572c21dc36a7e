"""year-end: the whole workbook is archived byte for byte; what ended before the new year leaves the one in use.

The rows it leaves empty stay where they are, for nothing is moved, and are hidden: an empty grid is no page to print.
The archive lies beside the workbook, and 参数 上年工作簿 names it, so that references, recurrence and past KPIs go on.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.past_workbooks import naming
from capa_xl.app.shared.run_record import NOT_SEEN_AGAIN, see_again
from capa_xl.app.shared.unrecorded import once_written
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.app.shared.writer import Draft, Proven, patch_of, prove, write
from capa_xl.effects.files import holds, write_new
from capa_xl.effects.journal import is_there
from capa_xl.effects.journal_events import forget_archive, record_archive
from capa_xl.errors import CapaError, UsageError
from capa_xl.model.ended_year import TRACKER, YearEnd
from capa_xl.model.intent import YEAR_END
from capa_xl.model.pages import line_of
from capa_xl.model.register import Register
from capa_xl.ooxml.patch import RowShown
from capa_xl.policy.ending_year import year_end_of
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.writing.cleared_rows import cleared_cells


class YearEnded(Struct, frozen=True):
    """What the end of a year did, or would do.

    Attributes:
        archive: Where the whole workbook is, or would be, kept.
        cells: How many cells are emptied.
        is_named: Whether 参数 can name the archive; without that sheet nothing can.
        backup: The workbook as it was; None when nothing was written.
    """

    workbook: Path
    archive: Path
    year: YearEnd
    cells: int
    is_named: bool
    written: bool = False
    backup: Path | None = None
    notes: tuple[str, ...] = ()


def end_year(desk: Desk, before: date, archive: Path, *, apply: bool = False) -> YearEnded:
    """Preview the end of a year, or carry it out, on record for `undo`.

    Args:
        before: First day of the year to come; what ended before it goes.
        archive: A file in the workbook's own folder that isn't there yet, or holds the very same bytes.

    Raises:
        UsageError: The day is to come, or the archive can't be there.
        NotATracker: The workbook is an archive itself.
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk, or the archive can't be; nothing is.
    """
    _refuse(desk, before, archive)
    opened = open_tracker(desk)
    refuse_archive(desk, opened.sha256)
    was_there = archive.exists()
    _refuse_other(archive, opened, was_there=was_there)
    found = _planned(opened, before, archive).draft.answer
    if not apply or not found.year.going:
        return found
    kept: set[str] = set()

    def plan(now: Opened, journal: WorkbookJournal) -> Proven[YearEnded]:
        proven = _planned(now, before, archive)
        _keep(now, journal, archive, was_there=was_there)
        kept.add(now.sha256)
        return proven

    try:
        done = write(desk, open_tracker, plan, first=opened)
    except CapaError:  # nothing was written
        if not was_there:
            _take_back(opened, archive, kept)
        raise
    late = once_written(lambda: see_again(desk), *NOT_SEEN_AGAIN)
    notes = (*done.notes, *late)
    return replace(done.proven.draft.answer, written=True, backup=done.backup, notes=notes)


def _refuse(desk: Desk, before: date, archive: Path) -> None:
    if before > desk.as_of.on:
        raise UsageError(f"{before} 还没有到（按 {desk.as_of.on} 计算） → 新的一年开始以后再归档")
    if archive.resolve().parent != desk.workbook.resolve().parent:
        folder = desk.workbook.resolve().parent
        raise UsageError(f"归档「{archive}」不在工作簿所在的文件夹，以后读不到 → 请写 {folder / archive.name}")
    if archive.resolve() == desk.workbook.resolve():
        raise UsageError(_is_taken(archive))


def _refuse_other(archive: Path, opened: Opened, *, was_there: bool) -> None:
    """Return if no file was there that isn't this very workbook: a killed run leaves its archive, and it is taken."""
    if was_there and not holds(archive, opened.blob):
        raise UsageError(_is_taken(archive))


def _is_taken(archive: Path) -> str:
    return f"已经有「{archive}」，不覆盖 → 请换一个文件名"


def _keep(now: Opened, journal: WorkbookJournal, archive: Path, *, was_there: bool) -> None:
    """The workbook safe in the archive, and that on record, before a row of it goes."""
    _refuse_other(archive, now, was_there=was_there)
    if not was_there:
        write_new(archive, now.blob)  # over that of an earlier attempt: somebody saved the workbook since
    live, today = now.path.resolve().name, now.desk.world.now().date()
    record_archive(journal.conn, journal.workbook_id, live, archive.name, now.sha256, today)


def _take_back(opened: Opened, archive: Path, kept: Iterable[str]) -> None:
    """An archive that no row went to goes, from the record too; what can't go now is taken by the next try."""
    with suppress(CapaError, OSError):
        archive.unlink(missing_ok=True)
        if is_there(opened.desk.state):
            with journal_of(opened, writing=True) as journal:
                forget_archive(journal.conn, journal.workbook_id, archive.name, kept)


def _planned(opened: Opened, before: date, archive: Path) -> Proven[YearEnded]:
    register = opened.register
    year = year_end_of(view_register(register, opened.desk.as_of), before)
    lines = _lines(register, year)
    edits = cleared_cells(opened.blob, lines)
    named = naming(register, archive.name)
    found = YearEnded(opened.path, archive, year, len(edits), bool(named))
    edits = (*edits, *named) if year.going else ()
    hidden = tuple(RowShown(sheet, row, is_shown=False) for sheet, rows in lines.items() for row in rows)
    patch = replace(patch_of(edits), shown=hidden)
    return prove(opened, Draft(YEAR_END, patch, found, edits, over_formulas=True))


def _lines(register: Register, year: YearEnd) -> dict[str, list[int]]:
    """Sheet → the lines to be emptied."""
    lines: dict[str, list[int]] = {}
    for key, rows in year.rows.items():
        table = getattr(register, key)
        for row in rows:
            lines.setdefault(table.sheet_of(row), []).append(line_of(row) if key == TRACKER else row)
    return lines
