"""What a refresh wrote into the 〔自动〕 cells, and the runs on record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from capa_xl.effects.journal_chain import SNAPSHOT, add_link, begin_chain, snapshot_standing
from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_layout import PACKED, layout_of, layouts_of, pack, unpacked
from capa_xl.model.intent import REFRESHES
from capa_xl.model.register import AutoValue, auto_text
from capa_xl.model.snapshot import PastRun

AutoRow = tuple[str, Mapping[str, AutoValue]]
"""编号 and what its 〔自动〕 cells hold, by key."""


def record_run(conn: sqlite3.Connection, workbook_id: str, run: PastRun, written: Iterable[AutoRow] = ()) -> None:
    """Record a run that had nothing to write, all or nothing.

    Args:
        written: What the 〔自动〕 cells hold (WB07); rows that are not among them stay as they are on record.
    """
    with conn:
        rows = ((workbook_id, *row) for row in packed_rows(conn, written))
        conn.executemany(
            f"INSERT OR REPLACE INTO auto_row (workbook_id, number, layout, cells) VALUES (?, ?, ?, {PACKED})", rows
        )
        add_run(conn, workbook_id, run)
        hold_snapshot(conn, workbook_id, run)


def add_run(conn: sqlite3.Connection, workbook_id: str, run: PastRun) -> None:
    """Put a run on record, within a transaction."""
    conn.execute(
        "INSERT INTO run (workbook_id, ran_at, as_of, command, fingerprint, stood) VALUES (?, ?, ?, ?, ?, ?)",
        (workbook_id, run.ran_at, run.as_of.isoformat(), run.command, run.fingerprint, run.stood),
    )


def hold_snapshot(conn: sqlite3.Connection, workbook_id: str, run: PastRun) -> None:
    """Let the last snapshot hold for the bytes after a run that wrote our own cells only; within a transaction."""
    begin_chain(conn, workbook_id)
    conn.execute("UPDATE snapshot SET fingerprint = ? WHERE workbook_id = ?", (run.fingerprint, workbook_id))
    on = date.fromisoformat(run.ran_at[:10])
    add_link(conn, workbook_id, SNAPSHOT, on, dict(snapshot_standing(conn, workbook_id)))


def has_auto_cells(conn: sqlite3.Connection, workbook_id: str) -> bool:
    """True when a refresh of that workbook is on record."""
    found = conn.execute("SELECT 1 FROM auto_row WHERE workbook_id = ? LIMIT 1", (workbook_id,)).fetchone()
    return found is not None


@decoding
def written_cells(conn: sqlite3.Connection, workbook_id: str) -> dict[tuple[str, str], str]:
    """(编号, 〔自动〕 key) → text of what the last refresh wrote."""
    layouts = layouts_of(conn)
    found = conn.execute("SELECT number, layout, cells FROM auto_row WHERE workbook_id = ?", (workbook_id,))
    return {
        (number, key): value if type(value) is str else auto_text(value)
        for number, layout, cells in found
        for key, value in unpacked(layouts, layout, cells).items()
    }


def has_live_run(conn: sqlite3.Connection, workbook_id: str) -> bool:
    """True when some refresh or pass is on record that was made on its own as-of day: the workbook is served live."""
    return any(run.ran_at[:10] == run.as_of.isoformat() for run in past_refreshes(conn, workbook_id))


def last_run_at(conn: sqlite3.Connection, workbook_id: str) -> str:
    """When the last run on record was, ISO; "" before the first."""
    found = conn.execute("SELECT max(ran_at) FROM run WHERE workbook_id = ?", (workbook_id,)).fetchone()[0]
    return found or ""


@decoding
def past_runs(conn: sqlite3.Connection, workbook_id: str) -> tuple[PastRun, ...]:
    """The runs on record, oldest first."""
    found = conn.execute(
        "SELECT ran_at, as_of, command, fingerprint, stood FROM run WHERE workbook_id = ? ORDER BY serial",
        (workbook_id,),
    )
    return tuple(PastRun(at, date.fromisoformat(day), command, *marks) for at, day, command, *marks in found)


def past_refreshes(conn: sqlite3.Connection, workbook_id: str) -> tuple[PastRun, ...]:
    """Those that wrote our own cells alone and saw the rows: refreshes and daily passes; a patch sees none."""
    return tuple(run for run in past_runs(conn, workbook_id) if run.command in REFRESHES)


def was_left_by_a_run(conn: sqlite3.Connection, fingerprint: str) -> bool:
    """Whether a run on record found or made a workbook of those bytes."""
    return conn.execute("SELECT 1 FROM run WHERE fingerprint = ? LIMIT 1", (fingerprint,)).fetchone() is not None


_OLDER_VERSION = """
SELECT version.ran_at FROM (
    SELECT ran_at, CASE WHEN stood = :mark THEN serial ELSE serial + 1 END AS since FROM run
        WHERE workbook_id = :id AND :mark IN (fingerprint, stood)
    UNION ALL
    SELECT applied_at, (SELECT min(serial) FROM run WHERE workbook_id = :id AND ran_at > applied_at) FROM applied
        WHERE workbook_id = :id AND :mark IN (fingerprint, stood)
) AS version
WHERE EXISTS (SELECT 1 FROM run WHERE workbook_id = :id AND serial >= version.since AND fingerprint <> :mark)
    AND NOT EXISTS (SELECT 1 FROM applied WHERE workbook_id = :id AND stood = :mark AND undone_at <> '')
    AND :mark <> (SELECT fingerprint FROM run WHERE workbook_id = :id ORDER BY serial DESC LIMIT 1)
ORDER BY version.ran_at DESC LIMIT 1
"""


def older_version(conn: sqlite3.Connection, workbook_id: str, fingerprint: str) -> str:
    """When the version of those bytes was there, ISO; "" for bytes that no run wrote or wrote over, and for the newest.

    A version counts as older once a refresh wrote another after it. One that `undo` brought back is none: our own hand
    did that.
    """
    found = conn.execute(_OLDER_VERSION, {"id": workbook_id, "mark": fingerprint}).fetchone()
    return str(found[0]) if found else ""


def forget_auto_cells(conn: sqlite3.Connection, workbook_id: str) -> None:
    """Forget what was written into the 〔自动〕 cells: the workbook is another version, and nobody edited them."""
    with conn:
        conn.execute("DELETE FROM auto_row WHERE workbook_id = ?", (workbook_id,))


def packed_rows(conn: sqlite3.Connection, written: Iterable[AutoRow]) -> Iterator[tuple[str, int, bytes]]:
    """编号, layout and packed cells of every row, as the tables take them."""
    layouts: dict[tuple[str, ...], int] = {}
    for number, cells in written:
        keys = tuple(cells)
        if keys not in layouts:
            layouts[keys] = layout_of(conn, keys)
        yield number, layouts[keys], pack(tuple(cells.values()))
