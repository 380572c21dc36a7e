"""Workbooks named by a pattern: Windows' shell and the schedulers hand *.xlsx on as it is, so it is expanded here."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

_LOCKS = ("~$", ".~", ".")


def expanded(words: Iterable[Path]) -> tuple[Path, ...]:
    """Each word's workbooks, sorted, lock files left out; a word that fits nothing stays, and is missed by its name."""
    return tuple(path for word in words for path in _files_of(word))


def refuse_missing(words: Iterable[Path]) -> None:
    """Return unless a workbook isn't there, or a pattern fits none.

    Raises:
        MissingWorkbook: It names the first.
    """
    from capa_xl.errors import MissingWorkbook

    for path in expanded(words):
        if not path.is_file():
            raise MissingWorkbook(f"找不到文件「{path}」 → 请核对路径和文件名")


def _files_of(word: Path) -> list[Path]:
    if word.exists() or not glob.has_magic(str(word)):
        return [word]
    found = [Path(path) for path in sorted(glob.glob(str(word)))]  # noqa: PTH207 - the pattern may be absolute
    return [path for path in found if path.is_file() and not path.name.startswith(_LOCKS)] or [word]
