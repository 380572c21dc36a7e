"""Temporary files and folders of ours: their names say which process made them, so that a dead one's can be removed.

`.capa_xl-<machine>-<process>-<anything>` looks like no workbook and no lock file. A process of this machine is asked
for; another machine's, and those whose names say nothing (earlier versions), are taken for dead after a day.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PREFIX = ".capa_xl-"
UNFINISHED = ".tmp"
"""Ends the name of what is still being written: without worth once its process is gone."""

_NAME = re.compile(rf"{re.escape(PREFIX)}(?P<machine>[0-9a-f]{{8}})-(?P<process>\d+)-(?P<rest>[^.]*)\.\w+")
_ANOTHER_MACHINE_S = 24 * 3600


def own_name(rest: str = "", suffix: str = UNFINISHED) -> str:
    """A name of this process; without `rest` one that nobody has yet."""
    return f"{PREFIX}{_machine()}-{os.getpid()}-{rest or os.urandom(4).hex()}{suffix}"


def rest_of(name: str) -> str:
    """What `own_name` was told; "" for a name that isn't of that form."""
    found = _NAME.fullmatch(name)
    return found["rest"] if found else ""


def new_folder(parent: Path) -> Path:
    """A folder of ours that colleagues can open, as any other they make there.

    Not `tempfile.mkdtemp`: since Python 3.11.10 its folders are private on Windows for ever, wherever they are moved.
    """
    folder = parent / own_name()
    folder.mkdir()
    return folder


def discard(path: Path) -> None:
    """Remove a file of ours while something else goes wrong: a later run removes what stays, and nothing is hidden."""
    with suppress(OSError):
        path.unlink()


def is_dead(path: Path, now: float) -> bool:
    """Whether the process that made a temporary of ours is gone.

    Args:
        now: Seconds since the epoch.
    """
    found = _NAME.fullmatch(path.name)
    if found and found["machine"] == _machine():
        process = int(found["process"])
        return process != os.getpid() and not _runs(process)
    with suppress(OSError):
        return now - path.stat().st_mtime > _ANOTHER_MACHINE_S
    return False


def is_over(path: Path, now: float) -> bool:
    """The same for what outlives its run on purpose: this very process' earlier runs are over too."""
    found = _NAME.fullmatch(path.name)
    return bool(found and found["machine"] == _machine() and int(found["process"]) == os.getpid()) or is_dead(path, now)


def remove_dead(folder: Path, now: float) -> None:
    """Remove what killed runs left unfinished in a folder; what can't be removed stays for the next run."""
    for path in unfinished(folder):
        if is_dead(path, now):
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def unfinished(folder: Path) -> Iterator[Path]:
    """Our unfinished files and folders in a folder, anybody's; those of earlier versions too."""
    with suppress(OSError):
        for path in sorted(folder.glob(f"{PREFIX}*")):
            if path.suffix == UNFINISHED or (path.is_dir() and not path.suffix):
                yield path


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _runs(process: int) -> bool:
    if os.name == "nt":
        from capa_xl.effects.windows import process_runs

        return process_runs(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
