"""Taking a `grow` back: the workbook as it stood before takes its place again, where nobody did anything since."""

from __future__ import annotations

from itertools import islice

from capa_xl.a1 import parse_cell
from capa_xl.app.shared.backed_up import bytes_of
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.journal_snapshot import forget_columns, forget_growth
from capa_xl.errors import UnsafeWrite
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.cut_text import cut_list
from capa_xl.model.kept_sheets import remembered_keys
from capa_xl.model.register import Register
from capa_xl.model.snapshot import Applied
from capa_xl.ooxml.patch import Changes, RowChange
from capa_xl.workbook.adopting.grown_since import SAVED, done_since

_NAMED = 3
"""So many cells a refusal names."""


def before_growth(opened: Opened, applied: Applied) -> bytes:
    """The bytes of the workbook before it grew.

    Raises:
        UnsafeWrite: People changed something since, or the backup is gone; nothing is written.
    """
    stood, grown = bytes_of(opened, applied.stood), bytes_of(opened, applied.fingerprint)
    if stood is None:
        raise UnsafeWrite("加列以前的备份已经不在了，不能退回 → 不需要的列可以在 Excel 里隐藏")
    written = () if grown else tuple((edit.sheet, edit.cell) for edit in applied.edits)
    since = done_since(grown or stood, opened.blob, opened.register.tracker, written)
    found = list(islice(since, _NAMED + 1))
    if found:
        what = SAVED if found == [SAVED] else f"改过 {cut_list(found, _NAMED)}"
        raise UnsafeWrite(
            f"加列以后{what}，整本退回会丢掉这些，没有退回 → 不需要的列可以在 Excel 里隐藏；"
            f"确要退回，请用加列以前的备份（{opened.desk.backups}，校验码 {applied.stood[:8]}）"
        )
    return stood


def changes_back(applied: Applied) -> Changes:
    """The cells that go with the columns and sheets."""
    rows = []
    for edit in applied.edits:
        place = parse_cell(edit.cell)
        if place is not None:
            rows.append(RowChange(edit.sheet, place[0], [place[1]], [edit.after], [edit.before]))
    return Changes(tuple(rows))


def forget_taken(desk: Desk, before: Register) -> tuple[str, ...]:
    """Put on record which columns the cells taken back took away, so that the next pass misses none of them.

    Returns:
        Their standard headers, in column order.
    """
    opened = open_tracker(desk)
    taken = remembered_keys(before) - remembered_keys(opened.register)
    if taken:
        with journal_of(opened, writing=True) as journal:
            forget_columns(journal.conn, journal.workbook_id, taken, desk.as_of.today)
    return tuple(column.header for column in columns_of(Action) if column.key in taken)


def forget_grown(desk: Desk) -> None:
    """Put on record which columns the workbook has now, so that the next pass misses none."""
    opened = open_tracker(desk)
    columns = remembered_keys(opened.register)
    with journal_of(opened, writing=True) as journal:
        forget_growth(journal.conn, journal.workbook_id, columns, desk.as_of.today)
