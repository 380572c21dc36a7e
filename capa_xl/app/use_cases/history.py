"""history: what people changed in the tracker from run to run. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import open_workbook
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.journal_rows import field_changes
from capa_xl.effects.journal_written import past_runs
from capa_xl.model.snapshot import FieldChange, PastRun


@dataclass(frozen=True, slots=True)
class History:
    """The changes, oldest first, and the runs they were seen between."""

    workbook: Path
    changes: tuple[FieldChange, ...]
    runs: tuple[PastRun, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of `--json`."""
        return {
            "workbook": str(self.workbook),
            "changes": [
                {"number": c.number, "field": c.field, "before": c.before, "after": c.after, "seen_on": c.seen_on}
                for c in self.changes
            ],
            "runs": [
                {"ran_at": run.ran_at, "as_of": run.as_of, "command": run.command, "fingerprint": run.fingerprint}
                for run in self.runs
            ],
        }


def history(desk: Desk, number: str = "") -> History:
    """The field changes on record of a workbook, or of one action.

    Raises:
        UnreadableWorkbook: The file is no workbook.
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    with journal_of(open_workbook(desk), writing=False) as journal:
        changes = field_changes(journal.conn, journal.workbook_id, number)
        return History(desk.workbook, changes, past_runs(journal.conn, journal.workbook_id))
