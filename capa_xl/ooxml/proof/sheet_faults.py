"""One sheet before and after: the same bytes but for the promised cells, and in them what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from msgspec import Struct, field

from capa_xl.a1 import cell_at, parse_range
from capa_xl.ooxml.proof.book import BookParts
from capa_xl.ooxml.proof.cell import ReadCell, read_cell
from capa_xl.ooxml.proof.cell_faults import cell_fault
from capa_xl.ooxml.proof.cut_parts import HiddenMarkupError
from capa_xl.ooxml.proof.elements import PlacedElement, read_elements, refuse_malformed, without
from capa_xl.ooxml.proof.expected import NOTHING, Expected, Promise
from capa_xl.ooxml.proof.read_back import is_promised, read_back
from capa_xl.ooxml.proof.row_cells import RowCells, columns_of, cut_row, parsed_row, told_contents, without_value
from capa_xl.ooxml.proof.row_tags import is_hidden, is_same_but_for_sight, is_same_tag, is_so_high
from capa_xl.ooxml.proof.shared_texts import texts_for
from capa_xl.ooxml.proof.sheet_rows import RowBytes, SheetInRows, cut_sheet, parsed_sheet
from capa_xl.ooxml.proof.style_table import StyleTable

_AT_ONCE = 50_000
"""Cells that calamine reads in one go."""


def differing_sheet(old: BookParts, new: BookParts, part: str, expected: Expected, styles: StyleTable) -> Iterator[str]:
    """What is wrong with a sheet, sentence by sentence.

    Args:
        styles: Those of the new workbook, which begin with the old ones.

    Raises:
        MalformedError: It is no well-formed worksheet.
    """
    try:
        before, after = cut_sheet(old.archive, part), cut_sheet(new.archive, part)
        yield from _SheetProof(before, after, expected, styles, new, cut=True).faults()
    except HiddenMarkupError:
        before, after = (parsed_sheet(book.archive, part) for book in (old, new))
        yield from _SheetProof(before, after, expected, styles, new, cut=False).faults()


class _SheetProof(Struct):
    """The comparison of one sheet.

    Attributes:
        cut: Rows may be cut at their tags: nothing in the sheet hides markup.
        sizes: The `dimension` of both.
        fixed: The height that the sheet fixes for all rows, as it stands in the file; None where it fixes none.
        looked_at: Cells before and after with their promise, not to be looked at again.
        to_read: What calamine must still read: cell and promise → the first place where they stand.
    """

    before: SheetInRows
    after: SheetInRows
    expected: Expected
    styles: StyleTable
    new: BookParts
    cut: bool
    root_tag: bytes = b""
    sizes: tuple[list[PlacedElement], ...] = ()
    fixed: bytes | None = None
    looked_at: set[tuple[bytes | None, bytes | None, Promise]] = field(default_factory=set)
    to_read: dict[tuple[bytes, Promise], tuple[int, int]] = field(default_factory=dict)

    def faults(self) -> Iterator[str]:
        """What is wrong, sentence by sentence."""
        yield from self._head()
        was_empty = True
        for old, new in _paired(self.before.rows, self.after.rows):
            was_empty = was_empty and old is None
            yield from self._row(old, new)
            if len(self.to_read) > _AT_ONCE:
                yield from self._values()
        yield from self._values()
        yield from self._around(was_empty=was_empty)

    # --- around the rows ---

    def _head(self) -> Iterator[str]:
        """Everything before the first row, the dimension apart."""
        closing = b"</" + self.after.prefix + b"worksheet>"
        roots = [read_elements(sheet.head + closing, 2) for sheet in (self.before, self.after)]
        self.root_tag = self.after.head[roots[1].start : roots[1].inside]
        sizes = [[child for child in root.children if child.name == "dimension"] for root in roots]
        rests = [without(sheet.head, size) for sheet, size in zip((self.before, self.after), sizes, strict=True)]
        self.sizes = sizes[0], sizes[1]
        self.fixed = next(filter(None, map(_fixed_height, roots[0].children)), None)
        if rests[0] != rests[1] or self.before.coding != self.after.coding:
            yield f"{self.expected.name} 的表头部分（列宽、视图等）变了"
        tags = [sheet.data_tag.rstrip(b"/> ") for sheet in (self.before, self.after)]
        if tags[0] != tags[1]:
            yield f"{self.expected.name} 的 sheetData 变了"

    def _is_grown(self, *, was_empty: bool) -> bool:
        """Whether the dimension is the old one, or a larger one."""
        old, new = self.sizes
        if len(old) != len(new) or len(old) > 1:
            return False
        if not old or old[0].attributes == new[0].attributes:
            return True
        areas = [parse_range(each[0].attributes.get("ref", "")) for each in (old, new)]
        if areas[0] is None or areas[1] is None or {**old[0].attributes, "ref": ""} != {**new[0].attributes, "ref": ""}:
            return False
        (top, left, bottom, right), now = areas[0], areas[1]
        grown = now[0] <= top and now[1] <= left and now[2] >= bottom and now[3] >= right
        return grown or (was_empty and areas[0] == (1, 1, 1, 1))

    def _around(self, *, was_empty: bool) -> Iterator[str]:
        """The dimension, and what stands before the first row and behind the last."""
        if not self._is_grown(was_empty=was_empty):
            yield f"{self.expected.name} 的表头部分（列宽、视图等）变了"
        if self.before.gap != self.after.gap:
            yield f"{self.expected.name} 第一行前面的内容变了"
        closing = b"</" + self.after.prefix + b"sheetData>"
        old = closing + self.before.tail if self.before.data_tag.endswith(b"/>") else self.before.tail
        new = closing + self.after.tail if self.after.data_tag.endswith(b"/>") else self.after.tail
        opening = b"<" + self.after.prefix + b"sheetData>"
        refuse_malformed(self.after.head + opening + new)
        if old != new:
            yield f"{self.expected.name} 的尾部（合并、条件格式、验证等）变了"

    # --- rows ---

    def _row(self, old: RowBytes | None, new: RowBytes | None) -> Iterator[str]:
        number = (old or new or RowBytes(0, b"")).number
        owned = number >= self.expected.owned_from
        promises = self.expected.of_row(number)
        if new is None:
            yield from self._missing_row(old, promises, owned=owned)
        elif not (promises or owned):
            if old is None:
                yield f"{self.expected.name} 的行多了或少了"
            elif old.xml != new.xml:
                yield f"{self.expected.name} 第 {number} 行不该变而变了"
        else:
            yield from self._promised_row(old, new, promises, owned=owned)

    def _missing_row(self, old: RowBytes | None, promises: Mapping[int, Promise], *, owned: bool) -> Iterator[str]:
        """A row that isn't there any more may only be one that was replaced by nothing."""
        if old is not None and not (owned and not promises):
            yield f"{self.expected.name} 的行多了或少了"

    def _promised_row(
        self, old: RowBytes | None, new: RowBytes, promises: Mapping[int, Promise], *, owned: bool
    ) -> Iterator[str]:
        columns = None if owned else tuple(sorted(promises))
        if not self._is_so_shown(old, new):
            yield f"{self.expected.name} 第 {new.number} 行的隐藏不对"
        if self.cut and old and columns and (contents := told_contents(old, new, self.after.prefix, columns)):
            yield from self._cells(columns, *contents, new.number, promises)
            return
        told = self._cut(old, new, columns)
        if told is None or not self._is_same_beside(*told, old, new, owned=owned):
            now = parsed_row(new, self.after.prefix, self.root_tag, columns)
            then = parsed_row(old, self.before.prefix, self.root_tag, columns) if old else _NO_ROW
            told = then, now
            if not self._is_same_beside(then, now, old, new, owned=owned):
                yield f"{self.expected.name} {_row_fault(old, new, owned=owned)}"
        then, now = told
        every = sorted({*promises, *now.cells, *then.cells}) if owned else columns or ()
        yield from self._cells(every, map(then.cells.get, every), map(now.cells.get, every), new.number, promises)

    def _is_so_shown(self, old: RowBytes | None, new: RowBytes) -> bool:
        """Whether a row that isn't the old one is seen or hidden as promised."""
        wish = self.expected.shown.get(new.number)
        is_same = wish is None or (old is not None and old.xml == new.xml)
        return is_same or is_hidden(new.xml[: new.xml.find(b">")]) != wish

    def _cut(
        self, old: RowBytes | None, new: RowBytes, columns: tuple[int, ...] | None
    ) -> tuple[RowCells, RowCells] | None:
        """Both rows cut at their tags; None where that isn't certain."""
        now = cut_row(new, self.after.prefix, columns) if self.cut else None
        then = cut_row(old, self.before.prefix, columns) if old and now else _NO_ROW
        if now is None or then is None:
            return None
        alike = then.cells.keys() == now.cells.keys() and then.others == now.others
        if not alike or columns is None or len(now.cells) < len(columns):
            every = columns_of(new, self.after.prefix)
            if every is None or now.cells.keys() != every.intersection(columns or every):
                return None
        return then, now

    def _is_same_beside(
        self, then: RowCells, now: RowCells, old: RowBytes | None, new: RowBytes, *, owned: bool
    ) -> bool:
        """Whether a row is the old one but for the promised cells."""
        tag = b"<" + self.after.prefix + b'row r="%d">' % new.number if old is None else then.tag
        height = self.expected.height_of(new.number) if owned else self.fixed if old is None else None
        as_promised = (
            is_same_tag(tag, now.tag)
            or (height is not None and is_so_high(tag, now.tag, height))
            or (new.number in self.expected.shown and is_same_but_for_sight(tag, now.tag))
        )
        if not as_promised:
            return False
        if any(then.addresses.get(column, cell_at(new.number, column)) != at for column, at in now.addresses.items()):
            return False
        if owned:
            return not b"".join(now.others).strip() and not now.after.strip()
        return then.after == now.after and b"".join(then.others) == b"".join(now.others)

    # --- cells ---

    def _cells(
        self,
        columns: Sequence[int],
        old: Iterable[bytes | None],
        new: Iterable[bytes | None],
        number: int,
        promises: Mapping[int, Promise],
    ) -> Iterator[str]:
        """A row's promised cells; most have the content and the promise of some cell that was looked at before."""
        keys = list(zip(old, new, map(promises.get, columns, repeat(NOTHING)), strict=True))
        if self.looked_at.issuperset(keys):
            return
        for column, key in zip(columns, keys, strict=True):
            if key not in self.looked_at:
                yield from self._cell(key[0], key[1], number, column, promises)
                self.looked_at.add(key)

    def _cell(
        self, old: bytes | None, new: bytes | None, number: int, column: int, promises: Mapping[int, Promise]
    ) -> Iterator[str]:
        promise = promises.get(column, NOTHING)
        if old is not None and old != new and not promise.computed:
            old = without_value(old, self.after.prefix)  # which value was there before counts for nothing
        if (old, new, promise) in self.looked_at:
            return
        then, now = self._read(old), self._read(new)
        fault = cell_fault(then, now, promise, self.styles, self.after.prefix)
        if fault:
            yield f"{self.expected.name}!{cell_at(number, column)} {fault}"
        if new is None or now is None:
            return
        self.looked_at.add((old, new, promise))
        if not promise.computed or (then is not None and then.formula is not None):
            value = new.replace(now.others, b"") if now.others else new  # calamine knows no extLst in a cell
            self.to_read.setdefault((value, promise), (number, column))

    def _read(self, rest: bytes | None) -> ReadCell | None:
        return None if rest is None else read_cell(rest, self.after.prefix, self.root_tag)

    def _values(self) -> Iterator[str]:
        """Have calamine read the cells that were looked at, and compare."""
        listed, self.to_read = self.to_read, {}
        cells = list(dict.fromkeys(cell for cell, _ in listed))
        strings = texts_for(cells, self.new.archive, self.new.strings)
        found = (
            dict(zip(cells, read_back(cells, self.after.prefix, self.root_tag, strings), strict=True)) if cells else {}
        )
        for (cell, promise), place in listed.items():
            if not is_promised(found[cell], promise, date1904=self.new.date1904):
                yield f"{self.expected.name}!{cell_at(*place)} 写入的值不对"


def _fixed_height(element: PlacedElement) -> bytes | None:
    is_fixed = element.name == "sheetFormatPr" and element.attributes.get("customHeight") in ("1", "true")
    return element.attributes.get("defaultRowHeight", "").encode() or None if is_fixed else None


_NO_ROW = RowCells(b"", [b""], b"", {}, {}, [])


def _paired(old: Iterator[RowBytes], new: Iterator[RowBytes]) -> Iterator[tuple[RowBytes | None, RowBytes | None]]:
    """The rows of both sheets by number; both are in order, or one is given twice without the other."""
    one, other = next(old, None), next(new, None)
    while one or other:
        if one and other and one.number == other.number:
            yield one, other
            one, other = next(old, None), next(new, None)
        elif other is None or (one is not None and one.number < other.number):
            yield one, None
            one = next(old, None)
        else:
            yield None, other
            other = next(new, None)


def _row_fault(old: RowBytes | None, new: RowBytes, *, owned: bool) -> str:
    if owned:
        return f"第 {new.number} 行里有不该有的内容"
    return f"第 {new.number} 行里别的单元格变了" if old else f"新的第 {new.number} 行里有不该有的内容"
