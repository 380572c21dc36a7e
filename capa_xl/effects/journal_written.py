"""What a refresh wrote into the 〔自动〕 cells, and the runs on record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date

from capa_xl.model.snapshot import PastRun

_pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def record_run(
    conn: sqlite3.Connection, workbook_id: str, run: PastRun, cells: Iterable[tuple[str, Mapping[str, str]]] = ()
) -> None:
    """Record that a command ran over a workbook and what it wrote, all or nothing.

    The last snapshot holds for the bytes after the run too: only our own cells were written since.

    Args:
        cells: 编号, 〔自动〕 key → text, row by row (WB07); rows that are not among them stay as they are on record.
    """
    rows = ((workbook_id, number, _pack(row)) for number, row in cells)
    with conn:
        conn.executemany("INSERT OR REPLACE INTO auto_row VALUES (?, ?, ?)", rows)
        conn.execute("UPDATE snapshot SET fingerprint = ? WHERE workbook_id = ?", (run.fingerprint, workbook_id))
        conn.execute(
            "INSERT INTO run (workbook_id, ran_at, as_of, command, fingerprint) VALUES (?, ?, ?, ?, ?)",
            (workbook_id, run.ran_at, run.as_of.isoformat(), run.command, run.fingerprint),
        )


def has_auto_cells(conn: sqlite3.Connection, workbook_id: str) -> bool:
    """True when a refresh of that workbook is on record."""
    found = conn.execute("SELECT 1 FROM auto_row WHERE workbook_id = ? LIMIT 1", (workbook_id,)).fetchone()
    return found is not None


def past_runs(conn: sqlite3.Connection, workbook_id: str) -> tuple[PastRun, ...]:
    """The runs on record, oldest first."""
    found = conn.execute(
        "SELECT ran_at, as_of, command, fingerprint FROM run WHERE workbook_id = ? ORDER BY serial", (workbook_id,)
    )
    return tuple(PastRun(at, date.fromisoformat(day), command, mark) for at, day, command, mark in found)
