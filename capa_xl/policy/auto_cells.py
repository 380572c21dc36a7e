"""Our own cells that people edited: WB07 reports them, the journal keeps them; a file older or newer is no edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.ledger_mark import day_in
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


class NewerFile(Struct, frozen=True):
    """A workbook whose 〔自动〕 cells a later refresh wrote than any on record: an older journal was restored, or it
    was served elsewhere.

    Attributes:
        rows: Rows that hold newer cells, in sheet order.
        stamp: The newest 更新时间 in the file, ISO.
        written: The newest 更新时间 on record.
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
    other = older_file(register, written, row_of) or newer_file(register, written, row_of)
    aside = {*(other.rows if other else ()), *(row for row in row_of.values() if _is_not_yet_derived(register, row))}
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
    stamped = _stamped(register, written, row_of)
    newest, last = max((one.now for one in stamped), default=""), max((one.before for one in stamped), default="")
    if newest >= last:
        return None
    older = sorted(one.row for one in stamped if one.now < one.before and (one.now or _is_blank(register, one.row)))
    return OlderFile(tuple(older), newest, last) if older else None


def newer_file(register: Register, written: AutoTexts, row_of: Mapping[str, int]) -> NewerFile | None:
    """The newer file that this one is; None where no later refresh than the last on record wrote it.

    What the last refresh wrote changes again with the next (距期限天数 counts every day), so a later stamp on another
    row only, or beside cells that are as they were, is a hand's.
    """
    stamped = _stamped(register, written, row_of)
    last = max((one.before for one in stamped), default="")
    newer = [one for one in stamped if one.now > last and day_in(one.now)]
    if not any(one.before == last and _differs(register, written, one) for one in newer):
        return None
    return NewerFile(tuple(sorted(one.row for one in newer)), max(one.now for one in newer), last)


class _Stamped(NamedTuple):
    """A row on record and its 更新时间, as it was written last and as it stands."""

    number: str
    row: int
    before: str
    now: str


def _stamped(register: Register, written: AutoTexts, row_of: Mapping[str, int]) -> tuple[_Stamped, ...]:
    """The rows that have a 更新时间 on record and a place for it in the file."""
    stamps = {number: stamp for (number, key), stamp in written.items() if key == STAMP and stamp}
    rows = {number: row_of[number] for number in stamps if STAMP in register.auto.get(row_of.get(number, 0), {})}
    return tuple(
        _Stamped(number, row, stamps[number], auto_text(register.auto[row][STAMP])) for number, row in rows.items()
    )


def _differs(register: Register, written: AutoTexts, one: _Stamped) -> bool:
    """Whether another of the row's 〔自动〕 cells holds something else than what is on record."""
    cells = ((key, auto_text(value)) for key, value in register.auto[one.row].items() if key != STAMP)
    return any(written.get((one.number, key), text) != text for key, text in cells)


def _is_not_yet_derived(register: Register, row: int) -> bool:
    return register.auto.get(row, {}).get("status") == words.TO_CORRECT or _is_blank(register, row)


def _is_blank(register: Register, row: int) -> bool:
    return not any(auto_text(value) for value in register.auto.get(row, {}).values())
