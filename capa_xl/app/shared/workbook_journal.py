"""The journal of one workbook, opened: which id is in force, and a lost journal rebuilt from 提醒台账."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.archived_year import is_archived_year, was_archived
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.exchanged_columns import displaced
from capa_xl.app.shared.intents import settle_intents
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.past_workbooks import names_of_past_years
from capa_xl.effects.access import make_like
from capa_xl.effects.file_on_record import FileOnRecord, file_on_record
from capa_xl.effects.files import read_file
from capa_xl.effects.journal import copy_journal, is_there, look_into_journal, open_journal, withdraw_journal
from capa_xl.effects.journal_chain import head_before
from capa_xl.effects.journal_events import archived_rows
from capa_xl.effects.journal_ledger import missed_lines, seed_from_ledger
from capa_xl.effects.journal_view import known_id, others_of_id, read_view, workbook_id_for
from capa_xl.effects.journal_written import last_run_at, older_version
from capa_xl.effects.moved_state import learn_from_beside
from capa_xl.effects.run_lock import alone_with, remove_locks
from capa_xl.errors import CapaError
from capa_xl.model.as_of import moment_text
from capa_xl.model.journal import OUTBOX, JournalView
from capa_xl.model.ledger_mark import SAMPLE_MAIL_DOMAIN
from capa_xl.model.records import LedgerRow

T = TypeVar("T")


class WorkbookJournal(Struct, frozen=True):
    """The journal as one workbook uses it.

    Attributes:
        workbook_id: The id in force.
        assigned: True when 参数 工作簿标识 is blank and the journal assigned one to the file's name.
        rebuilt: Postings taken over from 提醒台账 because the journal knew none, or is older.
        put_back: When the version that the workbook is again was there, ISO: a backup was restored, or a copy of what
            we wrote before; "" otherwise.
        known: What it knew of the file until it was opened for it.
    """

    conn: sqlite3.Connection
    workbook_id: str
    assigned: bool
    rebuilt: int
    put_back: str = ""
    known: FileOnRecord = FileOnRecord()

    def view(self, transport: str = OUTBOX, *, auto_cells: bool = True) -> JournalView:
        """What it knows, for that transport; the outbox's view has everything."""
        view = read_view(self.conn, self.workbook_id, transport, auto_cells=auto_cells)
        return replace(view, put_back=self.put_back) if self.put_back else view


@contextmanager
def journal_of(opened: Opened, *, writing: bool) -> Iterator[WorkbookJournal]:
    """The journal of a workbook; without `writing`, a copy in memory, so that planning leaves no trace.

    What a killed run was about to write is settled in the copy; in the journal itself the writer does that.

    Raises:
        JournalUnusable: Damaged, foreign, or written by a newer program.
        WorkbookLocked: Another program holds it.
    """
    if writing:
        make_like(opened.desk.state, opened.path)
    with (open_journal if writing else copy_journal)(opened.desk.state) as conn:
        journal = _journal(conn, opened)
        if not writing:
            if opened.desk.settings.paths.state is None:
                learn_from_beside(conn, opened.path, journal.workbook_id)
            journal, _ = settled(journal, opened)
        yield journal


def settled(journal: WorkbookJournal, opened: Opened) -> tuple[WorkbookJournal, tuple[str, ...]]:
    """The journal once what killed runs were about to write is settled, and a sentence for each of them.

    To be called with the writer's lock held, or on a copy of the journal.
    """
    said = settle_intents(journal.conn, journal.workbook_id, opened)
    if not said:
        return journal, ()
    return replace(journal, put_back=older_version(journal.conn, journal.workbook_id, opened.sha256)), said


@contextmanager
def journal_by_id(desk: Desk, workbook_id: str) -> Iterator[WorkbookJournal]:
    """The journal of a workbook whose id is known from a moment ago, for letters: the workbook isn't read again.

    Raises:
        JournalUnusable: Damaged, foreign, or written by a newer program.
        WorkbookLocked: Another program holds it.
    """
    with open_journal(desk.state) as conn:
        yield WorkbookJournal(conn, workbook_id, assigned=False, rebuilt=0)


def _journal(conn: sqlite3.Connection, opened: Opened) -> WorkbookJournal:
    register, here = opened.register, opened.path.resolve()
    known = file_on_record(conn, here, opened.sha256)
    workbook_id, assigned = workbook_id_for(conn, register.procedure.workbook_id, here)
    ledger = register.ledger.records if register.ledger else ()
    rebuilt = seed_from_ledger(conn, workbook_id, ledger, register.procedure.first_reminder)
    put_back = older_version(conn, workbook_id, opened.sha256)
    return WorkbookJournal(conn, workbook_id, assigned, rebuilt, put_back, known)


def shared_id(journal: WorkbookJournal, opened: Opened) -> tuple[str, ...]:
    """That another file beside this one is kept under the same id: both write into one record; () where none is.

    An archived year is none, also where papers were made of it: no run serves it.

    Args:
        opened: No archived year itself.
    """
    here, conn = opened.path.resolve(), journal.conn
    past = {(opened.desk.workbook.parent / name).resolve() for name in names_of_past_years(opened.register.procedure)}
    beside = (here.with_name(name) for name in others_of_id(conn, journal.workbook_id, here))
    others = [path.name for path in beside if path not in past and not _is_archive(opened.desk, path)]
    if not others:
        return ()
    return (
        f"旁边的「{'、'.join(others)}」工作簿标识也是 {journal.workbook_id}，两本记在同一本台账里 → "
        "是副本的请移走，只对一本运行；确是另一本的，在它的《参数》改“工作簿标识”",
    )


def _is_archive(desk: Desk, path: Path) -> bool:
    """Whether year-end made it; what can't be read now may be served tomorrow."""
    try:
        return was_archived(replace(desk, workbook=path), read_file(path)[1])
    except CapaError:
        return False


def record_elsewhere(opened: Opened) -> tuple[str, ...]:
    """That it was served on another computer: 提醒台账 tells of letters, the state folder has no journal, or one from
    before them; () otherwise.

    No letter goes twice for it, since the journal is rebuilt from the sheet; what is in no sheet is missed: finals and
    their editions, scans, history, backups. The letters of the sample never were, so nothing is missed of it.
    """
    ledger, state = opened.register.ledger, opened.desk.state
    sent = [row for row in ledger.records if SAMPLE_MAIL_DOMAIN not in (row.message_id or "")] if ledger else []
    if not sent:
        return ()
    if is_there(state):
        return _record_behind(opened, sent)
    return (
        f"《提醒台账》有 {len(sent)} 条以前的提醒，「{state}」里却没有台账（提醒照《提醒台账》续记，不会重发） → "
        "换了电脑、移动过工作簿的，先把原来旁边的 .capa_xl 整个文件夹复制到这里再运行：定稿、签字件、历史、备份"
        "都在那里，没有它，同一份报告会再出一个“第 1 版”；确已丢失的，照常运行",
    )


def _record_behind(opened: Opened, sent: Sequence[LedgerRow]) -> tuple[str, ...]:
    """That 提醒台账 tells of letters from after the last run in the journal: an older state folder; () otherwise."""
    state = opened.desk.state
    with look_into_journal(state) as conn:
        workbook_id = opened.register.procedure.workbook_id or known_id(conn, opened.path.resolve())
        missed, last = missed_lines(conn, workbook_id, sent), last_run_at(conn, workbook_id)
    if not missed:
        return ()
    return (
        f"《提醒台账》有 {len(missed)} 条台账里没有，台账只记到 {moment_text(last) if last else '启用以前'}：像是恢复了"
        "旧的 .capa_xl，或在别处运行过（照《提醒台账》补记，不会重发） → "
        f"有更近的一份 .capa_xl，先把它整个放回「{state}」再运行；没有的照常运行，"
        "那以后的历史、定稿和签字件的记录补不回来",
    )


def journal_view_of(opened: Opened) -> JournalView | None:
    """The journal's view of a workbook, read without a trace; None where no run has kept one (its rules are 未启用).

    A journal that knows nothing of this workbook counts as none, so that a run which only opens one changes no answer.

    Raises:
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    with journal_of(opened, writing=False) as journal:
        head = head_before(journal.conn, journal.workbook_id, opened.desk.as_of.on)
        view = replace(journal.view(), chain_head=head)
        if is_archived_year(opened.desk, journal.known):
            view = _of_archived_year(view, frozenset(archived_rows(journal.conn, journal.workbook_id)))
        else:
            shared = "".join(shared_id(journal, opened))
            view = replace(view, displaced=_displaced_sentence(journal, opened), shared=shared)
    return view if view.archived or view.postings or view.numbers or view.auto_cells else None


def _of_archived_year(view: JournalView, went: frozenset[str]) -> JournalView:
    """Without what runs saw of the workbook that followed: its rows and columns, and the changes of what lives on.

    Args:
        went: 编号 of the rows that went to an archive.
    """

    def kept(changes: Mapping[str, T]) -> dict[str, T]:
        return {number: of_row for number, of_row in changes.items() if number in went}

    return replace(
        view,
        archived=True,
        put_back="",
        numbers=frozenset(),
        needs=frozenset(),
        columns=frozenset(),
        auto_cells={},
        due_changes=kept(view.due_changes),
        inspection_changes=kept(view.inspection_changes),
        completion_changes=kept(view.completion_changes),
        approval_changes=kept(view.approval_changes),
        plans_seen={},
        plan_changes=kept(view.plan_changes),
        approved=kept(view.approved),
        handed_over=kept(view.handed_over),
        changed_on=kept(view.changed_on),
    )


def _displaced_sentence(journal: WorkbookJournal, opened: Opened) -> str:
    found = displaced(journal.conn, journal.workbook_id, opened) if not journal.put_back else None
    return found.sentence if found is not None else ""


@contextmanager
def no_trace_unless_used(state: Path) -> Iterator[None]:
    """A run that is refused, or has nothing to keep, takes the journal back that it was the first to open."""
    first = not is_there(state)
    try:
        yield
    finally:
        if first and state.is_dir():
            with suppress(CapaError, OSError):  # another run may have taken it up; nothing is refused for it
                with alone_with(state) as locks:
                    withdraw_journal(state, locks)
                remove_locks(locks)
