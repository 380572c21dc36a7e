"""A review pack as values: the files in it, and what it said of every action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from capa_xl.model.history import HistoryLine

MANIFEST: Final = "manifest.json"
"""Name of the file that lists a pack's other files."""
EXTERNAL: Final = "外部"
"""The copy for outsiders: it leaves out what the company says of itself to itself."""


def recorded_period(period: str, copy: str) -> str:
    """The name a pack goes by in the journal: each copy of a period and day has an entry of its own."""
    return f"{period} {copy}" if copy else period


class PackPast(Struct, frozen=True):
    """What the journal tells a pack.

    Attributes:
        before: The newest pack of an earlier period; None: 首次.
        history: The changes of the tracker seen in the period and before T, oldest first.
    """

    before: PackState | None
    history: tuple[HistoryLine, ...]


class PackState(Struct, frozen=True):
    """What a pack said, for 与上次相比的变化.

    Attributes:
        period: Its name, e.g. 2026Q4.
        period_to: Last day of it.
        as_of: Its day.
        actions: 编号 → (status, due date ISO or "", effect).
    """

    period: str
    period_to: date
    as_of: date
    actions: Mapping[str, tuple[str, str, str]]


class PackedFile(Struct, frozen=True):
    """One file of a finished pack: the manifest and the PDFs count too.

    Attributes:
        path: Relative to the pack's folder, with /.
        size: Its bytes.
    """

    path: str
    sha256: str
    size: int


class PackFile(Struct, frozen=True):
    """One file of a pack in the making.

    Attributes:
        path: Relative to the pack's folder, with /.
        content_sha256: Hash of what the file says: of the unpacked members for .docx and .xlsx, so that it survives
            another zlib; equal to the file's own hash for everything else.
    """

    path: str
    blob: bytes
    sha256: str
    content_sha256: str
