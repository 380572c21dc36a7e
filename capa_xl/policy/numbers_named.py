"""The numbers of a cell that may hold several: needs, plans."""

from __future__ import annotations

import re
from collections.abc import Container

BETWEEN_NUMBERS = re.compile(r"[、，,;；/／和与及\s&+]+")


def numbers_named(text: str, known: Container[str]) -> tuple[str, ...]:
    """The numbers of a cell: its parts where one of them is known, and not the whole (GJ/2026/01 is one number)."""
    parts = tuple(filter(None, BETWEEN_NUMBERS.split(text)))
    return parts if text not in known and any(part in known for part in parts) else (text,)
