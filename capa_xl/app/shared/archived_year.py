"""Whether a workbook is an archived year, and what follows of it: no letters, no write-back. Shared ground."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.past_workbooks import names_of_past_years, with_past_years
from capa_xl.app.shared.refused_backups import refuse_backup
from capa_xl.effects.file_on_record import FileOnRecord, file_on_record
from capa_xl.effects.files import read_file
from capa_xl.effects.journal import is_there, look_into_journal
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
    """Whether year-end made this file, as `is_archived_year` tells it.

    Args:
        sha256: Fingerprint of its bytes.
    """
    return is_archived_year(desk, on_record(desk, sha256))


def on_record(desk: Desk, sha256: str) -> FileOnRecord:
    """What the journal knows of a workbook.

    Args:
        sha256: Fingerprint of its bytes.
    """
    if not is_there(desk.state):
        return FileOnRecord()
    with look_into_journal(desk.state) as conn:
        return file_on_record(conn, desk.workbook.resolve(), sha256)


def is_archived_year(desk: Desk, known: FileOnRecord) -> bool:
    """Whether year-end made this file, also where somebody saved it again since.

    The workbook in use is none, also when `undo` of the year-end made it the archive's equal byte for byte, or a backup
    of the days before, and a copy of what it was lies beside. One saved again under another name, or without the
    journal that knows it, is known by the workbook that went on beside it.

    Args:
        known: What the journal knows of it.
    """
    if known.is_archive or known.went_on:
        return known.is_archive
    unserved = neighbours_unserved(desk, known)
    mine = procedure_of(desk.workbook) if known.archived_ids or known.served_beside or unserved else None
    if mine is None:
        return False
    if mine.workbook_id and mine.workbook_id in known.archived_ids:
        return True
    served = (name for name, its_id in known.served_beside.items() if its_id == mine.workbook_id)
    own_rows = cache(lambda: rows_told_apart(read_register(read_file(desk.workbook)[0])))
    return any(went_on_from(desk, mine, own_rows, one) for one in dict.fromkeys((*served, *unserved)))


def neighbours_unserved(desk: Desk, known: FileOnRecord) -> tuple[str, ...]:
    """Names of the workbooks beside one that may have followed it; () where runs knew its rows: the journal tells then.

    All of a few; of many, and of large ones, those that are named alike: they are read each time until a run knows it,
    and a group tells its own apart.
    """
    if known.is_known:
        return ()
    here = desk.workbook.resolve()
    with suppress(OSError):
        beside = workbooks_beside(here)
        is_few = len(beside) <= _FEW_BESIDE
        return tuple(
            one.name for one in beside if is_named_alike(one, here) or (is_few and one.stat().st_size <= _QUICKLY_READ)
        )
    return ()


def went_on_from(desk: Desk, mine: Procedure, own_rows: Callable[[], frozenset[NumberedText]], name: str) -> bool:
    """Whether a file beside a workbook is the one that followed it.

    It names it among its archived years, and isn't named by it: one made by hand may have an id of its own. Or it is
    the same workbook after a year-end that this one knows nothing of: it has its id, names an archived year more,
    wherever that lies now, and has some of its rows: one company's workbook made from another's has the id alone.

    Args:
        mine: 参数 of the workbook of the desk.
        own_rows: Gives what `rows_told_apart` tells of it, where rows must tell.
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
    return is_same and is_later and _has_some_of(own_rows, replace(desk, workbook=there))


def _has_some_of(rows: Callable[[], frozenset[NumberedText]], desk: Desk) -> bool:
    """Whether a workbook, or an archived year of it, has some of these rows."""
    try:
        own, later = rows(), with_past_years(read_register(read_file(desk.workbook)[0]), desk)
    except CapaError:
        return False
    return any(own & rows_told_apart(one) for one in (later, *(year.register for year in later.past)))


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
    archives = on_record(desk, sha256).archives
    changed = "归档以后有人另外保存过" if archives else "旁边没有它归档时的台账，看不出归档以后有没有改过"
    stood = "是归档那天的内容" if sha256 in archives else changed
    return f"「{desk.workbook.name}」是年度归档，{stood}：那天在办的各项后来怎样，请看现用的工作簿"
