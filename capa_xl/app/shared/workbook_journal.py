"""The journal of one workbook, opened: which id is in force, and a lost journal rebuilt from 提醒台账."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from capa_xl.app.shared.opening import Opened
from capa_xl.effects.access import make_like
from capa_xl.effects.journal import copy_journal, open_journal
from capa_xl.effects.journal_chain import head_before
from capa_xl.effects.journal_ledger import seed_from_ledger
from capa_xl.effects.journal_view import read_view, workbook_id_for
from capa_xl.effects.moved_state import learn_from_beside
from capa_xl.model.journal import OUTBOX, JournalView


@dataclass(frozen=True, slots=True)
class WorkbookJournal:
    """The journal as one workbook uses it.

    Attributes:
        workbook_id: The id in force.
        assigned: True when 参数 工作簿标识 is blank and the journal assigned one to the file's name.
        rebuilt: Postings taken over from 提醒台账 because the journal knew none.
    """

    conn: sqlite3.Connection
    workbook_id: str
    assigned: bool
    rebuilt: int

    def view(self, transport: str = OUTBOX, *, auto_cells: bool = True) -> JournalView:
        """What it knows, for that transport; the outbox's view has everything."""
        return read_view(self.conn, self.workbook_id, transport, auto_cells=auto_cells)


@contextmanager
def journal_of(opened: Opened, *, writing: bool) -> Iterator[WorkbookJournal]:
    """The journal of a workbook; without `writing`, a copy in memory, so that planning leaves no trace.

    Raises:
        JournalUnusable: Damaged, foreign, or written by a newer program.
        WorkbookLocked: Another program holds it.
    """
    if writing:
        make_like(opened.desk.state, opened.path)
    with (open_journal if writing else copy_journal)(opened.desk.state) as conn:
        workbook_id, assigned = workbook_id_for(conn, opened.register.procedure.workbook_id, opened.path.resolve())
        if not writing and opened.desk.settings.paths.state is None:
            learn_from_beside(conn, opened.path, workbook_id)
        ledger, lead = opened.register.ledger, opened.register.procedure.first_reminder
        rebuilt = seed_from_ledger(conn, workbook_id, ledger.records if ledger else (), lead)
        yield WorkbookJournal(conn, workbook_id, assigned, rebuilt)


def journal_view_of(opened: Opened) -> JournalView | None:
    """The journal's view of a workbook, read without a trace; None where no run has kept one (its rules are 未启用).

    A journal that knows nothing of this workbook counts as none, so that a run which only opens one changes no answer.

    Raises:
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    with journal_of(opened, writing=False) as journal:
        head = head_before(journal.conn, journal.workbook_id, opened.desk.as_of.on)
        view = replace(journal.view(), chain_head=head)
    return view if view.postings or view.numbers or view.auto_cells else None
