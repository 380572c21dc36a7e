"""The days that a date of this work can be, and one as people type it: FD07 outside, and no run is for such a day."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime
from typing import Final

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2100, 12, 31)
_MARKS = re.compile("[/.年月]")
_IN_FULL = re.compile(r"[0-9]{4}(-?)[0-9]{2}\1[0-9]{2}")


def is_plausible(day: date) -> bool:
    """False for the dates of FD07: outside 2000–2100, the 1900 of an empty or small number among them."""
    return EARLIEST <= day <= LATEST


def typed_day(text: str) -> date | None:
    """A date as people type it: 2026-11-22, 2026/11/22, 2026年11月22日 or 20261122; None for anything else."""
    plain = _MARKS.sub("-", unicodedata.normalize("NFKC", text).strip().removesuffix("日"))
    if _IN_FULL.fullmatch(plain):  # as most are: strptime takes 3 ms to load
        with suppress(ValueError):
            return date.fromisoformat(plain)
    for pattern in ("%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.strptime(plain, pattern).date()
        except ValueError:
            continue
    return None
