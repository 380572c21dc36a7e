"""Evidence of an action as it lies on disk: files of the folder 证据/编号 beside the workbook."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

EVIDENCE_FOLDER: Final = "证据"
"""Beside the workbook; one folder an action in it, named by 编号."""


class EvidenceFile(Struct, frozen=True):
    """One file.

    Attributes:
        name: Path below the action's folder, with /.
        sha256: Hex.
        changed_on: Day of its last change, Asia/Shanghai.
    """

    name: str
    sha256: str
    changed_on: date


class Photo(Struct, frozen=True):
    """A photo among the evidence, made small enough to print.

    Attributes:
        name: Path below the action's folder, with /.
        sha256: Of the file itself, hex.
        jpeg: The small picture, upright and without what the camera wrote into it (place, device).
        width, height: Of the small picture, in pixels.
    """

    name: str
    sha256: str
    jpeg: bytes
    width: int
    height: int


class UnshownPhoto(Struct, frozen=True):
    """A file that should be a photo and can't be shown, and why, in Chinese."""

    name: str
    reason: str
