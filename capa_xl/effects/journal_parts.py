"""The measures under which a run saw the parts of a merged number, so that a part keeps its number (decisions C4)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from capa_xl.effects.journal_decoding import decoding
from capa_xl.effects.journal_layout import layouts_of, unpacked
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key

_MEASURE = column_by_key(Action)["measure"].header


@decoding
def measures_of_parts(conn: sqlite3.Connection, workbook_id: str, wholes: Iterable[str]) -> dict[str, str]:
    """Number of a part → its 措施内容 when it was seen last, "" for none; of the parts of these whole numbers."""
    layouts, wanted = layouts_of(conn), frozenset(wholes)
    found = conn.execute("SELECT number, layout, fields FROM row_seen WHERE workbook_id = ?", (workbook_id,))
    return {
        number: unpacked(layouts, layout, packed).get(_MEASURE) or ""
        for number, layout, packed in found
        if number.rpartition("-")[0] in wanted and number.rpartition("-")[2].isdecimal()
    }
