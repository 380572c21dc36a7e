"""What befell whole rows and our own cells between two runs: rows gone, renumbered, reopened; 〔自动〕 cells edited."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_layout import layouts_of, unpacked
from capa_xl.model.snapshot import RowEvent, RowEventKind

_NUMBER_HEADER = "编号"
_COMINGS_AND_GOINGS = (RowEventKind.ADDED, RowEventKind.VANISHED, RowEventKind.RENUMBERED)
_AN_ARCHIVE = "FROM row_event WHERE workbook_id = ? AND kind = ? AND number = '' AND before = ? AND after = ?"
_NOTHING: Mapping[str, str] = MappingProxyType({})


class ArchiveMade(NamedTuple):
    """That year-end archived a workbook whole.

    Attributes:
        live: The file name of the workbook, which stays in use.
        fingerprint: Of the archive's bytes.
        name: The archive's file name then.
    """

    workbook_id: str
    live: str
    fingerprint: str
    name: str


def record_events(conn: sqlite3.Connection, workbook_id: str, events: Iterable[RowEvent]) -> None:
    """Append events; within a transaction of the caller's, or each by itself."""
    conn.executemany(
        "INSERT INTO row_event (workbook_id, kind, number, field, before, after, seen_on) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(workbook_id, e.kind, e.number, e.field, e.before, e.after, e.seen_on.isoformat()) for e in events],
    )


@decoding
def events_of(conn: sqlite3.Connection, workbook_id: str) -> tuple[RowEvent, ...]:
    """Every event on record, oldest first."""
    found = conn.execute(
        "SELECT kind, number, field, before, after, seen_on FROM row_event WHERE workbook_id = ? ORDER BY serial",
        (workbook_id,),
    )
    return tuple(
        RowEvent(RowEventKind(kind), number, field, before, after, date.fromisoformat(day))
        for kind, number, field, before, after, day in found
    )


def record_archive(
    conn: sqlite3.Connection, workbook_id: str, live: str, name: str, fingerprint: str, on: date
) -> None:
    """Put a workbook that was archived whole on record: an event of no row, from its fingerprint to its name.

    A second try with the same bytes adds nothing.

    Args:
        live: The file name of the workbook that stays in use: with the archive's bytes again, it is no archive.
        name: The archive's.
    """
    event = RowEvent(RowEventKind.ARCHIVED, "", live, fingerprint, name, on)
    with conn:
        if not conn.execute(f"SELECT 1 {_AN_ARCHIVE} LIMIT 1", (workbook_id, event.kind, fingerprint, name)).fetchone():
            record_events(conn, workbook_id, (event,))


def forget_archive(conn: sqlite3.Connection, workbook_id: str, name: str, fingerprints: Iterable[str]) -> None:
    """Take from the record that workbooks of these bytes were archived under a name: none was.

    Args:
        name: The archive's.
    """
    gone = ((workbook_id, RowEventKind.ARCHIVED, fingerprint, name) for fingerprint in fingerprints)
    with conn:
        conn.executemany(f"DELETE {_AN_ARCHIVE}", gone)


@decoding
def archives_made(conn: sqlite3.Connection) -> tuple[ArchiveMade, ...]:
    """The archives of every workbook of this state folder, oldest first."""
    query = "SELECT workbook_id, field, before, after FROM row_event WHERE kind = ? AND number = '' ORDER BY serial"
    return tuple(ArchiveMade(*map(str, one)) for one in conn.execute(query, (RowEventKind.ARCHIVED,)))


def archived_rows(conn: sqlite3.Connection, workbook_id: str) -> dict[str, str]:
    """编号 of the rows that last were seen to have gone into an archive → its name."""
    found = conn.execute(
        "SELECT number, kind, after, max(serial) FROM row_event WHERE workbook_id = ? AND number <> '' "
        "AND kind IN (?, ?, ?, ?) GROUP BY number",
        (workbook_id, RowEventKind.ARCHIVED, *_COMINGS_AND_GOINGS),
    )
    return {number: name for number, kind, name, _ in found if kind == RowEventKind.ARCHIVED}


def present_numbers(conn: sqlite3.Connection, workbook_id: str) -> frozenset[str]:
    """编号 of the rows that the last run saw."""
    found = conn.execute("SELECT number FROM row_seen WHERE workbook_id = ? AND gone_on = ''", (workbook_id,))
    return frozenset(number for (number,) in found)


def rows_come_and_gone(
    conn: sqlite3.Connection,
    workbook_id: str,
    before: frozenset[str],
    now: frozenset[str],
    on: date,
    archived: Mapping[str, str] = _NOTHING,
) -> Iterator[RowEvent]:
    """The rows that are new and those that vanished since the run before; both together where only the number changed.

    To be called after the new rows are written and before the vanished ones are marked.

    Args:
        before: 编号 of the rows that the run before saw.
        now: Every 编号 on the sheet, those of quarantined rows among them.
        archived: 编号 in the archived years → the workbook that holds it.
    """
    seen = present_numbers(conn, workbook_id) & now
    gone, come = sorted(before - now), sorted(seen - before)
    renumbered = dict(_renumbered(conn, workbook_id, gone, come)) if gone and come else {}
    for old, new in renumbered.items():
        yield RowEvent(RowEventKind.RENUMBERED, new, _NUMBER_HEADER, old, new, on)
    for number in gone:
        if number in archived:
            yield RowEvent(RowEventKind.ARCHIVED, number, "", "", archived[number], on)
        elif number not in renumbered:
            yield RowEvent(RowEventKind.VANISHED, number, "", "", "", on)
    for number in come:
        if number not in renumbered.values():
            yield RowEvent(RowEventKind.ADDED, number, "", "", "", on)


def _renumbered(
    conn: sqlite3.Connection, workbook_id: str, gone: list[str], come: list[str]
) -> Iterator[tuple[str, str]]:
    """Old and new number of rows that hold the same but for it; rows alike but for their numbers are nobody's guess."""
    fields = _fields(conn, workbook_id, (*gone, *come))
    for old in gone:
        twins = [new for new in come if fields[old] and fields[new] == fields[old]]
        if len(twins) == 1 and sum(fields[other] == fields[old] for other in gone) == 1:
            yield old, twins[0]


def _fields(conn: sqlite3.Connection, workbook_id: str, numbers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Number → its filled cells but the number's own."""
    layouts, wanted = layouts_of(conn), set(numbers)
    found = conn.execute("SELECT number, layout, fields FROM row_seen WHERE workbook_id = ?", (workbook_id,))
    return {
        number: {
            header: value
            for header, value in unpacked(layouts, layout, packed).items()
            if header != _NUMBER_HEADER and value not in (None, [], "")
        }
        for number, layout, packed in found
        if number in wanted
    }
