"""A rehearsal over a workbook that is served live: it looks, and leaves workbook, journal and outbox alone (B15)."""

from __future__ import annotations

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.journal import is_there
from capa_xl.effects.journal_written import has_live_run


def only_looks(opened: Opened) -> bool:
    """True for another day than today, not insisted on, where the journal holds a run made on its own day.

    A workbook that was never served live is written as on any day: it is somebody's trial.
    """
    desk = opened.desk
    if not desk.is_rehearsal or desk.insists or not is_there(desk.state):
        return False
    with journal_of(opened, writing=False) as journal:
        return has_live_run(journal.conn, journal.workbook_id)


def looked_sentence(desk: Desk) -> str:
    """What a rehearsal that only looked says of itself."""
    return f"这是按 {desk.as_of.on} 的预演：这本工作簿已按当天运行过，没有写入工作簿，也没有存信；确要写入请加 --write"
