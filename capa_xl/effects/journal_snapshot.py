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
    rows = [(workbook_id, number, _pack(row)) for number, row in cells.items()]
    with conn:
        conn.executemany("INSERT OR REPLACE INTO auto_row VALUES (?, ?, ?)", rows)


def has_auto_cells(conn: sqlite3.Connection, workbook_id: str) -> bool:
    """True when a refresh of that workbook is on record."""
    found = conn.execute("SELECT 1 FROM auto_row WHERE workbook_id = ? LIMIT 1", (workbook_id,)).fetchone()
    return found is not None


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


_Kept = tuple[str, str, str, str, str, str, str]
"""fields, first_due, changed_on, gone_on, approved_stamp, approved_measure, approved_due of one row, as stored."""
_pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _record_rows(
    conn: sqlite3.Connection, workbook_id: str, snapshot: Snapshot, on: date, *, is_first: bool
) -> tuple[FieldChange, ...]:
    known = _kept_rows(conn, workbook_id)
    seen_on = "" if is_first else on.isoformat()
    fresh: list[tuple[str, ...]] = []
    dues: list[tuple[str, ...]] = []
    changes: list[FieldChange] = []
    for row in snapshot.rows:
        before = known.get(row.number)
        after = _kept(row, before, seen_on)
        if after == before:
            continue
        fresh.append((workbook_id, row.number, *after))
        if row.due_on is not None:
            dues.append((workbook_id, row.number, row.due_on.isoformat(), seen_on))
        if before is not None and before[0] != after[0]:
            changes += _differences(row.number, json.loads(before[0]), row.fields, on)
    conn.executemany("INSERT OR REPLACE INTO row_seen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", fresh)
    conn.executemany("INSERT OR IGNORE INTO due_seen VALUES (?, ?, ?, ?)", dues)
    conn.executemany(
        "INSERT INTO field_change (workbook_id, number, field, before, after, seen_on) VALUES (?, ?, ?, ?, ?, ?)",
        [(workbook_id, c.number, c.field, c.before, c.after, c.seen_on.isoformat()) for c in changes],
    )
    return tuple(changes)


def _kept_rows(conn: sqlite3.Connection, workbook_id: str) -> dict[str, _Kept]:
    found = conn.execute(
        "SELECT number, fields, first_due, changed_on, gone_on, approved_stamp, approved_measure, approved_due "
        "FROM row_seen WHERE workbook_id = ?",
        (workbook_id,),
    )
    return {row[0]: row[1:] for row in found}


def _kept(row: RowSeen, before: _Kept | None, seen_on: str) -> _Kept:
    """What is stored of a row now: first due date and approved content stay as they were first seen."""
    fields, due_on = _pack(row.fields), row.due_on.isoformat() if row.due_on else ""
    was = before or ("", "", seen_on, "", "", "", "")
    changed_on = was[2] if before is None or was[0] == fields else seen_on
    approved = was[4:]
    if row.approved is not None and was[4] != (stamp := f"approved {row.approved_on}"):
        approved = (stamp, *row.approved)
    return (fields, was[1] or due_on, changed_on, "", *approved)


def _differences(number: str, before: Mapping[str, str], after: Mapping[str, str], on: date) -> Iterator[FieldChange]:
    for field in [*before, *(name for name in after if name not in before)]:
        if before.get(field, "") != after.get(field, ""):
            yield FieldChange(number, field, before.get(field, ""), after.get(field, ""), on)


def _record_gone(conn: sqlite3.Connection, workbook_id: str, numbers: frozenset[str], on: date) -> None:
    """Mark the numbers that are not on the sheet any more; a quarantined one still is."""
    known = dict(conn.execute("SELECT number, gone_on FROM row_seen WHERE workbook_id = ?", (workbook_id,)))
    back = [(workbook_id, number) for number, gone in known.items() if gone and number in numbers]
    gone = [(on.isoformat(), workbook_id, number) for number, was in known.items() if not was and number not in numbers]
    long_gone = (on - timedelta(days=DAYS_GONE_IS_SAID)).isoformat()
    conn.executemany("UPDATE row_seen SET gone_on = '' WHERE workbook_id = ? AND number = ?", back)
    conn.executemany("UPDATE row_seen SET gone_on = ? WHERE workbook_id = ? AND number = ?", gone)
    conn.execute(
        "DELETE FROM row_seen WHERE workbook_id = ? AND gone_on <> '' AND gone_on < ?", (workbook_id, long_gone)
    )
