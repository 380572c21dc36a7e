"""The hash of what a report says of one action: AR06 compares it with the row as it is now."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.records import Revision

_LATER = frozenset({"归档", "取消", "修订"})
"""Groups that are filled after the report is written: archiving it must not make it look outdated."""
_RESULT_GROUP = "修订"
_RESULTS = "|".join(col.header for col in columns_of(Revision) if col.fact == _RESULT_GROUP)
_RESULT = re.compile(rf"文件修订 \d+ ({_RESULTS})")
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


def is_result_of_revision(name: str) -> bool:
    """Whether a name of `content_cells` is of what a revision came to: 文件修订 1 新版本."""
    return _RESULT.fullmatch(name) is not None


def content_cells(action: Action, children: Iterable[tuple[str, Iterable[Any]]]) -> dict[str, str]:
    """The same cells by name, blank ones left out, and what a revision came to: two contents differ where these do.

    Args:
        action: The row.
        children: (sheet, its rows of the action).
    """
    named = {header: text for header, text in _cells(action.as_in_cell()) if text}
    for sheet, records in children:
        for at, record in enumerate(records, start=1):
            named |= {f"{sheet} {at} {header}": text for header, text in _cells(record) if text}
            named |= {f"{sheet} {at} {header}": text for header, text in _results(record)}
    return named


def _results(record: Any) -> Iterator[tuple[str, str]]:
    """Blank ones too: an edition that keeps none of them was printed when they weren't compared yet."""
    record_class: type = type(record)
    for col in columns_of(record_class):
        if col.fact == _RESULT_GROUP:
            yield col.header, _text(getattr(record, col.key))


def _line(record: Any) -> str:
    return "\x1f".join(f"{header}={text}" for header, text in _cells(record))


def _cells(record: Any) -> Iterator[tuple[str, str]]:
    record_class: type = type(record)
    for col in columns_of(record_class):
        value = getattr(record, col.key)
        if col.fact not in _LATER and col.key not in _ASIDE and not (col.came_later and value in (None, ())):
            yield col.header, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
