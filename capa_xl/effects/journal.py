"""The journal `.capa_xl/journal.db`: opening it, and what is said when it can't be used.

SQLite with a rollback journal (never WAL: the folder may lie on a network share), every commit durable.
`journal_schema` has its tables, which the other `journal_*` files of this folder read and write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from capa_xl.effects.access import create_like_folder
from capa_xl.effects.durable import STATE_CURE, make_folder, reason
from capa_xl.effects.journal_decoding import UnreadableEntry
from capa_xl.effects.journal_schema import STEPS
from capa_xl.errors import JournalUnusable, WorkbookLocked

FILE_NAME = "journal.db"
APPLICATION_ID = 0x43415058  # "CAPX"
BUSY_SECONDS = 30.0
_USED = ("run", "posting", "applied", "intent", "edition", "scan")
"""The tables that have something in them once a journal was used."""


@contextmanager
def open_journal(state: Path) -> Iterator[sqlite3.Connection]:
    """The journal of a state folder, made when it is missing, brought up to date when it is old.

    Raises:
        JournalUnusable: Damaged, foreign, or written by a newer program.
        WorkbookLocked: Another program holds it.
        UnsafeWrite: The folder can't be made.
    """
    make_folder(state, cure=STATE_CURE)
    place = state / FILE_NAME
    try:
        create_like_folder(place)
    except OSError as trouble:
        words = f"提醒台账「{place}」打不开（{reason(trouble)}） → 请检查磁盘空间和文件夹权限"
        raise JournalUnusable(words) from trouble
    with _said_in_chinese(place), closing(sqlite3.connect(place, timeout=BUSY_SECONDS)) as conn:
        conn.execute("PRAGMA journal_mode = TRUNCATE")
        conn.execute("PRAGMA synchronous = FULL")
        _bring_up_to_date(conn, place)
        yield conn


@contextmanager
def copy_journal(state: Path) -> Iterator[sqlite3.Connection]:
    """A copy in memory to read from and to plan on: nothing done to it reaches the disk; empty without a journal.

    Raises:
        JournalUnusable: Damaged, foreign, or written by a newer program.
        WorkbookLocked: Another program holds it.
    """
    place = state / FILE_NAME
    with _said_in_chinese(place), closing(sqlite3.connect(":memory:")) as memory:
        if place.is_file():
            with closing(sqlite3.connect(place, timeout=BUSY_SECONDS)) as conn:
                conn.backup(memory)
        _bring_up_to_date(memory, place)
        yield memory


@contextmanager
def look_into_journal(state: Path) -> Iterator[sqlite3.Connection]:
    """The journal as it lies there, for one question; of an old one a copy that is brought up to date.

    Args:
        state: A folder that has a journal.

    Raises:
        JournalUnusable: Damaged, foreign, or written by a newer program.
        WorkbookLocked: Another program holds it.
    """
    place = state / FILE_NAME
    with _said_in_chinese(place), closing(sqlite3.connect(place, timeout=BUSY_SECONDS)) as conn:
        if _version(conn, place) == len(STEPS):
            yield conn
            return
    with copy_journal(state) as conn:
        yield conn


def is_there(state: Path) -> bool:
    """True when the folder has a journal."""
    return (state / FILE_NAME).is_file()


def withdraw_journal(state: Path, locks: Iterable[Path]) -> None:
    """Take back a journal made for a run that was then refused, and its folder, if nothing happened in it since.

    Args:
        locks: The lock files of the folder. The caller holds them all, so that no run can have the journal open.
    """
    place = state / FILE_NAME
    if not place.is_file():
        _remove_folder(state, locks)
        return
    with _said_in_chinese(place), closing(sqlite3.connect(place, timeout=BUSY_SECONDS)) as conn:
        tables = _USED if _version(conn, place) else ()  # a full disk may keep them from coming
        used = any(conn.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in tables)
    if used:
        return
    with suppress(PermissionError):  # Windows: another run has it open
        for name in (FILE_NAME, f"{FILE_NAME}-journal"):
            (state / name).unlink(missing_ok=True)
    _remove_folder(state, locks)


def _remove_folder(state: Path, locks: Iterable[Path]) -> None:
    """Remove a state folder in which nothing is left but its locks."""
    if {path.name for path in state.iterdir()} <= {lock.name for lock in locks}:
        with suppress(OSError):  # Windows: a file that is held can't go
            for lock in locks:
                lock.unlink(missing_ok=True)
            state.rmdir()


def _bring_up_to_date(conn: sqlite3.Connection, place: Path) -> None:
    if _version(conn, place) == len(STEPS):
        return
    with conn:
        conn.execute("BEGIN IMMEDIATE")
        version = _version(conn, place)  # again: another run may have done it while this one waited for the lock
        for statement in "".join(STEPS[version:]).split(";"):
            conn.execute(statement)
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {len(STEPS)}")


def _version(conn: sqlite3.Connection, place: Path) -> int:
    """The version as one query sees it, so that what another run is just making is either not there or complete."""
    version, owner, tables = conn.execute(
        "SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id), "
        "count(*) FROM sqlite_master"
    ).fetchone()
    if owner != APPLICATION_ID and (version or tables):
        raise JournalUnusable(f"「{place}」是别的程序的数据库，不是提醒台账 → 请把它移走后再运行")
    if version > len(STEPS):
        raise JournalUnusable(f"「{place}」由更新版本的 capa-xl 写成 → 请升级 capa-xl")
    return int(version)


@contextmanager
def said_of(conn: sqlite3.Connection) -> Iterator[None]:
    """What goes wrong with an open journal is raised in Chinese where it happens, not where the journal was opened.

    Raises:
        JournalUnusable: It can't be read or written any more, for example because the disk is full.
        WorkbookLocked: Another program holds it.
    """
    with _said_in_chinese(Path(conn.execute("PRAGMA database_list").fetchone()[2])):
        yield


@contextmanager
def _said_in_chinese(place: Path) -> Iterator[None]:
    try:
        yield
    except UnreadableEntry as dent:
        raise JournalUnusable(
            f"提醒台账「{place}」里有一处不是工具写下的内容（{dent}），像是被手工改过 → 请用最近的备份替换它；"
            "没有备份就把它改名保存，下次运行会从工作表《提醒台账》重建，不会重发已发的提醒"
        ) from None
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # our bug
    except sqlite3.OperationalError as trouble:
        if "locked" in str(trouble):
            raise WorkbookLocked(f"提醒台账「{place}」正被另一个程序使用 → 请稍后再运行") from None
        how = "写不下" if "full" in str(trouble) else "打不开"
        raise JournalUnusable(f"提醒台账「{place}」{how}（原文：{trouble}） → 请检查磁盘空间和文件夹权限") from None
    except sqlite3.DatabaseError as trouble:
        raise JournalUnusable(
            f"提醒台账「{place}」已损坏（原文：{trouble}） → 请把它改名保存；"
            "下次运行会从工作表《提醒台账》重建，不会重发已发的提醒"
        ) from None
