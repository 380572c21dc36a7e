"""Which columns and sheets an undo took away, put on record before the undo counts as done: no later pass misses them.

A run that is killed in between leaves its intent, and the next one does both (`intents`).
"""

from __future__ import annotations

import sqlite3
from functools import partial

from capa_xl.app.shared.backed_up import bytes_of
from capa_xl.app.shared.opening import Opened, Source, parsed
from capa_xl.effects.journal_snapshot import forget_columns, forget_growth
from capa_xl.effects.journal_undo import last_applied
from capa_xl.errors import CapaError
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.command_line import THIS_WORKBOOK, to_paste
from capa_xl.model.intent import GROW, UNDO, Intent
from capa_xl.model.kept_sheets import remembered_keys
from capa_xl.model.register import Register
from capa_xl.model.snapshot import Applied


def gone_between(before: Register, after: Register) -> frozenset[str]:
    """Keys of the tracker's columns, and of the sheets that are remembered, that the one has and the other hasn't."""
    return frozenset(remembered_keys(before) - remembered_keys(after))


def register_in(opened: Opened, blob: bytes) -> Register:
    """What other bytes of the same workbook hold.

    Raises:
        UnreadableWorkbook: They are no workbook.
    """
    return parsed(Source(opened.desk, blob, "")).register


def gone_words(keys: frozenset[str]) -> tuple[str, ...]:
    """That columns are gone since cells were taken back, and what stops with them; () where none is."""
    gone = tuple(column.header for column in columns_of(Action) if column.key in keys)
    again = f"不是有意的，再答一次：{to_paste('adopt', THIS_WORKBOOK)}"
    return (f"从此没有这些列：{'、'.join(gone)}；靠它们判断的都停了，提醒照发 → {again}",) if gone else ()


def forgetting(opened: Opened, before: Register, after: Register, applied: Applied) -> partial[None]:
    """What puts on record, for a connection and the workbook's id, which columns go as `applied` is taken back."""
    on = opened.desk.as_of.today
    if applied.what == GROW:
        return partial(forget_growth, columns=frozenset(remembered_keys(after)), on=on)
    return partial(forget_columns, taken=gone_between(before, after), on=on)


def forget_interrupted(conn: sqlite3.Connection, workbook_id: str, now: Opened, intent: Intent) -> tuple[str, ...]:
    """The same for an undo that was killed once the workbook was written, before it counts as recorded; what it says.

    What cells it took back can't be known where the backup is gone: the next pass then asks for the columns.

    Args:
        now: The workbook as the undo left it.
    """
    applied = last_applied(conn, workbook_id) if intent.command == UNDO else None
    if applied is None or applied.serial != intent.undoes:
        return ()
    before = now.register if applied.what == GROW else _stood_before(now, intent)
    forgetting(now, before, now.register, applied)(conn, workbook_id)
    return gone_words(gone_between(before, now.register))


def _stood_before(now: Opened, intent: Intent) -> Register:
    """The workbook before the undo, by its backup; as it is now where that is gone or can't be read."""
    try:
        blob = bytes_of(now, intent.before)
        return register_in(now, blob) if blob is not None else now.register
    except CapaError:
        return now.register
