"""What a refresh will write: the tracker judged, the patch made from that, spliced and proven; no file touched yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.guard import accepted_by_hand
from capa_xl.app.shared.judging import Judged, judged_of
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.run_record import auto_rows, see_and_record
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of, shared_id
from capa_xl.app.shared.writer import Draft, Proven, Written, prove, write
from capa_xl.effects.journal import is_there
from capa_xl.effects.journal_ledger import ledger_rows
from capa_xl.effects.journal_written import AutoRow, has_auto_cells
from capa_xl.model.as_of import moment_text
from capa_xl.model.derived import AUTO_COLUMNS, Derived
from capa_xl.model.intent import REFRESH
from capa_xl.model.journal import JournalView
from capa_xl.model.kept_sheets import lost_written
from capa_xl.model.schema import OVERVIEW_SHEET, TIMELINE_SHEET
from capa_xl.model.tally import Tally
from capa_xl.ooxml.freed_memory import return_freed_memory
from capa_xl.ooxml.patch import Changes, Patch
from capa_xl.policy.errors_first import corrections_of
from capa_xl.policy.overview import overview_of
from capa_xl.policy.tally import tally_of
from capa_xl.policy.timeline import timeline_of
from capa_xl.workbook.writing.refresh_patch import DayOutcome, refresh_patch


class Refreshed(Struct, frozen=True):
    """What refresh did, or with `--check` would do.

    Attributes:
        changes: Every changed cell of every sheet.
        backup: The copy of the workbook as it was; None when nothing was written.
        written: True when the file was replaced.
        adopted: False for a plain table without any 〔自动〕 column: computed, nothing written; its rows are remembered
            where a scheduled pass keeps a journal already, so that a refresh by hand accepts a smaller table.
        notes: What a person should know of this write and of runs before it.
        rehearsed: It was asked to write, and only looked: a rehearsal over a workbook that is served live.
    """

    judged: Judged
    changes: Changes
    backup: Path | None
    written: bool
    adopted: bool
    notes: tuple[str, ...] = ()
    rehearsed: bool = False

    @property
    def without_timeline(self) -> Path | None:
        """A whole workbook of ours from before there was a 时间轴: refresh adds no sheet to a file in use."""
        register = self.judged.opened.register
        names, is_whole = register.sheet_names, not register.procedure.level
        is_old = self.adopted and is_whole and OVERVIEW_SHEET in names and TIMELINE_SHEET not in names
        is_old = is_old and not lost_written(register, self.judged.journal.columns if self.judged.journal else set())
        return self.judged.opened.path if is_old else None

    @property
    def derived(self) -> tuple[Derived, ...]:
        """What was derived, in sheet order."""
        return tuple(self.judged.view.derived.values())

    @property
    def tally(self) -> Tally:
        """How many actions stand where."""
        return tally_of(self.judged.view)


def plan_refresh(opened: Opened, journal: WorkbookJournal, command: str = REFRESH) -> Proven[Judged]:
    """Judge, splice and prove, without touching the file.

    What the tracker says goes into the journal first and is judged after, and cells that are about to be overwritten
    are no Problem (WB07): so the second run sees what the first saw, and has nothing to do.
    """
    accepted = accepted_by_hand(journal, opened, REFRESH) if command == REFRESH else ()
    view, past = see_and_record(journal, opened, opened.desk.world.now(), auto_cells=False)
    return_freed_memory()
    judged = judged_of(opened, view, past)
    every_row = not has_auto_cells(journal.conn, journal.workbook_id)

    def rows(changes: Changes) -> Iterator[AutoRow]:
        return auto_rows(opened.register, changes, every_row=every_row)

    several = bool(opened.register.tracker.pages)  # the formulas of 总览 see one sheet, so they give way to values
    twins = shared_id(journal, opened) if command == REFRESH else ()  # a daily pass says it of its letters too
    notes = (*accepted, *twins, *_put_back_sentence(journal.put_back))
    draft = Draft(command, _patch(judged, past), judged, auto_rows=rows, over_formulas=several, notes=notes)
    return prove(opened, draft)


def _put_back_sentence(at: str) -> tuple[str, ...]:
    """That the workbook is an earlier version again; () where it isn't.

    Its bytes don't tell whether it was put back or the runs since were over a copy of it: neither is claimed.
    """
    if not at:
        return ()
    version = f"工作簿是从前的一版（{moment_text(at)} 运行时的）：像是换回了旧文件，或那以后运行的是它的副本"
    cure = "在别处填写过的内容不在这一版里，需要的请从那份副本或 .capa_xl/backups 里的备份找回；没有填过的不必处理"
    return (f"{version}；已按它现在的内容重新计算 → {cure}",)


def planned_refresh(opened: Opened) -> Refreshed:
    """What a refresh would do; nothing is written, anywhere.

    Raises:
        NotATracker: It is an archive, which nothing is written into.
    """
    refuse_archive(opened.desk, opened.sha256)
    with journal_of(opened, writing=False) as journal:
        return planned(plan_refresh(opened, journal))


def planned(proven: Proven[Judged]) -> Refreshed:
    """What a refresh would do."""
    judged = proven.draft.answer
    adopted, notes = is_adopted(judged.opened), proven.draft.notes
    return Refreshed(judged, proven.changes, None, written=False, adopted=adopted, notes=notes)


def refreshed(done: Written[Judged]) -> Refreshed:
    """What a refresh that was carried out did."""
    return replace(planned(done.proven), backup=done.backup, written=bool(done.proven.changes), notes=done.notes)


def carry_out_refresh(desk: Desk, first: Opened | None = None, command: str = REFRESH) -> Refreshed:
    """Bring a workbook up to date.

    Args:
        first: The workbook as it was read just before; it is read again only if somebody saved it since.
        command: REFRESH or DAILY: what the run is on record as.

    Raises:
        CapaError: As `writer.write`.
    """

    def keeps_journal(opened: Opened) -> bool:
        return is_adopted(opened) or is_there(desk.state)

    plan = partial(plan_refresh, command=command)
    return refreshed(write(desk, partial(open_tracker, to_write=True), plan, first=first, keeps_journal=keeps_journal))


def is_adopted(opened: Opened) -> bool:
    """False for a plain table without any 〔自动〕 column."""
    return any(column.key in opened.register.tracker.columns for column in AUTO_COLUMNS)


def _patch(judged: Judged, past: JournalView) -> Patch:
    """Everything refresh writes; a plain table without any 〔自动〕 column or owned sheet gets an empty patch."""
    view, checked = judged.view, judged.checked
    found = DayOutcome(
        on=view.as_of.on,
        derived=view.derived,
        problems=judged.named_problems,
        problems_by_row=checked.count_by_row,
        overview=overview_of(view, checked.problems),
        timeline=timeline_of(view),
        ledger=ledger_rows(past),
        corrections=corrections_of(view, checked.problems),
    )
    return refresh_patch(judged.opened.register, found)
