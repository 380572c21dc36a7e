"""What a run knows of time: the as-of day T, today, and the minute of a run that is no rehearsal."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Final

from msgspec import Struct

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had no daylight saving since 1991, so a fixed offset needs no tzdata on Windows."""


def day_of(instant: datetime) -> date:
    """Its day in Asia/Shanghai; one without a zone is read as it stands."""
    return (instant.astimezone(SHANGHAI) if instant.tzinfo is not None else instant).date()


def moment_text(at: str) -> str:
    """An instant of the journal as people read it: 2026-11-29T01:40:16+08:00 → 2026-11-29 01:40."""
    return at[:16].replace("T", " ")


class AsOf(Struct, frozen=True):
    """T (Asia/Shanghai, a whole day) and the real day; both come in from the command line.

    Attributes:
        on: T. Facts dated later read as blank.
        today: The real day; *in the future* is judged from the later of the two.
        at: The time of day of a run that looks at the table as it is now; None for a whole day, as `--as-of` gives it.
    """

    on: date
    today: date
    at: time | None = None

    @classmethod
    def live(cls, instant: datetime) -> AsOf:
        """Now: the day in Asia/Shanghai, with its time."""
        here = instant.astimezone(SHANGHAI)
        return cls(here.date(), here.date(), here.time())

    @property
    def minute(self) -> str:
        """2026-03-14 17:31, as clocks are written; "" for a whole day."""
        return f"{self.on} {self.at:%H:%M}" if self.at is not None else ""

    @property
    def aside(self) -> str:
        """（预演，按 2026-12-02 计算）, behind what became of a run; "" for a run as of today."""
        return f"（预演，按 {self.on} 计算）" if self.on != self.today else ""

    @property
    def latest(self) -> date:
        """max(T, today): a fact date after it lies in the future (FD14, DO01)."""
        return max(self.on, self.today)
