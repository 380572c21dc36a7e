"""refresh: the 〔自动〕 columns and the owned sheets brought up to date, nothing else touched.

Plan, splice, prove, and only then replace the file. A workbook that changes meanwhile is read and planned afresh, three
times at most. `--check` walks the same way, on a copy of the journal, and stops before the file is replaced.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from capa_xl.app.books import Books, books_of
from capa_xl.app.judging import Judged, check_all
from capa_xl.app.no_trace import no_trace_of_a_refusal
from capa_xl.app.opening import Opened, open_tracker, state_folder
from capa_xl.app.remember import record_written, see_and_remember
from capa_xl.effects.files import replace_file
from capa_xl.effects.journal import is_there
from capa_xl.effects.journal_ledger import ledger_rows
from capa_xl.effects.locks import Patience, refuse_locked
from capa_xl.errors import WorkbookChanged
from capa_xl.model.as_of import SHANGHAI, AsOf
from capa_xl.model.derived import AUTO_COLUMNS, Derived
from capa_xl.model.journal import JournalView
from capa_xl.policy.overview import overview_of
from capa_xl.workbook.auto_columns import auto_edits
from capa_xl.workbook.blank.overview_sheet import overview_patch
from capa_xl.workbook.memory import give_back
from capa_xl.workbook.owned_sheets import findings_rows, ledger_sheet_rows
from capa_xl.workbook.patch import Changes, Patch
from capa_xl.workbook.splice import splice
from capa_xl.workbook.verify import verify

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What refresh did, or with `--check` would do.

    Attributes:
        changes: Every changed cell of every sheet.
        backup: The copy of the workbook as it was; None when nothing was written.
        written: True when the file was replaced.
        adopted: False for a plain table without any 〔自动〕 column: computed, nothing written; its rows are remembered
            where a scheduled pass keeps a journal already, so that a refresh by hand accepts a smaller table.
    """

    judged: Judged
    changes: Changes
    backup: Path | None
    written: bool
    adopted: bool

    @property
    def derived(self) -> tuple[Derived, ...]:
        """What was derived, in sheet order."""
        return tuple(self.judged.situation.derived.values())

    def as_json(self) -> dict[str, Any]:
        """The document of `--json`; its keys are a contract (architecture.md)."""
        return {
            "workbook": str(self.judged.opened.path),
            "as_of": self.judged.situation.as_of.on.isoformat(),
            "written": self.written,
            "backup": str(self.backup) if self.backup else None,
            "edits": [change.as_json() for change in self.changes],
            "actions": [_action_json(derived) for derived in self.derived],
        }


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
    with no_trace_of_a_refusal(state_folder(path, state)):
        for _ in range(1 if check_only else ATTEMPTS):
            if not check_only:
                refuse_locked(path, patience)
            opened = open_tracker(path, state)
            writing = not check_only and (_is_adopted(opened) or is_there(opened.state_folder))
            with books_of(opened, writing=writing) as books, suppress(WorkbookChanged):
                refreshed, blob = plan_refresh(opened, as_of, books, now)
                if check_only:
                    return refreshed
                if refreshed.changes:
                    refreshed = write(refreshed, blob, stamp)
                record_written(books, opened, refreshed.judged.situation, blob, refreshed.changes, now)
                return refreshed
        raise WorkbookChanged(f"{path.name} 在处理期间被反复改动，没有写入。请稍后再运行。")


def plan_refresh(opened: Opened, as_of: AsOf, books: Books, now: datetime) -> tuple[Refreshed, bytes]:
    """Judge, splice and prove; gives the plan and the new bytes without touching the file.

    What the tracker says goes into the books first and is judged after, and cells that are about to be overwritten
    are no Problem (WB07): so the second run sees what the first saw, and has nothing to do.
    """
    situation, journal = see_and_remember(books, opened, as_of, now, auto_cells=False)
    give_back()
    judged = Judged(opened, situation, check_all(opened, situation, journal))
    patch = _patch(judged, journal)
    spliced = splice(opened.blob, patch)
    give_back()
    if spliced.changes:
        verify(opened.blob, spliced.blob, patch)
    return Refreshed(judged, spliced.changes, None, False, _is_adopted(opened)), spliced.blob


def write(refreshed: Refreshed, blob: bytes, stamp: str) -> Refreshed:
    """Replace the workbook by the proven bytes, keeping a backup."""
    opened = refreshed.judged.opened
    backup = replace_file(opened.path, blob, opened.sha256, opened.state_folder / "backups", stamp)
    return replace(refreshed, backup=backup, written=True)


def _is_adopted(opened: Opened) -> bool:
    return any(column.key in opened.register.tracker.columns for column in AUTO_COLUMNS)


def _patch(judged: Judged, journal: JournalView) -> Patch:
    """Everything refresh writes; a plain table without any 〔自动〕 column or owned sheet gets an empty patch."""
    register, situation, checked = judged.opened.register, judged.situation, judged.checked
    rows = [findings_rows(register, checked.problems), ledger_sheet_rows(register, ledger_rows(journal))]
    return Patch(
        row_edits=auto_edits(register, situation.derived, checked.count_by_row, situation.as_of.on),
        cached=overview_patch(register, overview_of(situation, checked.problems)),
        rows=tuple(sheet for sheet in rows if sheet is not None),
    )


def _action_json(derived: Derived) -> dict[str, Any]:
    return {
        "number": derived.number,
        "status": derived.status,
        "stage": derived.stage,
        "route": derived.route,
        "inspector_department": derived.inspector_department,
        "overdue": list(derived.overdue),
        "days_overdue": derived.days_overdue,
        "days_left": derived.days_left,
        "remind_on": derived.remind_on,
        "next_step": derived.next_step,
        "next_actor": derived.next_actor,
    }
