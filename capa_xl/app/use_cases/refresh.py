"""refresh: the 〔自动〕 columns and the owned sheets brought up to date, nothing else touched.

Plan, splice, prove, and only then replace the file. A workbook that changes meanwhile is read and planned afresh, three
times at most. `--check` walks the same way, on a copy of the journal, and stops before the file is replaced. What plans
is loaded in a thread: the reader of cells parses for half a second and leaves the interpreter idle.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from capa_xl.app.shared.no_trace import no_trace_of_a_refusal
from capa_xl.app.shared.opening import open_tracker, state_folder
from capa_xl.effects.journal import is_there
from capa_xl.effects.locks import Patience, refuse_locked
from capa_xl.errors import WorkbookChanged
from capa_xl.model.as_of import SHANGHAI, AsOf

if TYPE_CHECKING:
    from capa_xl.app.shared.refresh_plan import Refreshed

ATTEMPTS = 3


def refresh(
    path: Path, as_of: AsOf, *, stamp: str, patience: Patience, check_only: bool = False, state: Path | None = None
) -> Refreshed:
    """Bring the workbook up to date as of T; a second run on the same day changes nothing.

    Args:
        stamp: Names the backup: 20261122-083000.
        patience: How long to wait for somebody to close the workbook.
        check_only: Plan, splice and prove, but leave the file alone, whoever has it open.
        state: [paths] state of capa_xl.toml; None for `.capa_xl` beside the workbook.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
        UnsafeWrite: The patch can't be written without risking something; the file is untouched.
        WorkbookChanged: The file changed under us three times running.
    """
    now = datetime.fromtimestamp(patience.clock(), SHANGHAI)
    Thread(target=import_module, args=("capa_xl.app.shared.refresh_plan",)).start()
    with no_trace_of_a_refusal(state_folder(path, state)):
        for _ in range(1 if check_only else ATTEMPTS):
            if not check_only:
                refuse_locked(path, patience)
            opened = open_tracker(path, state)
            from capa_xl.app.shared.books import books_of
            from capa_xl.app.shared.refresh_plan import is_adopted, plan_refresh, write
            from capa_xl.app.shared.remember import record_written

            writing = not check_only and (is_adopted(opened) or is_there(opened.state_folder))
            with books_of(opened, writing=writing) as books, suppress(WorkbookChanged):
                refreshed, blob = plan_refresh(opened, as_of, books, now)
                if check_only:
                    return refreshed
                if refreshed.changes:
                    refreshed = write(refreshed, blob, stamp)
                record_written(books, opened, refreshed.judged.view, blob, refreshed.changes, now)
                return refreshed
        raise WorkbookChanged(f"{path.name} 在处理期间被反复改动，没有写入。请稍后再运行。")
