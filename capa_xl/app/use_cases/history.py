"""history: what people changed in the tracker from run to run, and whether that record is whole. Reads only."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import is_archived_year
from capa_xl.app.shared.changes_on_record import changes_on_record
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_workbook
from capa_xl.app.shared.run_record import see_and_record
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.effects.journal import copy_journal
from capa_xl.effects.journal_events import events_of
from capa_xl.effects.journal_ledger import ledger_rows, missed_lines
from capa_xl.effects.journal_rows import field_changes
from capa_xl.effects.journal_snapshot import is_last_seen
from capa_xl.effects.journal_verify import verify_chain
from capa_xl.effects.journal_view import id_in_force, read_view
from capa_xl.effects.journal_written import past_refreshes
from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.chain import ChainCheck
from capa_xl.model.history import HistoryLine
from capa_xl.model.journal import OUTBOX
from capa_xl.model.snapshot import PastRun
from capa_xl.model.todo import AskedNumber
from capa_xl.policy.asked_number import asked_number
from capa_xl.policy.ledger_tampering import ledger_faults
from capa_xl.policy.past_years import archived, unread_place, unread_rows_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.row_history import actions_on_record, of_person, seen_between
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.reading.reader import require_tracker


class Asked(Struct, frozen=True):
    """Whose history, and of which days; "" and None ask for all.

    Attributes:
        number: One 编号.
        person: Rows that this person owns or owned.
        since, until: Days the change was seen on, both included.
    """

    number: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None


class History(Struct, frozen=True):
    """The changes, oldest first, and the refreshes and passes they were seen between.

    Attributes:
        is_behind: Rows of the tracker changed since the last run: what changed is not among the changes.
        is_beside: The workbook was saved since, and no row of the tracker changed: no run will list what did.
        is_known: False when neither the workbook nor its history knows the number or person that was asked for.
        instead: What the number that was asked for is, or was meant for, where it isn't known.
        unread: That the number, or rows of the person, may be in an archive that can't be read, and what to do, in
            Chinese; "" where in none.
    """

    workbook: Path
    changes: tuple[HistoryLine, ...]
    runs: tuple[PastRun, ...]
    is_known: bool = True
    instead: AskedNumber | None = None
    unread: str = ""
    is_behind: bool = False
    is_beside: bool = False


_EVERYTHING = Asked()


def history(desk: Desk, asked: Asked = _EVERYTHING) -> History:
    """The changes on record of a workbook that were asked for.

    Raises:
        UnreadableWorkbook: The file is no workbook.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    opened = open_workbook(desk)
    view = view_register(opened.register, desk.as_of, {})
    with journal_of(opened, writing=False) as journal:
        lines = changes_on_record(journal, view, asked.number)
        runs = past_refreshes(journal.conn, journal.workbook_id)
        is_served = bool(runs) and not is_archived_year(desk, journal.known)
        is_saved = is_served and not is_last_seen(journal.conn, journal.workbook_id, opened.sha256)
        is_behind = is_saved and _rows_changed(journal, opened)
    if asked.person:
        lines = of_person(lines, actions_on_record(view), asked.person)
    is_known = bool(lines) or _is_known(view, asked)
    changes = seen_between(lines, asked.since, asked.until)
    unread = _unread(view, asked, is_known=is_known)
    instead = asked_number(view, asked.number) if asked.number and not is_known else None
    return History(desk.workbook, changes, runs, is_known, instead, unread, is_behind, is_saved and not is_behind)


def _unread(view: RegisterView, asked: Asked, *, is_known: bool) -> str:
    if asked.person:
        return unread_rows_of(view.register, asked.person, is_known=is_known)
    return unread_place(view.register, view.on, asked.number) if asked.number and not is_known else ""


def _rows_changed(journal: WorkbookJournal, opened: Opened) -> bool:
    """Whether a run now would put a change on record; a copy of the journal is asked, so that none is."""
    try:
        require_tracker(opened.register)
    except UnreadableWorkbook:
        return True
    before = _on_record(journal)
    see_and_record(journal, opened, opened.desk.world.now())
    return _on_record(journal) != before


def _on_record(journal: WorkbookJournal) -> tuple[int, int]:
    conn, workbook_id = journal.conn, journal.workbook_id
    return len(field_changes(conn, workbook_id)), len(events_of(conn, workbook_id))


def _is_known(view: RegisterView, asked: Asked) -> bool:
    """Whether the workbook or its archives know whom and what was asked for, though nothing of it changed."""
    register, gone = view.register, tuple(archived(view))
    numbers = register.numbers.union(one.action.number for one in gone)
    people = {person.name for person in (register.people.records if register.people else ())}
    people |= {
        owner for action in (*register.tracker.records, *actions_on_record(view)) for owner in action.owners or ()
    }
    return (not asked.person or asked.person in people) and (not asked.number or asked.number in numbers)


def verify_history(desk: Desk) -> ChainCheck:
    """Walk the hash chain of a workbook's journal, and hold its sheet 提醒台账 against it.

    Both as they lie there: nothing is rebuilt from the one or written to the other first.

    Raises:
        UnreadableWorkbook: The file is no workbook.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    opened = open_workbook(desk)
    with copy_journal(desk.state) as conn:
        workbook_id = id_in_force(conn, opened.register.procedure.workbook_id, opened.path.resolve())
        check = verify_chain(conn, workbook_id)
        posted = ledger_rows(read_view(conn, workbook_id, OUTBOX, auto_cells=False))
        standing = opened.register.ledger.records if opened.register.ledger else ()
        later = missed_lines(conn, workbook_id, standing)
        refreshed = [run.ran_at for run in past_refreshes(conn, workbook_id)]
    if not check.links or opened.register.ledger is None:
        return check
    last = datetime.fromisoformat(max(refreshed)).date() if refreshed else None
    faults = ledger_faults(standing, posted, last, later)
    return replace(check, faults=(*check.faults, *faults))
