"""Backups of a workbook: the bytes as they were before we replaced them, the last thirty kept."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from capa_xl.effects.durable import sync_folder, write_beside

KEPT = 30


def backup_path(workbook: Path, sha256: str, folder: Path, stamp: str) -> Path:
    """`跟踪表-20261122-083000-1a2b3c4d.xlsx`: sorted by name is sorted by time."""
    name = "-".join(part for part in (workbook.stem, stamp, sha256[:8]) if part)
    return folder / f"{name}{workbook.suffix}"


def keep_backup(target: Path, blob: bytes) -> bool:
    """Store the bytes; True when the backup is new, False when the very same one was there.

    It is written under a name of its own first: a backup never exists in part, and two runs don't trip over each other.
    """
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    write_beside(target, blob).replace(target)
    sync_folder(target.parent)
    return True


def prune_backups(workbook: Path, folder: Path, keep: int = KEPT) -> None:
    """Remove all but the newest `keep` backups of one workbook; a backup that can't be removed stays."""
    found = sorted(
        path for path in folder.glob("*") if path.suffix == workbook.suffix and _is_of(path.stem, workbook.stem)
    )
    for path in found[:-keep] if keep else found:
        with suppress(OSError):
            path.unlink()


def _is_of(stem: str, workbook: str) -> bool:
    """Whether a backup's name is the workbook's, a stamp and eight hex digits."""
    rest = stem.removeprefix(f"{workbook}-")
    stamp, _, digest = rest.rpartition("-")
    stamped = not stamp or all(char.isdigit() or char in "-T" for char in stamp)
    hexed = len(digest) == 8 and all(char in "0123456789abcdef" for char in digest)
    return rest != stem and stamped and hexed
