"""What earlier runs left in the journal, read without leaving a trace. Shared ground of the use cases."""

from __future__ import annotations

from capa_xl.app.books import books_of
from capa_xl.app.opening import Opened
from capa_xl.effects.journal import is_there
from capa_xl.model.journal import JournalView


def recall(opened: Opened) -> JournalView | None:
    """The journal's view of a workbook, or what 提醒台账 tells of a lost one; None where no run has kept one.

    The journal's rules are 未启用 without it.

    Raises:
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    if not is_there(opened.state_folder) and opened.register.ledger is None:
        return None
    with books_of(opened, writing=False) as books:
        return books.view()
