"""A tracker row as the journal keeps it: one JSON list, whose headers are kept once, as a layout with a number.

So a program with other columns still reads what an older one kept. Layout 0 is the oldest form: header → text.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
"""Values → the text that is kept and compared; dates ISO."""


def layout_of(conn: sqlite3.Connection, headers: tuple[str, ...]) -> int:
    """The number of the layout with these headers; a new one gets the next."""
    packed = pack(headers)
    conn.execute("INSERT OR IGNORE INTO row_layout (headers) VALUES (?)", (packed,))
    number: int = conn.execute("SELECT id FROM row_layout WHERE headers = ?", (packed,)).fetchone()[0]
    return number


def texts_of(conn: sqlite3.Connection, layout: int, packed: str) -> dict[str, str]:
    """Header → text as `history` prints it, of every value that is not blank."""
    values = json.loads(packed)
    if layout == 0:
        return dict(values)
    headers = conn.execute("SELECT headers FROM row_layout WHERE id = ?", (layout,)).fetchone()[0]
    named: Mapping[str, Any] = dict(zip(json.loads(headers), values, strict=True))
    return {header: text for header, value in named.items() if (text := _text(value))}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
