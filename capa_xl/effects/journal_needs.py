"""The registered needs that runs saw, so that one which was deleted is missed (3.2: kept, whatever became of them)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, timedelta

DAYS_GONE_IS_SAID = 30
"""A vanished 登记编号 is reported for a month (XR11), like a vanished 编号 (WB04) or column."""


def record_needs(conn: sqlite3.Connection, workbook_id: str, numbers: Iterable[str], on: date) -> None:
    """Put the 登记编号 of one run on record, within its transaction; those that are not among them are gone since."""
    present = frozenset(numbers)
    known = dict(conn.execute("SELECT number, gone_on FROM need_seen WHERE workbook_id = ?", (workbook_id,)))
    rows = [(workbook_id, number, "") for number in present if known.get(number) != ""]
    rows += [
        (workbook_id, number, on.isoformat()) for number, gone in known.items() if not gone and number not in present
    ]
    conn.executemany("INSERT OR REPLACE INTO need_seen VALUES (?, ?, ?)", rows)
    long_gone = (on - timedelta(days=DAYS_GONE_IS_SAID)).isoformat()
    conn.execute(
        "DELETE FROM need_seen WHERE workbook_id = ? AND gone_on <> '' AND gone_on < ?", (workbook_id, long_gone)
    )


def needs_seen(conn: sqlite3.Connection, workbook_id: str) -> frozenset[str]:
    """登记编号 of the last run, and those that vanished in the month before."""
    found = conn.execute("SELECT number FROM need_seen WHERE workbook_id = ?", (workbook_id,))
    return frozenset(number for (number,) in found)
