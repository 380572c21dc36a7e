"""The evidence beside a workbook, read: every file of an action's folder with its hash and the day it was changed."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from capa_xl.model.as_of import SHANGHAI
from capa_xl.model.evidence import EVIDENCE_FOLDER, EvidenceFile

_ASIDE = ("~$", ".", "Thumbs.db", "desktop.ini")


def evidence_folder(workbook: Path, number: str) -> Path | None:
    """The folder of an action's evidence; None for a number that is no plain name of a folder."""
    plain = number.strip() == number and number not in ("", ".", "..") and not set(number) & set('/\\:*?"<>|')
    return workbook.parent / EVIDENCE_FOLDER / number if plain else None


def evidence_of(workbook: Path, number: str) -> tuple[EvidenceFile, ...]:
    """The files by name; () where there is no folder. Hidden files and those of open documents are left out."""
    folder = evidence_folder(workbook, number)
    if folder is None or not folder.is_dir():
        return ()
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(_ASIDE))
    return tuple(_file(folder, path) for path in paths)


def _file(folder: Path, path: Path) -> EvidenceFile:
    changed = datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI).date()
    return EvidenceFile(path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest(), changed)
