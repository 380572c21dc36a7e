"""Bare numbers below somebody's own heading of 进度: shares of the work, 0.5, or percentages, 50.

Nobody can tell which a bare 1 is that stands among 30 and 60, or alone: it is asked (FD04), never taken for either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.ooxml.sheet_values import Share, Value
from capa_xl.workbook.reading.cells_of_numbers import asked_percentage
from capa_xl.workbook.reading.grid import Grid, is_own_heading
from capa_xl.workbook.reading.no_action_rows import leads_no_action

PROGRESS: Final = "progress"
_COLUMN: Final = column_by_key(Action)[PROGRESS]
_BARE = re.compile(r"\d+(\.\d+)?|\.\d+")


def with_shares_doubted(grid: Grid) -> Grid:
    """The grid without the bare numbers up to 1 that stand among some beyond it, and without a 1 that stands alone."""
    if PROGRESS not in grid.match.columns or is_own_heading(_COLUMN, grid.match.heading(PROGRESS)):
        return grid
    bare = dict(_bare_numbers(grid.raw[grid.match.columns[PROGRESS] - 1]))
    if not any(_may_be_share(number) for number in bare.values()):
        return grid
    of_actions = {at: number for at, number in bare.items() if not _is_no_action(grid, at)}
    is_alone = 1 in of_actions.values() and sum(1 for value in grid.values[PROGRESS] if value) == 1
    if not (is_alone or any(number > 1 for number in of_actions.values())):
        return grid  # shares, and maybe their sum
    col = replace(_COLUMN, header=grid.match.heading(PROGRESS))
    doubted = {at: asked_percentage(number, col) for at, number in of_actions.items() if _may_be_share(number)}
    read = [None if at in doubted else value for at, value in enumerate(grid.values[PROGRESS])]
    notes = {at: (*grid.notes.get(at, ()), (PROGRESS, note)) for at, note in doubted.items()}
    return replace(grid, values={**grid.values, PROGRESS: read}, notes={**grid.notes, **notes})


def are_shares(values: Iterable[Value]) -> bool:
    """Whether the bare numbers of a column are shares of the work: there are some, and all of them are up to 1."""
    numbers = [number for _, number in _bare_numbers(values)]
    return any(_may_be_share(number) for number in numbers) and all(number <= 1 for number in numbers)


def _may_be_share(number: float) -> bool:
    return 0 < number <= 1


def _bare_numbers(values: Iterable[Value]) -> Iterator[tuple[int, float]]:
    """(place, number) of the numbers without a percent sign, typed as numbers or as text."""
    for at, value in enumerate(values):
        if isinstance(value, float) and not isinstance(value, Share):
            yield at, value
        elif isinstance(value, str) and _BARE.fullmatch(text := unicodedata.normalize("NFKC", value).strip()):
            yield at, float(text)


def _is_no_action(grid: Grid, at: int) -> bool:
    return leads_no_action([column[at] for column in grid.raw], grid.match.columns)
