"""Opening a workbook: its bytes, their fingerprint, and the register read from them. Shared ground of the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from capa_xl.effects.files import read_file
from capa_xl.model.register import Register
from capa_xl.workbook.reader import read_register, require_tracker

STATE_FOLDER = ".capa_xl"
"""The one folder beside the workbook that holds journal, backups, outbox and log."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook as it stood when it was read.

    Attributes:
        sha256: Fingerprint of `blob`; guards every address until the file is replaced.
    """

    path: Path
    blob: bytes
    sha256: str
    register: Register

    @property
    def state_folder(self) -> Path:
        """Where this workbook's state lives unless capa_xl.toml says otherwise."""
        return self.path.parent / STATE_FOLDER


def open_workbook(path: Path) -> Opened:
    """Read a workbook whose tracker may be missing or ambiguous (`check` reports that as WB01, WB02).

    Raises:
        UnreadableWorkbook: The file is no workbook.
    """
    blob, sha256 = read_file(path)
    return Opened(path, blob, sha256, read_register(blob))


def open_tracker(path: Path) -> Opened:
    """Read a workbook that must hold a tracker: for every command that writes, sends or prints papers.

    Raises:
        UnreadableWorkbook: The file is no workbook, or no single tracker with its needed columns is in it.
    """
    opened = open_workbook(path)
    require_tracker(opened.register)
    return opened
