"""Rows of a sheet by their shape: all the markup of a row without its texts and its number.

A table has far fewer shapes than rows, so where a row's values stand is found out once a shape. A row is split at its
texts; they then lie at the places that its shape tells. Nearly always texts stand in `<v>` alone: splitting at the
end of its tags is thrice as fast as a pattern for all texts, and a row that has others too gets no known shape by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from operator import itemgetter
from typing import Any

from msgspec import Struct

from capa_xl.a1 import Range, column_number, parse_range
from capa_xl.ooxml.cell_meaning import MeaningsOfKind, MeaningsOfSheet
from capa_xl.ooxml.xml_bytes import attributes

_SPLIT_AT_TEXTS = re.compile(rb">([^<]+)<").split
"""A row's XML → markup, text, markup, text … markup."""
_BETWEEN = b">\0<"
"""Stands for a text in a shape; no XML can hold a NUL."""
_VALUE = b"v>"
"""How `<v>` and `</v>` end: a row splits at both, and the value before the latter has the rest of it behind it."""
_MOST_CELLS = 200_000
"""In all shapes kept: a sheet without likeness among its rows must not fill the memory."""
_PATIENCE = 100
"""How many more rows may be split in vain than were split at their values, before it isn't tried again."""
_Pieces = list[bytes]
_Picker = Callable[[Sequence[Any]], Sequence[Any]]


class RowShape(Struct, frozen=True):
    """Where the values of all rows of one shape stand; places count in a row that is split at its texts.

    Attributes:
        shared: Picks the indexes of shared strings from a row's pieces.
        others: Picks all other values.
        meanings: Of `others`.
        in_row: The values as `shared` and `others` give them, and a blank → the row, up to its last value or error.
        errors: Column (1-based), place and meanings of errors.
        formulas: Columns (1-based) with a formula, and whether a result is stored beside it.
        arrays: The ranges of array formulas and data tables that begin in these cells.
    """

    shared: _Picker
    others: _Picker
    meanings: tuple[MeaningsOfKind, ...]
    in_row: _Picker
    errors: tuple[tuple[int, int, MeaningsOfKind], ...]
    formulas: tuple[tuple[int, bool], ...]
    arrays: tuple[Range, ...]


class RowShapes(dict[bytes, "RowShape | None"]):
    """Shape → where the values stand; None for a row that must be walked tag by tag."""

    def __init__(self, prefix: bytes, meanings: MeaningsOfSheet, columns: Collection[int] | None) -> None:
        """Start with none.

        Args:
            prefix: Of the sheet's elements.
            meanings: Of its cells.
            columns: The columns whose values are asked for; None for all.
        """
        super().__init__()
        self.opening, self.closing = b"<" + prefix + b"c", b"</" + prefix + b"row"
        self.behind_value = b"</" + prefix
        self._between_values, self._patience = _VALUE + b"\0" + self.behind_value + _VALUE, _PATIENCE
        self._cell = _cell_pattern(prefix)
        self._address = re.compile(rb"(<" + re.escape(prefix) + rb'c r="[A-Z]+)([0-9]+)(?=")').split
        self._meanings, self._columns, self._count = meanings, columns, 0

    def __missing__(self, shape: bytes) -> RowShape | None:
        """Look at a shape for the first time."""
        self._count += shape.count(self.opening)
        if self._count > _MOST_CELLS:
            self.clear()
            self._count = 0
        self[shape] = found = self._looked_at(shape)
        return found

    def found(self, xml: bytes, number: int) -> tuple[RowShape | None, _Pieces]:
        """The shape of a row, and the row split at its texts; behind one may stand `behind_value`.

        Args:
            xml: The row from its first cell to the first byte of its end tag.
            number: Its own; an address with another one belongs to no shape.
        """
        digits = b"%d" % number
        if self._patience > 0:
            pieces = xml.split(_VALUE)
            if shape := self.get(_without_number(self._between_values.join(pieces[0::2]), digits)):
                self._patience += 1
                return shape, pieces
            self._patience -= 1
        pieces = _SPLIT_AT_TEXTS(xml)
        return self[self._without_any_number(_BETWEEN.join(pieces[0::2]), digits)], pieces

    def _without_any_number(self, shape: bytes, digits: bytes) -> bytes:
        shape = _without_number(shape, digits)
        if digits + b'"' in shape:
            parts = self._address(shape)
            if set(parts[2::3]) == {digits}:
                del parts[2::3]
                return b"".join(parts)
        return shape

    def _looked_at(self, shape: bytes) -> RowShape | None:
        found = _Found({}, {}, {}, [], [])
        column = at = 0
        while cell := self._cell.match(shape, at):
            column = column_number(cell["at"].decode("ascii")) if cell["at"] else column + 1
            if (self._columns is None or column in self._columns) and not self._take(cell, column, shape, found):
                return None
            at = cell.end()
        return found.shape() if shape[at:] == b"<" else None

    def _take(self, cell: re.Match[bytes], column: int, shape: bytes, found: _Found) -> bool:
        """Take note of where a cell's value stands; False where the row must be walked."""
        named = attributes(cell["named"])
        kind, style = named.get(b"t", b""), named.get(b"s", b"")
        if b"r" in named or (cell["text"] is not None) != (kind == b"inlineStr"):
            return False
        if cell["f"]:
            found.formulas.append((column, bool(cell["v"] or cell["text"]) or kind == b"str"))
            found.arrays.extend(array_of(cell["f"]))
        group = "v" if cell["v"] else "text"
        if cell[group]:
            place = 2 * shape.count(b"\0", 0, cell.start(group)) + 1
            if kind == b"s":
                found.shared[column] = place
            else:
                meanings = self._meanings.of(kind, style, trimmed=group == "text" and not cell["space"])
                (found.errors if kind == b"e" else found.others)[column] = place, meanings
        return True


class _Found(Struct, frozen=True):
    """What is known of a shape so far, by 1-based column."""

    shared: dict[int, int]
    others: dict[int, tuple[int, MeaningsOfKind]]
    errors: dict[int, tuple[int, MeaningsOfKind]]
    formulas: list[tuple[int, bool]]
    arrays: list[Range]

    def shape(self) -> RowShape:
        columns = {column: at for at, column in enumerate((*self.shared, *self.others))}
        blank = len(columns)
        width = max((*columns, *self.errors), default=0)
        places = [columns.get(column, blank) for column in range(1, width + 1)]
        errors = tuple((column, *found) for column, found in self.errors.items())
        given = [place for place, _ in self.others.values()], tuple(meanings for _, meanings in self.others.values())
        shared, others = _picker([*self.shared.values()]), _picker(given[0])
        return RowShape(shared, others, given[1], _picker(places), errors, tuple(self.formulas), tuple(self.arrays))


def _without_number(shape: bytes, digits: bytes) -> bytes:
    """Addresses without the row's number where a style follows, as nearly every program writes them.

    A style may end with the same digits, but never stands before another one; what else is left stands in no shape.
    """
    return shape.replace(digits + b'" s="', b'" s="')


def _picker(places: list[int]) -> _Picker:
    """What picks several of a list's values at once; `itemgetter` gives no sequence for a single one."""
    return itemgetter(*places) if len(places) > 1 else lambda values: [values[place] for place in places]


def array_of(tag: bytes) -> Iterator[Range]:
    """The range of a formula whose cells are written together or not at all."""
    named = attributes(tag)
    area = parse_range(named.get(b"ref", b"").decode("ascii", "replace"))
    if area and named.get(b"t") in (b"array", b"dataTable"):
        yield area


def _cell_pattern(prefix: bytes) -> re.Pattern[bytes]:
    """A cell in a shape; @ stands for the prefix, % for blanks between tags."""
    named = rb'(?: [\w:]+="[^"<>]*")*'
    formula = rb"(?:(?P<f><@f" + named + rb")(?:/>|>\0?</@f>)%)?"
    value = rb'<@v(?: xml:space="preserve")?>(?P<v>\0)?</@v>%|<@v/>%'
    text = rb'<@is><@t(?P<space> xml:space="preserve")?>(?P<text>\0)</@t></@is>%'
    cell = rb'<@c(?: r="(?P<at>[A-Z]{1,3})")?(?P<named>' + named + rb")(?:/>|>%" + formula
    cell += rb"(?:" + value + rb"|" + text + rb")?</@c>)%"
    return re.compile(cell.replace(b"@", re.escape(prefix)).replace(b"%", rb"\0?"))
