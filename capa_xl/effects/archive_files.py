"""Archived papers on disk: whether they are where 归档位置 says, and their bytes."""

from __future__ import annotations

import os
import re
from pathlib import Path

_ELSEWHERE = re.compile(r"^(?:\w{2,}:|\\\\|//)")
_DRIVE = re.compile(r"^[A-Za-z]:")


def can_look_up(location: str) -> bool:
    """False for addresses and shares, and for drive letters outside Windows: nobody can say from here."""
    return not _ELSEWHERE.match(location) and (os.name == "nt" or not _DRIVE.match(location))


def archived_file(folder: Path, location: str) -> Path | None:
    """The file or folder that 归档位置 names, relative to `folder`; None when it isn't there."""
    path = folder / location.strip().replace("\\", "/")
    try:
        return path if path.exists() else None
    except (OSError, ValueError):
        return None


def docx_bytes(path: Path) -> bytes | None:
    """The bytes of a Word file; None for any other file, and for one that can't be read."""
    if path.suffix.lower() != ".docx":
        return None
    try:
        return path.read_bytes()
    except OSError:
        return None
