"""A journal as a program of version 2 left it: fields and cells as objects of name → text."""

import sqlite3
from contextlib import closing
from pathlib import Path

from capa_xl.effects import journal
from capa_xl.effects.journal_schema import STEPS

FIELDS = (
    '{"编号":"GJ-01","完成期限":"2026-12-01","责任人":"样例甲、样例乙","目标值":"9","实际值":"0.5","是否延期":"否"}'
)
CELLS = '{"status":"实施中","days_left":"10","remind_on":"2026-11-01","next_actor":""}'


def make_old_journal(state: Path) -> None:
    """One run over one row is on record."""
    with closing(sqlite3.connect(state / journal.FILE_NAME)) as old, old:
        old.executescript("".join(STEPS[:2]))
        old.execute(f"PRAGMA application_id = {journal.APPLICATION_ID}")
        old.execute("PRAGMA user_version = 2")
        old.execute("INSERT INTO row_seen VALUES ('W', 'GJ-01', ?, '2026-12-01', '', '', '', '', '')", (FIELDS,))
        old.execute("INSERT INTO due_seen VALUES ('W', 'GJ-01', '2026-12-01', '')")
        old.execute("INSERT INTO auto_row VALUES ('W', 'GJ-01', ?)", (CELLS,))
        old.execute("INSERT INTO snapshot VALUES ('W', '2026-11-01', 'a', 1, '[]', '[]')")
