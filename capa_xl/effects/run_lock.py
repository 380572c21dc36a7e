"""One sending run, and one writing run, at a time over a workbook; the system frees the lock of a killed run.

Every workbook of a folder has locks of its own, so that several don't postpone each other. `run.lock` is the door to
the state folder: a run steps through it once it has its lock, and whoever must be alone with the folder keeps it shut.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from capa_xl.effects.access import create_like_folder, make_like
from capa_xl.effects.durable import STATE_CURE, reason_and_cure
from capa_xl.errors import UnsafeWrite, WorkbookLocked

DOOR = "run.lock"
"""Earlier versions hold it for the whole of a run: they and we keep out of each other's way."""

SENDING, WRITING = "send", "write"
"""What a run wants to be the only one to do; a run that does both takes SENDING first."""

_DOOR_S = 10.0


@contextmanager
def only_run(state: Path, workbook: Path, what: str = SENDING, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock of the one run that sends letters about a workbook, or writes it.

    Args:
        state: The workbook's state folder; made where it is missing.
        workbook: Its name decides: two ways to one workbook lead to one lock.
        what: SENDING or WRITING.
        wait_s: How long to wait for another run, in seconds.

    Raises:
        WorkbookLocked: Another run holds it and doesn't let go in time.
        UnsafeWrite: The folder can't be made, or no lock in it.
    """
    busy = f"另一个 capa-xl 正在处理「{workbook.name}」 → 请等它结束后再运行"
    make_like(state, workbook)
    with _held(state / _name(workbook.resolve(), what), wait_s, busy):
        with _held(state / DOOR, max(wait_s, _DOOR_S), busy):
            pass
        yield


@contextmanager
def alone_with(state: Path) -> Iterator[tuple[Path, ...]]:
    """Keep every other run out of a state folder; gives the lock files that are held for it.

    Raises:
        WorkbookLocked: A run is under way over one of its workbooks.
    """
    busy = f"另一个 capa-xl 正在使用「{state}」 → 请等它结束后再运行"
    door = state / DOOR
    with ExitStack() as locks:
        locks.enter_context(_held(door, 0.0, busy))
        others = tuple(place for place in sorted(state.glob("*.lock")) if place != door)
        for place in others:
            locks.enter_context(_held(place, 0.0, busy))
        yield (door, *others)


def remove_locks(locks: Iterable[Path]) -> None:
    """Remove lock files, and their folder with the last of what was in it, once nobody holds them (Windows).

    There a held file can't be removed, by us either; elsewhere it must be removed while it is held.
    """
    if os.name == "nt":
        with suppress(OSError):
            for lock in locks:
                lock.unlink(missing_ok=True)
                folder = lock.parent
            folder.rmdir()


def _name(workbook: Path, what: str) -> str:
    """`send-1a2b3c4d5e6f.lock`: names of workbooks are too long, and two that differ in case are one on Windows."""
    return f"{what}-{hashlib.sha256(workbook.name.casefold().encode()).hexdigest()[:12]}.lock"


@contextmanager
def _held(place: Path, wait_s: float, busy: str) -> Iterator[None]:
    from filelock import FileLock, Timeout  # only runs that write or send lock; the others need not wait for its import

    lock = FileLock(place)
    try:
        create_like_folder(place)
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise WorkbookLocked(busy) from None
    except OSError as trouble:
        cure = reason_and_cure(trouble, STATE_CURE)
        raise UnsafeWrite(f"不能在「{place.parent}」加锁：{cure}") from trouble
    try:
        yield
    finally:
        lock.release()
