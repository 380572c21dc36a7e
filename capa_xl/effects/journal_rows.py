"""The rows of a snapshot, compared with what the journal knows of them: due dates, approvals, changed fields."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import Any, NamedTuple

from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_layout import PACKED, layout_of, layouts_of, pack, unpacked
from capa_xl.model.action import Action
from capa_xl.model.cell_text import cell_text
from capa_xl.model.columns import column_by_key
from capa_xl.model.journal import HANDS
from capa_xl.model.snapshot import FieldChange, RowSeen, Snapshot

_MARK_SIZE = 12
"""Bytes: no two contents of one row will ever share a mark of 96 bits."""


class _Kept(NamedTuple):
    """One row as stored: the columns of `row_seen` besides its key; rows of older programs have no mark."""

    layout: int
    fields: bytes
    first_due: str
    approved_stamp: str
    approved_measure: str
    approved_due: str
    changed_on: str
    gone_on: str = ""
    mark: bytes = b""


_COLUMNS = ", ".join(_Kept._fields)
_READ = f"SELECT {_COLUMNS} FROM row_seen WHERE workbook_id = ? AND number = ?".replace(
    "fields", "CAST(fields AS BLOB)"
)
_WRITE = (
    f"INSERT OR REPLACE INTO row_seen (workbook_id, number, {_COLUMNS}) VALUES (?, ?, ?, {PACKED}, ?, ?, ?, ?, ?, ?, ?)"
)
_MARKS = "SELECT number, mark FROM row_seen WHERE workbook_id = ? AND gone_on = ''"
_CELL_SEEN = (
    "SELECT number, CASE WHEN json_valid(fields) THEN json_extract(fields, ?) END FROM row_seen "
    "WHERE workbook_id = ? AND layout = ? AND gone_on = ''"
)
_WRITE_DUE = "INSERT OR IGNORE INTO due_seen VALUES (?, ?, ?, ?)"
_FIRST_DUES = (
    "INSERT OR IGNORE INTO due_seen SELECT workbook_id, number, first_due, '' FROM row_seen "
    "WHERE workbook_id = ? AND first_due <> ''"
)
_WRITE_CHANGE = (
    "INSERT INTO field_change (workbook_id, number, field, before, after, seen_on) VALUES (?, ?, ?, ?, ?, ?)"
)


def record_first_rows(conn: sqlite3.Connection, workbook_id: str, snapshot: Snapshot) -> None:
    """Write the rows of a workbook's first snapshot as they come; no day is known on which their due dates were new."""
    layout = layout_of(conn, snapshot.headers)
    rows = chain(snapshot.rows, snapshot.aside)
    kept = ((row.number, _kept(layout, pack(row.values), row, None, changed_on="")) for row in rows)
    conn.executemany(_WRITE, ((workbook_id, number, *fields) for number, fields in kept))
    conn.execute(_FIRST_DUES, (workbook_id,))


def marks_of(conn: sqlite3.Connection, workbook_id: str) -> dict[str, bytes]:
    """编号 → mark of the rows that the last run saw."""
    return dict(conn.execute(_MARKS, (workbook_id,)))


def record_rows(
    conn: sqlite3.Connection, workbook_id: str, snapshot: Snapshot, on: date, marks: Mapping[str, bytes]
) -> tuple[FieldChange, ...]:
    """Write the rows that are new or not as they were, and give the fields that read differently.

    All is read before the first is written: of a number that stands twice, both rows are compared with the run before.
    To be called within a transaction, or every row that is read takes a lock.

    Args:
        marks: `marks_of` the run before: a row that has its mark is what it was, and is neither read nor decoded.
    """
    layout = layout_of(conn, snapshot.headers)
    changes: list[FieldChange] = []
    for row, kept, changed in list(_fresh_rows(conn, workbook_id, snapshot, layout, on, marks)):
        _write(conn, workbook_id, row, kept, on.isoformat())
        changes += changed
    conn.executemany(
        _WRITE_CHANGE, [(workbook_id, c.number, c.field, c.before, c.after, c.seen_on.isoformat()) for c in changes]
    )
    return tuple(changes)


@decoding
def handed_over(conn: sqlite3.Connection, workbook_id: str) -> dict[str, tuple[FieldChange, ...]]:
    """编号 → the changes of 责任人 and 责任部门 on record, oldest first."""
    marks = ", ".join("?" for _ in HANDS)
    headers = [column_by_key(Action)[key].header for key in HANDS]
    found = conn.execute(
        "SELECT number, field, before, after, seen_on FROM field_change "
        f"WHERE workbook_id = ? AND field IN ({marks}) ORDER BY serial",
        (workbook_id, *headers),
    )
    by_number: dict[str, tuple[FieldChange, ...]] = {}
    for number, field, before, after, seen in found:
        change = FieldChange(number, field, before, after, date.fromisoformat(seen))
        by_number[number] = (*by_number.get(number, ()), change)
    return by_number


@decoding
def rows_filled(conn: sqlite3.Connection, workbook_id: str, headers: tuple[str, ...]) -> dict[str, int]:
    """Header → in how many rows on the sheet the last snapshot saw it filled; those that were blank are left out."""
    if not headers:
        return {}
    layouts = layouts_of(conn)
    rows = conn.execute(
        "SELECT layout, CAST(fields AS BLOB) FROM row_seen WHERE workbook_id = ? AND gone_on = ''", (workbook_id,)
    )
    seen = Counter(header for row in rows for header in _texts(unpacked(layouts, *row)))
    return {header: seen[header] for header in headers if seen[header]}


@decoding
def texts_seen(conn: sqlite3.Connection, workbook_id: str, headers: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """编号 and what the last snapshot saw under these headers, of every row that was on the sheet; "" for a blank."""
    layouts = layouts_of(conn)
    rows = conn.execute(
        "SELECT number, layout, CAST(fields AS BLOB) FROM row_seen WHERE workbook_id = ? AND gone_on = ''",
        (workbook_id,),
    )
    for number, *packed in rows:
        values = unpacked(layouts, *packed)
        yield number, [cell_text(values.get(header)) for header in headers]


@decoding
def plans_seen(conn: sqlite3.Connection, workbook_id: str) -> dict[str, str]:
    """编号 → 计划编号 that the last snapshot saw, of every row that had one.

    SQLite takes that cell out by itself, a thousand rows a millisecond; of a dented row the next snapshot tells.
    """
    header = column_by_key(Action)["plan_number"].header
    seen: dict[str, str] = {}
    for layout, names in layouts_of(conn).items():
        if header in names:
            found = conn.execute(_CELL_SEEN, (f"$[{names.index(header)}]", workbook_id, layout))
            seen |= {number: str(text) for number, text in found if text}
    return seen


@decoding
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


def _fresh_rows(
    conn: sqlite3.Connection, workbook_id: str, snapshot: Snapshot, layout: int, on: date, marks: Mapping[str, bytes]
) -> Iterator[tuple[RowSeen, _Kept, tuple[FieldChange, ...]]]:
    """The rows that are new or not as they were, what is kept of them from now on, their changed fields.

    Of several rows with one number stays what was read last, while there was one.
    """
    layouts = layouts_of(conn)
    for row in chain(snapshot.rows, snapshot.aside):
        fields = pack(row.values)
        if marks.get(row.number) == _mark(layout, fields, row):
            continue
        before = _read(conn, workbook_id, row.number)
        if before is not None and not any(row.values):
            continue
        changed = _changed(layouts, row.number, before, (layout, fields), on) if before is not None else ()
        changed_on = before.changed_on if before is not None and not changed else on.isoformat()
        after = _kept(layout, fields, row, before, changed_on)
        if after != before:
            yield row, after, changed


def _kept(layout: int, fields: bytes, row: RowSeen, before: _Kept | None, changed_on: str) -> _Kept:
    return _Kept(layout, fields, *_first_seen(row, before), changed_on, mark=_mark(layout, fields, row))


def _mark(layout: int, fields: bytes, row: RowSeen) -> bytes:
    """The digest of all that is recorded of a row: with the same one, recording it again would change nothing."""
    beside = "\0".join((str(layout), str(row.due_on), *(row.approved or ()), row.approved_on))
    return sha256(fields + b"\0" + beside.encode()).digest()[:_MARK_SIZE]


def _read(conn: sqlite3.Connection, workbook_id: str, number: str) -> _Kept | None:
    found = conn.execute(_READ, (workbook_id, number)).fetchone()
    return _Kept._make(found) if found is not None else None


def _write(conn: sqlite3.Connection, workbook_id: str, row: RowSeen, kept: _Kept, seen_on: str) -> None:
    conn.execute(_WRITE, (workbook_id, row.number, *kept))
    if row.due_on is not None:
        conn.execute(_WRITE_DUE, (workbook_id, row.number, row.due_on.isoformat(), seen_on))


def _first_seen(row: RowSeen, before: _Kept | None) -> tuple[str, str, str, str]:
    """First due date and approved content, which stay as they were first seen, until the next approval."""
    due_on = row.due_on.isoformat() if row.due_on else ""
    if before is None:
        first_due, approved = due_on, ("", "", "")
    else:
        first_due = before.first_due or due_on
        approved = (before.approved_stamp, before.approved_measure, before.approved_due)
    if row.approved is not None and approved[0] != (stamp := f"approved {row.approved_on}"):
        approved = (stamp, *row.approved)
    return (first_due, *approved)


def _changed(
    layouts: Mapping[int, tuple[str, ...]], number: str, before: _Kept, after: tuple[int, bytes], on: date
) -> tuple[FieldChange, ...]:
    """The fields that read differently; values kept in another form or layout may read the same.

    Of a number that was only known to be there, on several rows, nothing can be compared.
    """
    if (before.layout, before.fields) == after:
        return ()
    was = _texts(unpacked(layouts, before.layout, before.fields))
    if not was:
        return ()
    now = _texts(unpacked(layouts, *after))
    return tuple(
        FieldChange(number, field, was.get(field, ""), now.get(field, ""), on)
        for field in {**was, **now}
        if was.get(field, "") != now.get(field, "")
    )


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    """Every value that is not blank, as `history` prints it."""
    return {field: text for field, value in values.items() if (text := cell_text(value))}
