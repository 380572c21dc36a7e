"""The hash chain of the journal: every posting, snapshot and pack is a link that holds the hash of the one before.

A link's content says, by subject, what was written: `{subject: digest}`. So a changed sent date, a row that was taken
out or slipped in, and a link that was rewritten are all seen by `journal_verify`. What was there before the chain began
is its first link, the genesis. Whoever rewrites the whole journal is seen only by the heads printed in papers and
manifests; whoever rewrites those too is not seen.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

GENESIS, POSTINGS, SNAPSHOT, PACK, PAPER = "genesis", "postings", "snapshot", "pack", "paper"
GONE: Final = ""
"""The digest of a subject that was taken out by the program itself."""
CHANGES: Final = "changes "
"""Subject of the field changes of one snapshot, with the serials of the first and the last: `changes 3-7`."""
ATTEMPT: Final = "attempt "
"""Subject of an attempt that a later one replaced, with its serial: `attempt 3`."""
EDITION: Final = "edition "
"""Subject of a frozen edition, with kind, number and edition: `edition report GJ-2026-031 1`."""
SCAN: Final = "scan "
"""Subject of a signed scan, with the hash of its file."""

POSTING_COLUMNS: Final = (
    "workbook_id, number, milestone, due_version, occurrence, recipient, transport, rehearsed_on, result, planned_on, "
    "sent_on, sent_at, tried_on, message_id, error, counts"
)
EDITION_COLUMNS: Final = "kind, number, at, paper_number, frozen_on, content_hash, sha256, cells"
SCAN_COLUMNS: Final = "sha256, kind, number, at, paper_number, pages, signed_on, filed_on"
"""What a digest is of, in this order; after `workbook_id` they are the whole row."""
_KEY_WIDTH = 7


class ChainLink(NamedTuple):
    """One link: its number, what it is of, its day (ISO), its content as text, the hash before it and its own."""

    serial: int
    kind: str
    on: str
    content: str
    previous: str
    mark: str


def begin_chain(conn: sqlite3.Connection, workbook_id: str) -> None:
    """Make the genesis of a workbook that has no chain yet from all that is on record; within a transaction."""
    if last_link(conn, workbook_id) is None:
        _append(conn, workbook_id, GENESIS, "", dict(standing(conn, workbook_id)))


def add_link(conn: sqlite3.Connection, workbook_id: str, kind: str, on: date, content: Mapping[str, str]) -> None:
    """Append one link, in the transaction of what it speaks of and after `begin_chain`.

    Args:
        on: The real day. A link is never dated before the one in front of it, so that the head before a given day
            stays what it was, whatever is added later.
        content: Subject → digest of what stands there now, `GONE` for what was taken out.
    """
    _append(conn, workbook_id, kind, on.isoformat(), content)


def head_before(conn: sqlite3.Connection, workbook_id: str, day: date) -> str:
    """Hash (hex) of the last link dated before that day; "" when there is none.

    The genesis has no day and is left out: a pack may be what makes it, and its own head mustn't change by that.
    """
    row = conn.execute(
        "SELECT mark FROM chain WHERE workbook_id = ? AND on_day <> '' AND on_day < ? ORDER BY serial DESC LIMIT 1",
        (workbook_id, day.isoformat()),
    ).fetchone()
    return row[0] if row else ""


def links(conn: sqlite3.Connection, workbook_id: str) -> Iterator[ChainLink]:
    """The chain from its genesis on."""
    found = conn.execute(
        "SELECT serial, kind, on_day, content, previous, mark FROM chain WHERE workbook_id = ? ORDER BY serial",
        (workbook_id,),
    )
    return (ChainLink(*row) for row in found)


def last_link(conn: sqlite3.Connection, workbook_id: str) -> ChainLink | None:
    """The newest link; None before the first."""
    row = conn.execute(
        "SELECT serial, kind, on_day, content, previous, mark FROM chain WHERE workbook_id = ? "
        "ORDER BY serial DESC LIMIT 1",
        (workbook_id,),
    ).fetchone()
    return ChainLink(*row) if row else None


def mark_of(previous: str, kind: str, on: str, content: str) -> str:
    """The hash of a link."""
    return digest((previous, kind, on, content))


def digest(values: Iterable[object]) -> str:
    """SHA-256 (hex) over values as text."""
    return hashlib.sha256("\x1f".join(map(str, values)).encode("utf-8", "surrogatepass")).hexdigest()


def posting_subject(values: Sequence[object]) -> str:
    """The subject of one posting, from its values in the order of `POSTING_COLUMNS`."""
    return json.dumps(values[1:_KEY_WIDTH], ensure_ascii=False)


def pack_subject(period: str, as_of: str) -> str:
    """The subject of one pack."""
    return f"pack {period} {as_of}"


def edition_subject(kind: str, number: str, at: int) -> str:
    """The subject of one frozen edition."""
    return f"{EDITION}{kind} {number} {at}"


def scan_subject(sha256: str) -> str:
    """The subject of one signed scan."""
    return f"{SCAN}{sha256}"


def standing(conn: sqlite3.Connection, workbook_id: str) -> Iterator[tuple[str, str]]:
    """Subject → digest of all that stands in the journal now, but for the field changes of later snapshots."""
    yield from records_standing(conn, workbook_id)
    first, last = conn.execute(
        "SELECT min(serial), max(serial) FROM field_change WHERE workbook_id = ?", (workbook_id,)
    ).fetchone()
    if first is not None:
        yield f"{CHANGES}{first}-{last}", changes_digest(conn, workbook_id, first, last)


def records_standing(conn: sqlite3.Connection, workbook_id: str) -> Iterator[tuple[str, str]]:
    """All of it but the field changes, which are digested by their serials."""
    yield from postings_standing(conn, workbook_id)
    yield from attempts_standing(conn, workbook_id)
    yield from packs_standing(conn, workbook_id)
    yield from papers_standing(conn, workbook_id)
    yield from snapshot_standing(conn, workbook_id)


def postings_standing(conn: sqlite3.Connection, workbook_id: str) -> Iterator[tuple[str, str]]:
    """Every posting but rehearsals, which real runs don't see."""
    found = conn.execute(
        f"SELECT {POSTING_COLUMNS} FROM posting WHERE workbook_id = ? AND rehearsed_on = '' ORDER BY serial",
        (workbook_id,),
    )
    return ((posting_subject(row), digest(row)) for row in found)


def attempts_standing(conn: sqlite3.Connection, workbook_id: str) -> Iterator[tuple[str, str]]:
    """Every attempt that a later one replaced."""
    found = conn.execute(
        f"SELECT serial, {POSTING_COLUMNS} FROM attempt WHERE workbook_id = ? ORDER BY serial", (workbook_id,)
    )
    return ((f"{ATTEMPT}{row[0]}", digest(row[1:])) for row in found)


def packs_standing(conn: sqlite3.Connection, workbook_id: str) -> Iterator[tuple[str, str]]:
    """Every pack with the hash of its manifest."""
    found = conn.execute(
        "SELECT period, as_of, period_to, actions, manifest FROM pack WHERE workbook_id = ? ORDER BY period_to, as_of",
        (workbook_id,),
    )
    return ((pack_subject(row[0], row[1]), digest(row)) for row in found)


def papers_standing(conn: sqlite3.Connection, workbook_id: str) -> Iterator[tuple[str, str]]:
    """Every frozen edition and every signed scan."""
    editions = conn.execute(
        f"SELECT {EDITION_COLUMNS} FROM edition WHERE workbook_id = ? ORDER BY kind, number, at", (workbook_id,)
    )
    yield from ((edition_subject(*row[:3]), digest(row)) for row in editions)
    scans = conn.execute(f"SELECT {SCAN_COLUMNS} FROM scan WHERE workbook_id = ? ORDER BY sha256", (workbook_id,))
    yield from ((scan_subject(row[0]), digest(row)) for row in scans)


def snapshot_standing(conn: sqlite3.Connection, workbook_id: str) -> Iterator[tuple[str, str]]:
    """The head of the last snapshot."""
    found = conn.execute(
        "SELECT taken_on, fingerprint, row_count, columns, alarm_to FROM snapshot WHERE workbook_id = ?", (workbook_id,)
    )
    return (("snapshot", digest(row)) for row in found)


def changes_digest(conn: sqlite3.Connection, workbook_id: str, first: int, last: int) -> str:
    """Digest of the field changes between two serials, both among them."""
    found = conn.execute(
        "SELECT serial, number, field, before, after, seen_on FROM field_change "
        "WHERE workbook_id = ? AND serial BETWEEN ? AND ? ORDER BY serial",
        (workbook_id, first, last),
    )
    return digest(digest(row) for row in found)


def _append(conn: sqlite3.Connection, workbook_id: str, kind: str, on: str, content: Mapping[str, str]) -> None:
    last = last_link(conn, workbook_id)
    previous, day = (last.mark, max(last.on, on)) if last else ("", on)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    conn.execute(
        "INSERT INTO chain (workbook_id, kind, on_day, content, previous, mark) VALUES (?, ?, ?, ?, ?, ?)",
        (workbook_id, kind, day, text, previous, mark_of(previous, kind, day, text)),
    )
