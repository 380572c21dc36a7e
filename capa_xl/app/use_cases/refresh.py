"""refresh: the 〔自动〕 columns and the owned sheets brought up to date, nothing else touched.

Plan, splice, prove, and only then replace the file. A workbook that changes meanwhile is read and planned afresh, three
times at most. `--check` walks the same way, on a copy of the journal, and stops before the file is replaced. What plans
is loaded in a thread: the reader of cells parses for half a second and leaves the interpreter idle.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.no_trace import no_trace_of_a_refusal
from capa_xl.app.shared.opening import open_tracker
from capa_xl.effects.journal import is_there
from capa_xl.effects.locks import refuse_locked
from capa_xl.errors import WorkbookChanged

if TYPE_CHECKING:
    from capa_xl.app.shared.refresh_plan import Refreshed

ATTEMPTS = 3


def refresh(desk: Desk, *, check_only: bool = False) -> Refreshed:
    """Bring the workbook up to date as of T; a second run on the same day changes nothing.

    Args:
        check_only: Plan, splice and prove, but leave the file alone, whoever has it open.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
        UnsafeWrite: The patch can't be written without risking something; the file is untouched.
        WorkbookChanged: The file changed under us three times running.
    """
    Thread(target=import_module, args=("capa_xl.app.shared.refresh_plan",)).start()
    with no_trace_of_a_refusal(desk.state):
        for _ in range(1 if check_only else ATTEMPTS):
            if not check_only:
                refuse_locked(desk.workbook, desk.world, desk.wait_s)
            opened = open_tracker(desk)
            from capa_xl.app.shared.refresh_plan import is_adopted, plan_refresh, write
            from capa_xl.app.shared.run_record import record_written
            from capa_xl.app.shared.workbook_journal import journal_of

            writing = not check_only and (is_adopted(opened) or is_there(desk.state))
            with journal_of(opened, writing=writing) as journal, suppress(WorkbookChanged):
                refreshed, blob = plan_refresh(opened, journal)
                if check_only:
                    return refreshed
                if refreshed.changes:
                    refreshed = write(refreshed, blob)
                record_written(journal, opened, refreshed.judged.view, blob, refreshed.changes, desk.world.now())
                return refreshed
        raise WorkbookChanged(f"{desk.workbook.name} 在处理期间被反复改动，没有写入。请稍后再运行。")
