"""Opening a workbook: its bytes, their fingerprint, and the register read from them. Shared ground of the use cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from capa_xl.effects.files import read_file
from capa_xl.model.register import Register
from capa_xl.workbook.reading.reader import read_register, require_tracker

STATE_FOLDER = ".capa_xl"
"""The one folder beside the workbook that holds journal, backups, outbox and log."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook as it stood when it was read.

    Attributes:
        sha256: Fingerprint of `blob`; guards every address until the file is replaced.
        state: The folder that capa_xl.toml names for the state; None for the usual one.
    """

    path: Path
    blob: bytes
    sha256: str
    register: Register
    state: Path | None = None

    @property
    def state_folder(self) -> Path:
        """Where this workbook's state lives."""
        return state_folder(self.path, self.state)


def state_folder(path: Path, state: Path | None = None) -> Path:
    """The state folder of a workbook: the one capa_xl.toml names, else `.capa_xl` beside it."""
    return state if state is not None else path.parent / STATE_FOLDER


def open_workbook(path: Path, state: Path | None = None) -> Opened:
    """Read a workbook whose tracker may be missing or ambiguous (`check` reports that as WB01, WB02).

    Args:
        state: [paths] state of capa_xl.toml.

    Raises:
        UnreadableWorkbook: The file is no workbook.
    """
    blob, sha256 = read_file(path)
    return Opened(path, blob, sha256, read_register(blob), state)


def open_tracker(path: Path, state: Path | None = None) -> Opened:
    """Read a workbook that must hold a tracker: for every command that writes, sends or prints papers.

    Raises:
        UnreadableWorkbook: The file is no workbook, or no single tracker with its needed columns is in it.
    """
    opened = open_workbook(path, state)
    require_tracker(opened.register)
    return opened
