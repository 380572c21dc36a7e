"""Columns that were sorted without their rows since the run before: journal and table compared."""

from __future__ import annotations

import sqlite3
from collections.abc import Set

from capa_xl.app.shared.opening import Opened
from capa_xl.effects.journal_events import present_numbers
from capa_xl.effects.journal_rows import texts_seen
from capa_xl.effects.journal_snapshot import last_snapshot
from capa_xl.effects.journal_written import written_cells
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.cell_text import cell_text, value_in_cell
from capa_xl.model.columns import column_by_key
from capa_xl.policy.displaced import LETTER_COLUMNS, Displaced, Texts, displaced_headers, is_much

_HEADERS = tuple(column_by_key(Action)[key].header for key in LETTER_COLUMNS)


def displaced(conn: sqlite3.Connection, workbook_id: str, opened: Opened) -> Displaced | None:
    """The columns that stand beside other 编号 than the last run saw; None where none does, or it saw these bytes."""
    last = last_snapshot(conn, workbook_id)
    if last is None or last.fingerprint == opened.sha256:
        return None
    before, now = _rows_that_differ(conn, workbook_id, opened)
    headers, rows = displaced_headers(before, now)
    if not headers:
        return None
    ended = ended_numbers(conn, workbook_id, present_numbers(conn, workbook_id))
    if not is_much(rows, ended, last.row_count):
        return None
    return Displaced(headers, len(rows), last.taken_on)


def ended_numbers(conn: sqlite3.Connection, workbook_id: str, seen: Set[str]) -> Set[str]:
    """Those of the rows seen (`present_numbers`) that the last run wrote as come to their end."""
    written = written_cells(conn, workbook_id)
    return {number for number in seen if written.get((number, "status")) in words.ENDED}


def _rows_that_differ(
    conn: sqlite3.Connection, workbook_id: str, opened: Opened
) -> tuple[dict[str, Texts], dict[str, Texts]]:
    tracked = {action.number: action for action in opened.register.tracker.records}
    before: dict[str, Texts] = {}
    now: dict[str, Texts] = {}
    for number, texts in texts_seen(conn, workbook_id, _HEADERS):
        action = tracked.get(number)
        if action is None:
            continue
        standing = [cell_text(value_in_cell(action, key)) for key in LETTER_COLUMNS]
        if standing != texts:
            before[number], now[number] = tuple(texts), tuple(standing)
    return before, now
