"""What a run is about to write into a workbook, as the journal holds it before the deed."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.snapshot import AppliedEdit

REFRESH, DAILY, APPLY, UNDO, PATCH, COLLECT = "refresh", "daily", "check --apply", "undo", "patch", "collect"
REFRESHES = frozenset({REFRESH, DAILY})
"""Both write our own cells alone; journals of earlier versions call either a refresh."""
HANDOVER, REORGANISE, GROW, YEAR_END = "handover", "reorganise", "grow", "year-end"
"""The commands that replace a workbook."""
ADOPT = "adopt"
"""What was answered later of an adopted workbook, written in place."""


class Intent(Struct, frozen=True):
    """One write that was begun.

    Attributes:
        command: refresh, check --apply, undo, patch.
        file_name: Name of the workbook.
        declared_at: ISO time with +08:00.
        as_of: T of the run.
        before: Fingerprint of the bytes it was planned from.
        after: Fingerprint of the bytes that shall take their place.
        edits: The cells a person asked for by name, so that `undo` can take them back.
        undoes: Serial of the `--apply` that is taken back; 0 for none.
        serial: Its number in the journal; 0 before it is there.
    """

    command: str
    file_name: str
    declared_at: str
    as_of: date
    before: str
    after: str
    edits: tuple[AppliedEdit, ...] = ()
    undoes: int = 0
    serial: int = 0

    def with_serial(self, serial: int) -> Intent:
        """The same once it is in the journal."""
        return replace(self, serial=serial)

    def is_of(self, file_name: str, fingerprint: str) -> bool:
        """True for a workbook of that name, or with the bytes it speaks of under another one."""
        return file_name == self.file_name or fingerprint in (self.before, self.after)
