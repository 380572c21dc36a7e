"""The journal and the owned sheet 提醒台账: mirrored into it, and taken over from it by a journal lost or older."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from capa_xl.effects.journal_postings import post, postings_by_id, postings_of
from capa_xl.effects.journal_written import last_run_at
from capa_xl.model.as_of import SHANGHAI
from capa_xl.model.journal import (
    FILED,
    OUTBOX,
    RESULT_WORDS,
    SENT,
    TRANSPORT_WORDS,
    JournalView,
    Posting,
)
from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.ledger_mark import day_in, ledger_mark
from capa_xl.model.letter import FIRST, JournalKey
from capa_xl.model.milestones import M1, labelled_code
from capa_xl.model.occurrence_words import occurrence_code
from capa_xl.model.records import LedgerRow

_RESULTS: Final = {word: result for result, word in RESULT_WORDS.items()}
_TRANSPORTS: Final = {word: transport for transport, word in TRANSPORT_WORDS.items()}
_GONE_OUT: Final = frozenset({SENT, FILED})
FIRST_ROW = 2


def ledger_rows(view: JournalView) -> tuple[LedgerRow, ...]:
    """The rows of 提醒台账: every posting, in time order. Take the view of the outbox, which has them all."""
    return tuple(_row(FIRST_ROW + place, posting) for place, posting in enumerate(view.postings))


def seed_from_ledger(
    conn: sqlite3.Connection,
    workbook_id: str,
    rows: Iterable[LedgerRow],
    lead: Lead = ONE_MONTH,
) -> int:
    """Take over from 提醒台账 what a journal doesn't know of its own workbook, so that nothing is sent again.

    A journal that knows nothing takes every line; one that is older than the sheet those it misses.

    Args:
        lead: 参数 到期前首次提醒: what was planned later was short notice.

    Returns:
        How many postings were taken over. Rows that can't be read are left out.
    """
    if postings_by_id(conn, workbook_id):
        rows = missed_lines(conn, workbook_id, rows)
    found = [posting for row in rows if (posting := _posting(row, workbook_id, lead)) is not None]
    if found:
        post(conn, found)
    return len(found)


def missed_lines(conn: sqlite3.Connection, workbook_id: str, rows: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """The lines that a journal misses, or knows as not sent, of what a later run sent; in a sheet with 校验码 those
    that agree with theirs.

    Postings come before their lines, so a line from after the last run on record that has no posting tells that the
    journal is an older one. Without such a line none is missed: what was taken out of it, or put into the sheet by
    hand, is for `history --verify`.
    """
    last = last_run_at(conn, workbook_id)
    own = [row for row in rows if row.workbook_id == workbook_id]
    is_marked = any(row.mark for row in own)
    ours = [row for row in own if not is_marked or row.mark == ledger_mark(row)]
    if not any(_instant(row.sent_at) > last for row in ours):
        return ()
    known = {(one.key, one.transport): one.result for one in postings_of(conn, workbook_id)}
    missed = []
    for row in ours:
        posting = _posting(row, workbook_id, ONE_MONTH)
        if posting is None:
            continue
        result = known.get((posting.key, posting.transport))
        if result is None or (result not in _GONE_OUT and posting.result in _GONE_OUT):
            missed.append(row)
    return tuple(missed) if any(_instant(row.sent_at) > last for row in missed) else ()


def _row(row: int, posting: Posting) -> LedgerRow:
    return LedgerRow(
        row=row,
        workbook_id=posting.key.workbook_id,
        number=posting.key.number,
        milestone=posting.key.milestone,
        due_version=posting.key.due_version,
        occurrence=posting.key.occurrence,
        recipient=posting.key.recipient,
        planned_on=posting.planned_on.isoformat(),
        sent_at=posting.sent_at,
        result=RESULT_WORDS.get(posting.result, posting.result),
        transport=TRANSPORT_WORDS.get(posting.transport, posting.transport),
        message_id=posting.message_id,
    )


def _posting(row: LedgerRow, workbook_id: str, lead: Lead) -> Posting | None:
    result = _RESULTS.get(row.result or "")
    planned_on, sent_on = day_in(row.planned_on), day_in(row.sent_at)
    if result is None or planned_on is None or not row.milestone or not row.recipient:
        return None
    if row.workbook_id not in (None, workbook_id) or (result in (SENT, FILED) and sent_on is None):
        return None
    key = JournalKey(
        workbook_id,
        row.number or "",
        labelled_code(row.milestone),
        row.due_version or "",
        occurrence_code(row.occurrence or FIRST),
        row.recipient,
    )
    return Posting(
        key=key,
        result=result,
        planned_on=planned_on,
        sent_on=sent_on,
        sent_at=_instant(row.sent_at),
        transport=_TRANSPORTS.get(row.transport or "", OUTBOX),
        message_id=row.message_id or "",
        counts=_counts(key, planned_on, lead),
    )


def _counts(key: JournalKey, planned_on: date, lead: Lead) -> bool:
    """M1 with its full lead; what was planned later was short notice and is outside 按时提醒率."""
    due_on = day_in(key.due_version)
    return key.milestone == M1.code and due_on is not None and planned_on <= lead.before(due_on)


def _instant(text: str | None) -> str:
    """The time of sending as the journal holds it; 提醒台账 shows it without its zone, which is Asia/Shanghai."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return text or ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)).isoformat(timespec="seconds")
