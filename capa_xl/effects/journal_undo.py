"""What `--apply` wrote, kept so that `undo` can take the last one back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from capa_xl.effects.journal_decoding import decoding
from capa_xl.model.intent import Intent
from capa_xl.model.register import AutoValue
from capa_xl.model.snapshot import Applied, AppliedEdit

_STANDING = (
    "SELECT serial, applied_at, what, fingerprint, edits, stood FROM applied WHERE workbook_id = ? AND undone_at = ''"
)


def add_applied(conn: sqlite3.Connection, workbook_id: str, intent: Intent) -> None:
    """Put one `--apply` that was carried out on record, within a transaction."""
    conn.execute(
        "INSERT INTO applied (workbook_id, applied_at, what, fingerprint, edits, stood) VALUES (?, ?, ?, ?, ?, ?)",
        (workbook_id, intent.declared_at, intent.command, intent.after, packed_edits(intent.edits), intent.before),
    )


@decoding
def last_applied(conn: sqlite3.Connection, workbook_id: str) -> Applied | None:
    """The last `--apply` that still stands; None when there is none."""
    row = conn.execute(f"{_STANDING} ORDER BY serial DESC LIMIT 1", (workbook_id,)).fetchone()
    return None if row is None else _applied(row)


@decoding
def applied_by(conn: sqlite3.Connection, workbook_id: str, commands: Collection[str]) -> tuple[Applied, ...]:
    """What those commands wrote with `--apply` and still stands, oldest first."""
    marks = ", ".join("?" for _ in commands)
    found = conn.execute(f"{_STANDING} AND what IN ({marks}) ORDER BY serial", (workbook_id, *commands))
    return tuple(map(_applied, found))


def _applied(row: tuple[Any, ...]) -> Applied:
    serial, applied_at, what, fingerprint, edits, stood = row
    return Applied(serial, applied_at, what, fingerprint, unpacked_edits(edits), stood)


def mark_undone(conn: sqlite3.Connection, serial: int, at: str) -> None:
    """Mark one `--apply` as taken back, within a transaction."""
    conn.execute("UPDATE applied SET undone_at = ? WHERE serial = ?", (at, serial))


def packed_edits(edits: Iterable[AppliedEdit]) -> str:
    """Edits → the text that is kept: JSON, dates as {"date": ISO}."""
    return json.dumps(
        [[e.sheet, e.cell, _packed(e.before), _packed(e.after), e.row] for e in edits], ensure_ascii=False
    )


def unpacked_edits(packed: str) -> tuple[AppliedEdit, ...]:
    """The edits of such a text."""
    return tuple(
        AppliedEdit(sheet, cell, _unpacked(before), _unpacked(after), *row)
        for sheet, cell, before, after, *row in json.loads(packed)
    )


def _packed(value: AutoValue) -> Any:
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> AutoValue:
    return date.fromisoformat(value["date"][:10]) if isinstance(value, dict) else value
