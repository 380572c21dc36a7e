"""Intent before deed: what is about to be written is on record before the file is swapped, and struck off after.

A killed run leaves its intent; the next one tells by the workbook's fingerprint whether the deed was done, and then
records it or strikes it off. The 〔自动〕 cells that were to be written wait beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date

from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_layout import PACKED
from capa_xl.effects.journal_undo import add_applied, mark_undone, packed_edits, unpacked_edits
from capa_xl.effects.journal_written import AutoRow, add_run, hold_snapshot, packed_rows, record_run
from capa_xl.model.intent import REFRESHES, Intent
from capa_xl.model.snapshot import PastRun

_COLUMNS = "command, file_name, declared_at, as_of, before, after, edits, undoes"


def declare(conn: sqlite3.Connection, workbook_id: str, intent: Intent, rows: Iterable[AutoRow] = ()) -> int:
    """Put an intent on record, durable on return; gives its serial.

    Args:
        rows: What the 〔自动〕 cells will hold, of the rows that change.
    """
    with conn:
        made = conn.execute(
            f"INSERT INTO intent (workbook_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                workbook_id,
                intent.command,
                intent.file_name,
                intent.declared_at,
                intent.as_of.isoformat(),
                intent.before,
                intent.after,
                packed_edits(intent.edits),
                intent.undoes,
            ),
        )
        serial = made.lastrowid or 0
        waiting = ((serial, *row) for row in packed_rows(conn, rows))
        conn.executemany(f"INSERT OR REPLACE INTO intended_auto_row VALUES (?, ?, ?, {PACKED})", waiting)
    return serial


@decoding
def intents_of(conn: sqlite3.Connection, workbook_id: str) -> tuple[Intent, ...]:
    """The intents of a workbook that nobody settled, oldest first."""
    found = conn.execute(f"SELECT {_COLUMNS}, serial FROM intent WHERE workbook_id = ? ORDER BY serial", (workbook_id,))
    return tuple(_intent(row) for row in found)


def carry_out(conn: sqlite3.Connection, workbook_id: str, intent: Intent) -> None:
    """Record what an intent said as done, and strike it off, all or nothing.

    Args:
        intent: With its serial.
    """
    run = PastRun(intent.declared_at, intent.as_of, intent.command, intent.after, intent.before)
    with conn:
        if intent.undoes:
            mark_undone(conn, intent.undoes, intent.declared_at)
        elif intent.edits:
            add_applied(conn, workbook_id, intent)
        else:
            add_run(conn, workbook_id, run)
        if intent.command in REFRESHES:
            _take_over(conn, workbook_id, intent.serial)
            hold_snapshot(conn, workbook_id, run)
        _strike(conn, intent.serial)


def recorded_as_done(
    conn: sqlite3.Connection,
    workbook_id: str,
    intent: Intent,
    more: Callable[[sqlite3.Connection, str], None] = lambda conn, workbook_id: None,
) -> bool:
    """The same after a swap, when it is too late to refuse; False when the journal can't take it now.

    The intent then stays, and the next run settles it.

    Args:
        more: What else is to be on record before the intent goes.
    """
    try:
        more(conn, workbook_id)
        carry_out(conn, workbook_id, intent)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # our bug
    except sqlite3.DatabaseError:
        return False
    return True


def record_idle(conn: sqlite3.Connection, workbook_id: str, intent: Intent, rows: Iterable[AutoRow]) -> None:
    """Record a run that found every cell as it should be: no intent was needed.

    Args:
        rows: What the 〔自动〕 cells hold, where nothing was known of them.
    """
    if intent.command in REFRESHES:
        run = PastRun(intent.declared_at, intent.as_of, intent.command, intent.after, intent.before)
        record_run(conn, workbook_id, run, rows)
    else:
        carry_out(conn, workbook_id, intent)


def strike_off(conn: sqlite3.Connection, serial: int) -> None:
    """Strike off an intent whose deed was not done."""
    with conn:
        _strike(conn, serial)


def forget_rows(conn: sqlite3.Connection, workbook_id: str, serial: int) -> None:
    """Strike off an intent of which nobody knows whether it was carried out, and with it what was known of its cells.

    So nobody is said to have edited a 〔自动〕 cell by hand (WB07) that perhaps we wrote.
    """
    with conn:
        conn.execute(
            "DELETE FROM auto_row WHERE workbook_id = ? AND number IN "
            "(SELECT number FROM intended_auto_row WHERE intent = ?)",
            (workbook_id, serial),
        )
        _strike(conn, serial)


def _take_over(conn: sqlite3.Connection, workbook_id: str, serial: int) -> None:
    """The 〔自动〕 cells of an intent are what was written last."""
    conn.execute(
        "INSERT OR REPLACE INTO auto_row (workbook_id, number, layout, cells) "
        "SELECT ?, number, layout, cells FROM intended_auto_row WHERE intent = ?",
        (workbook_id, serial),
    )


def _strike(conn: sqlite3.Connection, serial: int) -> None:
    conn.execute("DELETE FROM intended_auto_row WHERE intent = ?", (serial,))
    conn.execute("DELETE FROM intent WHERE serial = ?", (serial,))


def _intent(row: tuple[str, str, str, str, str, str, str, int, int]) -> Intent:
    command, file_name, declared_at, as_of, before, after, edits, undoes, serial = row
    day = date.fromisoformat(as_of)
    return Intent(command, file_name, declared_at, day, before, after, unpacked_edits(edits), undoes, serial)
