"""Final papers on record: which editions were frozen, and which signed scans were filed to them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from capa_xl.effects.journal_chain import (
    EDITION_COLUMNS,
    PAPER,
    SCAN_COLUMNS,
    add_link,
    begin_chain,
    digest,
    edition_subject,
    scan_subject,
)
from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_events import record_events
from capa_xl.model.edition import Edition, PaperRecord, SignedScan, edition_name
from capa_xl.model.paper_kinds import REPORT, kind_by_key
from capa_xl.model.snapshot import RowEvent, RowEventKind


def record_editions(conn: sqlite3.Connection, workbook_id: str, editions: Iterable[Edition], on: date) -> None:
    """Put editions that were just frozen on record, all or none.

    One that another run put there meanwhile stays as it is: the shelf holds no two files of one edition, so both runs
    froze the same bytes.
    """
    with conn:
        begin_chain(conn, workbook_id)
        put = (_put_edition(conn, workbook_id, one) for one in editions)
        content = dict(one for one in put if one is not None)
        if content:
            add_link(conn, workbook_id, PAPER, on, content)


def record_scan(conn: sqlite3.Connection, workbook_id: str, scan: SignedScan) -> None:
    """Put a signed scan that was just filed on record."""
    signed = scan.signed_on.isoformat() if scan.signed_on else ""
    row = (
        scan.sha256, scan.kind, scan.number, scan.at, scan.paper_number, scan.pages, signed, scan.filed_on.isoformat(),
    )  # fmt: skip
    with conn:
        begin_chain(conn, workbook_id)
        conn.execute(
            f"INSERT INTO scan (workbook_id, {SCAN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (workbook_id, *row)
        )
        add_link(conn, workbook_id, PAPER, scan.filed_on, {scan_subject(scan.sha256): digest(row)})
        words = f"{_told(scan)}{f'，签字日期 {signed}' if signed else ''}"
        event = RowEvent(RowEventKind.SIGNED, scan.number, kind_by_key(scan.kind).title, "", words, scan.filed_on)
        record_events(conn, workbook_id, (event,))


@decoding
def paper_record(conn: sqlite3.Connection, workbook_id: str) -> PaperRecord:
    """Everything on record of a workbook's papers."""
    editions = conn.execute(
        f"SELECT {EDITION_COLUMNS} FROM edition WHERE workbook_id = ? ORDER BY kind, number, at", (workbook_id,)
    )
    scans = conn.execute(f"SELECT {SCAN_COLUMNS} FROM scan WHERE workbook_id = ? ORDER BY rowid", (workbook_id,))
    return PaperRecord(tuple(map(_edition, editions)), tuple(map(_scan, scans)))


def printed_numbers(conn: sqlite3.Connection, workbook_id: str) -> dict[str, str]:
    """编号 → the number that the newest final report of that action prints."""
    found = conn.execute(
        "SELECT number, paper_number FROM edition WHERE workbook_id = ? AND kind = ? ORDER BY at",
        (workbook_id, REPORT.key),
    )
    return dict(found.fetchall())


def _put_edition(conn: sqlite3.Connection, workbook_id: str, one: Edition) -> tuple[str, str] | None:
    """Insert one; its subject and digest for the chain, None where it is on record."""
    cells = json.dumps(one.cells, ensure_ascii=False)
    on = one.frozen_on.isoformat()
    row = (one.kind, one.number, one.at, one.paper_number, on, one.content_hash, one.sha256, cells)
    insert = f"INSERT OR IGNORE INTO edition (workbook_id, {EDITION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    if not conn.execute(insert, (workbook_id, *row)).rowcount:
        return None
    words = _told(one)
    event = RowEvent(RowEventKind.FROZEN, one.number, kind_by_key(one.kind).title, "", words, one.frozen_on)
    record_events(conn, workbook_id, (event,))
    return edition_subject(one.kind, one.number, one.at), digest(row)


def _told(one: Edition | SignedScan) -> str:
    return f"{one.paper_number} {edition_name(one.at)}，校验码 {one.mark}"


def _edition(row: tuple[str, str, int, str, str, str, str, str]) -> Edition:
    kind, number, at, paper_number, frozen_on, content_hash, sha256, cells = row
    day = date.fromisoformat(frozen_on)
    return Edition(kind, number, at, paper_number, day, content_hash, sha256, json.loads(cells))


def _scan(row: tuple[str, str, str, int, str, int, str, str]) -> SignedScan:
    sha256, kind, number, at, paper_number, pages, signed_on, filed_on = row
    signed = date.fromisoformat(signed_on) if signed_on else None
    return SignedScan(kind, number, at, paper_number, sha256, pages, signed, date.fromisoformat(filed_on))
