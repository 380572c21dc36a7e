"""A backup of ours is read and printed, and served by nobody: it stays as it was put away. Shared ground."""

from __future__ import annotations

from pathlib import Path

from capa_xl.app.shared.desk import BACKUPS
from capa_xl.effects.journal import is_there
from capa_xl.errors import NotATracker


def refuse_backup(workbook: Path) -> None:
    """Return unless a workbook is a backup of ours: no letters, no write-back, nothing made of it, no journal by it.

    A paper made final of it would be a second 第 1 版 of the same number, on another record.

    Raises:
        NotATracker: It lies where the backups of a workbook lie.
    """
    place = workbook.resolve()
    if place.parent.name == BACKUPS and is_there(place.parent.parent):
        raise NotATracker(
            f"「{place.name}」是改前备份，要留着原样，不提醒，不回写，也不出文件 → "
            "要用回这一版，先把它复制到工作簿所在的文件夹；查阅用 check、todo、facts"
        )
