"""The filled rows of the tracker's sheet that are no actions, each with what it is instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from capa_xl.model.uncounted import DECLARED, FOOTER, HEADING, SECTION, UNTOLD, Uncounted
from capa_xl.ooxml.sheet_values import RowColumn, Value
from capa_xl.workbook.reading.counted_rows import cells_of, human_columns
from capa_xl.workbook.reading.grid import Grid
from capa_xl.workbook.reading.no_action_rows import LEADING, is_row_of_labels, kind_of_no_action
from capa_xl.workbook.reading.notes import is_blank, text_of

_DIGIT = re.compile(r"\d")


def uncounted_rows(
    grid: Grid, actions: Collection[int], dropped: Collection[int], formulas: Collection[RowColumn]
) -> Iterator[Uncounted]:
    """Every row that holds something of its own and is no action; rows that are only numbered in advance are silent.

    Args:
        grid: The rows.
        actions: Indexes of those that are actions, or continue one.
        dropped: Indexes of those that somebody declared to be none.
        formulas: Cells that only count what stands elsewhere.
    """
    human, numbers, here = human_columns(grid), grid.match.columns["number"], frozenset(actions)
    keys = {column: key for key, column in grid.match.columns.items()}
    for at in (at for at in range(grid.size) if at not in here):
        row, cells = grid.row(at), cells_of(grid, at)
        there = [column for column in (numbers, *human) if not is_blank(cells[column - 1])]
        own = (column for column in there if (row, keys.get(column, "")) not in grid.anchors)
        filled = [column for column in own if (row, column) not in formulas]
        if filled and (filled != [numbers] or not _is_numbered(text_of(cells[numbers - 1]))):
            yield Uncounted(row, DECLARED if at in dropped else _kind(grid, cells, filled))


def _is_numbered(text: str) -> bool:
    """A number in advance; 注：1.小班号以图为准 in its column is none."""
    return _DIGIT.search(text) is not None and not kind_of_no_action(text)


def _kind(grid: Grid, cells: Sequence[Value], filled: Sequence[int]) -> str:
    """What a row is.

    Args:
        filled: Its own cells, 编号 first.
    """
    if grid.match.repeats(cells) or cells[filled[0] - 1] == grid.match.heading("number"):
        return HEADING
    if is_row_of_labels([cells[column - 1] for column in filled]):
        return FOOTER
    leading = next((cell for cell in cells[:LEADING] if not is_blank(cell)), "")
    said = (kind_of_no_action(text) for text in (*(cells[column - 1] for column in filled[:2]), leading))
    is_title = len(filled) == 1 and isinstance(cells[filled[0] - 1], str)
    return next(filter(None, said), "") or (SECTION if is_title else UNTOLD)
