"""What earlier runs left in the journal, read without leaving a trace. Shared ground of the use cases."""

from __future__ import annotations

from capa_xl.app.shared.books import books_of
from capa_xl.app.shared.opening import Opened
from capa_xl.model.journal import JournalView


def recall(opened: Opened) -> JournalView | None:
    """The journal's view of a workbook; None where no run has kept one (its rules are then 未启用).

    A journal that knows nothing of this workbook counts as none, so that a run which only opens one changes no answer.

    Raises:
        JournalUnusable: The journal is damaged, foreign or newer than this program.
    """
    with books_of(opened, writing=False) as books:
        view = books.view()
    return view if view.postings or view.numbers or view.auto_cells else None
