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

    Nor has it those that lie so late that the year before fits as well: of what was registered last October 11月12日
    isn't this year's. So it is with 11月底, be it that somebody said of another year's rows which day it means.

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
        if since is not None and any(_is_strange(one, since) for one in notes):
            yield at, [_fault(one, since) if _is_strange(one, since) else one for one in notes]


def _is_strange(noted: _Noted, since: date) -> bool:
    key, note = noted
    return _is_without_a_year(note) and key != _REGISTERED and is_of_another_year(note.facts["d"], since)


def is_of_another_year(day: str, since: date) -> bool:
    """True for a day that lies before another, or at least a year after it: there it is no year's first one.

    Args:
        day: In ISO form, its year not told by what names it.
        since: The day from which on it is looked for.
    """
    return day < since.isoformat() or f"{int(day[:4]) - 1}{day[4:]}" >= since.isoformat()


def _is_without_a_year(note: Note) -> bool:
    """True for a day whose year its cell doesn't tell: 11月12日, and 11月底 by what was said that it means."""
    if note.rule != "FD06":
        return False
    return "y" in note.facts or ("w" in note.facts and not names_a_year(note.facts["w"]))


def _fault(noted: _Noted, since: date) -> _Noted:
    key, note = noted
    facts, told = note.facts, since.isoformat()
    why = {"before" if facts["d"] < told else "late_by": told}
    return key, Note("FD05", {"c": facts["c"], "v": facts["v"], "y": facts["d"][:4], **why}, unreadable=True)
