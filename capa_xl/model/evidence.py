"""Evidence of an action as it lies on disk: files of the folder 证据/编号 beside the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

EVIDENCE_FOLDER: Final = "证据"
"""Beside the workbook; one folder an action in it, named by 编号."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file.

    Attributes:
        name: Path below the action's folder, with /.
        sha256: Hex.
        changed_on: Day of its last change, Asia/Shanghai.
    """

    name: str
    sha256: str
    changed_on: date
