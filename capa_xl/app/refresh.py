"""refresh: the 〔自动〕 columns and the owned sheets brought up to date, nothing else touched.

Plan, splice, prove, and only then replace the file. A workbook that changes meanwhile is read and planned afresh, three
times at most. `--check` walks the same way and stops before the file is replaced.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from capa_xl.app.judging import Judged, judge
from capa_xl.app.opening import open_tracker
from capa_xl.app.recall import recall
from capa_xl.effects.files import replace_file
from capa_xl.effects.journal_ledger import ledger_rows
from capa_xl.effects.locks import Patience, refuse_locked
from capa_xl.errors import WorkbookChanged
from capa_xl.model.as_of import AsOf
from capa_xl.model.derived import AUTO_COLUMNS, Derived
from capa_xl.model.journal import JournalView
from capa_xl.policy.overview import overview_of
from capa_xl.workbook.auto_columns import auto_edits
from capa_xl.workbook.blank.overview_sheet import overview_patch
from capa_xl.workbook.owned_sheets import findings_rows, ledger_sheet_rows
from capa_xl.workbook.patch import Change, Patch
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
        adopted: False for a plain table without any 〔自动〕 column: computed, nothing written.
    """

    judged: Judged
    changes: tuple[Change, ...]
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
            "edits": [{"sheet": c.sheet, "cell": c.at, "before": c.before, "after": c.after} for c in self.changes],
            "actions": [_action_json(derived) for derived in self.derived],
        }


def refresh(path: Path, as_of: AsOf, *, stamp: str, patience: Patience, check_only: bool = False) -> Refreshed:
    """Bring the workbook up to date as of T; a second run on the same day changes nothing.

    Args:
        stamp: Names the backup: 20261122-083000.
        patience: How long to wait for somebody to close the workbook.
        check_only: Plan, splice and prove, but leave the file alone, whoever has it open.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        WorkbookLocked: Somebody has it open.
        UnsafeWrite: The patch can't be written without risking something; the file is untouched.
        WorkbookChanged: The file changed under us three times running.
    """
    if check_only:
        return plan_refresh(path, as_of)[0]
    for _ in range(ATTEMPTS):
        refuse_locked(path, patience)
        refreshed, blob = plan_refresh(path, as_of)
        if not refreshed.changes:
            return refreshed
        with suppress(WorkbookChanged):
            return write(refreshed, blob, stamp)
    raise WorkbookChanged(f"{path.name} 在处理期间被反复改动，没有写入。请稍后再运行。")


def plan_refresh(path: Path, as_of: AsOf) -> tuple[Refreshed, bytes]:
    """Read, judge, splice and prove; gives the plan and the new bytes without touching the file."""
    opened = open_tracker(path)
    journal = recall(opened)
    judged = judge(opened, as_of, journal)
    patch = _patch(judged, journal)
    spliced = splice(opened.blob, patch)
    if spliced.changes:
        verify(opened.blob, spliced.blob, patch)
    adopted = any(column.key in opened.register.tracker.columns for column in AUTO_COLUMNS)
    return Refreshed(judged, spliced.changes, None, False, adopted), spliced.blob


def write(refreshed: Refreshed, blob: bytes, stamp: str) -> Refreshed:
    """Replace the workbook by the proven bytes, keeping a backup."""
    opened = refreshed.judged.opened
    backup = replace_file(opened.path, blob, opened.sha256, opened.state_folder / "backups", stamp)
    return replace(refreshed, backup=backup, written=True)


def _patch(judged: Judged, journal: JournalView | None) -> Patch:
    """Everything refresh writes; a plain table without any 〔自动〕 column or owned sheet gets an empty patch."""
    register, situation, checked = judged.opened.register, judged.situation, judged.checked
    rows = [findings_rows(register, checked.problems)]
    if journal is not None:
        rows.append(ledger_sheet_rows(register, ledger_rows(journal)))
    return Patch(
        edits=auto_edits(register, situation.derived, checked.count_by_row, situation.as_of.on),
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
