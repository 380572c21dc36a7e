"""Who may read our state: whoever may read the workbook, and nobody else.

Journal, log, outbox and backups hold what stands in the workbook. Windows has it from the folder they lie in; elsewhere
the state folder and what is made in it take the workbook's mode.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from capa_xl.effects.durable import STATE_CURE, make_folder
from capa_xl.effects.state_folder import STATE_FOLDER

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def make_like(folder: Path, workbook: Path) -> None:
    """Make a folder of the state, those above it too, for the people who may read the workbook.

    Our own `.capa_xl` is narrowed to them where it stands wider open, and hidden on Windows; a state folder that IT set
    up (`[paths] state`) stays as it is.

    Raises:
        UnsafeWrite: It can't be made.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    make_folder(folder, 0o700, STATE_CURE)
    if os.name == "nt":
        _hide(place for place in missing if place.name == STATE_FOLDER)
        return
    if not workbook.exists():  # whoever saves it may be between deleting the old and writing the new
        return
    allowed = _folder_mode(workbook)
    for place in missing:
        _open_up(place, allowed, workbook)
    for place in (folder, *folder.parents[:1]):
        if place.name == STATE_FOLDER and place.stat().st_mode & 0o777 & ~allowed:
            with suppress(OSError):
                place.chmod(place.stat().st_mode & 0o7777 & (allowed | 0o7000))


def make_like_parent(folder: Path) -> None:
    """Make a folder within the state, as open as the one it lies in; one that is there stays.

    Raises:
        UnsafeWrite: It can't be made.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    make_folder(folder, 0o700, STATE_CURE)
    for place in reversed(missing) if os.name != "nt" else ():
        with suppress(OSError):
            place.chmod(place.parent.stat().st_mode & 0o777)


def create_like_folder(place: Path) -> None:
    """Create an empty file that is as open as the folder it lies in; one that is there stays."""
    if os.name == "nt":
        return
    with suppress(FileExistsError):
        os.close(os.open(place, _CREATE, 0o600))
        with suppress(OSError):
            place.chmod(place.parent.stat().st_mode & 0o666)


def _folder_mode(workbook: Path) -> int:
    """0640 gives 0750: whoever may read the file may look into the folder."""
    mode = workbook.stat().st_mode & 0o666
    return mode | (mode & 0o444) >> 2 | 0o700


def _open_up(place: Path, allowed: int, workbook: Path) -> None:
    """The workbook's group may enter; where the folder can't be given to that group, no group may."""
    group = workbook.stat().st_gid
    with suppress(OSError):
        os.chown(place, -1, group)
    with suppress(OSError):
        place.chmod(allowed if place.stat().st_gid == group else allowed & ~0o070)


def _hide(folders: Iterable[Path]) -> None:
    from capa_xl.effects.windows import hide

    for folder in folders:
        hide(folder)
