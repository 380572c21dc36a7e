"""A journal edited by hand ends in a sentence that names it, never in a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from capa_xl.effects.journal import FILE_NAME, copy_journal, open_journal
from capa_xl.effects.journal_intent import carry_out
from capa_xl.effects.journal_packs import pack_before, record_pack
from capa_xl.effects.journal_postings import post
from capa_xl.effects.journal_rows import field_changes
from capa_xl.effects.journal_snapshot import last_snapshot, record_snapshot
from capa_xl.effects.journal_undo import last_applied
from capa_xl.effects.journal_view import read_view
from capa_xl.effects.journal_written import past_runs, record_run
from capa_xl.errors import JournalUnusable
from capa_xl.model.intent import APPLY, Intent
from capa_xl.model.journal import SENT, SMTP, Posting
from capa_xl.model.letter import JournalKey
from capa_xl.model.pack import PackState
from capa_xl.model.snapshot import AppliedEdit, PastRun, RowSeen, Snapshot

MONDAY = date(2026, 11, 23)
KEY = JournalKey("W", "GJ-01", "M2-7", "2026-12-23", "0", "样例甲")


def seen(mark: str, measure: str) -> Snapshot:
    row = RowSeen("GJ-01", MONDAY, (measure,))
    return Snapshot(mark, 1, frozenset({"number"}), frozenset({"GJ-01"}), ("措施内容",), (row,))


@pytest.fixture
def state(tmp_path) -> Path:
    """A journal with something in every table."""
    with open_journal(tmp_path) as conn:
        post(conn, [Posting(KEY, SENT, MONDAY, MONDAY, "2026-11-23T08:30:00+08:00", SMTP, "<1@x.example>")])
        record_snapshot(conn, "W", seen("a", "旧"), MONDAY)
        record_snapshot(conn, "W", seen("b", "新"), MONDAY)
        record_run(conn, "W", PastRun("2026-11-23T08:30:00", MONDAY, "refresh", "b"), [("GJ-01", {"status": "实施中"})])
        carry_out(conn, "W", Intent(APPLY, "表", "t", MONDAY, "a", "b", (AppliedEdit("表", "A1", None, MONDAY),)))
        record_pack(conn, "W", PackState("2026Q3", date(2026, 9, 30), MONDAY, {}), "f00d", MONDAY)
    return tmp_path


READERS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "view": lambda conn: read_view(conn, "W", SMTP),
    "snapshot": lambda conn: last_snapshot(conn, "W"),
    "next snapshot": lambda conn: record_snapshot(conn, "W", seen("c", "更新"), MONDAY),
    "history": lambda conn: field_changes(conn, "W"),
    "runs": lambda conn: past_runs(conn, "W"),
    "undo": lambda conn: last_applied(conn, "W"),
    "pack": lambda conn: pack_before(conn, "W", date(2026, 10, 1), date(2026, 12, 1)),
}
DENTS = [
    ("UPDATE posting SET planned_on = '昨天'", "view"),
    ("UPDATE posting SET sent_on = '2026-13-01'", "view"),
    ("UPDATE posting SET tried_on = 'x'", "view"),
    ("UPDATE row_seen SET first_due = 'x'", "view"),
    ("UPDATE row_seen SET changed_on = 'x'", "view"),
    ("UPDATE row_seen SET fields = '[1'", "next snapshot"),
    ("UPDATE row_seen SET layout = 9", "next snapshot"),
    ("UPDATE auto_row SET cells = '[]'", "view"),
    ("UPDATE auto_row SET layout = 0", "view"),
    ("UPDATE layout SET names = 'x' WHERE id = 1", "view"),
    ("UPDATE snapshot SET taken_on = ''", "snapshot"),
    ("UPDATE snapshot SET columns = '7'", "snapshot"),
    ("UPDATE snapshot SET alarm_to = '[[1]]'", "snapshot"),
    ("UPDATE field_change SET seen_on = 'x'", "history"),
    ("UPDATE run SET as_of = 'x'", "runs"),
    ("UPDATE applied SET edits = '[[1]]'", "undo"),
    ("UPDATE pack SET actions = '[]'", "pack"),
    ("UPDATE pack SET as_of = 'x'", "pack"),
]


@pytest.mark.parametrize(("edit", "reader"), DENTS, ids=[edit for edit, _ in DENTS])
def test_a_journal_edited_by_hand_ends_in_a_sentence(state, edit, reader):
    with copy_journal(state) as conn:
        READERS[reader](conn)  # the clean twin
    with closing(sqlite3.connect(state / FILE_NAME)) as conn, conn:
        conn.execute(edit)
    with pytest.raises(JournalUnusable, match="被手工改过"), open_journal(state) as conn:
        READERS[reader](conn)
