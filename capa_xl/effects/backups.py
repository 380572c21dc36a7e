"""Backups of a workbook: the bytes as they were before we replaced them, the last thirty kept."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from capa_xl.effects.access import make_like
from capa_xl.effects.durable import sync_folder, write_whole
from capa_xl.effects.temporary import PREFIX
from capa_xl.effects.watches import identity, watched_files

KEPT = 30

_NUMBERED = re.compile(r"(.*\d{8}-\d{6})-(\d+)")


def backup_path(workbook: Path, sha256: str, folder: Path, stamp: str) -> Path:
    """`跟踪表-20261122-083000-1a2b3c4d.xlsx`: sorted by name is sorted by time."""
    name = "-".join(part for part in (workbook.stem, stamp, sha256[:8]) if part)
    return folder / f"{name}{workbook.suffix}"


def keep_backup(real: Path, blob: bytes, target: Path) -> Path:
    """Back up a workbook, or a file displaced from its place; gives the backup's path, which nobody had before.

    The backup is the very file, under a second name, where the system has such: once the workbook is replaced, whoever
    still has the old one open writes into the backup. Elsewhere it is a copy. It is readable by whom the workbook is.

    Args:
        blob: What was read from the workbook.
        target: Where the backup goes; a taken name is left to its holder, and a number added.
    """
    make_like(target.parent, real)
    place = _free(target)
    if not _is_linked(real, place):
        write_whole(place, blob, real)
    sync_folder(place.parent)
    return place


def own_links(real: Path, folder: Path) -> tuple[Path, ...]:
    """Second names of ours that a killed run left to a workbook: in its backups, and beside it."""
    if not _has_second_name(real):
        return ()
    return tuple(
        path
        for place, pattern in ((folder, "*"), (real.parent, f"{PREFIX}*"))
        for path in sorted(place.glob(pattern))
        if path.is_file() and not path.is_symlink() and is_same(path, real)
    )


def is_same(path: Path, real: Path) -> bool:
    """Whether two names are one file; False where one is just not there, as while somebody saves it anew."""
    try:
        return path.samefile(real)
    except OSError:
        return False


def _has_second_name(real: Path) -> bool:
    with suppress(OSError):
        return real.stat().st_nlink > 1
    return False


def _free(target: Path) -> Path:
    """`…-083000-1a2b3c4d`, then `…-083000-2-1a2b3c4d`: still sorted by time."""
    head, _, digest = target.stem.rpartition("-")
    others = (target.with_name(f"{head}-{number}-{digest}{target.suffix}") for number in count(2))
    return next(place for place in chain((target,), others) if not place.exists())


def _is_linked(real: Path, place: Path) -> bool:
    if os.name == "nt":  # ReplaceFileW wants the file for itself
        return False
    with suppress(OSError):
        place.hardlink_to(real)
        return True
    return False


def backups_of(workbook: Path, folder: Path) -> list[Path]:
    """The backups of one workbook, oldest first."""
    found = (p for p in folder.glob("*") if p.suffix == workbook.suffix and _is_of(p.stem, workbook.stem))
    return sorted(found, key=_order)


def prune_backups(workbook: Path, folder: Path, newest: Path, keep: int = KEPT) -> None:
    """Remove all but the newest `keep` backups of one workbook; a backup that can't be removed stays.

    So does a file that is watched: its backup may be the only name a late save has.

    Args:
        newest: The backup just made, which stays whatever its name says: the clock may have been set back.
    """
    found = [path for path in backups_of(workbook, folder) if path != newest]
    watched = watched_files(folder)
    for path in found[: max(0, len(found) + 1 - keep)]:
        if identity(path) not in watched:
            with suppress(OSError):
                path.unlink()


def _order(backup: Path) -> tuple[str, int]:
    """By time, then by number: of one second, the tenth comes after the second."""
    head, _, _ = backup.stem.rpartition("-")
    numbered = _NUMBERED.fullmatch(head)
    return (numbered[1], int(numbered[2])) if numbered else (head, 0)


def _is_of(stem: str, workbook: str) -> bool:
    """Whether a backup's name is the workbook's, a stamp and eight hex digits."""
    rest = stem.removeprefix(f"{workbook}-")
    stamp, _, digest = rest.rpartition("-")
    stamped = not stamp or all(char.isdigit() or char in "-T" for char in stamp)
    hexed = len(digest) == 8 and all(char in "0123456789abcdef" for char in digest)
    return rest != stem and stamped and hexed
