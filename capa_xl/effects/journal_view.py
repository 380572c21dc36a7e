"""The journal of one workbook → `JournalView`, the value that planning and rules read."""

from __future__ import annotations

import hashlib
import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from capa_xl.effects.journal_chain import SNAPSHOT
from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_needs import needs_seen
from capa_xl.effects.journal_papers import printed_numbers
from capa_xl.effects.journal_postings import attempts_of, postings_of
from capa_xl.effects.journal_rows import handed_over, plans_seen
from capa_xl.effects.journal_snapshot import last_snapshot, no_longer_told
from capa_xl.effects.journal_undo import applied_by
from capa_xl.effects.journal_written import written_cells
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.intent import HANDOVER
from capa_xl.model.journal import (
    APPROVAL,
    COMPLETION,
    FILED,
    INSPECTION,
    OUTBOX,
    PLANS,
    SENDING,
    SENT,
    SMTP,
    UNKNOWN,
    DueChange,
    JournalView,
)
from capa_xl.model.letter import WELCOME, iso_week
from capa_xl.model.milestones import UNCAPPED
from capa_xl.model.snapshot import FieldChange


class _RowSeen(NamedTuple):
    """What the journal knows of one row, but for its fields; "" where it knows nothing."""

    number: str
    first_due: str
    changed_on: str
    approved_stamp: str
    approved_measure: str
    approved_due: str
    gone_on: str


@decoding
def read_view(
    conn: sqlite3.Connection, workbook_id: str, transport: str = OUTBOX, *, auto_cells: bool = True
) -> JournalView:
    """What the journal knows of a workbook.

    Args:
        transport: The one in use. What lies filed in the outbox counts as sent for the outbox only: for SMTP those
            postings are left out, so when mail is first configured the open milestones are unsent. The outbox's view
            has them all.
        auto_cells: False leaves out what the last refresh wrote: many cells, and of no use to whoever overwrites them.
    """
    left_out = OUTBOX if transport == SMTP else ""
    postings = postings_of(conn, workbook_id, but_not=left_out)
    rows, last = _rows_seen(conn, workbook_id), last_snapshot(conn, workbook_id)
    told = no_longer_told(last.taken_on) if last is not None else ""
    return JournalView(
        workbook_id=workbook_id,
        postings=postings,
        attempts=attempts_of(conn, workbook_id, but_not=left_out),
        reminding=bool(postings),
        first_seen=_first_seen(conn, workbook_id),
        first_due={row.number: date.fromisoformat(row.first_due) for row in rows if row.first_due},
        due_changes=_due_changes(conn, workbook_id),
        inspection_changes=_changes_of(conn, workbook_id, INSPECTION),
        completion_changes=_changes_of(conn, workbook_id, COMPLETION),
        approval_changes=_changes_of(conn, workbook_id, APPROVAL),
        plans_seen=plans_seen(conn, workbook_id),
        plan_changes=_changes_of(conn, workbook_id, PLANS),
        letters_in_week=_letters_in_week(conn, workbook_id, transport),
        welcomed=_welcomed(conn, workbook_id, transport),
        numbers=frozenset(row.number for row in rows if not row.gone_on or row.gone_on >= told),
        needs=needs_seen(conn, workbook_id),
        columns=last.columns | last.gone.keys() if last is not None else frozenset(),
        auto_cells=written_cells(conn, workbook_id) if auto_cells else {},
        approved={row.number: (row.approved_measure, row.approved_due) for row in rows if row.approved_stamp},
        handed_over=handed_over(conn, workbook_id),
        handovers=applied_by(conn, workbook_id, (HANDOVER,)),
        printed_numbers=printed_numbers(conn, workbook_id),
        changed_on={row.number: date.fromisoformat(row.changed_on) for row in rows if row.changed_on},
    )


def known_id(conn: sqlite3.Connection, workbook: Path) -> str:
    """The id remembered by the file's name; "" for none."""
    row = conn.execute("SELECT id FROM workbook WHERE file_name = ?", (workbook.name,)).fetchone()
    return str(row[0]) if row is not None else ""


def id_in_force(conn: sqlite3.Connection, given: str, workbook: Path) -> str:
    """参数 工作簿标识, else the id remembered by the file's name, else one that its place gives; nothing is written."""
    return given or known_id(conn, workbook) or _id_of_place(workbook)


def _id_of_place(workbook: Path) -> str:
    return hashlib.sha256(str(workbook.resolve()).encode()).hexdigest()[:12]


def workbook_id_for(conn: sqlite3.Connection, given: str, workbook: Path) -> tuple[str, bool]:
    """The id in force, and True when it hangs on the file's name because 参数 工作簿标识 is blank.

    A given id is remembered by the file's name, so that a blanked cell or a lost sheet sends nothing again; where none
    was ever given, one is assigned. Moving the workbook together with its state folder keeps it.
    """
    known = known_id(conn, workbook)
    in_force = given or known or _id_of_place(workbook)
    if in_force != known:
        with conn:
            conn.execute("INSERT OR REPLACE INTO workbook VALUES (?, ?)", (workbook.name, in_force))
    return in_force, not given


def others_of_id(conn: sqlite3.Connection, workbook_id: str, workbook: Path) -> tuple[str, ...]:
    """Names of files beside a workbook that runs knew by the same id; one that was renamed is gone, and none."""
    found = conn.execute("SELECT file_name FROM workbook WHERE id = ? ORDER BY file_name", (workbook_id,))
    names = (str(name) for (name,) in found)
    return tuple(name for name in names if name != workbook.name and workbook.with_name(name).is_file())


def served_beside(conn: sqlite3.Connection, workbook: Path) -> dict[str, str]:
    """Names of the files beside a workbook that runs knew → the id each had then."""
    found = conn.execute("SELECT file_name, id FROM workbook WHERE file_name <> ? ORDER BY file_name", (workbook.name,))
    return {name: its_id for name, its_id in found if workbook.with_name(name).is_file()}


def knows_rows_of(conn: sqlite3.Connection, workbook: Path) -> bool:
    """Whether rows of a file of this name were ever seen: it was a tracker then, whatever it is now."""
    query = "SELECT 1 FROM workbook JOIN row_seen ON row_seen.workbook_id = workbook.id WHERE file_name = ? LIMIT 1"
    return conn.execute(query, (workbook.name,)).fetchone() is not None


def _rows_seen(conn: sqlite3.Connection, workbook_id: str) -> list[_RowSeen]:
    """All rows, in one walk: they lie among the fields of every row, and passing those is what takes the time."""
    columns = ", ".join(_RowSeen._fields)
    found = conn.execute(f"SELECT {columns} FROM row_seen WHERE workbook_id = ?", (workbook_id,))
    return [_RowSeen._make(row) for row in found]


def _first_seen(conn: sqlite3.Connection, workbook_id: str) -> dict[tuple[str, date], date]:
    found = conn.execute(
        "SELECT number, due_on, seen_on FROM due_seen WHERE workbook_id = ? AND seen_on <> ''", (workbook_id,)
    )
    return {(number, date.fromisoformat(due)): date.fromisoformat(seen) for number, due, seen in found}


def _due_changes(conn: sqlite3.Connection, workbook_id: str) -> dict[str, tuple[DueChange, ...]]:
    found = _changes_of(conn, workbook_id, ("due_on",))
    sights = _days_of_sight(conn, workbook_id) if found else []
    return {
        number: tuple(
            DueChange(_day(one.before), _day(one.after), one.seen_on, _last_before(sights, one.seen_on))
            for one in changes
        )
        for number, changes in found.items()
    }


def _days_of_sight(conn: sqlite3.Connection, workbook_id: str) -> list[date]:
    """The real days on which a run saw the table, oldest first: it wrote, or what it saw was new."""
    found = conn.execute(
        "SELECT substr(ran_at, 1, 10) FROM run WHERE workbook_id = ? "
        "UNION SELECT on_day FROM chain WHERE workbook_id = ? AND kind = ? ORDER BY 1",
        (workbook_id, workbook_id, SNAPSHOT),
    )
    return [day for (text,) in found if (day := _day(text)) is not None]


def _last_before(days: list[date], day: date) -> date | None:
    place = bisect_left(days, day)
    return days[place - 1] if place else None


def _changes_of(
    conn: sqlite3.Connection, workbook_id: str, keys: tuple[str, ...]
) -> dict[str, tuple[FieldChange, ...]]:
    """编号 → the changes of some columns, oldest first."""
    headers = tuple(column_by_key(Action)[key].header for key in keys)
    found = conn.execute(
        "SELECT number, field, before, after, seen_on FROM field_change "
        f"WHERE workbook_id = ? AND field IN ({_marks(headers)}) ORDER BY serial",
        (workbook_id, *headers),
    )
    changes: dict[str, tuple[FieldChange, ...]] = {}
    for number, field, before, after, seen in found:
        change = FieldChange(number, field, before, after, date.fromisoformat(seen))
        changes[number] = (*changes.get(number, ()), change)
    return changes


def _day(text: str) -> date | None:
    """What a date cell held; None for a blank and for words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_COUNTED = (SENT, FILED, UNKNOWN, SENDING)


def _letters_in_week(conn: sqlite3.Connection, workbook_id: str, transport: str) -> dict[tuple[str, str], int]:
    """Letters without an item that no cap counts; a letter is its message id."""
    found = conn.execute(
        "SELECT recipient, tried_on FROM posting WHERE workbook_id = ? AND rehearsed_on = '' AND transport = ? "
        f"AND result IN ({_marks(_COUNTED)}) AND tried_on <> '' "
        f"GROUP BY recipient, message_id, tried_on HAVING sum(milestone IN ({_marks(UNCAPPED)})) = 0",
        (workbook_id, transport, *_COUNTED, *UNCAPPED),
    )
    return dict(Counter((person, iso_week(date.fromisoformat(day))) for person, day in found))


def _welcomed(conn: sqlite3.Connection, workbook_id: str, transport: str) -> frozenset[str]:
    found = conn.execute(
        "SELECT DISTINCT recipient FROM posting WHERE workbook_id = ? AND rehearsed_on = '' AND transport = ? "
        f"AND occurrence = ? AND result IN ({_marks(_COUNTED)})",
        (workbook_id, transport, WELCOME, *_COUNTED),
    )
    return frozenset(person for (person,) in found)


def _marks(values: Iterable[str]) -> str:
    return ", ".join("?" for _ in values)
