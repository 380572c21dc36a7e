"""Packs on record: what each review pack said of every action, so that the next one can say what changed."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

from capa_xl.effects.journal_chain import PACK, add_link, begin_chain, pack_subject, packs_standing
from capa_xl.effects.journal_decoding import decoding
from capa_xl.model.pack import EXTERNAL, PackState, recorded_period


def record_pack(
    conn: sqlite3.Connection, workbook_id: str, state: PackState, manifest: str, on: date, copy: str = ""
) -> None:
    """Record a pack; a second pack of the same period, day and copy takes the place of the first.

    Args:
        manifest: SHA-256 (hex) of its manifest: `archive` compares.
        on: The real day it was made.
        copy: `EXTERNAL`; "" for the internal one.
    """
    period = recorded_period(state.period, copy)
    rows = json.dumps(state.actions, ensure_ascii=False, sort_keys=True)
    with conn:
        begin_chain(conn, workbook_id)
        conn.execute(
            "INSERT OR REPLACE INTO pack (workbook_id, period_to, as_of, period, actions, manifest) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (workbook_id, state.period_to.isoformat(), state.as_of.isoformat(), period, rows, manifest),
        )
        subject = pack_subject(period, state.as_of.isoformat())
        add_link(conn, workbook_id, PACK, on, {subject: dict(packs_standing(conn, workbook_id))[subject]})


@decoding
def pack_before(conn: sqlite3.Connection, workbook_id: str, period_from: date, on: date) -> PackState | None:
    """The newest pack of a period that ended before `period_from`, of a day before T; None for the first.

    One that is made up for on T says what the tracker says today: compared with it, nothing ever changed.

    Args:
        on: T.
    """
    packs = conn.execute(
        "SELECT period, period_to, as_of, actions FROM pack WHERE workbook_id = ? AND period_to < ? "
        "ORDER BY period_to DESC, as_of DESC",
        (workbook_id, period_from.isoformat()),
    )
    for period, period_to, as_of, rows in packs:
        if (made_on := date.fromisoformat(as_of)) < on:
            actions = {number: tuple(values) for number, values in json.loads(rows).items()}
            return PackState(period.removesuffix(f" {EXTERNAL}"), date.fromisoformat(period_to), made_on, actions)
    return None
