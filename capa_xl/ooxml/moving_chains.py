"""Which cells have another result every day because a cell that they point to has: `=参数!B1`, where `=TODAY()` stands.

Followed are single cells and small areas, over the sheets of the workbook and its names. Of a large area only the cells
are seen that move by their own text, and what is worked out from texts (INDIRECT) isn't followed. A number doesn't move
with a word: a status of 逾期 by TODAY, asked in an IF, makes no other day every day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from capa_xl.a1 import Range
from capa_xl.ooxml.formula_areas import areas_in, without_texts
from capa_xl.ooxml.moving_formulas import moves, moving_formulas
from capa_xl.ooxml.sheet_formulas import SheetFormula, formulas_of
from capa_xl.ooxml.sheet_scan import Sheet
from capa_xl.ooxml.sheet_values import RowColumn

SheetCell = tuple[str, RowColumn]
"""Name of the sheet in lower case, and the place."""
_FEW: Final = 20
"""Cells of an area that are followed one by one."""
_NAME = re.compile(r"(?<![\w.!'$])[^\W\d][\w.]*(?![\w.(!'])")


class _Page(Struct, frozen=True):
    """A sheet's formulas, and column → the rows, from above to below, of those that move by their own text."""

    formulas: Mapping[RowColumn, SheetFormula]
    moving: Mapping[int, Sequence[int]]


class MovingChains(Struct):
    """The cells that move, looked for when they are asked for, each once.

    Attributes:
        sheet_of: A sheet by its name in lower case; None where there is none.
        names: Names of the workbook in lower case → what they stand for.
        stops: Cells that aren't followed: they are told by themselves.
    """

    sheet_of: Callable[[str], Sheet | None]
    names: Mapping[str, str] = field(default_factory=dict)
    stops: Collection[SheetCell] = ()
    pages: dict[str, _Page | None] = field(default_factory=dict)
    ends: dict[SheetCell, SheetCell] = field(default_factory=dict)
    still: set[SheetCell] = field(default_factory=set)

    def end_of(self, start: SheetCell) -> SheetCell | None:
        """The cell to whose move a cell's own goes back, itself where its own text moves; None for one that stays."""
        came_from: dict[SheetCell, SheetCell | None] = {start: None}
        waiting = [start]
        while waiting:
            at = waiting.pop()
            text = self._plain(at)
            end = self.ends.get(at) or (at if moves(text) else None)
            if end is not None:
                self._remember(at, came_from, end)
                return end
            new = [one for one in self._pointed_to(at, text) if one not in came_from and one not in self.still]
            came_from.update(dict.fromkeys(new, at))
            waiting += reversed(new)
        self.still.update(came_from)
        return None

    def written(self, at: SheetCell) -> str:
        """A cell's formula as it stands, without the `=`; "" where it has none."""
        found = self._found(at)
        return found.text if found else ""

    def _found(self, at: SheetCell) -> SheetFormula | None:
        page = self._page(at[0])
        return page.formulas.get(at[1]) if page else None

    def _plain(self, at: SheetCell) -> str:
        """The same without texts, and with what the workbook's names stand for in their place."""
        text = without_texts(self.written(at))
        return _NAME.sub(lambda word: self.names.get(word[0].lower(), word[0]), text) if self.names else text

    def _remember(self, at: SheetCell, came_from: Mapping[SheetCell, SheetCell | None], end: SheetCell) -> None:
        back: SheetCell | None = at
        while back is not None:
            self.ends[back] = end
            back = came_from[back]

    def _pointed_to(self, at: SheetCell, text: str) -> Iterator[SheetCell]:
        own = self._found(at)
        for sheet, area in areas_in(text, at[0]):
            for cell in self._followed(sheet, area):
                other = self._found(cell)
                if other and cell not in self.stops and not (other.gives_words and own and not own.gives_words):
                    yield cell

    def _followed(self, sheet: str, area: Range) -> Iterator[SheetCell]:
        top, left, bottom, right = area
        if (top, left) == (bottom, right):
            yield sheet, (top, left)
            return
        if (bottom - top + 1) * (right - left + 1) > _FEW:
            yield from self._moving_in(sheet, area)
            return
        for row in range(top, bottom + 1):
            yield from ((sheet, (row, column)) for column in range(left, right + 1))

    def _moving_in(self, sheet: str, area: Range) -> Iterator[SheetCell]:
        """Of each column of an area the first cell that moves by its own text."""
        page = self._page(sheet)
        top, left, bottom, right = area
        for column, rows in page.moving.items() if page else ():
            at = bisect_left(rows, top)
            if left <= column <= right and at < len(rows) and rows[at] <= bottom:
                yield sheet, (rows[at], column)

    def _page(self, name: str) -> _Page | None:
        if name not in self.pages:
            sheet = self.sheet_of(name)
            self.pages[name] = _Page(formulas_of(sheet), _by_column(moving_formulas(sheet))) if sheet else None
        return self.pages[name]


def _by_column(places: Iterable[RowColumn]) -> Mapping[int, Sequence[int]]:
    rows: dict[int, list[int]] = {}
    for row, column in sorted(places):
        rows.setdefault(column, []).append(row)
    return rows
