"""What a run saw of the tracker, compared with the run before: due dates, approvals, vanished rows, changed fields."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from capa_xl.model.snapshot import FieldChange, PastRun, RowSeen, Snapshot

DAYS_GONE_IS_SAID = 30
"""A vanished 编号 is reported for a month (WB04); after that only `history` knows it."""


@dataclass(frozen=True, slots=True)
class LastSnapshot:
    """The head of the last snapshot.

    Attributes:
        alarm_to: (name, address) of the quality department then, should the roster be lost with the table.
    """

    taken_on: date
    fingerprint: str
    row_count: int
    columns: frozenset[str]
    alarm_to: tuple[tuple[str, str], ...]


def last_snapshot(conn: sqlite3.Connection, workbook_id: str) -> LastSnapshot | None:
    """The head of the last snapshot of a workbook; None before the first."""
    row = conn.execute(
        "SELECT taken_on, fingerprint, row_count, columns, alarm_to FROM snapshot WHERE workbook_id = ?", (workbook_id,)
    ).fetchone()
    if row is None:
        return None
    alarm_to = tuple((name, address) for name, address in json.loads(row[4]))
    return LastSnapshot(date.fromisoformat(row[0]), row[1], row[2], frozenset(json.loads(row[3])), alarm_to)


def is_last_seen(conn: sqlite3.Connection, workbook_id: str, fingerprint: str) -> bool:
    """True when the last snapshot was of the same bytes, or of bytes that differ from them only by our own cells."""
    last = last_snapshot(conn, workbook_id)
    return last is not None and last.fingerprint == fingerprint


def note_fingerprint(conn: sqlite3.Connection, workbook_id: str, fingerprint: str) -> None:
    """The last snapshot holds for these bytes too: only our own cells were written since."""
    with conn:
        conn.execute("UPDATE snapshot SET fingerprint = ? WHERE workbook_id = ?", (fingerprint, workbook_id))


def record_snapshot(
    conn: sqlite3.Connection,
    workbook_id: str,
    snapshot: Snapshot,
    on: date,
    alarm_to: tuple[tuple[str, str], ...] = (),
) -> tuple[FieldChange, ...]:
    """Record what a run saw on a real day, and give the fields that read differently from the run before.

    The first snapshot of a workbook only sets the stage: its due dates have no day they were first seen on, because
    nobody knows how long they had been there.
    """
    if is_last_seen(conn, workbook_id, snapshot.fingerprint):
        return ()
    is_first = last_snapshot(conn, workbook_id) is None
    with conn:
        changes = _record_rows(conn, workbook_id, snapshot, on, is_first=is_first)
        _record_gone(conn, workbook_id, snapshot.numbers, on)
        conn.execute(
            "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?, ?, ?)",
            (
                workbook_id,
                on.isoformat(),
                snapshot.fingerprint,
                snapshot.row_count,
                json.dumps(sorted(snapshot.columns)),
                json.dumps(alarm_to, ensure_ascii=False),
            ),
        )
    return changes


def record_auto_cells(conn: sqlite3.Connection, workbook_id: str, cells: Mapping[str, Mapping[str, str]]) -> None:
    """Record what a refresh wrote: 编号 → 〔自动〕 key → text (WB07)."""
    texts = {number: json.dumps(dict(row), ensure_ascii=False) for number, row in cells.items()}
    known = dict(conn.execute("SELECT number, cells FROM auto_row WHERE workbook_id = ?", (workbook_id,)))
    with conn:
        conn.executemany(
            "INSERT OR REPLACE INTO auto_row VALUES (?, ?, ?)",
            [(workbook_id, number, text) for number, text in texts.items() if known.get(number) != text],
        )


def record_run(conn: sqlite3.Connection, workbook_id: str, run: PastRun) -> None:
    """Record that a command ran over a workbook."""
    with conn:
        conn.execute(
            "INSERT INTO run (workbook_id, ran_at, as_of, command, fingerprint) VALUES (?, ?, ?, ?, ?)",
            (workbook_id, run.ran_at, run.as_of.isoformat(), run.command, run.fingerprint),
        )


def past_runs(conn: sqlite3.Connection, workbook_id: str) -> tuple[PastRun, ...]:
    """The runs on record, oldest first."""
    found = conn.execute(
        "SELECT ran_at, as_of, command, fingerprint FROM run WHERE workbook_id = ? ORDER BY serial", (workbook_id,)
    )
    return tuple(PastRun(at, date.fromisoformat(day), command, mark) for at, day, command, mark in found)


def field_changes(conn: sqlite3.Connection, workbook_id: str, number: str = "") -> tuple[FieldChange, ...]:
    """The field changes on record, oldest first; of one action when a number is given."""
    found = conn.execute(
        "SELECT number, field, before, after, seen_on FROM field_change "
        "WHERE workbook_id = ? AND (? = '' OR number = ?) ORDER BY serial",
        (workbook_id, number, number),
    )
    return tuple(
        FieldChange(of, field, before, after, date.fromisoformat(seen)) for of, field, before, after, seen in found
    )


def _record_rows(
    conn: sqlite3.Connection, workbook_id: str, snapshot: Snapshot, on: date, *, is_first: bool
) -> tuple[FieldChange, ...]:
    known = {
        number: (fields, stamp)
        for number, fields, stamp in conn.execute(
            "SELECT number, fields, approved_stamp FROM row_seen WHERE workbook_id = ?", (workbook_id,)
        )
    }
    changes: list[FieldChange] = []
    for row in snapshot.rows:
        text = json.dumps(dict(row.fields), ensure_ascii=False)
        fields, stamp = known.get(row.number, (None, ""))
        seen_on = "" if is_first else on.isoformat()
        if fields is None:
            _insert(conn, workbook_id, row, text, seen_on)
        elif fields != text:
            changes += _differences(row.number, json.loads(fields), row.fields, on)
            _update(conn, workbook_id, row.number, text, on)
        if fields != text:
            _record_due(conn, workbook_id, row, seen_on)
        if row.approved is not None and stamp != _stamp(row):
            _record_approval(conn, workbook_id, row)
    conn.executemany(
        "INSERT INTO field_change (workbook_id, number, field, before, after, seen_on) VALUES (?, ?, ?, ?, ?, ?)",
        [(workbook_id, c.number, c.field, c.before, c.after, c.seen_on.isoformat()) for c in changes],
    )
    return tuple(changes)


def _insert(conn: sqlite3.Connection, workbook_id: str, row: RowSeen, text: str, seen_on: str) -> None:
    conn.execute(
        "INSERT INTO row_seen (workbook_id, number, fields, changed_on) VALUES (?, ?, ?, ?)",
        (workbook_id, row.number, text, seen_on),
    )


def _update(conn: sqlite3.Connection, workbook_id: str, number: str, text: str, on: date) -> None:
    conn.execute(
        "UPDATE row_seen SET fields = ?, changed_on = ? WHERE workbook_id = ? AND number = ?",
        (text, on.isoformat(), workbook_id, number),
    )


def _record_due(conn: sqlite3.Connection, workbook_id: str, row: RowSeen, seen_on: str) -> None:
    if row.due_on is None:
        return
    due_on = row.due_on.isoformat()
    conn.execute("INSERT OR IGNORE INTO due_seen VALUES (?, ?, ?, ?)", (workbook_id, row.number, due_on, seen_on))
    conn.execute(
        "UPDATE row_seen SET first_due = ? WHERE workbook_id = ? AND number = ? AND first_due = ''",
        (due_on, workbook_id, row.number),
    )


def _stamp(row: RowSeen) -> str:
    return f"approved {row.approved_on}"


def _record_approval(conn: sqlite3.Connection, workbook_id: str, row: RowSeen) -> None:
    measure, due = row.approved or ("", "")
    conn.execute(
        "UPDATE row_seen SET approved_stamp = ?, approved_measure = ?, approved_due = ? "
        "WHERE workbook_id = ? AND number = ?",
        (_stamp(row), measure, due, workbook_id, row.number),
    )


def _differences(number: str, before: Mapping[str, str], after: Mapping[str, str], on: date) -> Iterator[FieldChange]:
    for field in [*before, *(name for name in after if name not in before)]:
        if before.get(field, "") != after.get(field, ""):
            yield FieldChange(number, field, before.get(field, ""), after.get(field, ""), on)


def _record_gone(conn: sqlite3.Connection, workbook_id: str, numbers: frozenset[str], on: date) -> None:
    known = dict(conn.execute("SELECT number, gone_on FROM row_seen WHERE workbook_id = ?", (workbook_id,)))
    back = [(workbook_id, number) for number, gone in known.items() if gone and number in numbers]
    gone = [(on.isoformat(), workbook_id, number) for number, was in known.items() if not was and number not in numbers]
    long_gone = (on - timedelta(days=DAYS_GONE_IS_SAID)).isoformat()
    conn.executemany("UPDATE row_seen SET gone_on = '' WHERE workbook_id = ? AND number = ?", back)
    conn.executemany("UPDATE row_seen SET gone_on = ? WHERE workbook_id = ? AND number = ?", gone)
    conn.execute(
        "DELETE FROM row_seen WHERE workbook_id = ? AND gone_on <> '' AND gone_on < ?", (workbook_id, long_gone)
    )
