"""What earlier runs left in the journal, read without leaving a trace. Shared ground of the use cases."""

from __future__ import annotations

from capa_xl.app.opening import Opened
from capa_xl.effects.journal import copy_journal, is_there
from capa_xl.effects.journal_view import read_view, workbook_id_for
from capa_xl.model.journal import JournalView


def recall(opened: Opened) -> JournalView | None:
    """The journal's view of a workbook; None where no run has kept one (its rules are then 未启用).

    Raises:
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    if not is_there(opened.state_folder):
        return None
    with copy_journal(opened.state_folder) as conn:
        workbook_id, _ = workbook_id_for(conn, opened.register.procedure.workbook_id, opened.path)
        return read_view(conn, workbook_id)
