"""The fate of every reminder: written before the letter leaves, and again right after."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from msgspec.structs import astuple, replace

from capa_xl.effects.journal_attempts import keep_attempts
from capa_xl.effects.journal_chain import (
    GONE,
    POSTING_COLUMNS,
    POSTINGS,
    add_link,
    begin_chain,
    digest,
    posting_subject,
)
from capa_xl.effects.journal_decoding import decoding
from capa_xl.model.as_of import SHANGHAI
from capa_xl.model.journal import FAILED, NOT_RECEIVED, OUTBOX, SENDING, SENT, UNKNOWN, Posting
from capa_xl.model.letter import JournalKey

INTERRUPTED = "工具在发送途中中断，服务器可能已经收下"
KEY = "workbook_id, number, milestone, due_version, occurrence, recipient"
REPLACED = ("result", "planned_on", "sent_on", "sent_at", "tried_on", "message_id", "error", "counts")
_TRANSPORT, _RESULT, _TRIED_ON, _ERROR = 6, 8, 12, 14  # their places among POSTING_COLUMNS
_READ = f"{KEY}, result, planned_on, sent_on, sent_at, transport, message_id, error, counts, tried_on"
_WRITE = f"""
INSERT INTO posting ({POSTING_COLUMNS})
VALUES ({", ".join("?" * (8 + len(REPLACED)))})
ON CONFLICT ({KEY}, transport, rehearsed_on) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in REPLACED)}
"""


def post(
    conn: sqlite3.Connection,
    postings: Iterable[Posting],
    tried_on: date | None = None,
    rehearsed_on: date | None = None,
) -> None:
    """Write postings, all or none, durable on return; a posting of the same key and transport is replaced.

    An attempt that failed, was refused or met an unknown fate is kept when a later one replaces it.

    Args:
        tried_on: Day of the attempt, which the weekly cap counts; None: each its own, else the day it was sent or
            planned.
        rehearsed_on: The as-of day of a rehearsal; real runs never see what is written with it.
    """
    rehearsed = rehearsed_on.isoformat() if rehearsed_on else ""
    written = [_values(posting, tried_on, rehearsed) for posting in postings]
    with conn:
        ids = () if rehearsed else sorted({str(row[0]) for row in written})
        for workbook_id in ids:
            begin_chain(conn, workbook_id)
        mine = {workbook_id: [row for row in written if row[0] == workbook_id] for workbook_id in ids}
        kept = {workbook_id: keep_attempts(conn, rows) for workbook_id, rows in mine.items()}
        conn.executemany(_WRITE, written)
        for workbook_id, rows in mine.items():
            _chain(conn, workbook_id, rows, kept[workbook_id])


def settle_interrupted(conn: sqlite3.Connection, workbook_id: str) -> int:
    """Turn what a killed run left as `sending` into `unknown`; returns how many reminders that are.

    To be called with the run lock held: another run's letter in hand is `sending` too. A letter to the outbox has no
    server that may have taken it, so its row goes and the letter is filed again under the same name.
    """
    with conn:
        begin_chain(conn, workbook_id)
        left = conn.execute(
            f"SELECT {POSTING_COLUMNS} FROM posting WHERE result = ? AND workbook_id = ? AND rehearsed_on = ''",
            (SENDING, workbook_id),
        ).fetchall()
        conn.execute(
            "DELETE FROM posting WHERE result = ? AND transport = ? AND workbook_id = ?", (SENDING, OUTBOX, workbook_id)
        )
        found = conn.execute(
            "UPDATE posting SET result = ?, error = ? WHERE result = ? AND workbook_id = ?",
            (UNKNOWN, INTERRUPTED, SENDING, workbook_id),
        )
        if left:
            tried_on = date.fromisoformat(max(str(row[_TRIED_ON]) for row in left))
            add_link(conn, workbook_id, POSTINGS, tried_on, {posting_subject(row): _settled(row) for row in left})
    return found.rowcount


def _settled(row: tuple[object, ...]) -> str:
    """The digest of an interrupted posting as it stands now."""
    if row[_TRANSPORT] == OUTBOX:
        return GONE
    return digest((*row[:_RESULT], UNKNOWN, *row[_RESULT + 1 : _ERROR], INTERRUPTED, *row[_ERROR + 1 :]))


@decoding
def postings_of(conn: sqlite3.Connection, workbook_id: str, but_not: str = "") -> tuple[Posting, ...]:
    """Every posting of a workbook in time order, rehearsals left out, and those of the transport `but_not`."""
    found = conn.execute(
        f"SELECT {_READ} FROM posting WHERE workbook_id = ? AND rehearsed_on = '' AND transport <> ? "
        "ORDER BY tried_on, sent_at, serial",
        (workbook_id, but_not),
    )
    return tuple(_posting(row) for row in found)


@decoding
def attempts_of(conn: sqlite3.Connection, workbook_id: str, but_not: str = "") -> tuple[Posting, ...]:
    """Every attempt that a later one replaced, oldest first, but for those of the transport `but_not`."""
    found = conn.execute(
        f"SELECT {_READ} FROM attempt WHERE workbook_id = ? AND transport <> ? ORDER BY serial", (workbook_id, but_not)
    )
    return tuple(_posting(row) for row in found)


def rehearsed_keys(conn: sqlite3.Connection, workbook_id: str, on: date) -> frozenset[JournalKey]:
    """What was rehearsed for that as-of day: it isn't filed a second time."""
    found = conn.execute(
        f"SELECT {KEY} FROM posting WHERE workbook_id = ? AND rehearsed_on = ?", (workbook_id, on.isoformat())
    )
    return frozenset(JournalKey(*row) for row in found)


def postings_by_id(conn: sqlite3.Connection, workbook_id: str) -> int:
    """How many postings of that workbook the journal holds; 0 for a lost or new journal."""
    found: int = conn.execute(
        "SELECT count(*) FROM posting WHERE workbook_id = ? AND rehearsed_on = ''", (workbook_id,)
    ).fetchone()[0]
    return found


def as_received(posting: Posting) -> Posting:
    """A posting of unknown fate once its recipient said that the letter came: sent on the day it was tried."""
    on = posting.tried_on or posting.planned_on
    return as_sent(posting, SENT, on, datetime.combine(on, time(), SHANGHAI).isoformat(timespec="seconds"))


def as_not_received(posting: Posting) -> Posting:
    """A posting of unknown fate once it is known that the letter did not come: a failure of the day it was tried."""
    return replace(posting, result=FAILED, error=NOT_RECEIVED)


def as_sent(posting: Posting, result: str, sent_on: date, sent_at: str) -> Posting:
    """The posting once its letter was accepted or filed."""
    return replace(posting, result=result, sent_on=sent_on, sent_at=sent_at, error="")


def _values(posting: Posting, tried_on: date | None, rehearsed: str) -> tuple[str | int, ...]:
    return (
        *astuple(posting.key),
        posting.transport,
        rehearsed,
        posting.result,
        posting.planned_on.isoformat(),
        posting.sent_on.isoformat() if posting.sent_on else "",
        posting.sent_at,
        (tried_on or posting.tried_on or posting.sent_on or posting.planned_on).isoformat(),
        posting.message_id,
        posting.error,
        int(posting.counts),
    )


def _chain(
    conn: sqlite3.Connection, workbook_id: str, rows: Iterable[tuple[str | int, ...]], kept: Mapping[str, str]
) -> None:
    """One link for the rows just written and the attempts they replaced, dated by the newest attempt among them."""
    marks = {posting_subject(row): (digest(row), str(row[_TRIED_ON])) for row in rows}
    newest = max(day for _, day in marks.values())
    content = {**kept, **{subject: mark for subject, (mark, _) in marks.items()}}
    add_link(conn, workbook_id, POSTINGS, date.fromisoformat(newest), content)


def _posting(row: tuple[str, ...]) -> Posting:
    result, planned_on, sent_on, sent_at, transport, message_id, error, counts, tried_on = row[6:]
    return Posting(
        key=JournalKey(*row[:6]),
        result=result,
        planned_on=date.fromisoformat(planned_on),
        sent_on=date.fromisoformat(sent_on) if sent_on else None,
        sent_at=sent_at,
        transport=transport,
        message_id=message_id,
        error=error,
        counts=bool(counts),
        tried_on=date.fromisoformat(tried_on) if tried_on else None,
    )
