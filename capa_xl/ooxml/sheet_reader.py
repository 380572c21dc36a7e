"""All values of a sheet from its bytes, row by row: what the scan found is read, nothing is unpacked or scanned again.

Nearly every program writes cells in one plain form; one pattern reads a whole row of them. A row with any other is
walked tag by tag. See docs/behaviour/reading.md for how calamine and openpyxl read, and where they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from capa_xl.a1 import Range, cell_at, column_number, parse_range
from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.cell_xml import ErrorValue
from capa_xl.ooxml.shared_strings import SharedStrings, text_of
from capa_xl.ooxml.sheet_scan import REF, Patterns, Sheet
from capa_xl.ooxml.sniff import damaged
from capa_xl.ooxml.values import Reading, Value, Values
from capa_xl.ooxml.xml_bytes import Element, attributes, elements, whole

Place = tuple[int, int]
"""1-based row and column."""

_Plain = tuple[bytes, bytes, bytes, bytes, bytes]
"""Letters, style, type, value; and formula with value, or inline text, as written up to the cell's end tag."""

_MOST_PLACES = 20_000_000


@dataclass(frozen=True, slots=True)
class SheetValues:
    """One sheet's cells.

    Attributes:
        name: The sheet's name.
        rows: Row 1 is `rows[0]`; every row is equally long; a blank cell is "".
        merged: Merged ranges, 1-based top, left, bottom, right.
        errors: (row, column) → error text (`#N/A`) of the cells that hold one.
        formulas: (row, column) of every formula, and whether a result is stored beside it.
        outlined: First and last column of the spans in an outline group.
        arrays: Ranges of array formulas and data tables.
    """

    name: str
    rows: list[list[Value]]
    merged: tuple[Range, ...] = ()
    errors: Mapping[Place, str] = field(default_factory=dict)
    formulas: Mapping[Place, bool] = field(default_factory=dict)
    outlined: tuple[tuple[int, int], ...] = ()
    arrays: tuple[Range, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns of every row."""
        return len(self.rows[0]) if self.rows else 0


def read_values(name: str, sheet: Sheet, strings: SharedStrings, reading: Reading) -> SheetValues:
    """All cells of a scanned sheet.

    Args:
        name: The sheet's name.
        strings: The workbook's shared strings.
        reading: Styles and date system.

    Raises:
        UnreadableWorkbook: A lonely cell far below or far to the right of the table, or a text that isn't there.
    """
    found = _Cells(sheet, Values(sheet.part, reading), strings.texts)
    for index in range(len(sheet.row_numbers)):
        found.read_row(index)
    tail = list(sheet.tail())
    spans = (span for element in sheet.head if element.local == b"cols" for span in _tags(sheet, element))
    outlined = tuple((whole(s.get(b"min")), whole(s.get(b"max"))) for s in spans if whole(s.get(b"outlineLevel")))
    merges = (merge for element in tail if element.local == b"mergeCells" for merge in _tags(sheet, element))
    merged = (parse_range(merge.get(b"ref", b"").decode("ascii", "replace")) for merge in merges)
    ranges = tuple(area for area in merged if area)
    return SheetValues(name, found.table(name), ranges, found.errors, found.formulas, outlined, tuple(found.arrays))


def _tags(sheet: Sheet, element: Element) -> Iterator[dict[bytes, bytes]]:
    """The attributes of the elements in an element."""
    for child in elements(sheet.part, element.inside, element.close):
        yield attributes(sheet.part.mask[child.start : child.inside])


class _Columns(dict[bytes, int]):
    """Letters as written → the column."""

    def __missing__(self, letters: bytes) -> int:
        self[letters] = column_number(letters.decode("ascii"))
        return self[letters]


class _Other(NamedTuple):
    """A plain cell's content beside a mere value."""

    formula: bytes
    raw: bytes
    space: bytes
    text: bytes


_NO_OTHER = _Other(b"", b"", b"", b"")


@dataclass(slots=True)
class _Cells:
    """The cells read so far.

    Attributes:
        rows: By number; each as long as it has values.
        count: Of cells.
        width: The rightmost column with a value.
    """

    sheet: Sheet
    values: Values
    texts: list[str]
    others: dict[bytes, _Other] = field(default_factory=dict)
    rows: dict[int, list[Value]] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: dict[Place, bool] = field(default_factory=dict)
    arrays: list[Range] = field(default_factory=list)
    columns: _Columns = field(default_factory=_Columns)
    count: int = 0
    width: int = 0

    def read_row(self, index: int) -> None:
        """Read one row of the scan."""
        sheet = self.sheet
        part, number = sheet.part, sheet.row_numbers[index]
        start, bound = sheet.row_starts[index], sheet.row_bound(index)
        cells: list[_Plain] = _plain(sheet.prefix).findall(part.body, start, bound)
        self.count += len(cells)
        is_plain = len(cells) == part.mask.count(b"<" + sheet.prefix + b"c", start, bound)
        try:
            if is_plain and (not sheet.is_masked or part.mask[start:bound] == part.body[start:bound]):
                self._read_plain(number, cells)
            else:
                for place, value in self._odd_cells(number, start, bound):
                    self._put(place, value)
        except (IndexError, ValueError) as trouble:  # an index that is checked for every cell would take a tenth longer
            raise damaged(f"第 {number} 行有单元格引用了不存在的共享文字") from trouble

    def table(self, name: str) -> list[list[Value]]:
        """All rows from the first one of the sheet, equally long.

        Raises:
            UnreadableWorkbook: One stray cell would make the table enormous.
        """
        bottom = max((number for number, row in self.rows.items() if row), default=0)
        if bottom * self.width > max(_MOST_PLACES, 50 * self.count):
            raise UnreadableWorkbook(
                f"工作表《{name}》的内容一直延伸到 {cell_at(bottom, self.width)}，多半是误填的单元格。"
                "请删除表格以外的行和列，保存后再运行"
            )
        blank: list[Value] = [""] * self.width
        rows = (self.rows.pop(number, []) for number in range(1, bottom + 1))
        return [row + blank[len(row) :] for row in rows]

    def _read_plain(self, number: int, cells: list[_Plain]) -> None:
        values, columns, texts = self.values, self.columns, self.texts
        column, width = 0, self.width
        row: list[Value] = [""] * width
        value: Value | ErrorValue
        for letters, style, kind, raw, other in cells:
            if raw:
                value = texts[int(raw)] if kind == b"s" else values[style, kind, raw]
            elif other:
                value = self._other_value((number, columns[letters]), style, kind, other)
            else:
                continue
            column = columns[letters]
            if column > width:
                row += [""] * (column - width)
                width = column
            row[column - 1] = self._noted(number, column, value) if isinstance(value, ErrorValue) else value
        if column:
            self.rows[number], self.width = row, width

    def _other_value(self, place: Place, style: bytes, kind: bytes, written: bytes) -> Value | ErrorValue:
        """The value of a plain cell with a formula or an inline text."""
        other = self.others.get(written)
        if other is None:
            match = _other(self.sheet.prefix).fullmatch(written)
            other = self.others[written] = _Other(*match.groups(b"")) if match else _NO_OTHER
        if other.formula:
            self._note_formula(*place, other.formula, has_value=bool(other.raw or other.text) or kind == b"str")
        if kind == b"s":
            return self.texts[int(other.raw)] if other.raw else ""
        raw = other.raw or (other.text if other.space else other.text.strip())
        return self.values[style, kind, raw] if raw else ""

    def _put(self, place: Place, value: Value | ErrorValue) -> None:
        number, column = place
        row = self.rows.setdefault(number, [])
        row += [""] * (column - len(row))
        row[column - 1] = self._noted(number, column, value) if isinstance(value, ErrorValue) else value
        self.width = max(self.width, len(row))

    def _noted(self, number: int, column: int, error: ErrorValue) -> str:
        """An error reads as blank, and is told beside the rows."""
        self.errors[number, column] = error.code
        return ""

    def _note_formula(self, number: int, column: int, tag: bytes, *, has_value: bool) -> None:
        self.formulas[number, column] = has_value
        named = attributes(tag)
        area = parse_range(named.get(b"ref", b"").decode("ascii", "replace"))
        if area and named.get(b"t") in (b"array", b"dataTable"):
            self.arrays.append(area)

    # --- rows of any form ---

    def _odd_cells(self, number: int, start: int, bound: int) -> Iterator[tuple[Place, Value | ErrorValue]]:
        """The cells of a row, tag by tag, at the places that are written or implied."""
        mask = self.sheet.part.mask
        patterns = Patterns(self.sheet.prefix)
        column, at = 0, start
        while tag := patterns.cell.search(mask, at, bound):
            self.count += 1
            named = attributes(tag[1])
            ref = REF.fullmatch(named.get(b"r", b""))
            column = column_number(ref[1].decode("ascii")) if ref else column + 1
            place = (int(ref[2]), column) if ref else (number, column)
            at = tag.end()
            if tag[2]:
                continue
            close = patterns.cell_close.search(mask, at, bound)
            if not close:
                raise damaged(f"单元格 {cell_at(*place)} 的 XML 不完整")
            value = self._odd_value(place, named, at, close.start())
            at = close.end()
            if value != "":
                yield place, value

    def _odd_value(self, place: Place, named: Mapping[bytes, bytes], start: int, end: int) -> Value | ErrorValue:
        """What stands between a cell's tags."""
        part = self.sheet.part
        inside = {element.local: element for element in elements(part, start, end)}
        value, inline, formula = inside.get(b"v"), inside.get(b"is"), inside.get(b"f")
        kind, raw = named.get(b"t", b""), part.body[value.inside : value.close] if value else b""
        if formula:
            tag = part.mask[formula.start : formula.inside]
            self._note_formula(*place, tag, has_value=bool(raw or inline) or kind == b"str")
        if kind == b"s":
            return self.texts[int(raw)] if raw else ""
        if kind != b"inlineStr" and raw:
            return self.values[named.get(b"s", b""), kind, raw]
        return text_of(part, inline) if inline else ""


@lru_cache(maxsize=8)
def _plain(prefix: bytes) -> re.Pattern[bytes]:
    """A cell as nearly every program writes it; its groups are those of `_Plain`."""
    return _prefixed(
        rb'<Pc r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:><Pv>([^<]*)</Pv></Pc>|/>|>'
        rb'(<Pis><Pt(?: xml:space="preserve")?>[^<]*</Pt></Pis>'
        rb"|<Pf(?:\s[^>]*)?>(?:[^<]*</Pf>)?(?:<Pv>[^<]*</Pv>|<Pv/>)?)"
        rb"</Pc>|></Pc>|><Pv/></Pc>)",
        prefix,
    )


@lru_cache(maxsize=8)
def _other(prefix: bytes) -> re.Pattern[bytes]:
    """The last group of `_plain`, told apart: formula's start tag, value; whether blanks are kept, inline text."""
    return _prefixed(
        rb"(?:(<Pf(?:\s[^>]*)?>)(?:[^<]*</Pf>)?(?:<Pv>([^<]*)</Pv>|<Pv/>)?)?"
        rb'(?:<Pis><Pt( xml:space="preserve")?>([^<]*)</Pt></Pis>)?',
        prefix,
    )


def _prefixed(pattern: bytes, prefix: bytes) -> re.Pattern[bytes]:
    """A pattern with the prefix of a sheet's elements in the place of every P."""
    return re.compile(pattern.replace(b"P", re.escape(prefix)))
