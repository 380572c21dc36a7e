"""One sheet with what a patch wants of it: taken whole, or stretch by stretch of its rows where it is large."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from operator import itemgetter

from msgspec import Struct, field

from capa_xl.a1 import Range, cell_at, parse_cell
from capa_xl.errors import UsageError
from capa_xl.ooxml.cell_xml import Wanted, ready
from capa_xl.ooxml.container_rewrite import pack_member
from capa_xl.ooxml.deflate import Packed
from capa_xl.ooxml.forbidden_cells import Reserved, array_areas
from capa_xl.ooxml.owned_rows import owned_pieces
from capa_xl.ooxml.package import SheetPart
from capa_xl.ooxml.patch import CachedValue, CellEdit, CellLook, CellValue, Patch, RowEdit
from capa_xl.ooxml.sheet_output import Piece, reaches_out
from capa_xl.ooxml.sheet_scan import Sheet, refuse_disorder
from capa_xl.ooxml.sheet_splice import SheetSplice
from capa_xl.ooxml.sheet_stretches import Stretch, WholeSheetNeededError, whole
from capa_xl.ooxml.workbook_values import WorkbookValues

_ByPlace = dict[int, dict[int, Wanted]]


class SplicedSheet(Struct):
    """What became of a sheet.

    Attributes:
        work: What was found to change; its sheet ends as the whole one does.
        packed: The new part; None when nothing differs.
        arrays: Ranges of array formulas and data tables; known, like `has_formulas`, where the part is new.
        has_formulas: False where surely no cell has one.
    """

    work: SheetSplice
    packed: Packed | None = None
    arrays: list[Reserved] = field(default_factory=list)
    has_formulas: bool = False

    def note(self, part: Stretch) -> Stretch:
        """Take note of the formulas in a stretch of rows."""
        if part.sheet.may_have_formulas:
            self.has_formulas = True
            self.arrays += array_areas(part.sheet)
        return part


def spliced_sheet(
    book: WorkbookValues, tab: SheetPart, wishes: Patch, begun: Callable[[Sheet], SheetSplice]
) -> SplicedSheet:
    """A sheet with what is wanted of it.

    Args:
        wishes: What a patch wants of this sheet.
        begun: Begins a splice.

    Raises:
        UnsafeWrite: A cell that must not be written; the message names it.
        UnreadableWorkbook: Damaged.
    """
    try:
        return _spliced(lambda: book.stretches(tab), book, tab, wishes, begun)
    except WholeSheetNeededError:
        return _spliced(lambda: iter([whole(book.scanned(tab))]), book, tab, wishes, begun)


def _spliced(
    opened: Callable[[], Iterator[Stretch]],
    book: WorkbookValues,
    tab: SheetPart,
    wishes: Patch,
    begun: Callable[[Sheet], SheetSplice],
) -> SplicedSheet:
    """The same.

    Args:
        opened: Gives the sheet from its first stretch; once more where the first ones stay as they are.
    """
    parts = opened()
    part = next(parts)
    plan = _Plan(begun(part.sheet), wishes)
    pieces, unchanged = plan.pieces(part), 0
    while (first := next(pieces, None)) is None and not part.is_last:
        part, unchanged = next(parts), unchanged + 1
        pieces = plan.pieces(part)
    done = SplicedSheet(plan.work)
    if first is not None:
        output = chain(
            (done.note(same).own for same in islice(opened(), unchanged)),
            plan.work.output(done.note(part), chain([first], pieces)),
            chain.from_iterable(plan.work.output(done.note(part), plan.pieces(part)) for part in parts),
        )
        xml, member = part.sheet.part, book.package.member(tab.part)
        done.packed = pack_member(member, [xml.stored(b"".join(output))] if xml.coding.wide else output)
    return done


class _Plan:
    """What is wanted of a sheet, stretch by stretch."""

    def __init__(self, work: SheetSplice, wishes: Patch) -> None:
        values = _Ready(work.sheet, work.name, work.date1904)
        self.work = work
        self._wants = _Wants(_by_place(wishes.edits, values), wishes.row_edits, values)
        self._cached = _by_place(wishes.cached, values)
        self._rows, self._done = sorted({*self._wants, *self._cached}), 0
        self._owned, self._values = wishes.rows, values
        self._is_made_at_once = bool(self._owned) or (bool(self._wants) and reaches_out(work.sheet, self._wants.area))

    def pieces(self, part: Stretch) -> Iterator[Piece]:
        """The new bytes of a stretch, in order; made while they are taken, so that they never stand in memory together.

        But all are made at once where `dimension`, which stands before them, may have to reach over new cells.

        Raises:
            WholeSheetNeededError: Then the stretch must be the whole sheet.
        """
        refuse_disorder(part.sheet)
        self.work.go_on(part.sheet)
        end = len(self._rows) if part.is_last else bisect_right(self._rows, part.sheet.row_numbers[-1])
        rows, self._done = self._rows[self._done : end], end
        pieces = self.work.pieces(rows, self._wants, self._cached)
        if not self._is_made_at_once:
            yield from pieces
            return
        if not part.is_last or part.start:
            raise WholeSheetNeededError
        known = [*pieces, *chain.from_iterable(owned_pieces(self.work, own, self._values.of) for own in self._owned)]
        yield from sorted(known, key=itemgetter(0, 1))


class _Ready:
    """The patch's values made ready for one sheet, each once however often it is used."""

    def __init__(self, sheet: Sheet, name: str, date1904: bool) -> None:
        self.sheet = sheet
        self.name = name
        self.date1904 = date1904
        self.known: dict[tuple[type, CellValue, int], Wanted] = {}

    def of(self, value: CellValue, look: CellLook | None, row: int, column: int) -> Wanted:
        """A value ready to be stored; row and column only for the message when it can't be."""
        key = (type(value), value, id(look))
        wanted = self.known.get(key)
        if wanted is None:
            at = f"{self.name}!{cell_at(row, column)}"
            wanted = ready(value, look, self.sheet.part, self.sheet.prefix, date1904=self.date1904, at=at)
            self.known[key] = wanted
        return wanted

    def of_row(self, edit: RowEdit) -> dict[int, Wanted]:
        """The values of a row by column."""
        known, plain = self.known, id(None)
        return {
            column: known.get((type(value), value, plain)) or self.of(value, None, edit.row, column)
            for column, value in zip(edit.columns, edit.values, strict=True)
        }


class _Wants(Mapping[int, Mapping[int, Wanted]]):
    """Row → what is wanted in it, by column; made ready when the row is looked at, and not kept."""

    def __init__(self, cells: _ByPlace, edits: Iterable[RowEdit], values: _Ready) -> None:
        self._cells, self._values = cells, values
        self._edits: dict[int, tuple[RowEdit, ...]] = {}
        for edit in edits:
            self._edits[edit.row] = (*self._edits.get(edit.row, ()), edit)

    def __getitem__(self, row: int) -> dict[int, Wanted]:
        if row not in self._cells and row not in self._edits:
            raise KeyError(row)
        found = dict(self._cells.get(row, {}))
        for edit in self._edits.get(row, ()):
            found.update(self._values.of_row(edit))
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._cells.keys() | self._edits.keys())

    def __len__(self) -> int:
        return len(self._cells.keys() | self._edits.keys())

    @property
    def area(self) -> Range:
        """What all of it lies in; there must be something."""
        listed = {tuple(cells) for cells in self._cells.values()} | {
            edit.columns for edits in self._edits.values() for edit in edits
        }
        columns = set(chain.from_iterable(listed))
        return min(self), min(columns), max(self), max(columns)


def _by_place(items: Iterable[CellEdit | CachedValue], values: _Ready) -> _ByPlace:
    """Edits by row and column."""
    places: _ByPlace = {}
    for item in items:
        place = parse_cell(item.at)
        if place is None:
            raise UsageError(f"「{item.at}」不是单元格地址 → 请写成 B5 这样")
        look = item.look if isinstance(item, CellEdit) else None
        places.setdefault(place[0], {})[place[1]] = values.of(item.value, look, *place)
    return places
