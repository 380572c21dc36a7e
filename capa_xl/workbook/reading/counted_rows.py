"""Which rows of the tracker's sheet are actions, and which hold a number only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.meanings import NOT_COUNTED, NUMBER_HEADER, on_sheet, word_key
from capa_xl.model.uncounted import TOTAL
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.grid import Grid
from capa_xl.workbook.reading.lists import Lists
from capa_xl.workbook.reading.no_action_rows import LEADING, is_row_of_labels, kind_of_no_action, tells_all_the_same
from capa_xl.workbook.reading.notes import is_blank

_DIGIT = re.compile(r"\d")
"""What only numbers a row has one; a word alone under 编号 is a section."""
_TELLING = ("description", "measure", "owners", "due_on")


def counted_rows(grid: Grid, dropped: frozenset[int]) -> list[int]:
    """Rows with 编号 and any other cell that people filled, or without it where they tell of an action.

    Without 编号: 问题描述, 措施内容, or 责任人 with 完成期限, in cells of their own. Lines of totals, section headings,
    notes, repeated headers and rows that were only numbered in advance don't count.
    """
    heading = grid.match.heading("number")
    human = [column - 1 for column in human_columns(grid)]
    out = dropped | frozenset(_repeated(grid))
    return [at for at in range(grid.size) if at not in out and _counts(grid, at, heading, human)]


def dropped_rows(numbers: Sequence[str], lists: Lists, sheet: str) -> frozenset[int]:
    """Rows whose 编号 somebody declared to be no action (a struck-through one, say), of every sheet or of this one."""
    meanings = lists.meanings.get(NUMBER_HEADER, {})
    dropped = {number for number, meaning in meanings.items() if meaning == NOT_COUNTED}
    if not dropped:
        return frozenset()
    here = {number: {word_key(number), word_key(on_sheet(sheet, number))} for number in numbers if number}
    return frozenset(at for at, number in enumerate(numbers) if number and here[number] & dropped)


def numbered_only(grid: Grid, counted: Sequence[int]) -> Iterator[int]:
    """Rows with a number of their own and nothing else that people wrote: numbered in advance."""
    heading, human, count = grid.match.heading("number"), [c - 1 for c in human_columns(grid)], frozenset(counted)
    for at, number in enumerate(grid.values["number"]):
        if not number or at in count or number == heading or kind_of_no_action(number):
            continue
        own = _DIGIT.search(number) and (grid.row(at), "number") not in grid.anchors
        if own and all(is_blank(grid.raw[column][at]) for column in human):
            yield grid.row(at)


def _repeated(grid: Grid) -> Iterator[int]:
    """Rows that say the headings again, as people copy them to the top of every page."""
    shown = [(h.text, grid.raw[h.column - 1]) for h in grid.match.mapped if h.key in _TELLING]
    again = {
        at
        for text, cells in shown
        for at, cell in enumerate(cells)
        if cell and isinstance(cell, str) and text.endswith(cell.strip())
    }
    return (at for at in again if grid.match.repeats([cells[at] for cells in grid.raw]))


def human_columns(grid: Grid) -> list[int]:
    """Columns of people besides the one of the numbers, known to us or not, from the left."""
    ours = {heading.column for heading in grid.match.headings if heading.text.startswith(AUTO_PREFIX)}
    number = grid.match.columns["number"]
    return [column for column in range(1, len(grid.raw) + 1) if column not in ours and column != number]


def _counts(grid: Grid, at: int, heading: str, human: Sequence[int]) -> bool:
    number = grid.values["number"][at]
    if number == heading or _is_none(grid, at, number, human):
        return False
    if is_row_of_labels(chain((number,), (grid.raw[column][at] for column in human))):
        return False
    if number:
        return any(not is_blank(grid.raw[column][at]) for column in human)
    return _tells_of_an_action(grid, at)


def _is_none(grid: Grid, at: int, number: str, human: Sequence[int]) -> bool:
    """A total, a footer or a section by its 编号, without one by its first cell; totals may stand left of a number."""
    if number:
        stands_first = grid.raw[0][at] == number  # as it mostly does
        leading = number if stands_first else next((cell for cell in _leading(grid, at) if not is_blank(cell)), "")
        says_more = leading != number
        kind = kind_of_no_action(number) or (TOTAL if says_more and kind_of_no_action(leading) == TOTAL else "")
    else:
        kind = kind_of_no_action(next((cell for c in human if not is_blank(cell := grid.raw[c][at])), ""))
    return kind != "" and not tells_all_the_same(kind, cells_of(grid, at), grid.match.columns)


def cells_of(grid: Grid, at: int) -> list[Value]:
    """A row from column A."""
    return [column[at] for column in grid.raw]


def _leading(grid: Grid, at: int) -> Iterator[Value]:
    """The cells in which a row says that it is a total, though its 编号 may stand to the right of them."""
    return (column[at] for column in grid.raw[:LEADING])


def _tells_of_an_action(grid: Grid, at: int) -> bool:
    """问题描述, 措施内容, or 责任人 with 完成期限; what a merged cell filled down from above is told by that row."""
    row = grid.row(at)
    description, measure, owners, due_on = (grid.has(at, key) and (row, key) not in grid.anchors for key in _TELLING)
    return description or measure or (owners and due_on)
