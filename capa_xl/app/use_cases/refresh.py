"""refresh: the 〔自动〕 columns and the owned sheets brought up to date, nothing else touched.

`--check` walks the same way, on a copy of the journal, and stops before the file is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened, open_tracker

if TYPE_CHECKING:
    from capa_xl.app.shared.refresh_plan import Refreshed


def refresh(desk: Desk, *, check_only: bool = False) -> Refreshed:
    """Bring the workbook up to date as of T; a second run on the same day changes nothing.

    Args:
        check_only: Plan, splice and prove, but leave the file alone, whoever has it open. So does a rehearsal of
            another day over a workbook that is served live, unless the desk insists.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
        UnsafeWrite: The patch can't be written without risking something; the file is untouched.
        WorkbookChanged: The file changed under us again and again.
    """
    if check_only:
        return _planned(open_tracker(desk, to_write=True))
    opened = open_tracker(desk, to_write=True) if desk.is_rehearsal else None
    if opened is not None and (looked := _looked(opened)) is not None:
        return looked
    from capa_xl.app.shared.refresh_plan import carry_out_refresh

    return carry_out_refresh(desk, first=opened)


def _planned(opened: Opened) -> Refreshed:
    """What a refresh would do; nothing is written, anywhere."""
    from capa_xl.app.shared.refresh_plan import planned_refresh

    return planned_refresh(opened)


def _looked(opened: Opened) -> Refreshed | None:
    """What a rehearsal over a workbook that is served live shows; None for one that may be written."""
    from capa_xl.app.shared.rehearsal import looked_sentence, only_looks

    if not only_looks(opened):
        return None
    return replace(_planned(opened), notes=(looked_sentence(opened.desk),), rehearsed=True)
