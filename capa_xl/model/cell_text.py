"""A typed value as people read it in a cell; the journal's history and slips print the same."""

from __future__ import annotations

from typing import Any


def cell_text(value: Any) -> str:
    """ISO dates, 是/否, several values between 、, whole numbers without a point; "" for a blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def value_in_cell(record: Any, key: str) -> Any:
    """A record's value as its cell has it: 责任部门 of several departments names them all."""
    return getattr(record.as_in_cell() if hasattr(record, "as_in_cell") else record, key)
