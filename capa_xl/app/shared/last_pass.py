"""The last pass over a workbook, remembered: one whose bytes, journal, settings and day are the same has nothing to do.

The files read beside it count as its bytes do: archived years, letter templates of the company's own.

Unless a complaint's limit of that day went by since: then somebody is to hear of it.

Only a pass that left nothing to retry is remembered: served, every letter taken, the ledger written. And only while the
workbook is as a run left it: what somebody saves during a pass nobody has looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.json import decode, encode
from msgspec.structs import asdict

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.served import SERVED, Counts, Served
from capa_xl.effects.files import read_file, write_new
from capa_xl.effects.journal import FILE_NAME as JOURNAL
from capa_xl.effects.journal import look_into_journal
from capa_xl.effects.journal_written import was_left_by_a_run
from capa_xl.errors import CapaError
from capa_xl.version import __version__

SAME = "与上次运行时相同，没有新的事项"


def last_pass(desk: Desk, fingerprint: str) -> Served | None:
    """What the last pass found, when nothing changed since; None when there is something to look at.

    Args:
        fingerprint: Of the workbook's bytes.
    """
    try:
        document = json.loads(_place(desk).read_text("utf-8"))
        if document["key"] != _key(desk, fingerprint) or _is_over(str(document.get("until", "")), desk):
            return None
        beside = tuple((str(name), str(mark)) for name, mark in document["beside"])
        if marks_of(desk, (name for name, _ in beside)) != beside:
            return None
        counts = Counts(**document["counts"])  # one remembered without a figure is looked at anew: TypeError
        asks = tuple(map(str, document.get("asks", ())))
        told = tuple((str(name), str(address)) for name, address in document.get("told", ()))
        return Served(
            desk.workbook, SERVED, 0, (SAME, *asks), counts, transport=document["transport"], asks=asks, told=told
        )
    except (OSError, ValueError, KeyError, TypeError, CapaError):
        return None


def marks_of(desk: Desk, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each path with the SHA-256 of the file there, or with the sentence why it can't be read.

    Args:
        names: Relative ones count from the workbook's folder.
    """
    return tuple((name, _mark(desk.workbook.parent / name)) for name in names)


def has_passed(desk: Desk) -> bool:
    """Whether a pass over this workbook was ever remembered."""
    return _place(desk).is_file()


def remember_pass(desk: Desk, served: Served) -> None:
    """Remember a pass that left nothing to retry; without the place to write it, the next one looks again."""
    if served.outcome != SERVED or served.to_retry or served.counts is None or desk.is_rehearsal:
        return
    try:
        fingerprint = read_file(desk.workbook)[1]
        with look_into_journal(desk.state) as conn:
            if not was_left_by_a_run(conn, fingerprint):
                return
        document = {
            "key": _key(desk, fingerprint),
            "counts": asdict(served.counts),
            "transport": served.transport,
            "asks": served.asks,
            "until": served.until,
            "beside": served.beside,
            "told": served.told,
        }
        write_new(_place(desk), json.dumps(document).encode())
    except (OSError, CapaError):
        return


class End(Struct, frozen=True):
    """How the last pass over a workbook ended, served or not; rehearsals aren't kept.

    Attributes:
        on: Its day.
    """

    on: date
    outcome: str
    exit_code: int
    words: str


def remember_end(desk: Desk, served: Served) -> None:
    """Keep how a pass ended, for `doctor`; where it can't be written, its log and its screen have it."""
    if not desk.is_rehearsal:
        end = End(desk.as_of.on, served.outcome, served.exit_code, served.words)
        with suppress(OSError, CapaError):
            write_new(_place(desk, "ran"), encode(end))


def last_end(desk: Desk) -> End | None:
    """How the last pass ended; None where none is on record."""
    try:
        return decode(_place(desk, "ran").read_bytes(), type=End)
    except (OSError, ValueError):
        return None


def _mark(path: Path) -> str:
    try:
        return read_file(path)[1]
    except CapaError as trouble:
        return str(trouble)


def _is_over(until: str, desk: Desk) -> bool:
    return bool(until) and until < desk.as_of.minute


def _place(desk: Desk, what: str = "pass") -> Path:
    mark = hashlib.sha256(desk.workbook.resolve().name.casefold().encode()).hexdigest()[:12]
    return desk.state / f"{what}-{mark}.json"


def _key(desk: Desk, fingerprint: str) -> str:
    """One text for everything a pass depends on; settings name where a secret lies, never the secret."""
    journal = hashlib.sha256((desk.state / JOURNAL).read_bytes()).hexdigest()
    days = f"{desk.as_of.on} {desk.as_of.today}"
    parts = (__version__, fingerprint, journal, repr(desk.settings), days, desk.workbook.resolve().name)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
