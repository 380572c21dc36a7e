"""A row's values as the journal keeps them: one JSON list, whose names are kept once, as a layout with a number.

So a program with other columns still reads what an older one kept. Layout 0 is the oldest form: an object, name → text.
It is text in the journal and UTF-8 bytes here (`PACKED` puts it in), so that nothing is encoded twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from capa_xl.effects.journal_decoding import decoding

PACKED = "CAST(? AS TEXT)"
"""The parameter of an SQL statement that takes packed values."""


def pack(values: Sequence[Any]) -> bytes:
    """Values → the text that is kept and compared; dates ISO, whole numbers beyond 64 bits as text."""
    try:
        return orjson.dumps(values, default=str)
    except orjson.JSONEncodeError:
        return orjson.dumps([_within_64_bits(value) for value in values], default=str)


def layout_of(conn: sqlite3.Connection, names: tuple[str, ...]) -> int:
    """The number of the layout with these names; a new one gets the next."""
    packed = pack(names)
    conn.execute(f"INSERT OR IGNORE INTO layout (names) VALUES ({PACKED})", (packed,))
    number: int = conn.execute(f"SELECT id FROM layout WHERE names = {PACKED}", (packed,)).fetchone()[0]
    return number


@decoding
def layouts_of(conn: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Number → names of every layout on record."""
    return {number: tuple(json.loads(names)) for number, names in conn.execute("SELECT id, names FROM layout")}


@decoding
def unpacked(layouts: Mapping[int, tuple[str, ...]], layout: int, packed: str | bytes) -> dict[str, Any]:
    """Name → value of one packed row; a date is its text, several values are a list."""
    values = orjson.loads(packed)
    return dict(zip(layouts[layout], values, strict=True)) if layout else values


def _within_64_bits(value: Any) -> Any:
    return str(value) if isinstance(value, int) and value.bit_length() > 63 else value
