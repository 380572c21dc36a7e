"""What the journal knows of a workbook's changes, told apart by the workbook as it stands: history, pack, dossier."""

from __future__ import annotations

from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal_events import events_of
from capa_xl.effects.journal_rows import field_changes
from capa_xl.effects.journal_undo import applied_by
from capa_xl.model.history import HistoryLine
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.row_history import TOLD_COMMANDS, history_of


def changes_on_record(journal: WorkbookJournal, view: RegisterView, number: str = "") -> tuple[HistoryLine, ...]:
    """All of them in the order of the days they were seen on.

    Args:
        number: Only what befell this 编号, also as the old number of a row that has another; "" for everything.
    """
    conn, workbook_id = journal.conn, journal.workbook_id
    changes, applied = field_changes(conn, workbook_id, number), applied_by(conn, workbook_id, TOLD_COMMANDS)
    events = (one for one in events_of(conn, workbook_id) if number in ("", one.number, one.before, one.after))
    return history_of(view, changes, events, applied)
