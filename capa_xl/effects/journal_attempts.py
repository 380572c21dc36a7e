"""Attempts that a later one replaces: a letter that failed, was refused or met an unknown fate before it went again.

A row of `posting` holds the last attempt only; what it said before is kept here, each a subject of the hash chain.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from capa_xl.effects.journal_chain import ATTEMPT, POSTING_COLUMNS, digest
from capa_xl.model.journal import FAILURES, UNKNOWN

_REPLACED: Final = (*sorted(FAILURES), UNKNOWN)
_KEY_WIDTH: Final = 8
_KEY: Final = ", ".join(POSTING_COLUMNS.split(", ")[:_KEY_WIDTH])
_KEEP: Final = (
    f"INSERT INTO attempt ({POSTING_COLUMNS}) SELECT {POSTING_COLUMNS} FROM posting "
    f"WHERE ({_KEY}) = ({', '.join('?' * _KEY_WIDTH)}) AND result IN ({', '.join('?' * len(_REPLACED))})"
)


def keep_attempts(conn: sqlite3.Connection, written: Iterable[tuple[str | int, ...]]) -> Mapping[str, str]:
    """Keep what these postings are about to replace, within their transaction; gives subject → digest for the chain.

    Args:
        written: Their values in the order of `POSTING_COLUMNS`.
    """
    kept = {}
    for values in written:
        made = conn.execute(_KEEP, (*values[:_KEY_WIDTH], *_REPLACED))
        if made.rowcount > 0:
            found = conn.execute(f"SELECT {POSTING_COLUMNS} FROM attempt WHERE serial = ?", (made.lastrowid,))
            kept[f"{ATTEMPT}{made.lastrowid}"] = digest(found.fetchone())
    return kept
