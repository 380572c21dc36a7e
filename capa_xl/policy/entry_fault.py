"""Why an entry of 更正记录 counts for nothing, and the one thing to do about it."""

from __future__ import annotations

from msgspec import Struct


class EntryFault(Struct, frozen=True):
    """One cause.

    Attributes:
        why: A Chinese phrase.
        cure: What to do, likewise.
        key: The column of 更正记录 whose cell is at fault.
    """

    why: str
    cure: str
    key: str = "kind"
