"""One sheet before and after a splice: the same text outside the patched cells, and the wanted values inside."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from capa_xl.model.a1 import cell_at, column_letters, column_number
from capa_xl.workbook.cell_xml import ErrorValue, formula_text, plain_value, stored
from capa_xl.workbook.package import Package
from capa_xl.workbook.patch import CellValue, OwnedCell, SheetRows
from capa_xl.workbook.serial import to_serial
from capa_xl.workbook.shared_strings import SharedStrings
from capa_xl.workbook.sheet_runs import Segment, cell_start, columns_in, segments, spelled
from capa_xl.workbook.sheet_scan import Cell, Patterns, Row, Sheet, cells_in, read_sheet, row_at
from capa_xl.workbook.xml_bytes import attributes

_SPANS = re.compile(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*>")
_LOOSE = (b"t", b"cm", b"vm", b"ph")


@dataclass(slots=True)
class Expected:
    """What a patch promises for one sheet: values by row and column, and which of them are special.

    Attributes:
        cached: Places whose formula stays and only gets another result.
        restyled: Places for which a look was asked.
        owned: Rows replaced whole.
    """

    name: str
    values: dict[int, dict[int, CellValue]] = field(default_factory=dict)
    cached: set[tuple[int, int]] = field(default_factory=set)
    restyled: set[tuple[int, int]] = field(default_factory=set)
    owned: list[SheetRows] = field(default_factory=list)

    @property
    def owned_from(self) -> int:
        """The first row that may change whole."""
        return min((rows.first_row for rows in self.owned), default=1 << 30)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two sheets."""

    sheet: Sheet
    patterns: Patterns
    strings: SharedStrings
    date1904: bool
    right: set[tuple[bytes, type, CellValue]]  # a cell from behind its address on, read before, and the wanted value

    @property
    def body(self) -> bytes:
        """The sheet's XML."""
        return self.sheet.part.body


def differing_sheet(old: Package, new: Package, part: str, expected: Expected, strings: SharedStrings) -> Iterator[str]:
    """What is wrong with a sheet, sentence by sentence.

    Args:
        strings: The shared strings, which no patch may change.
    """
    before, after = _side(old, part, strings), _side(new, part, strings)
    yield from _skeleton(before, after, expected)
    bodies = before.sheet.part.body, after.sheet.part.body
    bound = expected.owned_from
    old_numbers = [number for number in before.sheet.row_numbers if number < bound]
    new_numbers = [number for number in after.sheet.row_numbers if number < bound]
    added = set(new_numbers).difference(old_numbers)
    if set(old_numbers) - set(new_numbers) or added - set(expected.values):
        yield f"{expected.name} 的行多了或少了"
        return
    for index, number in enumerate(new_numbers):
        wanted = expected.values.get(number)
        other = before.sheet.row_index(number)
        if wanted is None and other is not None:
            if _row_bytes(before.sheet, other, bodies[0]) != _row_bytes(after.sheet, index, bodies[1]):
                yield f"{expected.name} 第 {number} 行不该变而变了"
        elif wanted is not None and not _is_plainly_right(before, after, index, wanted, expected):
            yield from _patched_row(before, after, number, wanted, expected)
    for number in set(expected.values).difference(new_numbers):
        if number < bound and any(value not in (None, "") for value in expected.values[number].values()):
            yield f"{expected.name} 第 {number} 行没有写入"
    for rows in expected.owned:
        yield from _owned(after, rows, expected)


def _side(package: Package, part: str, strings: SharedStrings) -> _Side:
    sheet = read_sheet(package.read(part))
    return _Side(sheet, Patterns(sheet.prefix), strings, package.date1904, set())


def _skeleton(before: _Side, after: _Side, expected: Expected) -> Iterator[str]:
    """Everything before the first row and behind the last, the dimension apart."""
    old, new = before.sheet, after.sheet
    heads = [_DIMENSION.sub(b"", sheet.part.body[: sheet.data.start]) for sheet in (old, new)]
    if heads[0] != heads[1] or old.part.coding != new.part.coding:
        yield f"{expected.name} 的表头部分（列宽、视图等）变了"
    if old.part.body[old.data.end :] != new.part.body[new.data.end :]:
        yield f"{expected.name} 的尾部（合并、条件格式、验证等）变了"
    starts = [sheet.row_starts[0] if sheet.row_starts else sheet.data.close for sheet in (old, new)]
    if old.part.body[old.data.inside : starts[0]] != new.part.body[new.data.inside : starts[1]]:
        yield f"{expected.name} 第一行前面的内容变了"
    tags = [sheet.part.body[sheet.data.start : sheet.data.inside] for sheet in (old, new)]
    if tags[0].rstrip(b"/> ") != tags[1].rstrip(b"/> "):
        yield f"{expected.name} 的 sheetData 变了"


def _row_bytes(sheet: Sheet, index: int, body: bytes) -> bytes:
    return body[sheet.row_starts[index] : sheet.row_bound(index)]


def _is_plainly_right(
    before: _Side, after: _Side, index: int, wanted: Mapping[int, CellValue], expected: Expected
) -> bool:
    """Whether a row in its plainest form is as it should be; False also when it needs the slower look."""
    number = after.sheet.row_numbers[index]
    other = before.sheet.row_index(number)
    if other is None or not (before.sheet.names_cells and after.sheet.names_cells) or expected.cached:
        return False
    old, new = _row_bytes(before.sheet, other, before.body), _row_bytes(after.sheet, index, after.body)
    old_at, new_at = old.find(b">") + 1, new.find(b">") + 1
    if old[:old_at] != new[:new_at] and _SPANS.sub(b"", old[:old_at]) != _SPANS.sub(b"", new[:new_at]):
        return False
    there = columns_in(new, after.patterns, new_at, len(new))
    if there is None:
        return False
    for segment in segments(tuple(sorted(wanted)), there):
        first, following = (*segment.present, segment.following)[0], segment.following
        two = [cell_start(new, after.patterns, number, column, new_at) for column in (first, following)]
        one = [old_at + two[0] - new_at, cell_start(old, before.patterns, number, following, old_at)]
        if old[old_at : one[0]] != new[new_at : two[0]] or one[0] > one[1]:
            return False
        olds = _plain_cells(before, number, old[one[0] : one[1]])
        if olds is None or not _segment_is_right(after, number, segment, olds, new[two[0] : two[1]], wanted, expected):
            return False
        old_at, new_at = one[1], two[1]
    return old[old_at:] == new[new_at:]


def _plain_cells(side: _Side, number: int, cells: bytes) -> dict[int, re.Match[bytes]] | None:
    """The cells that stand side by side in a piece of a row, by column; None when one isn't plain."""
    found: dict[int, re.Match[bytes]] = {}
    at = 0
    while at < len(cells):
        cell = side.patterns.plain.match(cells, at)
        if not cell or int(cell[2]) != number:
            return None
        found[column_number(cell[1].decode("ascii"))] = cell
        at = cell.end()
    return found


def _segment_is_right(
    after: _Side,
    number: int,
    segment: Segment,
    olds: Mapping[int, re.Match[bytes]],
    cells: bytes,
    wanted: Mapping[int, CellValue],
    expected: Expected,
) -> bool:
    """Whether the new cells of a segment hold what is wanted, in the styles they had."""
    opening = after.patterns.opening
    before_first, *news = cells.split(opening)
    if before_first or len(news) != len(segment.present) or not olds.keys() <= set(segment.present):
        return False
    if any(wanted[column] not in (None, "") for column in segment.run if column not in segment.present):
        return False
    digits = b'%d"' % number
    for column, cell in zip(segment.present, news, strict=True):
        value, name = wanted[column], spelled(column) + digits
        reading = (cell[len(name) :], type(value), value)
        if not cell.startswith(name) or (reading not in after.right and not _reads(after, opening + cell, reading)):
            return False
        if column in olds and not isinstance(value, date) and (number, column) not in expected.restyled:
            then, now = olds[column], after.patterns.plain.match(opening + cell)
            if now is None or then[3] != now[3]:
                return False
    return True


def _reads(after: _Side, cell: bytes, reading: tuple[bytes, type, CellValue]) -> bool:
    """Whether a plain cell holds the wanted value; what was read once needn't be read again."""
    found = after.patterns.plain.fullmatch(cell)
    if not found:
        return False
    kind, raw, text = found.group(4, 5, 6)
    raw = raw if text is None else text
    now = None if raw is None else plain_value(after.sheet.part, kind or b"n", raw, after.strings)
    if not _is(now, reading[2], date1904=after.date1904):
        return False
    after.right.add(reading)
    return True


def _patched_row(
    before: _Side, after: _Side, number: int, wanted: Mapping[int, CellValue], expected: Expected
) -> Iterator[str]:
    old_index = before.sheet.row_index(number)
    new_rest, new_cells = _cut(after, number, wanted)
    if old_index is None:
        tag = b"<" + after.sheet.prefix + b'row r="%d">' % number
        if new_rest != (tag, b"</" + after.sheet.prefix + b"row>"):
            yield f"{expected.name} 新的第 {number} 行里有不该有的内容"
        old_cells: Mapping[int, Cell] = {}
    else:
        old_rest, old_cells = _cut(before, number, wanted)
        if not _same_rest(old_rest, new_rest, before.sheet.prefix):
            yield f"{expected.name} 第 {number} 行里别的单元格变了"
    for column, value in wanted.items():
        fault = _cell_fault(
            before, after, (number, column), old_cells.get(column), new_cells.get(column), value, expected
        )
        if fault:
            yield f"{expected.name}!{cell_at(number, column)} {fault}"


def _same_rest(old: tuple[bytes, bytes], new: tuple[bytes, bytes], prefix: bytes) -> bool:
    if old == new:
        return True
    old_tag, new_tag = (_SPANS.sub(b"", rest[0]) for rest in (old, new))
    if old_tag.endswith(b"/>"):  # an empty row was opened
        return old_tag[:-2].rstrip() + b">" == new_tag and new[1] == b"</" + prefix + b"row>" + old[1]
    return old_tag == new_tag and old[1] == new[1]


def _cut(side: _Side, number: int, columns: Mapping[int, CellValue]) -> tuple[tuple[bytes, bytes], dict[int, Cell]]:
    """A row's start tag and its content without the cells of those columns; and these cells."""
    index = side.sheet.row_index(number)
    if index is None:
        return (b"", b""), {}
    row = row_at(side.sheet, side.patterns, index)
    cells = _found(side, row, columns)
    body = side.sheet.part.body
    kept: list[bytes] = []
    at = row.inside
    for column in sorted(cells):
        kept.append(body[at : cells[column].start])
        at = cells[column].end
    kept.append(body[at : side.sheet.row_bound(index)])
    return (body[row.start : row.inside], b"".join(kept)), cells


def _found(side: _Side, row: Row, columns: Mapping[int, CellValue]) -> dict[int, Cell]:
    """The cells of those columns, looked for by their addresses; one by one where a row doesn't write them."""
    mask, prefix = side.sheet.part.mask, side.sheet.prefix
    opening = b"<" + prefix + b"c"
    named = mask.count(opening + b' r="', row.inside, row.close)
    if named != len(re.findall(re.escape(opening) + rb"[\s/>]", mask[row.inside : row.close])):
        return {cell.column: cell for cell in cells_in(side.sheet, side.patterns, row) if cell.column in columns}
    found: dict[int, Cell] = {}
    at = row.inside
    for column in sorted(columns):
        ref = opening + b' r="' + column_letters(column).encode("ascii") + b'%d"' % row.number
        start = mask.find(ref, at, row.close)
        if start >= 0:
            found[column] = _whole_cell(side, row, start, column)
            at = found[column].end
    return found


def _whole_cell(side: _Side, row: Row, start: int, column: int) -> Cell:
    mask = side.sheet.part.mask
    inside = mask.index(b">", start) + 1
    if mask[inside - 2] == 0x2F:
        return Cell(column, start, inside, inside, inside)
    close = side.patterns.cell_close.search(mask, inside, row.close)
    end = close.end() if close else row.close
    return Cell(column, start, inside, close.start() if close else row.close, end)


def _cell_fault(
    before: _Side,
    after: _Side,
    place: tuple[int, int],
    old: Cell | None,
    new: Cell | None,
    value: CellValue,
    expected: Expected,
) -> str | None:
    if place in expected.cached and (old is None or not _has_formula(before, old)):
        return None if old is None and new is None else _untouched(before, after, old, new)
    if new is None:
        return "没有写入" if value not in (None, "") else None
    bodies = before.sheet.part.body, after.sheet.part.body
    if old and bodies[0][old.start : old.end] == bodies[1][new.start : new.end] and value is None:
        return None
    now = stored(after.sheet.part, new, after.strings)
    if not _is(now.value, value, date1904=after.date1904):
        return "写入的值不对"
    if old is not None and place not in expected.restyled:
        fault = _tag_fault(bodies[0][old.start : old.inside], bodies[1][new.start : new.inside], value)
        if fault:
            return fault
    if place in expected.cached:
        then = stored(before.sheet.part, old, before.strings).formula if old else None
        return None if now.formula == then and then is not None else "公式变了"
    return "公式还在" if now.formula is not None else None


def _has_formula(side: _Side, cell: Cell) -> bool:
    return side.patterns.formula.search(side.sheet.part.mask, cell.inside, cell.close) is not None


def _untouched(before: _Side, after: _Side, old: Cell | None, new: Cell | None) -> str | None:
    """A cell that should have had a formula stays as it is."""
    if old is None or new is None:
        return "多了或少了"
    one, other = before.sheet.part.body[old.start : old.end], after.sheet.part.body[new.start : new.end]
    return None if one == other else "不该变而变了"


def _tag_fault(old: bytes, new: bytes, value: CellValue) -> str | None:
    then, now = attributes(old), attributes(new)
    if not isinstance(value, date) and then.get(b"s") != now.get(b"s"):
        return "的样式变了"
    ours = (*_LOOSE, b"s")
    kept = [{key: text for key, text in attrs.items() if key not in ours} for attrs in (then, now)]
    return None if kept[0] == kept[1] else "的属性变了"


def _is(now: CellValue | ErrorValue, wanted: CellValue, *, date1904: bool) -> bool:
    if wanted is None or wanted == "":
        return now is None
    if isinstance(wanted, bool) or isinstance(now, bool):
        return now is wanted
    if isinstance(wanted, date):
        if isinstance(now, date):
            return _moment(now) == _moment(wanted)
        number = to_serial(wanted, date1904=date1904)
        return isinstance(now, int | float) and number is not None and abs(now - number) < 1e-6
    if isinstance(wanted, int | float):
        return isinstance(now, int | float) and math.isclose(now, wanted, rel_tol=1e-14, abs_tol=0)
    return now == wanted


def _moment(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)


def _owned(after: _Side, rows: SheetRows, expected: Expected) -> Iterator[str]:
    """Rows replaced whole: every cell as wanted, and none beside or below them with a value."""
    index_of = {number: index for index, number in enumerate(after.sheet.row_numbers) if number >= rows.first_row}
    numbers = sorted({*index_of, *range(rows.first_row, rows.first_row + len(rows.rows))})
    for number in numbers:
        offset = number - rows.first_row
        wanted = rows.rows[offset] if offset < len(rows.rows) else ()
        cells: dict[int, Cell] = {}
        if number in index_of:
            row = row_at(after.sheet, after.patterns, index_of[number])
            cells = {cell.column: cell for cell in cells_in(after.sheet, after.patterns, row)}
        for column in {*cells, *range(1, len(wanted) + 1)}:
            cell = wanted[column - 1] if column <= len(wanted) else OwnedCell(None)
            if not _is_owned(after, cells.get(column), cell):
                yield f"{expected.name}!{cell_at(number, column)} 写入的值不对"


def _is_owned(after: _Side, cell: Cell | None, wanted: OwnedCell) -> bool:
    if cell is None:
        return wanted.value in (None, "") and wanted.formula is None
    now = stored(after.sheet.part, cell, after.strings)
    formula = formula_text(after.sheet.part, now.formula) if now.formula is not None else None
    return formula == wanted.formula and _is(now.value, wanted.value, date1904=after.date1904)
