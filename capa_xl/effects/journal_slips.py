"""Slips on record: which were sent, so that nothing is ever taken from one that was not, or that was changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from datetime import date


def record_slip(
    conn: sqlite3.Connection, workbook_id: str, token: str, department: str, on: date, lines: Iterable[str]
) -> None:
    """Record a slip that is handed out; the same slip made again is the same record."""
    with conn:
        conn.execute(
            "INSERT OR REPLACE INTO slip (workbook_id, token, department, made_on, addresses) VALUES (?, ?, ?, ?, ?)",
            (workbook_id, token, department, on.isoformat(), addresses_hash(lines)),
        )


def is_as_sent(conn: sqlite3.Connection, workbook_id: str, token: str, lines: Iterable[str]) -> bool:
    """True when a slip of that token was handed out for this workbook with exactly these address lines."""
    row = conn.execute(
        "SELECT addresses FROM slip WHERE workbook_id = ? AND token = ?", (workbook_id, token)
    ).fetchone()
    return row is not None and row[0] == addresses_hash(lines)


def addresses_hash(lines: Iterable[str]) -> str:
    """SHA-256 (hex) over the lines of a slip's hidden sheet."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
