"""State that an earlier version left beside a link to the workbook: brought to the workbook itself, once.

Earlier versions kept the state beside whatever path they were called with: through a link the same letters went out
again. Now it belongs to the real file. What lies beside the link moves there; where both have a journal, the postings
are merged by key, so that nothing is sent a second time.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from capa_xl.effects.access import make_like
from capa_xl.effects.journal import FILE_NAME, copy_journal, is_there, open_journal
from capa_xl.effects.journal_postings import post, postings_of
from capa_xl.effects.run_lock import alone_with
from capa_xl.effects.state_folder import STATE_FOLDER, state_folder
from capa_xl.model.journal import FAILURES, Posting


def bring_state_home(workbook: Path) -> str:
    """Move the state that lies beside a link to the real file's; gives what was done in a sentence, "" for nothing.

    To be called before the journal is opened, holding the run lock of the workbook.

    Args:
        workbook: As the person named it, a link or not. With `[paths] state` there is nothing to bring.

    Raises:
        JournalUnusable: One of the two journals can't be used.
        WorkbookLocked: Another run uses the folder beside the link.
    """
    beside, home = _beside(workbook), state_folder(workbook)
    if beside is None:
        return ""
    with alone_with(beside):
        with open_journal(beside) as old:
            ids = dict(old.execute("SELECT file_name, id FROM workbook"))
            identity = ids.get(workbook.name)
            if identity is None:
                return ""
            alone = len(ids) == 1 and not is_there(home)
            if alone:
                _rename(old, workbook.name, workbook.resolve().name)
        merged = _moved(beside, home, workbook) if alone else _merged(beside, home, workbook, identity)
    return f"「{workbook.name}」：快捷方式旁的状态文件夹「{beside}」已并入「{home}」（{merged}），不会重发"


def learn_from_beside(journal: sqlite3.Connection, workbook: Path, workbook_id: str) -> None:
    """The same for a journal in memory that only plans: it learns the postings, and nothing is moved."""
    beside = _beside(workbook)
    if beside is None:
        return
    with copy_journal(beside) as old:
        identity = dict(old.execute("SELECT file_name, id FROM workbook")).get(workbook.name)
        if identity is not None:
            post(journal, _missing(old, identity, journal, workbook_id))


def _beside(workbook: Path) -> Path | None:
    """The state folder beside a link that has a journal of its own; None for a plain path."""
    beside = workbook.absolute().parent / STATE_FOLDER
    return beside if is_there(beside) and beside.resolve() != state_folder(workbook) else None


def _rename(journal: sqlite3.Connection, link: str, real: str) -> None:
    with journal:
        journal.execute("UPDATE OR REPLACE workbook SET file_name = ? WHERE file_name = ?", (real, link))


def _moved(beside: Path, home: Path, workbook: Path) -> str:
    """Everything goes, the journal last: interrupted, the next run goes on."""
    make_like(home, workbook.resolve())
    for path in sorted(beside.iterdir(), key=lambda path: path.name == FILE_NAME):
        if path.suffix != ".lock" and not (home / path.name).exists():
            shutil.move(path, home / path.name)
    with suppress(OSError):
        for lock in beside.glob("*.lock"):
            lock.unlink()
        beside.rmdir()
    return "台账、备份和日志"


def _merged(beside: Path, home: Path, workbook: Path, identity: str) -> str:
    """The postings of one workbook; a failed one counts for nothing where the other journal has one that went out."""
    with open_journal(beside) as old, open_journal(home) as new:
        ours = dict(new.execute("SELECT file_name, id FROM workbook")).get(workbook.resolve().name, identity)
        missing = _missing(old, identity, new, ours)
        post(new, missing)
        with old:
            old.execute("DELETE FROM workbook WHERE file_name = ?", (workbook.name,))
    return f"{len(missing)} 条提醒记录"


def _missing(old: sqlite3.Connection, identity: str, new: sqlite3.Connection, ours: str) -> list[Posting]:
    """Postings of the old journal, under the id of the new, that this lacks or knows as failed only."""
    theirs = [replace(one, key=replace(one.key, workbook_id=ours)) for one in postings_of(old, identity)]
    known = {_key(posting): posting for posting in postings_of(new, ours)}
    return [one for one in theirs if (other := known.get(_key(one))) is None or _counts_more(one, other)]


def _key(posting: Posting) -> tuple[object, str]:
    return posting.key, posting.transport


def _counts_more(one: Posting, other: Posting) -> bool:
    return other.result in FAILURES and one.result not in FAILURES
