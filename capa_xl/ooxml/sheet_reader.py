"""All values of a sheet from bytes that are unpacked already, row by row at the places that the scan found.

Most rows have the shape of some row before; one with anything else (rich text, a comment, attributes in another
order) is walked tag by tag. See docs/behaviour/reading.md for how calamine and openpyxl read, and where they differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import getitem
from typing import Annotated, Any

from msgspec import DecodeError, Meta
from msgspec.json import Decoder

from capa_xl.a1 import LAST_ROW, Range, cell_at, column_number
from capa_xl.errors import UnreadableWorkbook
from capa_xl.ooxml.ceilings import MOST_CELLS
from capa_xl.ooxml.cell_meaning import Meaning, MeaningsOfSheet, SheetNotation
from capa_xl.ooxml.cell_xml import ErrorValue
from capa_xl.ooxml.row_shapes import RowShape, RowShapes, array_of
from capa_xl.ooxml.shared_strings import SharedStrings, text_of
from capa_xl.ooxml.sheet_scan import REF, Patterns, Sheet, children, merges_of
from capa_xl.ooxml.sheet_sizes import sizes_of
from capa_xl.ooxml.sheet_values import RowColumn, SheetValues, Value
from capa_xl.ooxml.sniff import damaged
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.xml_bytes import attributes, elements, whole

_PLACES_A_VALUE = 10
_WHOLE_NUMBERS = Decoder(list[Annotated[int, Meta(ge=0)]])


def read_values(
    name: str,
    sheet: Sheet,
    strings: SharedStrings,
    styles: StyleBook,
    *,
    date1904: bool,
    columns: Collection[int] | None = None,
    last_row: int | None = None,
) -> SheetValues:
    """The cells of a scanned sheet.

    Args:
        columns: The columns whose cells are asked for, all others stay blank; None for all.
        last_row: The rows below it stay unread; None for all.

    Raises:
        UnreadableWorkbook: A lonely cell far below or far to the right of the table, a text that isn't there, or merged
            cells over each other.
    """
    meanings = MeaningsOfSheet(SheetNotation(sheet.part, styles, date1904))
    found = _Cells(name, sheet, strings, meanings, columns)
    for index, number in enumerate(sheet.row_numbers):
        if last_row is None or number <= last_row:
            found.read_row(index)
    spans = children(sheet, sheet.head, b"cols")
    outlined = ((whole(s.get(b"min")), whole(s.get(b"max"))) for s in spans if whole(s.get(b"outlineLevel")))
    merged = tuple(merges_of(sheet))
    rows = found.table()
    _refuse_overlapping(name, merged, len(rows), len(rows[0]) if rows else 0)
    places = found.errors, found.formulas, tuple(outlined), tuple(found.arrays)
    return SheetValues(name, rows, merged, *places, sizes=sizes_of(sheet))


def _refuse_overlapping(name: str, merged: tuple[Range, ...], height: int, width: int) -> None:
    """Let merged cells pass that lie beside each other, as Excel makes them.

    Raises:
        UnreadableWorkbook: Together they cover more than the table has.
    """
    sizes = ((min(bottom, height) - top + 1, min(right, width) - left + 1) for top, left, bottom, right in merged)
    if sum(max(0, high) * max(0, wide) for high, wide in sizes) > height * width:
        raise damaged(f"工作表《{name}》的合并单元格互相重叠")


@dataclass(slots=True)
class _Cells:
    """The cells read so far.

    Attributes:
        rows: By number; each as long as it has values.
        count: Of values.
        places: The length of all rows.
    """

    name: str
    sheet: Sheet
    strings: SharedStrings
    meanings: MeaningsOfSheet
    columns: Collection[int] | None
    rows: dict[int, list[Value]] = field(default_factory=dict)
    errors: dict[RowColumn, str] = field(default_factory=dict)
    formulas: dict[RowColumn, bool] = field(default_factory=dict)
    arrays: list[Range] = field(default_factory=list)
    count: int = 0
    places: int = 0
    shapes: RowShapes = field(init=False)
    patterns: Patterns = field(init=False)

    def __post_init__(self) -> None:
        self.shapes = RowShapes(self.sheet.prefix, self.meanings, self.columns)
        self.patterns = Patterns(self.sheet.prefix)

    def read_row(self, index: int) -> None:
        """Read one row of the scan.

        Raises:
            UnreadableWorkbook: A text that isn't there, or a cell without end.
        """
        sheet = self.sheet
        part, number = sheet.part, sheet.row_numbers[index]
        start, bound = sheet.row_starts[index], sheet.row_bound(index)
        first = part.mask.find(self.shapes.opening, start, bound)
        if first < 0:
            return
        close = part.mask.rfind(self.shapes.closing, first, bound) + 1
        xml = part.body[first:close]
        is_plain = close and number not in self.rows and (not sheet.is_masked or part.mask[first:close] == xml)
        shape, pieces = self.shapes.found(xml, number) if is_plain else (None, [])
        if shape is None or not self._read_shaped(shape, number, pieces):
            for place, value in self._odd_cells(number, first, bound):
                self._put(place, value)

    def table(self) -> list[list[Value]]:
        """All rows from the first one of the sheet, equally long.

        Raises:
            UnreadableWorkbook: One stray cell would make the table enormous.
        """
        bottom = max((number for number, row in self.rows.items() if row), default=0)
        width = max(map(len, self.rows.values()), default=0)
        self._refuse_far(bottom * width, bottom, width)
        blank: list[Value] = [""] * width
        rows = (self.rows.pop(number, []) for number in range(1, bottom + 1))
        return [row if len(row) == width else row + blank[len(row) :] for row in rows]

    def _refuse_far(self, places: int, row: int, column: int) -> None:
        """Let a table pass whose cells lie together.

        Raises:
            UnreadableWorkbook: They don't.
        """
        if places > max(MOST_CELLS, _PLACES_A_VALUE * self.count) or row > LAST_ROW:
            raise UnreadableWorkbook(
                f"工作表《{self.name}》的内容一直延伸到 {cell_at(row, column)}，多半是误填的单元格 → "
                "请删除表格以外的行和列，保存后再运行"
            )

    # --- rows of a known shape ---

    def _read_shaped(self, shape: RowShape, number: int, pieces: list[bytes]) -> bool:
        """Read a row where its shape says; False where an index is none, or a value is empty."""
        given, others, blank = shape.shared(pieces), shape.others(pieces), self.shapes.behind_value
        indexes = _indexes(given, blank)
        if indexes is None or blank in others or any(pieces[place] == blank for _, place, _ in shape.errors):
            return False
        try:
            values: list[Any] = list(map(self.strings.texts.__getitem__, indexes))
        except IndexError as trouble:  # looking at every index beforehand would take a tenth longer
            raise _no_such_text(number) from trouble
        values += map(getitem, shape.meanings, others)
        values.append("")
        self._keep(number, list(shape.in_row(values)), len(values))
        for column, place, meanings in shape.errors:
            self._without_error((number, column), meanings[pieces[place]])
        for column, has_value in shape.formulas:
            self.formulas[number, column] = has_value
        self.arrays += shape.arrays
        return True

    def _keep(self, number: int, row: list[Value], count: int) -> None:
        self.rows[number] = row
        self.count += count
        self.places += len(row)
        self._refuse_far(self.places, number, len(row))

    def _without_error(self, place: RowColumn, meaning: Meaning) -> Value:
        """An error reads as blank, and is told beside the rows."""
        if not isinstance(meaning, ErrorValue):
            return meaning
        self.errors[place] = meaning.code
        return ""

    # --- rows of any form ---

    def _put(self, place: RowColumn, value: Meaning) -> None:
        number, column = place
        row = self.rows.get(number, [])
        self.places -= len(row)
        row += [""] * (column - len(row))
        row[column - 1] = self._without_error(place, value)
        self._keep(number, row, 1)

    def _odd_cells(self, number: int, start: int, bound: int) -> Iterator[tuple[RowColumn, Meaning]]:
        """The cells of a row, tag by tag, at the places that are written or implied."""
        mask, patterns = self.sheet.part.mask, self.patterns
        column, at = 0, start
        while tag := patterns.cell.search(mask, at, bound):
            named = attributes(tag[1])
            ref = REF.fullmatch(named.get(b"r", b""))
            column = column_number(ref[1].decode("ascii")) if ref else column + 1
            place = (int(ref[2]), column) if ref else (number, column)
            at = tag.end()
            if tag[2] or (self.columns is not None and column not in self.columns):
                continue
            close = patterns.cell_close.search(mask, at, bound)
            if not close:
                raise damaged(f"单元格 {cell_at(*place)} 的 XML 不完整")
            value = self._odd_value(place, named, at, close.start())
            at = close.end()
            if value != "":
                yield place, value

    def _odd_value(self, place: RowColumn, named: Mapping[bytes, bytes], start: int, end: int) -> Meaning:
        """What stands between a cell's tags."""
        part = self.sheet.part
        inside = {element.local: element for element in elements(part, start, end)}
        value, inline, formula = inside.get(b"v"), inside.get(b"is"), inside.get(b"f")
        kind, raw = named.get(b"t", b""), part.body[value.inside : value.close] if value else b""
        if formula:
            self.arrays.extend(array_of(part.mask[formula.start : formula.inside]))
            self.formulas[place] = bool(raw or inline) or kind == b"str"
        if kind == b"s":
            return self._shared(place[0], raw)
        if kind != b"inlineStr" and raw:
            return self.meanings.of(kind, named.get(b"s", b""))[raw]
        return text_of(part, inline) if inline else ""

    def _shared(self, number: int, raw: bytes) -> str:
        index = raw.strip()
        if raw and not index.isdigit():
            raise _no_such_text(number)
        found = self.strings.text(whole(index, -1)) if raw else ""
        if found is None:
            raise _no_such_text(number)
        return found


def _indexes(given: Sequence[bytes], behind: bytes) -> list[int] | None:
    """Indexes of shared strings, all at once in half the time that `int` takes for each; None where one is none.

    Args:
        behind: What may stand behind each.
    """
    try:
        indexes = _WHOLE_NUMBERS.decode(b"[%b]" % b",".join(given).replace(behind, b""))
    except DecodeError:
        return None
    return indexes if len(indexes) == len(given) else None


def _no_such_text(number: int) -> UnreadableWorkbook:
    return damaged(f"第 {number} 行有单元格引用了不存在的共享文字")
