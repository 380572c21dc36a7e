"""The style of a cell that wasn't there: the row's, else the column's, else that of a neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from capa_xl.a1 import column_letters
from capa_xl.ooxml.cell_xml import Wanted, new_rest, stored
from capa_xl.ooxml.shared_strings import SharedStrings
from capa_xl.ooxml.sheet_runs import locate
from capa_xl.ooxml.sheet_scan import Patterns, Row, Sheet, row_at
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.xml_bytes import attributes, elements, whole


class _ColumnStyles(dict[int, int | None]):
    """Column → the style that `<cols>` gives it, looked for when it is first asked for."""

    def __init__(self, spans: tuple[tuple[int, int, int], ...]) -> None:
        super().__init__()
        self.spans = spans

    def __missing__(self, column: int) -> int | None:
        self[column] = next((style for first, last, style in self.spans if first <= column <= last), None)
        return self[column]


@dataclass(slots=True)
class NewStyles:
    """The styles for new cells of one sheet; rows are asked for from above to below.

    Attributes:
        fresh: Styles of new cells, and of cells beside them, by row; of the row in hand and the one before.
        told: What stands behind the address of a new cell, where the columns alone tell its style.
    """

    sheet: Sheet
    patterns: Patterns
    styles: StyleBook
    strings: SharedStrings
    of_columns: _ColumnStyles = field(init=False)
    of_row: tuple[int, int | None] = (0, None)
    fresh: dict[int, dict[int, int | None]] = field(default_factory=dict)
    told: dict[tuple[int, int], bytes] = field(default_factory=dict)
    fits: dict[tuple[int | None, int, int, bool], int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of_columns = _ColumnStyles(tuple(_column_styles(self.sheet)))

    def behind_addresses(self, row: Row, columns: Sequence[int], wants: Mapping[int, Wanted]) -> list[bytes]:
        """New cells from behind their addresses on; where the columns tell the style, the same in every row.

        Args:
            wants: By column; every `Wanted` must live as long as this object.
        """
        told = self.told if self._row_style(row) is None else {}
        return [
            told.get((column, id(wants[column]))) or self._behind_address(row, column, wants[column])
            for column in columns
        ]

    def _behind_address(self, row: Row, column: int, wanted: Wanted) -> bytes:
        style = self.style(row, column, wanted)
        rest = new_rest(style, wanted)
        beside = self.of_columns[column] is not None and self.of_columns[column + 1] is not None
        if beside and self._row_style(row) is None:
            self.told[column, id(wanted)] = rest
        else:
            self._fresh(row.number)[column] = style
        return rest

    def style(self, row: Row, column: int, wanted: Wanted) -> int | None:
        """The row's style, else the column's, else a neighbour's — and one that shows a number as a number."""
        style = self._row_style(row)
        if style is None:
            style = self.of_columns[column]
        if style is None:
            style = self._neighbour_style(row, column, wanted)
        key = (style, id(wanted.look), wanted.dated, wanted.kind == "n")
        if key not in self.fits:
            self.fits[key] = self._fitting(style, wanted)
        return self.fits[key]

    def needs_left(self, column: int) -> bool:
        """Whether a new cell may take its style from the one on its left."""
        return self.of_columns[column] is None

    def note_left(self, row: int, column: int, left: re.Match[bytes] | None) -> None:
        """Take note of the style on the left of a new cell, so that it needn't be looked for again.

        Args:
            left: The cell before the new one as `Patterns.plain` read it.
        """
        if not left or not self.needs_left(column) or left[1].decode("ascii") != column_letters(column - 1):
            return
        self._fresh(row).setdefault(column - 1, whole(left[3]) if left[3] else None)

    def _fresh(self, row: int) -> dict[int, int | None]:
        """The styles known of a row's new cells; of the row before they are kept, of earlier ones not."""
        if row not in self.fresh:
            self.fresh = {row - 1: self.fresh.get(row - 1, {}), row: {}}
        return self.fresh[row]

    def _fitting(self, style: int | None, wanted: Wanted) -> int | None:
        fitting = self.styles.fitting(style, wanted.look, wanted.dated)
        plain = wanted.kind == "n" and not wanted.dated and not (wanted.look and wanted.look.number_format)
        if plain and self.styles.is_date(fitting):
            return self.styles.undated(fitting)
        return fitting

    def _row_style(self, row: Row) -> int | None:
        if self.of_row[0] != row.number:
            self.of_row = row.number, self._read_row_style(row)
        return self.of_row[1]

    def _read_row_style(self, row: Row) -> int | None:
        if row.start < 0 or self.sheet.part.mask.find(b"customFormat", row.start, row.inside) < 0:
            return None
        attrs = attributes(self.sheet.part.mask[row.start : row.inside])
        custom = attrs.get(b"customFormat", b"0") in (b"1", b"true")
        return whole(attrs[b"s"]) if custom and attrs.get(b"s", b"").isdigit() else None

    def _neighbour_style(self, row: Row, column: int, wanted: Wanted) -> int | None:
        """The style of the cell on the left, else of the one above; a date's only for a date."""
        for number, at in ((row.number, column - 1), (row.number - 1, column)):
            style = self._style_at(number, at)
            if style is not None and (wanted.dated or not self.styles.is_date(style)):
                return style
        return None

    def _style_at(self, number: int, column: int) -> int | None:
        """The style of a cell, one of ours or one that was there."""
        fresh = self.fresh.get(number, {})
        if column in fresh:
            return fresh[column]
        index = self.sheet.row_index(number) if column else None
        if index is None:
            return None
        place = row_at(self.sheet, self.patterns, index)
        cell = locate(self.sheet, self.patterns, place, column, column)[2].get(column)
        return stored(self.sheet.part, cell, self.strings).style if cell else None


def _column_styles(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    for element in sheet.head:
        if element.local != b"cols":
            continue
        for column in elements(sheet.part, element.inside, element.close):
            attrs = attributes(sheet.part.mask[column.start : column.inside])
            style = whole(attrs.get(b"style"))
            if style:
                yield whole(attrs.get(b"min")), whole(attrs.get(b"max")), style
