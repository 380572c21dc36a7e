"""A run on record, for the next one to compare with: what the tracker said (WB04, AP11, DO06), what we wrote (WB07).

`see_and_record` comes before judging, so that a second run judges by the same memory; the writer records what it wrote.
Everything is dated by the real day, whatever day was rehearsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.snapshot import snapshot_of
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.effects.journal_snapshot import is_last_seen, record_snapshot
from capa_xl.effects.journal_written import AutoRow, forget_auto_cells, past_runs, written_cells
from capa_xl.model import words
from capa_xl.model.as_of import moment_text
from capa_xl.model.derived import AUTO_COLUMNS
from capa_xl.model.journal import JournalView
from capa_xl.model.pages import row_on
from capa_xl.model.register import Register
from capa_xl.model.snapshot import RowEvent, RowEventKind
from capa_xl.ooxml.patch import CellValue, Changes
from capa_xl.policy.auto_cells import STAMP, edited_auto_cells, newer_file, older_file
from capa_xl.policy.past_years import archived
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.shared_names import address_of_post
from capa_xl.policy.viewing import view_register

NOT_SEEN_AGAIN = ("工作簿已经写好，台账里暂时没能记下哪些行归档了", "；下次运行会补记，不必重做")
"""What `once_written` says where `see_again` failed."""


def see_and_record(
    journal: WorkbookJournal, opened: Opened, now: datetime | None, *, auto_cells: bool = True
) -> tuple[RegisterView, JournalView]:
    """The tracker as of T, recorded, and what the journal knows with that among it.

    Args:
        now: None for a rehearsal, which leaves no trace.
        auto_cells: Whether the view shall tell what the last refresh wrote.
    """
    past = journal.view(auto_cells=auto_cells)
    view = view_register(opened.register, opened.desk.as_of, past.first_due)
    if now is not None and _observe(journal, opened, view, now):
        past = journal.view(auto_cells=auto_cells)
    return view, past


def see_again(desk: Desk) -> None:
    """Put on record what a workbook says after our own hand took rows from it, so that the next pass misses nothing."""
    opened = open_tracker(desk)
    with journal_of(opened, writing=True) as journal:
        see_and_record(journal, opened, desk.world.now())


def _observe(journal: WorkbookJournal, opened: Opened, view: RegisterView, now: datetime) -> bool:
    """Record what the tracker says, and tell whether anything was: the same bytes as last time need no second look."""
    if is_last_seen(journal.conn, journal.workbook_id, opened.sha256):
        return False
    befell = tuple(_befell_our_cells(journal, opened.register, view, now.date()))
    if journal.put_back or any(event.kind is RowEventKind.OLDER_JOURNAL for event in befell):
        forget_auto_cells(journal.conn, journal.workbook_id)
    snapshot = snapshot_of(opened, view)
    year_of = {one.action.number: one.year for one in archived(view)} if view.past else {}
    alarm_to = quality_addresses(view)
    record_snapshot(journal.conn, journal.workbook_id, snapshot, now.date(), alarm_to, befell, year_of)
    return True


def _befell_our_cells(journal: WorkbookJournal, register: Register, view: RegisterView, on: date) -> Iterator[RowEvent]:
    """〔自动〕 cells edited by hand, and rows that were closed when the last refresh wrote and are open now.

    A version of ours that was put back is one event: nobody edited its cells, nor opened its rows. So is one of ours
    that this journal knows nothing of.
    """
    written = written_cells(journal.conn, journal.workbook_id)
    headers = {column.key: column.header for column in AUTO_COLUMNS}
    rows = {action.number: action.row for action in register.tracker.records}
    older, newer = older_file(register, written, rows), newer_file(register, written, rows)
    if newer is not None:
        yield RowEvent(RowEventKind.OLDER_JOURNAL, "", headers[STAMP], newer.written, newer.stamp, on)
    if older is not None:
        yield RowEvent(RowEventKind.OLDER_FILE, "", headers[STAMP], older.written, older.stamp, on)
    elif journal.put_back:
        last = past_runs(journal.conn, journal.workbook_id)[-1].ran_at
        before, now = moment_text(last), moment_text(journal.put_back)
        yield RowEvent(RowEventKind.OLDER_FILE, "", headers[STAMP], before, now, on)
    if journal.put_back or not written:
        return
    for cell in edited_auto_cells(register, written, rows):
        yield RowEvent(RowEventKind.AUTO_EDITED, cell.number, headers[cell.key], cell.before, cell.now, on)
    for number, derived in view.derived.items():
        if written.get((number, "status")) == words.CLOSED != derived.status:
            yield RowEvent(RowEventKind.REOPENED, number, "", words.CLOSED, derived.status, on)


def quality_addresses(view: RegisterView) -> tuple[tuple[str, str], ...]:
    """(name, address) of the quality department's head and staff in force, those with an address."""
    roster, on = view.roster, view.on
    return tuple((name, address) for name in roster.quality_posts(on) if (address := address_of_post(roster, name, on)))


def auto_rows(register: Register, changes: Changes, *, every_row: bool) -> Iterator[AutoRow]:
    """The 〔自动〕 cells as they stand after the changes, of the rows that changed, or of all.

    Cells that aren't ours to write are left out.
    """
    tracker = register.tracker
    pages = {sheet: page for page, sheet in enumerate(tracker.sheets)}
    changed: Mapping[int, Mapping[int, CellValue]] = {
        row_on(pages[row.sheet], row.row): dict(zip(row.columns, row.after, strict=True))
        for row in changes.rows
        if row.sheet in pages
    }
    for action in tracker.records:
        if action.number and (every_row or action.row in changed):
            now, columns = changed.get(action.row, {}), tracker.columns_of(action.row)
            standing, kept = register.auto.get(action.row, {}).items(), register.auto_kept
            cells = {key: now.get(columns[key], value) for key, value in standing}
            for key in [key for key in cells if (action.row, key) in kept] if kept else ():
                del cells[key]
            yield (action.number, cells)
