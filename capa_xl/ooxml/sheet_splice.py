"""One worksheet's cells changed: only the cells of the patch are re-emitted, one block per row and run of columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from operator import attrgetter, itemgetter

from capa_xl.a1 import Range, cell_at
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.cell_xml import (
    ErrorValue,
    Stored,
    Wanted,
    computed,
    filled,
    kept_tag,
    plain_value,
    rest_after_value,
    same_cached,
    same_value,
    stored,
)
from capa_xl.ooxml.new_styles import NewStyles
from capa_xl.ooxml.noted_changes import NotedChanges
from capa_xl.ooxml.patch import CellValue, RowChange
from capa_xl.ooxml.serial import from_serial
from capa_xl.ooxml.shared_strings import SharedStrings
from capa_xl.ooxml.sheet_output import Piece, as_shown, output, spanning, union
from capa_xl.ooxml.sheet_runs import (
    Segment,
    cell_start,
    columns_in,
    held_by,
    hold_texts,
    locate,
    neighbours,
    plain_cells,
    segments,
)
from capa_xl.ooxml.sheet_scan import FoundCell, Patterns, Row, Sheet, cells_in, row_at
from capa_xl.ooxml.sheet_sizes import height_of_new_rows
from capa_xl.ooxml.sheet_stretches import Stretch
from capa_xl.ooxml.styles import StyleBook
from capa_xl.ooxml.xml_bytes import whole


@dataclass(slots=True)
class SheetSplice:
    """The state of one worksheet's splice: what is read from it, and what was found to change.

    Attributes:
        over_formulas: A plain formula may be overwritten.
        visible: Whether a row that changes is to be seen, where that is asked for.
        changed: The cells with another value.
        computed: The cells with only another result of their formula.
        warnings: What could not be brought up to date.
        shared: Cells of shared formulas that were overwritten.
        lost_formula: A formula was overwritten, so the calculation chain names a cell that has none.
        added: The range of cells that weren't there.
        height: The attributes that make a new row as high as the sheet fixes for all.
    """

    name: str
    sheet: Sheet
    styles: StyleBook
    strings: SharedStrings
    date1904: bool
    over_formulas: bool = False
    visible: Mapping[int, bool] = field(default_factory=dict)
    changed: NotedChanges = field(init=False)
    computed: NotedChanges = field(init=False)
    warnings: list[str] = field(default_factory=list)
    shared: list[tuple[int, int]] = field(default_factory=list)
    lost_formula: bool = False
    added: Range | None = None
    patterns: Patterns = field(init=False)
    new_styles: NewStyles = field(init=False)
    height: bytes = field(init=False)
    values: dict[tuple[bytes | None, bytes | None], CellValue | ErrorValue] = field(default_factory=dict)
    fits: dict[tuple[bytes | None, int, int], bytes | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.changed, self.computed = NotedChanges(self.name), NotedChanges(self.name)
        self.patterns = Patterns(self.sheet.prefix)
        self.height = height_of_new_rows(self.sheet)
        self.new_styles = NewStyles(self.sheet, self.patterns, self.styles, self.strings)

    def go_on(self, sheet: Sheet) -> None:
        """Splice the next stretch of the same sheet's rows."""
        self.sheet = self.new_styles.sheet = sheet

    def pieces(
        self,
        rows: Iterable[int],
        wants: Mapping[int, Mapping[int, Wanted]],
        cached: Mapping[int, Mapping[int, Wanted]],
    ) -> Iterator[Piece]:
        """The new bytes for values by row and column, in order, made row by row while somebody takes them.

        Args:
            rows: The numbers of those that stand in the sheet in hand, sorted.
            wants: Each row is asked for once.
            cached: Results of formulas that are there.

        Raises:
            UnsafeWrite: A cell that must not be overwritten.
        """
        for number in rows:
            wanted, computed_here = wants.get(number, {}), cached.get(number, {})
            yield from self._in_place(number, wanted, computed_here)
            self.changed.put_down()
            self.computed.put_down()

    def output(self, part: Stretch, pieces: Iterable[Piece]) -> Iterator[bytes | memoryview]:
        """The new bytes of a stretch with these pieces in it; `added` must be known when the first one is taken."""
        return output(part, pieces, self.added)

    # --- rows ---

    def _in_place(
        self, number: int, wanted: Mapping[int, Wanted], computed_here: Mapping[int, Wanted]
    ) -> Sequence[Piece]:
        """A row where it stands, or where it is to stand."""
        index = self.sheet.row_index(number)
        if index is not None:
            columns = {**computed_here, **wanted} if computed_here else wanted
            return self._row(index, columns, frozenset(computed_here.keys() - wanted.keys()))
        for column in computed_here:
            self._warn_no_formula(number, column)
        if not any(cell.kind for cell in wanted.values()):
            return ()
        at = self._insertion_point(number)
        return ((at, at, self._new_row(number, wanted)),)

    def _row(self, index: int, wants: Mapping[int, Wanted], cached: frozenset[int]) -> Sequence[Piece]:
        row = row_at(self.sheet, self.patterns, index)
        news: list[int] = []
        there = self._columns_of(row)
        if there is None:
            found = [self._block(row, run, wants, cached, news) for run in neighbours(tuple(sorted(wants)))]
        else:
            values = tuple(sorted(wants.keys() - cached))
            found = [self._plain_block(row, segment, wants, news) for segment in segments(values, there)]
            found += [self._result_block(row, run, wants, cached) for run in neighbours(tuple(sorted(cached)))]
        blocks = sorted((block for block in found if block), key=itemgetter(0, 1))
        if not blocks:
            return ()
        body = self.sheet.part.body
        tag = standing = body[row.start : row.inside]
        if news:
            first, last = min(news), max(news)
            self.grow(row.number, first, last)
            tag = spanning(tag, first, last)
        if self.visible:
            tag = as_shown(tag, self.visible.get(row.number))
        if row.inside == row.end:  # <row/>
            cells = b"".join(block[2] for block in blocks)
            opened = tag[:-2].rstrip() + b">"
            return ((row.start, row.end, opened + cells + b"</" + self.sheet.prefix + b"row>"),)
        # Each by itself: a row's cells between them are never copied.
        return [(row.start, row.inside, tag), *blocks] if tag is not standing else blocks

    def _block(
        self, row: Row, run: tuple[int, ...], wants: Mapping[int, Wanted], cached: frozenset[int], news: list[int]
    ) -> Piece | None:
        """The new bytes for a run of columns; None when all of them stay as they are."""
        start, end, cells = locate(self.sheet, self.patterns, row, run[0], run[-1])
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
                    out.append(self._new_cells(row, (column,), wants))
                    news.append(column)
                    changed = True
                continue
            new = (self._recomputed if column in cached else self._rewritten)(row, cell, wanted)
            changed = changed or new is not None
            out += (body[at : cell.start], body[cell.start : cell.end] if new is None else new)
            at = cell.end
        return (start, end, b"".join(out)) if changed else None

    def _result_block(
        self, row: Row, run: tuple[int, ...], wants: Mapping[int, Wanted], cached: frozenset[int]
    ) -> Piece | None:
        """`_block` for results of formulas: one look tells where texts in their plainest form are the wanted ones."""
        wanted = [wants[column] for column in run]
        are_texts = all(cell.kind in ("", "inlineStr") for cell in wanted)
        if are_texts and hold_texts(self.sheet.part.body, self.patterns, row, run, [cell.payload for cell in wanted]):
            return None
        return self._block(row, run, wants, cached, [])

    def _columns_of(self, row: Row) -> tuple[int, ...] | None:
        """The columns a plain row has cells in; None when it isn't plain, or empty.

        Raises:
            UnsafeWrite: Columns out of order or twice.
        """
        if row.inside == row.end:
            return None
        there = columns_in(self.sheet.part.mask, self.patterns, row.inside, row.close)
        if there is None:
            deque(cells_in(self.sheet, self.patterns, row), 0)
        return None if self.sheet.is_masked else there

    def _plain_block(self, row: Row, segment: Segment, wants: Mapping[int, Wanted], news: list[int]) -> Piece | None:
        """`_block` for cells in their plainest form: one pattern reads them, one join writes them."""
        if not segment.present:
            return self._gap_block(row, segment, wants, news)
        cells = plain_cells(self.sheet.part.body, self.patterns, row, segment.present)
        if cells is None:
            return self._block(row, segment.run, wants, frozenset(), news)
        out: list[bytes] = []
        changed = False
        left: re.Match[bytes] | None = None
        for column in segment.run:
            wanted, cell = wants[column], cells.get(column)
            if cell is None:
                if wanted.kind:
                    self.new_styles.note_left(row.number, column, left)
                    out.append(self._new_cells(row, (column,), wants))
                    news.append(column)
                    changed = True
                continue
            left = cell
            new = self._plainly_rewritten(row.number, column, cell, wanted)
            changed = changed or new is not None
            out.append(cell[0] if new is None else new)
        if not changed:
            return None
        return cells[segment.present[0]].start(), cells[segment.present[-1]].end(), b"".join(out)

    def _gap_block(self, row: Row, segment: Segment, wants: Mapping[int, Wanted], news: list[int]) -> Piece | None:
        """New cells where a plain row has none of the wanted ones."""
        added = [column for column in segment.run if wants[column].kind]
        if not added:
            return None
        at = self._gap_at(row, segment, added[0])
        if at < 0:
            return self._block(row, segment.run, wants, frozenset(), news)
        news += added
        return at, at, self._new_cells(row, added, wants)

    def _gap_at(self, row: Row, segment: Segment, first: int) -> int:
        """Where the new cells of a segment go; -1 when a cell beside them isn't plain."""
        body, at = self.sheet.part.body, row.inside
        if segment.before and (not segment.following or self.new_styles.needs_left(first)):
            left = plain_cells(body, self.patterns, row, (segment.before,))
            if left is None:
                return -1
            self.new_styles.note_left(row.number, first, left[segment.before])
            at = left[segment.before].end()
        if segment.following:
            at = cell_start(body, self.patterns, row.number, segment.following, row.inside, row.close)
        return at

    def _plainly_rewritten(self, row: int, column: int, cell: re.Match[bytes], wanted: Wanted) -> bytes | None:
        """`_rewritten` for a cell in its plainest form."""
        value = self._plain_value(cell[4], held_by(cell))
        style = self._fitting(cell[3], wanted)
        if style == cell[3] and same_value(value, wanted):
            return None
        self.changed.note(row, (column,), (self._seen(value, cell[3]),), (wanted.value,))
        styled = b"" if style is None else b' s="' + style + b'"'
        return b"".join((self.patterns.openings.bare, cell[1], cell[2], b'"', styled, wanted.tail))

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
            known = whole(style) if style is not None else None
            fitting = self.styles.fitting(known, wanted.look, wanted.dated)
            self.fits[key] = style if fitting == known else b"%d" % (fitting or 0)
        return self.fits[key]

    def fits_as_is(self, style: bytes | None, wanted: Wanted) -> bool:
        """Whether a cell's style, as it stands, is the wanted one already."""
        return self._fitting(style, wanted) == style

    def _insertion_point(self, number: int) -> int:
        index = bisect_left(self.sheet.row_numbers, number)
        return self.sheet.row_starts[index] if index < len(self.sheet.row_starts) else self.sheet.data.close

    def _new_row(self, number: int, wants: Mapping[int, Wanted]) -> bytes:
        row = Row(number, -1, -1, -1, -1)
        columns = sorted(column for column, wanted in wants.items() if wanted.kind)
        cells = self._new_cells(row, columns, wants)
        self.grow(number, columns[0], columns[-1])
        prefix = self.sheet.prefix
        tag = b'row r="%d"%s>' % (number, self.height)
        return b"<" + prefix + tag + cells + b"</" + prefix + b"row>"

    # --- cells ---

    def _rewritten(self, row: Row, cell: FoundCell, wanted: Wanted) -> bytes | None:
        """A cell with another value or look; None when it has both already."""
        now = stored(self.sheet.part, cell, self.strings)
        same = now.formula is None and not now.rich and same_value(now.value, wanted)
        style = self.styles.fitting(now.style, wanted.look, wanted.dated)
        if same and style == now.style:
            return None
        self._refuse_special(now, (row.number, cell.column))
        self.lost_formula = self.lost_formula or now.formula is not None
        self.changed.note(row.number, (cell.column,), (self.shown(now),), (wanted.value,))
        tag = kept_tag(self.sheet.part.body[cell.start : cell.inside], style)
        return filled(tag, wanted)

    def _recomputed(self, row: Row, cell: FoundCell, wanted: Wanted) -> bytes | None:
        now = stored(self.sheet.part, cell, self.strings)
        if now.formula is None:
            self._warn_no_formula(row.number, cell.column)
            return None
        if same_cached(now, wanted):
            return None
        self.computed.note(row.number, (cell.column,), (self.shown(now),), (wanted.value,))
        tag = kept_tag(self.sheet.part.body[cell.start : cell.inside], now.style, cached=True)
        rest = rest_after_value(self.sheet.part, cell)
        return computed(self.sheet.prefix, tag, now.formula, wanted, rest)

    def _new_cells(self, row: Row, columns: Sequence[int], wants: Mapping[int, Wanted]) -> bytes:
        """Cells that aren't there yet, side by side."""
        self.changed.note(row.number, columns, [None] * len(columns), [wants[column].value for column in columns])
        names = map(self.patterns.openings.__getitem__, columns)
        rests = self.new_styles.behind_addresses(row, columns, wants)
        return b"".join(chain.from_iterable(zip(names, repeat(b"%d" % row.number), rests)))

    def _refuse_special(self, now: Stored, place: tuple[int, int]) -> None:
        """A cell with a formula or a picture is nobody's to overwrite, unless a plain formula was allowed."""
        at = cell_at(*place)
        if now.rich or (now.formula is not None and b"DISPIMG" in now.formula.upper()):
            raise UnsafeWrite(f"{self.name}!{at} 里是图片或数据类型，不能覆盖 → 请先在 Excel 或 WPS 里清空这个单元格")
        if now.formula is None:
            return
        if not self.over_formulas:
            raise UnsafeWrite(f"{self.name}!{at} 里是公式，不能覆盖 → 请先在 Excel 里把公式改成值或清空，再运行")
        if now.formula_kind == "shared":  # `refuse_orphans` asks what else hangs on it
            self.shared.append(place)
        elif now.formula_kind:
            kinds = {"array": "数组公式", "dataTable": "模拟运算表"}
            kind = kinds.get(now.formula_kind, now.formula_kind)
            raise UnsafeWrite(f"{self.name}!{at} 属于{kind}，单独改写会损坏其他单元格 → 请在 Excel 里先改成值，再运行")

    # --- what changed ---

    def _warn_no_formula(self, row: int, column: int) -> None:
        self.warnings.append(f"{self.name}!{cell_at(row, column)} 的公式不见了，这一格没有更新")

    def changes(self) -> list[RowChange]:
        """All of it, row by row."""
        return sorted([*self.changed.changes(), *self.computed.changes()], key=attrgetter("row"))

    def _seen(self, value: CellValue | ErrorValue, style: bytes | None) -> CellValue:
        return self.shown(Stored(value, whole(style) if style else None)) if value is not None else None

    def shown(self, now: Stored) -> CellValue:
        """What a person sees in a cell: dates as dates, errors as their code."""
        value = now.value
        if isinstance(value, ErrorValue):
            return value.code
        if isinstance(value, int | float) and not isinstance(value, bool) and self.styles.is_date(now.style):
            shown = from_serial(value, date1904=self.date1904)
            return value if shown is None else shown
        return value

    def grow(self, row: int, first: int, last: int) -> None:
        """Take note of new cells in these columns, so that `dimension` reaches over them."""
        grown = (row, first, row, last)
        self.added = union(self.added, grown) if self.added else grown
