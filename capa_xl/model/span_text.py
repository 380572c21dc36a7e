"""From when until when, in words: a single day or month is named once."""

from __future__ import annotations


def span_text(first: object, last: object) -> str:
    """2026-03 至 2026-10, or 2026-10 where both are the same."""
    one, other = str(first), str(last)
    return one if one == other else f"{one} 至 {other}"
