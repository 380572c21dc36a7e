"""Days written without their year: the one that 参数 gives is doubted where the row itself speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from capa_xl.workbook.reading.grid import Grid
from capa_xl.workbook.reading.notes import Note
from capa_xl.workbook.reading.written_dates import names_a_year

_REGISTERED = "registered_on"
_Noted = tuple[str, Note]


def with_years_doubted(grid: Grid) -> Grid:
    """The grid without the days that would lie before the row's own 登记日期: in November 3月5日 is next year's.

    So is 11月底, be it that somebody said of last year's rows which day it means.

    They are FD05, and nobody is told that they are late.
    """
    registered = grid.values.get(_REGISTERED)
    doubted = dict(_doubted(grid, registered)) if registered else {}
    if not doubted:
        return grid
    lost = {(at, key) for at, notes in doubted.items() for key, note in notes if note.unreadable}
    keys = {key for _, key in lost}
    values = {key: _without(column, key, lost) if key in keys else column for key, column in grid.values.items()}
    return replace(grid, values=values, notes={**grid.notes, **doubted})


def _without(column: Sequence[Any], key: str, lost: set[tuple[int, str]]) -> list[Any]:
    return [None if (at, key) in lost else value for at, value in enumerate(column)]


def _doubted(grid: Grid, registered: Sequence[date | None]) -> Iterator[tuple[int, list[_Noted]]]:
    """The notes of every row that has such a day."""
    for at, notes in grid.notes.items():
        since = registered[at]
        if since is not None and any(_is_before(grid, at, one, since) for one in notes):
            yield at, [_fault(one, since) if _is_before(grid, at, one, since) else one for one in notes]


def _is_before(grid: Grid, at: int, noted: _Noted, since: date) -> bool:
    key, note = noted
    return _is_without_a_year(note) and key != _REGISTERED and grid.values[key][at] < since


def _is_without_a_year(note: Note) -> bool:
    """True for a day whose year its cell doesn't tell: 11月12日, and 11月底 by what was said that it means."""
    if note.rule != "FD06":
        return False
    return "y" in note.facts or ("w" in note.facts and not names_a_year(note.facts["w"]))


def _fault(noted: _Noted, since: date) -> _Noted:
    key, note = noted
    facts = {"c": note.facts["c"], "v": note.facts["v"], "y": note.facts["d"][: len("2026")], "r": since.isoformat()}
    return key, Note("FD05", facts, unreadable=True)
