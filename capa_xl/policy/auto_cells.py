"""Our own cells that people edited: WB07 reports them, the journal keeps them; an older file put back is no edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.register import Register, auto_text

STAMP = "updated_on"
AutoTexts = Mapping[tuple[str, str], str]
"""(编号, 〔自动〕 key) → what the last refresh wrote."""


class EditedCell(NamedTuple):
    """One 〔自动〕 cell that doesn't hold what the last refresh wrote; texts as the cell shows them."""

    number: str
    key: str
    row: int
    before: str
    now: str


class OlderFile(Struct, frozen=True):
    """A workbook whose 〔自动〕 cells are those of an earlier refresh: a backup was restored, or an old file put back.

    Attributes:
        rows: Rows that hold older cells, in sheet order.
        stamp: The newest 更新时间 in the file, ISO; "" for one from before the first refresh.
        written: The newest 更新时间 that was written since.
    """

    rows: tuple[int, ...]
    stamp: str
    written: str


def edited_auto_cells(register: Register, written: AutoTexts, row_of: Mapping[str, int]) -> Iterator[EditedCell]:
    """The 〔自动〕 cells edited since the last refresh; what isn't ours to write (`auto_kept`) is nobody's edit.

    Nor is what a refresh itself left of a row that it had to set aside (待更正), nor a row without any: it was put back
    by its facts, after it had been deleted. Of a number that stands twice nobody knows which row was written.

    Args:
        row_of: 编号 → row.
    """
    older = older_file(register, written, row_of)
    aside = {*(older.rows if older else ()), *(row for row in row_of.values() if _is_not_yet_derived(register, row))}
    twice = _standing_twice(register)
    for (number, key), before in written.items():
        row = row_of.get(number)
        if (
            row is None
            or number in twice
            or row in aside
            or (row, key) in register.auto_kept
            or key not in register.auto.get(row, {})
        ):
            continue
        now = auto_text(register.auto[row][key])
        if now != before:
            yield EditedCell(number, key, row, before, now)


def _standing_twice(register: Register) -> frozenset[str]:
    counted = Counter(row.number for row in register.quarantined if row.number)
    return frozenset(number for number, count in counted.items() if count > 1)


def older_file(register: Register, written: AutoTexts, row_of: Mapping[str, int]) -> OlderFile | None:
    """The older file that this one is; None where its newest 更新时间 is the one that was written last, or has none.

    A row's 更新时间 changes whenever another of its 〔自动〕 cells does, so a row with an older one holds older cells.
    """
    stamps = {number: stamp for (number, key), stamp in written.items() if key == STAMP and stamp}
    rows = {number: row_of[number] for number in stamps if STAMP in register.auto.get(row_of.get(number, 0), {})}
    now = {number: auto_text(register.auto[row][STAMP]) for number, row in rows.items()}
    newest, last = max(now.values(), default=""), max((stamps[number] for number in rows), default="")
    if newest >= last:
        return None
    older = sorted(rows[n] for n, stamp in now.items() if stamp < stamps[n] and (stamp or _is_blank(register, rows[n])))
    return OlderFile(tuple(older), newest, last) if older else None


def _is_not_yet_derived(register: Register, row: int) -> bool:
    return register.auto.get(row, {}).get("status") == words.TO_CORRECT or _is_blank(register, row)


def _is_blank(register: Register, row: int) -> bool:
    return not any(auto_text(value) for value in register.auto.get(row, {}).values())
