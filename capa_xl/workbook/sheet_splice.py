"""One worksheet's cells changed: only the cells of the patch are re-emitted, one block per row and run of columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from capa_xl.errors import UnsafeWrite
from capa_xl.model.a1 import Range, cell_at, column_letters, parse_range
from capa_xl.workbook.cell_xml import (
    ErrorValue,
    Stored,
    Wanted,
    computed,
    filled,
    kept_tag,
    new_rest,
    plain_value,
    rest_after_value,
    same_cached,
    same_value,
    stored,
)
from capa_xl.workbook.patch import CellValue, Change
from capa_xl.workbook.serial import from_serial
from capa_xl.workbook.shared_strings import SharedStrings
from capa_xl.workbook.sheet_scan import (
    Cell,
    Patterns,
    PlainRun,
    Row,
    Sheet,
    cell_from,
    cells_in,
    columns_in,
    neighbours,
    plain_run,
    row_at,
)
from capa_xl.workbook.styles import StyleBook
from capa_xl.workbook.xml_bytes import attributes, elements, whole, with_attribute

_SPANS = re.compile(rb' spans="(\d+):(\d+)"')
_PLAIN_REF = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)')

Piece = tuple[int, int, bytes]  # from, to, what stands there instead


class _ColumnStyles(dict[int, int | None]):
    """Column → the style that `<cols>` gives it, looked for when it is first asked for."""

    def __init__(self, spans: tuple[tuple[int, int, int], ...]) -> None:
        super().__init__()
        self.spans = spans

    def __missing__(self, column: int) -> int | None:
        self[column] = next((style for first, last, style in self.spans if first <= column <= last), None)
        return self[column]


@dataclass(slots=True)
class SheetSplice:
    """The state of one worksheet's splice: what is read from it, and what was found to change.

    Attributes:
        over_formulas: A plain formula may be overwritten.
        pieces: The new bytes, in order, never overlapping.
        changes: Every changed cell, row by row.
        changed: Columns with another value by row, for the guards.
        computed: Columns with only another result of their formula by row.
        warnings: What could not be brought up to date.
        lost_formula: A formula was overwritten, so the calculation chain names a cell that has none.
        added: The range of cells that weren't there.
    """

    name: str
    sheet: Sheet
    styles: StyleBook
    strings: SharedStrings
    date1904: bool
    over_formulas: bool = False
    pieces: list[Piece] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    changed: dict[int, list[int]] = field(default_factory=dict)
    computed: dict[int, list[int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    lost_formula: bool = False
    added: Range | None = None
    patterns: Patterns = field(init=False)
    column_styles: _ColumnStyles = field(init=False)
    values: dict[tuple[bytes | None, bytes | None], CellValue | ErrorValue] = field(default_factory=dict)
    fits: dict[tuple[bytes | None, int, int], bytes | None] = field(default_factory=dict)
    new_fits: dict[tuple[int | None, int, int, bool], int | None] = field(default_factory=dict)
    told: dict[tuple[int, int], bytes] = field(default_factory=dict)
    row_styles: dict[int, int | None] = field(default_factory=dict)
    fresh: dict[int, dict[int, int | None]] = field(default_factory=dict)  # styles of new cells and beside them, by row

    def __post_init__(self) -> None:
        self.patterns = Patterns(self.sheet.prefix)
        self.column_styles = _ColumnStyles(tuple(_column_styles(self.sheet)))

    def write(self, wants: Mapping[int, Mapping[int, Wanted]], cached: Mapping[int, Mapping[int, Wanted]]) -> None:
        """Plan the values by row and column; `cached` are results of formulas that are there.

        Raises:
            UnsafeWrite: A cell that must not be overwritten.
        """
        missing: dict[int, list[bytes]] = {}
        for number in sorted({*wants, *cached}):
            index = self.sheet.row_index(number)
            computed_here = cached.get(number, {})
            columns = {**computed_here, **wants.get(number, {})} if computed_here else wants[number]
            if index is not None:
                self._write_row(index, columns, frozenset(computed_here.keys() - wants.get(number, {}).keys()))
                continue
            for column in computed_here:
                self._warn_no_formula(number, column)
            if any(wanted.kind for wanted in wants.get(number, {}).values()):
                before = self._insertion_point(number)
                missing.setdefault(before, []).append(self._new_row(number, wants[number]))
        for at, rows in missing.items():
            self.pieces.append((at, at, b"".join(rows)))
        self.pieces.sort(key=itemgetter(0, 1))

    def output(self) -> Iterator[bytes | memoryview]:
        """The new body in pieces: slices of the old one, and what was written."""
        body = memoryview(self.sheet.part.body)
        at = 0
        for start, end, new in self._all_pieces():
            yield body[at:start]
            yield new
            at = end
        yield body[at:]

    # --- rows ---

    def _write_row(self, index: int, wants: Mapping[int, Wanted], cached: frozenset[int]) -> None:
        row = row_at(self.sheet, self.patterns, index)
        blocks: list[Piece] = []
        news: list[int] = []
        there = None if cached else self._columns_of(row)
        for run in neighbours(tuple(sorted(wants))):
            plain = self._plain_run(row, run, there) if there is not None else None
            block = (
                self._plain_block(row, run, plain, wants, news) if plain else self._block(row, run, wants, cached, news)
            )
            if block:
                blocks.append(block)
        if not blocks:
            return
        body = self.sheet.part.body
        tag = body[row.start : row.inside]
        if news:
            self.grow(row.number, news)
            tag = _spanning(tag, min(news), max(news))
        if row.inside == row.end:  # <row/>
            cells = b"".join(block[2] for block in blocks)
            opened = tag[:-2].rstrip() + b">"
            self.pieces.append((row.start, row.end, opened + cells + b"</" + self.sheet.prefix + b"row>"))
            return
        if tag != body[row.start : row.inside]:
            self.pieces.append((row.start, row.inside, tag))
        self.pieces += blocks

    def _block(
        self, row: Row, run: tuple[int, ...], wants: Mapping[int, Wanted], cached: frozenset[int], news: list[int]
    ) -> Piece | None:
        """The new bytes for a run of neighbouring columns; None when all of them stay as they are."""
        start, end, cells = self._locate(row, run[0], run[-1])
        body = self.sheet.part.body
        out: list[bytes] = []
        changed = False
        at = start  # what stands between cells (blanks, comments) is kept
        for column in run:
            cell, wanted = cells.get(column), wants[column]
            if cell is None:
                if column in cached:
                    self._warn_no_formula(row.number, column)
                elif wanted.kind:
                    out.append(self._new_cell(row, column, wanted))
                    news.append(column)
                    changed = True
                continue
            new = (self._recomputed if column in cached else self._rewritten)(row, cell, wanted)
            changed = changed or new is not None
            out += (body[at : cell.start], body[cell.start : cell.end] if new is None else new)
            at = cell.end
        return (start, end, b"".join(out)) if changed else None

    def _columns_of(self, row: Row) -> tuple[int, ...] | None:
        """The columns a plain row has cells in; None when it isn't plain, or empty."""
        if not self.sheet.names_cells or row.inside == row.end:
            return None
        return columns_in(self.sheet.part.body, self.patterns, row.inside, row.close)

    def _plain_run(self, row: Row, run: tuple[int, ...], there: tuple[int, ...]) -> PlainRun | None:
        return plain_run(self.sheet.part.body, self.patterns, row.number, run, there, row.inside, row.close)

    def _plain_block(
        self, row: Row, run: tuple[int, ...], plain: PlainRun, wants: Mapping[int, Wanted], news: list[int]
    ) -> Piece | None:
        """`_block` for cells in their plainest form: one pattern has read them, one join writes them."""
        out: list[bytes] = []
        opening = b"<" + self.sheet.prefix + b'c r="'
        changed = False
        left = plain.left
        for column in run:
            wanted, cell = wants[column], plain.cells.get(column)
            if cell is None:
                if wanted.kind:
                    if self.column_styles[column] is None:
                        self._note_left(row.number, column, left)
                    out.append(self._new_cell(row, column, wanted))
                    news.append(column)
                    changed = True
                continue
            left = cell
            value = self._plain_value(cell[4], cell[5] if cell[6] is None else cell[6])
            style = self._fitting(cell[3], wanted)
            if style == cell[3] and same_value(value, wanted):
                out.append(cell[0])
                continue
            self.note(row.number, column, self._seen(value, cell[3]), wanted.value)
            styled = b"" if style is None else b' s="' + style + b'"'
            out += (opening, cell[1], cell[2], b'"', styled, wanted.tail)
            changed = True
        return (plain.start, plain.end, b"".join(out)) if changed else None

    def _note_left(self, row: int, column: int, left: re.Match[bytes] | None) -> None:
        """Take note of the style on the left of a new cell, so that it needn't be looked for again."""
        fresh = self._fresh(row)
        if left and column - 1 not in fresh and left[1].decode("ascii") == column_letters(column - 1):
            fresh[column - 1] = int(left[3]) if left[3] else None

    def _fresh(self, row: int) -> dict[int, int | None]:
        """The styles known of a row's new cells; of the row before they are kept, of earlier ones not."""
        if row not in self.fresh:
            self.fresh = {row - 1: self.fresh.get(row - 1, {}), row: {}}
        return self.fresh[row]

    def _plain_value(self, kind: bytes | None, raw: bytes | None) -> CellValue | ErrorValue:
        if raw is None:
            return None
        key = (kind, raw)
        if key not in self.values:
            self.values[key] = plain_value(self.sheet.part, kind or b"n", raw, self.strings)
        return self.values[key]

    def _fitting(self, style: bytes | None, wanted: Wanted) -> bytes | None:
        key = (style, id(wanted.look), wanted.dated)
        if key not in self.fits:
            known = int(style) if style is not None else None
            fitting = self.styles.fitting(known, wanted.look, wanted.dated)
            self.fits[key] = style if fitting == known else b"%d" % (fitting or 0)
        return self.fits[key]

    def _locate(self, row: Row, first: int, last: int) -> tuple[int, int, dict[int, Cell]]:
        """Where a run of columns stands in a row: the cells that are there, from first to last byte."""
        mask, prefix = self.sheet.part.mask, self.sheet.prefix
        ref = b"<" + prefix + b'c r="' + column_letters(first).encode() + b'%d"' % row.number
        at = mask.find(ref, row.inside, row.close)
        if at >= 0:
            return self._walk(row, at, first, last)
        tail = mask.rfind(b"<" + prefix + b"c ", row.inside, row.close)
        if tail < 0:
            return self._search(row, first, last)
        if _PLAIN_REF.match(mask, tail):
            cell = cell_from(self.sheet, self.patterns, row, tail, 0)
            if cell.column < first:
                return cell.end, cell.end, {}
        return self._search(row, first, last)

    def _walk(self, row: Row, at: int, first: int, last: int) -> tuple[int, int, dict[int, Cell]]:
        cell = cell_from(self.sheet, self.patterns, row, at, first)
        start, cells = cell.start, {first: cell}
        while cell.column < last:
            tag = self.patterns.cell.search(self.sheet.part.mask, cell.end, row.close)
            if not tag:
                break
            following = cell_from(self.sheet, self.patterns, row, tag.start(), cell.column + 1)
            if following.column <= cell.column:
                raise UnsafeWrite(f"{self.name} 第 {row.number} 行的单元格重复或次序不对，不能安全写入")
            if following.column > last:
                break
            cell = following
            cells[cell.column] = cell
        return start, cell.end, cells

    def _search(self, row: Row, first: int, last: int) -> tuple[int, int, dict[int, Cell]]:
        start = row.inside
        cells: dict[int, Cell] = {}
        for cell in cells_in(self.sheet, self.patterns, row):
            if cell.column < first:
                start = cell.end
            elif cell.column <= last:
                cells[cell.column] = cell
        if not cells:
            return start, start, cells
        found = list(cells.values())
        return found[0].start, found[-1].end, cells

    def _insertion_point(self, number: int) -> int:
        index = bisect_left(self.sheet.row_numbers, number)
        return self.sheet.row_starts[index] if index < len(self.sheet.row_starts) else self.sheet.data.close

    def _new_row(self, number: int, wants: Mapping[int, Wanted]) -> bytes:
        row = Row(number, -1, -1, -1, -1)
        columns = sorted(column for column, wanted in wants.items() if wanted.kind)
        cells = b"".join(self._new_cell(row, column, wants[column]) for column in columns)
        self.grow(number, columns)
        prefix = self.sheet.prefix
        return b"<" + prefix + b'row r="%d">' % number + cells + b"</" + prefix + b"row>"

    # --- cells ---

    def _rewritten(self, row: Row, cell: Cell, wanted: Wanted) -> bytes | None:
        """A cell with another value or look; None when it has both already."""
        now = stored(self.sheet.part, cell, self.strings)
        same = now.formula is None and not now.rich and same_value(now.value, wanted)
        style = self.styles.fitting(now.style, wanted.look, wanted.dated)
        if same and style == now.style:
            return None
        self._refuse_special(now, cell_at(row.number, cell.column))
        self.lost_formula = self.lost_formula or now.formula is not None
        self.note(row.number, cell.column, self.shown(now), wanted.value)
        tag = kept_tag(self.sheet.part.body[cell.start : cell.inside], style)
        return filled(tag, wanted)

    def _recomputed(self, row: Row, cell: Cell, wanted: Wanted) -> bytes | None:
        now = stored(self.sheet.part, cell, self.strings)
        if now.formula is None:
            self._warn_no_formula(row.number, cell.column)
            return None
        if same_cached(now, wanted):
            return None
        self.note(row.number, cell.column, self.shown(now), wanted.value, self.computed)
        tag = kept_tag(self.sheet.part.body[cell.start : cell.inside], now.style, cached=True)
        rest = rest_after_value(self.sheet.part, cell)
        return computed(self.sheet.prefix, tag, now.formula, wanted, rest)

    def _new_cell(self, row: Row, column: int, wanted: Wanted) -> bytes:
        at = cell_at(row.number, column)
        self.note(row.number, column, None, wanted.value, at=at)
        return self.patterns.opening + at.encode("ascii") + self._behind_address(row, column, wanted)

    def _behind_address(self, row: Row, column: int, wanted: Wanted) -> bytes:
        """A new cell from behind its address on; where the columns tell the style, the same in every row."""
        told = self.column_styles[column] is not None and self.column_styles[column + 1] is not None
        if told and self._row_style(row) is None:
            key = (column, id(wanted))
            if key not in self.told:
                self.told[key] = new_rest(self.style_for_new(row, column, wanted), wanted)
            return self.told[key]
        style = self.style_for_new(row, column, wanted)
        self._fresh(row.number)[column] = style
        return new_rest(style, wanted)

    def style_for_new(self, row: Row, column: int, wanted: Wanted) -> int | None:
        """The row's style, else the column's, else a neighbour's — and one that shows a number as a number."""
        style = self._row_style(row)
        if style is None:
            style = self.column_styles[column]
        if style is None:
            style = self._neighbour_style(row, column, wanted)
        key = (style, id(wanted.look), wanted.dated, wanted.kind == "n")
        if key not in self.new_fits:
            self.new_fits[key] = self._fitting_new(style, wanted)
        return self.new_fits[key]

    def _fitting_new(self, style: int | None, wanted: Wanted) -> int | None:
        fitting = self.styles.fitting(style, wanted.look, wanted.dated)
        plain = wanted.kind == "n" and not wanted.dated and not (wanted.look and wanted.look.number_format)
        if plain and self.styles.is_date(fitting):
            return self.styles.undated(fitting)
        return fitting

    def _row_style(self, row: Row) -> int | None:
        if row.number not in self.row_styles:
            self.row_styles = {row.number: self._read_row_style(row)}  # of the row in hand only
        return self.row_styles[row.number]

    def _read_row_style(self, row: Row) -> int | None:
        if row.start < 0 or self.sheet.part.mask.find(b"customFormat", row.start, row.inside) < 0:
            return None
        attrs = attributes(self.sheet.part.mask[row.start : row.inside])
        custom = attrs.get(b"customFormat", b"0") in (b"1", b"true")
        return int(attrs[b"s"]) if custom and attrs.get(b"s", b"").isdigit() else None

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
        cell = self._locate(place, column, column)[2].get(column)
        return stored(self.sheet.part, cell, self.strings).style if cell else None

    def _refuse_special(self, now: Stored, at: str) -> None:
        """A cell with a formula or a picture is nobody's to overwrite, unless a plain formula was allowed."""
        if now.rich or (now.formula is not None and b"DISPIMG" in now.formula.upper()):
            raise UnsafeWrite(f"{self.name}!{at} 里是图片或数据类型，不能覆盖。请先在 Excel 或 WPS 里清空这个单元格")
        if now.formula is None:
            return
        if not self.over_formulas:
            raise UnsafeWrite(f"{self.name}!{at} 里是公式，不能覆盖。请先在 Excel 里把公式改成值或清空，再运行")
        if now.formula_kind:
            kinds = {"shared": "共享公式", "array": "数组公式", "dataTable": "模拟运算表"}
            kind = kinds.get(now.formula_kind, now.formula_kind)
            raise UnsafeWrite(f"{self.name}!{at} 属于{kind}，单独改写会损坏其他单元格。请在 Excel 里先改成值，再运行")

    # --- what changed ---

    def _warn_no_formula(self, row: int, column: int) -> None:
        self.warnings.append(f"{self.name}!{cell_at(row, column)} 的公式不见了，这一格没有更新")

    def note(
        self,
        row: int,
        column: int,
        before: CellValue,
        after: CellValue,
        kind: dict[int, list[int]] | None = None,
        at: str = "",
    ) -> None:
        """Take note of a changed cell; `kind` is `computed` for a formula's new result."""
        self.changes.append(Change(self.name, at or cell_at(row, column), before, after))
        (self.changed if kind is None else kind).setdefault(row, []).append(column)

    def _seen(self, value: CellValue | ErrorValue, style: bytes | None) -> CellValue:
        return self.shown(Stored(value, int(style) if style else None)) if value is not None else None

    def shown(self, now: Stored) -> CellValue:
        """What a person sees in a cell: dates as dates, errors as their code."""
        value = now.value
        if isinstance(value, ErrorValue):
            return value.code
        if isinstance(value, int | float) and not isinstance(value, bool) and self.styles.is_date(now.style):
            shown = from_serial(value, date1904=self.date1904)
            return value if shown is None else shown
        return value

    def grow(self, row: int, columns: Iterable[int]) -> None:
        """Take note of new cells, so that `dimension` reaches over them."""
        listed = list(columns)
        grown = (row, min(listed), row, max(listed))
        self.added = _union(self.added, grown) if self.added else grown

    def _all_pieces(self) -> list[Piece]:
        """The planned pieces, with the dimension grown and an empty `<sheetData/>` opened."""
        pieces = self.pieces
        data, prefix = self.sheet.data, self.sheet.prefix
        if data.self_closed and pieces:
            cells = b"".join(piece[2] for piece in pieces)
            opened = self.sheet.part.body[data.start : data.inside - 2].rstrip() + b">"
            pieces = [(data.start, data.end, opened + cells + b"</" + prefix + b"sheetData>")]
        dimension = self._grown_dimension()
        return [dimension, *pieces] if dimension else pieces

    def _grown_dimension(self) -> Piece | None:
        place = next((element for element in self.sheet.head if element.local == b"dimension"), None)
        if place is None or self.added is None:
            return None
        tag = self.sheet.part.body[place.start : place.inside]
        known = parse_range(attributes(tag).get(b"ref", b"").decode("ascii", "replace"))
        if known is None:
            return None
        empty = known == (1, 1, 1, 1) and not self.sheet.row_numbers
        top, left, bottom, right = self.added if empty else _union(known, self.added)
        if (top, left, bottom, right) == known:
            return None
        ref = cell_at(top, left) if (top, left) == (bottom, right) else f"{cell_at(top, left)}:{cell_at(bottom, right)}"
        return place.start, place.inside, with_attribute(tag, b"ref", ref.encode("ascii"))


def _spanning(tag: bytes, first: int, last: int) -> bytes:
    """A row's start tag with its spans reaching over the new columns, if it has spans."""
    plain = _SPANS.search(tag)
    if plain:
        grown = b' spans="%d:%d"' % (min(first, int(plain[1])), max(last, int(plain[2])))
        return tag[: plain.start()] + grown + tag[plain.end() :]
    spans = attributes(tag).get(b"spans")
    if spans is None:
        return tag
    pairs = [pair.split(b":") for pair in spans.split()]
    if not pairs or any(len(pair) != 2 or not all(end.isdigit() for end in pair) for pair in pairs):
        return tag
    bounds = [(int(start), int(end)) for start, end in pairs]
    if any(start <= first and last <= end for start, end in bounds):
        return tag
    start = min(first, *(pair[0] for pair in bounds))
    end = max(last, *(pair[1] for pair in bounds))
    return with_attribute(tag, b"spans", b"%d:%d" % (start, end))


def _union(one: Range, other: Range) -> Range:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _column_styles(sheet: Sheet) -> Iterator[tuple[int, int, int]]:
    for element in sheet.head:
        if element.local != b"cols":
            continue
        for column in elements(sheet.part, element.inside, element.close):
            attrs = attributes(sheet.part.mask[column.start : column.inside])
            style = whole(attrs.get(b"style"))
            if style:
                yield whole(attrs.get(b"min")), whole(attrs.get(b"max")), style
