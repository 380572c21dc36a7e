"""The two days a run knows: the as-of day T, and today."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from typing import Final

from msgspec import Struct

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had no daylight saving since 1991, so a fixed offset needs no tzdata on Windows."""


def moment_text(at: str) -> str:
    """An instant of the journal as people read it: 2026-11-29T01:40:16+08:00 → 2026-11-29 01:40."""
    return at[:16].replace("T", " ")


class AsOf(Struct, frozen=True):
    """T (Asia/Shanghai, a whole day) and the real day; both come in from the command line.

    Attributes:
        on: T. Facts dated later read as blank.
        today: The real day; *in the future* is judged from the later of the two.
    """

    on: date
    today: date

    @property
    def latest(self) -> date:
        """max(T, today): a fact date after it lies in the future (FD14, DO01)."""
        return max(self.on, self.today)
