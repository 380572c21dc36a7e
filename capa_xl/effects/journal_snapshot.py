"""What a run saw of the tracker, compared with the run before: the head of the snapshot and the vanished rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType

from msgspec import Struct

from capa_xl.effects.journal_chain import (
    CHANGES,
    SNAPSHOT,
    add_link,
    begin_chain,
    changes_digest,
    snapshot_standing,
)
from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_events import archived_rows, record_events, rows_come_and_gone
from capa_xl.effects.journal_needs import DAYS_GONE_IS_SAID, record_needs
from capa_xl.effects.journal_rows import marks_of, record_first_rows, record_rows
from capa_xl.model.snapshot import FieldChange, RowEvent, Snapshot

_NOTHING: Mapping[str, str] = MappingProxyType({})
_GONE_ON = "@"
"""Stands in a stored column between its key and the day on which it was seen to be gone."""


class LastSnapshot(Struct, frozen=True):
    """The head of the last snapshot.

    Attributes:
        columns: Keys of the tracker's columns then.
        gone: Keys of columns that vanished in the month before → the day on which that was seen.
        alarm_to: (name, address) of the quality department then, should the roster be lost with the table.
    """

    taken_on: date
    fingerprint: str
    row_count: int
    columns: frozenset[str]
    gone: Mapping[str, date]
    alarm_to: tuple[tuple[str, str], ...]


@decoding
def last_snapshot(conn: sqlite3.Connection, workbook_id: str) -> LastSnapshot | None:
    """The head of the last snapshot of a workbook; None before the first."""
    row = conn.execute(
        "SELECT taken_on, fingerprint, row_count, columns, alarm_to FROM snapshot WHERE workbook_id = ?", (workbook_id,)
    ).fetchone()
    if row is None:
        return None
    alarm_to = tuple((name, address) for name, address in json.loads(row[4]))
    stored = [key.partition(_GONE_ON) for key in json.loads(row[3])]
    columns = frozenset(key for key, _, gone_on in stored if not gone_on)
    gone = {key: date.fromisoformat(gone_on) for key, _, gone_on in stored if gone_on}
    return LastSnapshot(date.fromisoformat(row[0]), row[1], row[2], columns, gone, alarm_to)


def is_last_seen(conn: sqlite3.Connection, workbook_id: str, fingerprint: str) -> bool:
    """True when the last snapshot was of the same bytes, or of bytes that differ from them only by our own cells."""
    last = last_snapshot(conn, workbook_id)
    return last is not None and last.fingerprint == fingerprint


def record_snapshot(
    conn: sqlite3.Connection,
    workbook_id: str,
    snapshot: Snapshot,
    on: date,
    alarm_to: tuple[tuple[str, str], ...] = (),
    befell: Iterable[RowEvent] = (),
    archived: Mapping[str, str] = _NOTHING,
) -> tuple[FieldChange, ...]:
    """Record what a run saw on a real day, and give the fields that read differently from the run before.

    Args:
        befell: What befell our own cells and closed rows, as the caller judged; rows that came and went are seen here.
        archived: 编号 in the archived years → the workbook that holds it.

    The first snapshot of a workbook only sets the stage: its due dates have no day they were first seen on, because
    nobody knows how long they had been there.
    """
    if is_last_seen(conn, workbook_id, snapshot.fingerprint):
        return ()
    changes: tuple[FieldChange, ...] = ()
    with conn:
        conn.execute("BEGIN IMMEDIATE")  # before the first reading: a lock taken once, not for every row
        begin_chain(conn, workbook_id)
        last_change = _last_change(conn)
        last = last_snapshot(conn, workbook_id)
        if last is None:
            record_first_rows(conn, workbook_id, snapshot)
        else:
            marks = marks_of(conn, workbook_id)
            changes = record_rows(conn, workbook_id, snapshot, on, marks)
            came_and_went = rows_come_and_gone(conn, workbook_id, frozenset(marks), snapshot.numbers, on, archived)
            record_events(conn, workbook_id, (*came_and_went, *befell))
            _record_gone(conn, workbook_id, snapshot.numbers, on)
        record_needs(conn, workbook_id, snapshot.needs, on)
        conn.execute(
            "INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?, ?, ?)",
            (
                workbook_id,
                on.isoformat(),
                snapshot.fingerprint,
                snapshot.row_count,
                json.dumps(_stored_columns(last, snapshot.columns, on)),
                json.dumps(alarm_to, ensure_ascii=False),
            ),
        )
        add_link(conn, workbook_id, SNAPSHOT, on, dict(_seen(conn, workbook_id, last_change)))
    return changes


def forget_growth(conn: sqlite3.Connection, workbook_id: str, columns: frozenset[str], on: date) -> None:
    """After a growth was taken back: columns and our cells went by our own hand, and no run shall say otherwise.

    Args:
        columns: Keys of the tracker's columns that are there now.
    """
    with conn:
        begin_chain(conn, workbook_id)
        conn.execute("DELETE FROM auto_row WHERE workbook_id = ?", (workbook_id,))
        _put_columns(conn, workbook_id, sorted(columns), on)


def forget_columns(conn: sqlite3.Connection, workbook_id: str, taken: frozenset[str], on: date) -> None:
    """After cells were taken back: these columns went by our own hand; what people took away stays on record.

    Args:
        taken: Keys of the tracker's columns and of sheets that this write took away.
    """
    row = conn.execute("SELECT columns FROM snapshot WHERE workbook_id = ?", (workbook_id,)).fetchone()
    if row is None:
        return
    with conn:
        begin_chain(conn, workbook_id)
        _put_columns(conn, workbook_id, [key for key in json.loads(row[0]) if key not in taken], on)


def _put_columns(conn: sqlite3.Connection, workbook_id: str, columns: list[str], on: date) -> None:
    """The columns on record from now on, with their link of the chain."""
    conn.execute("UPDATE snapshot SET columns = ? WHERE workbook_id = ?", (json.dumps(columns), workbook_id))
    add_link(conn, workbook_id, SNAPSHOT, on, dict(snapshot_standing(conn, workbook_id)))


def _stored_columns(last: LastSnapshot | None, columns: frozenset[str], on: date) -> list[str]:
    """The columns, and those that the runs of a month before still had."""
    gone = {**dict.fromkeys(last.columns, on), **last.gone} if last is not None else {}
    told = {key: day for key, day in gone.items() if key not in columns and (on - day).days <= DAYS_GONE_IS_SAID}
    return [*sorted(columns), *(f"{key}{_GONE_ON}{day}" for key, day in sorted(told.items()))]


def _last_change(conn: sqlite3.Connection) -> int:
    found: int = conn.execute("SELECT coalesce(max(serial), 0) FROM field_change").fetchone()[0]
    return found


def _seen(conn: sqlite3.Connection, workbook_id: str, last_change: int) -> Iterator[tuple[str, str]]:
    """What this snapshot put on record: its head, and the field changes after `last_change`."""
    yield from snapshot_standing(conn, workbook_id)
    newest = _last_change(conn)
    if newest > last_change:
        first = last_change + 1
        yield f"{CHANGES}{first}-{newest}", changes_digest(conn, workbook_id, first, newest)


def no_longer_told(on: date) -> str:
    """The day, ISO, before which a row must have gone for nobody to be told of it any more."""
    return (on - timedelta(days=DAYS_GONE_IS_SAID)).isoformat()


def _record_gone(conn: sqlite3.Connection, workbook_id: str, numbers: frozenset[str], on: date) -> None:
    """Mark the numbers that are not on the sheet any more; a quarantined one still is."""
    known = conn.execute("SELECT number, gone_on FROM row_seen WHERE workbook_id = ?", (workbook_id,))
    turned = [
        ("" if gone_on else on.isoformat(), workbook_id, number)
        for number, gone_on in known
        if (number in numbers) == bool(gone_on)
    ]
    long_gone = no_longer_told(on)
    conn.executemany("UPDATE row_seen SET gone_on = ? WHERE workbook_id = ? AND number = ?", turned)
    forgotten = "workbook_id = ? AND gone_on <> '' AND gone_on < ?"
    gone = conn.execute(f"SELECT number FROM row_seen WHERE {forgotten}", (workbook_id, long_gone)).fetchall()
    kept = archived_rows(conn, workbook_id) if gone else {}  # what was approved of them is asked for year after year
    conn.executemany(
        "DELETE FROM row_seen WHERE workbook_id = ? AND number = ?",
        [(workbook_id, number) for (number,) in gone if number not in kept],
    )
