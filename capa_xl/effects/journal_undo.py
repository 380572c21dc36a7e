"""What `--apply` wrote, kept so that `undo` can take the last one back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from capa_xl.effects.journal_decoding import decoding
from capa_xl.model.register import AutoValue
from capa_xl.model.snapshot import Applied, AppliedEdit


def record_applied(
    conn: sqlite3.Connection,
    workbook_id: str,
    *,
    at: str,
    what: str,
    fingerprint: str,
    edits: Iterable[AppliedEdit],
) -> int:
    """Record one `--apply` after the file was replaced; returns its serial number.

    Args:
        at: ISO time.
        fingerprint: Hash of the workbook's bytes after it.
    """
    cells = json.dumps([[e.sheet, e.cell, _packed(e.before), _packed(e.after)] for e in edits], ensure_ascii=False)
    with conn:
        made = conn.execute(
            "INSERT INTO applied (workbook_id, applied_at, what, fingerprint, edits) VALUES (?, ?, ?, ?, ?)",
            (workbook_id, at, what, fingerprint, cells),
        )
    return made.lastrowid or 0


@decoding
def last_applied(conn: sqlite3.Connection, workbook_id: str) -> Applied | None:
    """The last `--apply` that still stands; None when there is none."""
    row = conn.execute(
        "SELECT serial, applied_at, what, fingerprint, edits FROM applied "
        "WHERE workbook_id = ? AND undone_at = '' ORDER BY serial DESC LIMIT 1",
        (workbook_id,),
    ).fetchone()
    if row is None:
        return None
    edits = tuple(AppliedEdit(s, c, _unpacked(before), _unpacked(after)) for s, c, before, after in json.loads(row[4]))
    serial, applied_at, what, fingerprint, _ = row
    return Applied(serial, applied_at, what, fingerprint, edits)


def record_undone(conn: sqlite3.Connection, serial: int, at: str) -> None:
    """Mark one `--apply` as taken back."""
    with conn:
        conn.execute("UPDATE applied SET undone_at = ? WHERE serial = ?", (at, serial))


def _packed(value: AutoValue) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> AutoValue:
    return date.fromisoformat(value["date"][:10]) if isinstance(value, dict) else value
