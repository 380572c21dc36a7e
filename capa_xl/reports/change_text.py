"""One way to write what a cell held and holds, in every list that people read: 「甲」 → （空）."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from capa_xl.model.cut_text import EMPTY, cut_text

LONGEST: Final = 60
"""Characters of a value that are shown where it is cut."""


def change_text(before: object, after: object, *, is_cut: bool = False) -> str:
    """Both values, before and after.

    Args:
        is_cut: A long value is shown by its beginning.
    """
    return f"{value_text(before, is_cut=is_cut)} → {value_text(after, is_cut=is_cut)}"


def value_text(value: object, *, is_cut: bool = False) -> str:
    """A value in corner brackets, `EMPTY` for a blank one."""
    text = shortened(value) if is_cut else shown(value)
    return f"「{text}」" if text else EMPTY


def shortened(value: object) -> str:
    """A value on one line, a long one cut; "" for a blank one."""
    return cut_text(shown(value), LONGEST + 1)


def shown(value: object) -> str:
    """A value on one line, line breaks made visible; "" for a blank one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"  # as the cell shows it, and as the list before the write said it
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
