"""The days that a date of this work can be: FD07 outside, and no run is asked for such a day."""

from __future__ import annotations

from datetime import date
from typing import Final

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 12, 31)


def is_plausible(day: date) -> bool:
    """False for the dates of FD07: outside 2000–2100, the 1900 of an empty or small number among them."""
    return EARLIEST <= day <= LATEST
