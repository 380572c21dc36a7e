"""Whether a workbook is an archived year, and what follows of it: no letters, no write-back. Shared ground."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.past_workbooks import names_of_past_years, with_past_years
from capa_xl.app.shared.refused_backups import refuse_backup
from capa_xl.effects.files import read_file
from capa_xl.effects.journal import is_there, look_into_journal
from capa_xl.effects.journal_events import (
    archived_from,
    archived_under,
    archives_made,
    is_archive,
    was_archived_from,
)
from capa_xl.effects.journal_view import knows_rows_of, served_beside
from capa_xl.effects.neighbours import is_named_alike, workbooks_beside
from capa_xl.errors import CapaError, NotATracker
from capa_xl.model.procedure import Procedure
from capa_xl.model.register import Register
from capa_xl.workbook.reading.reader import procedure_in, read_register

NumberedText = tuple[str, str]
"""编号 with 措施内容, else 问题描述."""
_FEW_BESIDE, _QUICKLY_READ = 20, 500_000
"""Workbooks, and bytes of one: some two thousand rows."""


def refuse_archive(desk: Desk, sha256: str) -> None:
    """Refuse to serve a workbook that year-end archived, or a backup of ours: no letters and no write-back.

    Args:
        sha256: Fingerprint of its bytes.

    Raises:
        NotATracker: It is an archive, or lies where the backups of a workbook lie.
    """
    refuse_backup(desk.workbook)
    refuse_ended_year(desk, sha256)


def refuse_ended_year(desk: Desk, sha256: str) -> None:
    """The same of an archive alone: a backup may be looked at.

    Raises:
        NotATracker: It is an archive.
    """
    if was_archived(desk, sha256):
        raise NotATracker(archive_words(desk.workbook.resolve().name))


def refuse_unserved(desk: Desk) -> None:
    """The same of a workbook that nobody has read yet; one that can't be read now may be served tomorrow.

    Raises:
        NotATracker: As `refuse_archive` has it.
    """
    try:
        _, sha256 = read_file(desk.workbook)
    except CapaError:
        sha256 = ""
    refuse_archive(desk, sha256)


def was_archived(desk: Desk, sha256: str) -> bool:
    """Whether year-end made this file, also where somebody saved it again since.

    The workbook in use is none, also when `undo` of the year-end made it the archive's equal byte for byte, or a backup
    of the days before, and a copy of what it was lies beside. One saved again under another name, or without the
    journal that knows it, is known by the workbook that went on beside it.

    Args:
        sha256: Fingerprint of its bytes.
    """
    here, ids, served = desk.workbook.resolve(), frozenset[str](), dict[str, str]()
    if is_there(desk.state):
        with look_into_journal(desk.state) as conn:
            if is_archive(conn, here.name, sha256):
                return True
            if was_archived_from(conn, here.name):
                return False
            ids, served = archived_under(conn, here.name), served_beside(conn, here)
    unserved = neighbours_unserved(desk)
    mine = procedure_of(here) if ids or served or unserved else None
    if mine is None:
        return False
    beside = dict.fromkeys((*(name for name, its_id in served.items() if its_id == mine.workbook_id), *unserved))
    return (bool(mine.workbook_id) and mine.workbook_id in ids) or any(went_on_from(desk, mine, one) for one in beside)


def neighbours_unserved(desk: Desk) -> tuple[str, ...]:
    """Names of the workbooks beside one that may have followed it; () where runs knew its rows: the journal tells then.

    All of a few; of many, and of large ones, those that are named alike: they are read each time until a run knows it,
    and a group tells its own apart.
    """
    here = desk.workbook.resolve()
    if is_there(desk.state):
        with look_into_journal(desk.state) as conn:
            if knows_rows_of(conn, here):
                return ()
    with suppress(OSError):
        beside = workbooks_beside(here)
        is_few = len(beside) <= _FEW_BESIDE
        return tuple(
            one.name for one in beside if is_named_alike(one, here) or (is_few and one.stat().st_size <= _QUICKLY_READ)
        )
    return ()


def went_on_from(desk: Desk, mine: Procedure, name: str) -> bool:
    """Whether a file beside a workbook is the one that followed it.

    It names it among its archived years, and isn't named by it: one made by hand may have an id of its own. Or it is
    the same workbook after a year-end that this one knows nothing of: it has its id, names an archived year more,
    wherever that lies now, and has some of its rows: one company's workbook made from another's has the id alone.

    Args:
        mine: 参数 of the workbook of the desk.
    """
    here = desk.workbook.resolve()
    there = here.with_name(name)
    other = procedure_of(there)
    if other is None:
        return False
    own_years, its_years = (
        {(here.parent / year).resolve() for year in names_of_past_years(one)} for one in (mine, other)
    )
    if here in its_years:
        return there not in own_years
    is_same = bool(mine.workbook_id) and other.workbook_id == mine.workbook_id
    is_later = {year.name for year in own_years} < {year.name for year in its_years}
    return is_same and is_later and _shares_rows(desk, there)


def _shares_rows(desk: Desk, there: Path) -> bool:
    try:
        own, later = rows_told_apart(_register_of(desk)), _register_of(replace(desk, workbook=there))
    except CapaError:
        return False
    return any(own & rows_told_apart(one) for one in (later, *(year.register for year in later.past)))


def _register_of(desk: Desk) -> Register:
    """The register of a workbook with those of its archived years."""
    return with_past_years(read_register(read_file(desk.workbook)[0]), desk)


def rows_told_apart(register: Register) -> frozenset[NumberedText]:
    """What tells the rows of a workbook from those of another that numbers alike."""
    return frozenset(
        (action.number, " ".join((action.measure or action.description or "").split()))
        for action in register.tracker.records
    )


def procedure_of(path: Path) -> Procedure | None:
    """参数 of a file; None where it can't be read now."""
    try:
        return procedure_in(read_file(path)[0])
    except CapaError:
        return None


def archives_on_record(desk: Desk) -> Mapping[str, str]:
    """Fingerprints of the archives that year-end made in this folder → their names then."""
    if not is_there(desk.state):
        return {}
    with look_into_journal(desk.state) as conn:
        return archives_made(conn)


def is_in_use_again(desk: Desk, sha256: str) -> bool:
    """Whether this file holds again what was archived of it: `undo` of the year-end, or a backup, gave it back.

    Args:
        sha256: Fingerprint of its bytes.
    """
    if not is_there(desk.state):
        return False
    with look_into_journal(desk.state) as conn:
        return desk.workbook.resolve().name in archived_from(conn, sha256)


def archive_words(name: str) -> str:
    """Why an archive is served by nobody and counted beside no workbook in use, as a Chinese sentence."""
    return (
        f"「{name}」是年度归档，不再提醒和回写，也不与其他工作簿一起计入"
        " → 请用现用的工作簿；查阅用 check、report、facts"
    )


def archive_note(desk: Desk, sha256: str) -> str:
    """What a reader of an archived year should know of its rows, as a Chinese sentence.

    Args:
        sha256: Fingerprint of its bytes: others than were put there were saved since.
    """
    archives = archives_on_record(desk)
    changed = "归档以后有人另外保存过" if archives else "旁边没有它归档时的台账，看不出归档以后有没有改过"
    stood = "是归档那天的内容" if sha256 in archives else changed
    return f"「{desk.workbook.name}」是年度归档，{stood}：那天在办的各项后来怎样，请看现用的工作簿"
