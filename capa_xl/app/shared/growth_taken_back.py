"""Taking a `grow` back: the workbook as it stood before takes its place again, where nobody did anything since."""

from __future__ import annotations

from itertools import islice

from capa_xl.a1 import parse_cell
from capa_xl.app.shared.backed_up import bytes_of
from capa_xl.app.shared.opening import Opened
from capa_xl.errors import UnsafeWrite
from capa_xl.model.cut_text import cut_list
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
