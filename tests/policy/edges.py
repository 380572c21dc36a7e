"""The day before a limit, the limit itself, the day after: what every edge of the policy is tried on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any


def around(day: str, ask: Callable[[str], Any]) -> tuple[Any, Any, Any]:
    """What is answered the day before, on the day, the day after."""
    middle = date.fromisoformat(day)
    before, on, after = (ask((middle + timedelta(days=n)).isoformat()) for n in (-1, 0, 1))
    return before, on, after
