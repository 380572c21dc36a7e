"""What a patch promises, sheet by sheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct, field

from capa_xl.a1 import parse_cell
from capa_xl.ooxml.patch import CachedValue, CellEdit, CellValue, OwnedCell, Patch, RowEdit, SheetRows
from capa_xl.ooxml.proof.book import BookParts

_NO_ROW = 1 << 30


class Promise(NamedTuple):
    """What one cell must hold.

    Attributes:
        kind: The value's type: `1`, `1.0` and TRUE are equal to Python and different to a cell.
        computed: The cell's own formula stays and gets this result.
        looks: A look was asked for, so the style may be another one.
        formula: The formula of an owned cell.
        owned: It is in a row that is replaced whole.
    """

    kind: type
    value: CellValue
    computed: bool = False
    looks: bool = False
    formula: str | None = None
    owned: bool = False


class PlainPromises(dict[tuple[type, CellValue], Promise]):
    """Type and value → the promise of that value and nothing else; the same one for all cells that get it."""

    def __missing__(self, wish: tuple[type, CellValue]) -> Promise:
        self[wish] = promise = Promise(*wish)
        return promise


class Expected(Struct, dict=True):
    """What a patch promises for one sheet: cells by row and column, and rows replaced whole.

    Attributes:
        edited: The edits of whole rows by row; their promises are made when the row is looked at, and never kept.
        plain: Those promises, each once.
        shown: Row → whether it is seen, once anything in it is another.
    """

    name: str
    cells: dict[int, dict[int, Promise]] = field(default_factory=dict)
    edited: dict[int, tuple[RowEdit, ...]] = field(default_factory=dict)
    plain: PlainPromises = field(default_factory=PlainPromises)
    owned: list[SheetRows] = field(default_factory=list)
    shown: dict[int, bool] = field(default_factory=dict)

    @cached_property
    def owned_from(self) -> int:
        """The first row that may be replaced whole; asked for at every row, once all that is owned is known."""
        return min((rows.first_row for rows in self.owned), default=_NO_ROW)

    def height_of(self, number: int) -> bytes | None:
        """The height promised for a row that is replaced whole."""
        found = (rows.heights[number - rows.first_row] for rows in self.owned if _reaches(rows, number))
        return next((b"%g" % height for height in found), None)

    def of_row(self, number: int) -> Mapping[int, Promise]:
        """What is promised for the cells of a row; an owned row without content promises that nothing is left in it."""
        if number < self.owned_from:
            return self._of_cells(number)
        found: dict[int, Promise] = {}
        for rows in self.owned:
            at = number - rows.first_row
            listed = rows.rows[at] if 0 <= at < len(rows.rows) else ()
            found |= {column: _owned(cell) for column, cell in enumerate(listed, 1)}
        return found

    @property
    def numbers(self) -> set[int]:
        """The rows for which something is promised."""
        listed = (range(rows.first_row, rows.first_row + len(rows.rows)) for rows in self.owned)
        return {number for number in (*self.cells, *self.edited) if number < self.owned_from}.union(*listed)

    def _of_cells(self, number: int) -> Mapping[int, Promise]:
        found = dict(self.cells.get(number, {}))
        for edit in self.edited.get(number, ()):
            wishes = zip(map(type, edit.values), edit.values, strict=True)
            found.update(zip(edit.columns, map(self.plain.__getitem__, wishes), strict=True))
        return found


def _reaches(rows: SheetRows, number: int) -> bool:
    return 0 <= number - rows.first_row < len(rows.heights)


NOTHING = Promise(type(None), None, owned=True)
"""What an owned row promises for a cell that it doesn't list."""


def promised(book: BookParts, patch: Patch) -> dict[str, Expected]:
    """What a patch promises, by the key of the sheet's part."""
    found: dict[str, Expected] = {}
    named: dict[str, Expected] = {}
    for name in {item.sheet for item in patch.items}:
        tab = book.sheet(name)
        if tab:
            named[name] = found.setdefault(tab[1], Expected(tab[0]))
    alike: dict[tuple[object, ...], Promise] = {}
    cells: tuple[CellEdit | CachedValue, ...] = (*patch.cached, *patch.edits)  # an edit counts more than a result
    for item in cells:
        wish = type(item), type(item.value), item.value, getattr(item, "look", None)
        promise = alike.get(wish) or alike.setdefault(wish, _cell(item))
        place = parse_cell(item.at)
        if place:
            named[item.sheet].cells.setdefault(place[0], {})[place[1]] = promise
    for edit in patch.row_edits:
        edited = named[edit.sheet].edited
        edited[edit.row] = (*edited.get(edit.row, ()), edit)
    for rows in patch.rows:
        named[rows.sheet].owned.append(rows)
    for row in patch.shown:
        if row.sheet in named:
            named[row.sheet].shown[row.row] = row.is_shown
    return found


def _cell(item: CellEdit | CachedValue) -> Promise:
    kind = type(item.value)
    if isinstance(item, CachedValue):
        return Promise(kind, item.value, computed=True)
    return Promise(kind, item.value, looks=item.look is not None)


def _owned(cell: OwnedCell) -> Promise:
    return Promise(type(cell.value), cell.value, formula=cell.formula, owned=True)
