"""reorganise: open rows that still go by a department's former name get the new one."""

from __future__ import annotations

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.replacing import Replaced, previewed, replaced
from capa_xl.model.intent import REORGANISE
from capa_xl.policy.reorganisation import reorganised


def reorganise(desk: Desk, *, apply: bool = False) -> Replaced:
    """Preview the new names of 部门沿革 in open rows, and write them with `apply`.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        WorkbookChanged: Somebody saved it meanwhile.
        UnsafeWrite: A cell can't be written without risk; nothing is.
        JournalUnusable: The journal can't take the record; nothing is written.
    """
    opened = open_tracker(desk)
    refuse_archive(desk, opened.sha256)
    return replaced(opened, REORGANISE, reorganised) if apply else Replaced(previewed(opened, reorganised))
