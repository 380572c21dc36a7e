"""One sending run at a time over a state folder; the system frees the lock of a killed run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from capa_xl.effects.durable import make_folder
from capa_xl.errors import WorkbookLocked

FILE_NAME = "run.lock"


@contextmanager
def only_run(state: Path, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the run lock of a state folder.

    Raises:
        WorkbookLocked: Another run holds it and doesn't let go within `wait_s` seconds.
        UnsafeWrite: The folder can't be made.
    """
    from filelock import FileLock, Timeout  # only sending runs lock; the others need not wait for its import

    make_folder(state)
    lock = FileLock(state / FILE_NAME)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout:
        raise WorkbookLocked(f"另一个 capa-xl 正在使用「{state}」→ 请等它结束后再运行") from None
    try:
        yield
    finally:
        lock.release()
