"""The hash of what a report says of one action: AR06 compares it with the row as it is now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of

_LATER = frozenset({"归档", "取消", "修订"})
"""Groups that are filled after the report is written: archiving it must not make it look outdated."""
_ASIDE = frozenset({"remark", "stated_status"})


def content_hash(action: Action, children: Iterable[Iterable[Any]]) -> str:
    """SHA-256 (hex) over the human cells of a row and its child rows, whatever rows they stand in.

    Args:
        action: The row.
        children: Its rows of the other sheets, one iterable per sheet, in sheet order.
    """
    lines = [_line(action.as_in_cell())]
    for records in children:
        lines.append("")
        lines.extend(_line(record) for record in records)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _line(record: Any) -> str:
    record_class: type = type(record)
    cells = (
        f"{col.header}={_text(getattr(record, col.key))}"
        for col in columns_of(record_class)
        if col.fact not in _LATER
        and col.key not in _ASIDE
        and not (col.came_later and getattr(record, col.key) in (None, ()))
    )
    return "\x1f".join(cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
