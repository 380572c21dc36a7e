"""Intents that a killed run left in the journal, settled by the workbook's fingerprint. Shared ground."""

from __future__ import annotations

import sqlite3

from capa_xl.app.shared.columns_taken_back import forget_interrupted
from capa_xl.app.shared.opening import Opened
from capa_xl.effects.journal_intent import carry_out, forget_rows, intents_of, strike_off
from capa_xl.model.as_of import moment_text
from capa_xl.model.intent import Intent


def settle_intents(conn: sqlite3.Connection, workbook_id: str, source: Opened) -> tuple[str, ...]:
    """Settle what earlier runs were about to write; gives a Chinese sentence for each that had been interrupted.

    The bytes that were to be written are there: it is recorded as done. The bytes from before are: it was not done.
    Others: somebody saved since, and nobody can tell. A repair then counts as applied, for `undo` looks at every cell
    itself; of the 〔自动〕 cells nothing is known any more; an `undo` counts as not done.

    To be called with the writer's lock held, or on a copy of the journal.
    """
    found, said = source.sha256, list[str]()
    for intent in intents_of(conn, workbook_id):
        is_done = found == intent.after
        if not intent.is_of(source.path.name, found):
            continue
        told = forget_interrupted(conn, workbook_id, source, intent) if is_done else ()
        if is_done or (found != intent.before and intent.edits):
            carry_out(conn, workbook_id, intent)
        elif found == intent.before:
            strike_off(conn, intent.serial)
        else:
            forget_rows(conn, workbook_id, intent.serial)
        said += (_sentence(intent, found), *told)
    return tuple(said)


def _sentence(intent: Intent, found: str) -> str:
    when = f"{moment_text(intent.declared_at)} 的 {intent.command} 曾被中断"
    if found == intent.after:
        return f"{when}：当时已经写入，现在补记"
    if found == intent.before:
        return f"{when}：当时没有写入，工作簿和原来一样"
    return f"{when}，之后工作簿又被保存过，无法判断当时是否写入 → 请与 .capa_xl/backups 里的备份核对"
