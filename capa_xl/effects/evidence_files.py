"""The evidence beside a workbook, read: every file of an action's folder with its hash and the day it was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from capa_xl.model.as_of import SHANGHAI
from capa_xl.model.evidence import EVIDENCE_FOLDER, EvidenceFile

PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif"})
"""Endings of photos."""
MOST_PHOTO_BYTES = 40 << 20
_HEIC = frozenset({".heic", ".heif"})
_ASIDE = ("~$", ".", "Thumbs.db", "desktop.ini")


def evidence_folder(workbook: Path, number: str) -> Path | None:
    """The folder of an action's evidence; None for a number that is no plain name of a folder."""
    plain = number.strip() == number and number not in ("", ".", "..") and not set(number) & set('/\\:*?"<>|')
    return workbook.parent / EVIDENCE_FOLDER / number if plain else None


def folders_of_nobody(workbook: Path, numbers: Iterable[str]) -> tuple[str, ...]:
    """Folders of evidence that are no number of the workbook, by name: nothing that lies in them is ever looked at."""
    place, known = workbook.parent / EVIDENCE_FOLDER, frozenset(numbers)
    found = place.iterdir() if place.is_dir() else ()
    return tuple(sorted(one.name for one in found if one.is_dir() and one.name not in known and one.name[:1] != "."))


class PhotoFile(Struct, frozen=True):
    """A file that should be a photo.

    Attributes:
        name: Path below the action's folder, with /.
        blob: None where it isn't read, and `reason` says why, in Chinese.
        sha256: Hex; "" where it isn't read.
    """

    name: str
    blob: bytes | None
    sha256: str = ""
    reason: str = ""


class EvidenceRead(NamedTuple):
    """A file and the bytes that its hash was taken of."""

    file: EvidenceFile
    blob: bytes


def evidence_of(workbook: Path, number: str) -> tuple[EvidenceRead, ...]:
    """The files by name, each read once; () where there is no folder.

    Hidden files and those of open documents are left out.
    """
    return tuple(_read(folder, path) for folder, path in _files(workbook, number))


def photo_places(workbook: Path, number: str) -> tuple[tuple[str, Path], ...]:
    """(name, place) of those of them that should be photos, by name; none is read."""
    found = ((folder, path) for folder, path in _files(workbook, number) if path.suffix.lower() in PHOTOS)
    return tuple((path.relative_to(folder).as_posix(), path) for folder, path in found)


def read_photo(name: str, path: Path) -> PhotoFile:
    """A photo read, or why it isn't."""
    if path.suffix.lower() in _HEIC:
        return PhotoFile(name, None, reason="HEIC 格式印不出来，请另存为 JPG")
    try:
        if path.stat().st_size > MOST_PHOTO_BYTES:
            return PhotoFile(name, None, reason=f"超过 {MOST_PHOTO_BYTES >> 20} MB")
        blob = path.read_bytes()
    except OSError:
        return PhotoFile(name, None, reason="读不出来")
    return PhotoFile(name, blob, hashlib.sha256(blob).hexdigest())


def _files(workbook: Path, number: str) -> list[tuple[Path, Path]]:
    folder = evidence_folder(workbook, number)
    if folder is None or not folder.is_dir():
        return []
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(_ASIDE))
    return [(folder, path) for path in paths]


def _read(folder: Path, path: Path) -> EvidenceRead:
    changed, blob = datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI).date(), path.read_bytes()
    name = path.relative_to(folder).as_posix()
    return EvidenceRead(EvidenceFile(name, hashlib.sha256(blob).hexdigest(), changed), blob)
