"""The places of rows and cells in a sheet's bytes.

No tree and no tokenising of the whole sheet: `<` is only markup once comments and CDATA are masked, so rows are
found by their tag, and cells only in rows that somebody asks for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from capa_xl.a1 import Range, cell_at, column_letters, column_number, parse_range
from capa_xl.errors import UnsafeWrite
from capa_xl.ooxml.ceilings import MOST_AROUND, too_large
from capa_xl.ooxml.sniff import SAVE_AGAIN, damaged
from capa_xl.ooxml.xml_bytes import ATTRIBUTES, Element, XmlPart, attributes, elements, next_tag, read_part, root, whole

REF = re.compile(rb"\s*\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\s*")
"""A cell's address as it may be written in an attribute: letters, digits."""
_PLAIN_NAMED = re.compile(rb' r="([A-Z]{1,3}[0-9]{1,7})"(?: s="[0-9]*")?(?: t="[a-zA-Z]*")?')
"""The attributes of a cell as nearly every program writes them, read without taking all of them apart."""


class Sheet(Struct, frozen=True):
    """A worksheet's XML with the places that matter; offsets count in `part.body` and `part.mask` alike."""

    part: XmlPart
    prefix: bytes  # b"" or b"x:"
    head: tuple[Element, ...]  # elements before sheetData
    data: Element
    row_numbers: tuple[int, ...]
    row_starts: tuple[int, ...]
    close: int  # at the root's end tag
    disorder: str  # why nothing may be written between its rows; "" when it may

    @property
    def is_masked(self) -> bool:
        """True where comments or CDATA stand: then patterns may not be trusted with the body."""
        return self.part.mask is not self.part.body

    @property
    def may_have_formulas(self) -> bool:
        """False where surely no cell has one."""
        formula = re.compile(b"<" + self.prefix + rb"f[\s/>]")
        return formula.search(self.part.mask, self.data.inside, self.data.close) is not None

    def row_index(self, number: int) -> int | None:
        """Which of the rows has that number."""
        index = bisect_left(self.row_numbers, number)
        found = index < len(self.row_numbers) and self.row_numbers[index] == number
        return index if found else None

    def row_bound(self, index: int) -> int:
        """Where the next row starts, or the sheet data ends."""
        return self.row_starts[index + 1] if index + 1 < len(self.row_starts) else self.data.close

    def tail(self) -> Iterator[Element]:
        """The elements behind the sheet data."""
        return elements(self.part, self.data.end, self.close)


class Row(Struct, frozen=True):
    """One row's places: start tag to `inside`, cells to `close`, end tag to `end`."""

    number: int
    start: int
    inside: int
    close: int
    end: int


class FoundCell(Struct, frozen=True):
    """One cell's places: start tag to `inside`, content to `close`, end tag to `end`; `<c/>` has inside == end."""

    column: int
    start: int
    inside: int
    close: int
    end: int


class Openings(dict[int, bytes]):
    """Column → how its cells begin: `<c r="AE`."""

    def __init__(self, bare: bytes) -> None:
        """Start with none.

        Args:
            bare: How every cell begins, up to its address.
        """
        super().__init__()
        self.bare = bare

    def __missing__(self, column: int) -> bytes:
        """Spell a column when it is first asked for."""
        self[column] = self.bare + column_letters(column).encode("ascii")
        return self[column]


VARYING = b"0123456789" + bytes(range(0x80, 0x100))
"""Digits and non-ASCII text: a row stripped of them has the same shape as most rows of its table."""


class Patterns:
    """The compiled patterns for one prefix."""

    __slots__ = (
        "array",
        "cell",
        "cell_close",
        "formula",
        "letters",
        "openings",
        "plain",
        "result",
        "row",
        "row_close",
        "row_tag",
        "written",
    )

    def __init__(self, prefix: bytes) -> None:
        mark = re.escape(prefix)
        self.row = re.compile(rb"<" + mark + rb'row(?=[\s/>])(?: r="(\d{1,9})")?')
        self.row_tag = re.compile(rb"<" + mark + rb"row(" + ATTRIBUTES + rb")\s*(/?)>")
        self.cell = re.compile(rb"<" + mark + rb"c(" + ATTRIBUTES + rb")\s*(/?)>")
        self.cell_close = re.compile(rb"</" + mark + rb"c\s*>")
        self.formula = re.compile(rb"<" + mark + rb"f(?=[\s/>])")
        # A cell as nearly every program writes it: column, row, style, type, value or inline text.
        self.plain = re.compile(
            rb'<Pc r="([A-Z]+)([0-9]+)"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
            rb"(?:/>|><Pv>([^<]*)</Pv></Pc>|></Pc>"
            rb'|><Pis><Pt(?: xml:space="preserve")?>([^<]*)</Pt></Pis></Pc>)'.replace(b"P", mark)
        )
        # A formula with a text as its result, as nearly every program writes it: column, row, result.
        self.result = re.compile(
            rb'<Pc r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")? t="str"><Pf>[^<]*</Pf><Pv>([^<]*)</Pv></Pc>'.replace(b"P", mark)
        )
        # A cell as we write it: attributes, then the value or the inline text.
        self.written = re.compile(
            (
                rb"<Pc(" + ATTRIBUTES + rb")\s*(?:/>|><Pv>([^<]*)</Pv></Pc>"
                rb'|><Pis><Pt(?: xml:space="preserve")?>([^<]*)</Pt></Pis></Pc>)'
            ).replace(b"P", mark)
        )
        self.openings = Openings(b"<" + prefix + b'c r="')
        self.row_close = b"</" + prefix + b"row"
        # A cell's column in a row that is stripped of what varies; b"" where a cell has no address.
        self.letters = re.compile(
            rb"<" + re.escape(prefix.translate(None, VARYING)) + rb'c(?: r="([A-Z]+)(?=")|(?=[\s/>]))'
        )
        self.array = re.compile(rb"<" + mark + rb"f(" + ATTRIBUTES + rb")\s*/?>")


def read_sheet(blob: bytes) -> Sheet:
    """A worksheet part's rows, found.

    Raises:
        UnsafeWrite: A DOCTYPE.
        UnreadableWorkbook: No worksheet, damaged, or with megabytes of drop-downs and the like around its rows.
    """
    part = read_part(blob)
    top = root(part)
    if top.local != b"worksheet":
        raise damaged(f"工作表部件的根元素是 {top.name.decode('ascii', 'replace')}")
    prefix = top.name[: -len(b"worksheet")]
    head, data = _head_and_data(part, top, prefix)
    if (around := len(part.body) - (data.close - data.inside)) > MOST_AROUND:
        raise too_large(f"工作表行以外的内容（数据验证、条件格式等）有 {around >> 20} MB")
    numbers, starts = _rows(part, prefix, data)
    disorder = _disorder(part, data, numbers, starts)
    return Sheet(part, prefix, head, data, numbers, starts, top.close, disorder)


def merges_of(sheet: Sheet) -> Iterator[Range]:
    """The merged ranges of a sheet; one whose address is none is left out."""
    for merge in children(sheet, sheet.tail(), b"mergeCells"):
        area = parse_range(merge.get(b"ref", b"").decode("ascii", "replace"))
        if area:
            yield area


def children(sheet: Sheet, among: Iterable[Element], name: bytes) -> Iterator[dict[bytes, bytes]]:
    """The attributes of what stands in the elements of that name."""
    for element in among:
        if element.local == name:
            for child in elements(sheet.part, element.inside, element.close):
                yield attributes(sheet.part.mask[child.start : child.inside])


def refuse_disorder(sheet: Sheet) -> None:
    """Let a sheet pass whose rows are rows, in order and each once.

    Raises:
        UnsafeWrite: They are not: nobody knows which of two counts, or where a new one belongs.
    """
    if sheet.disorder:
        raise UnsafeWrite(f"{sheet.disorder}，不能安全写入 → {SAVE_AGAIN}")


def row_at(sheet: Sheet, patterns: Patterns, index: int) -> Row:
    """The places of the row with that index."""
    start, bound, mask = sheet.row_starts[index], sheet.row_bound(index), sheet.part.mask
    tag = patterns.row_tag.match(mask, start, bound)
    if not tag:
        raise damaged(f"第 {sheet.row_numbers[index]} 行的 XML 不完整")
    if tag[2]:
        return Row(sheet.row_numbers[index], start, tag.end(), tag.end(), tag.end())
    close = mask.rfind(b"</" + sheet.prefix + b"row", tag.end(), bound)
    end = mask.find(b">", close, bound) + 1 if close >= 0 else 0
    if not end:
        raise damaged(f"第 {sheet.row_numbers[index]} 行的 XML 不完整")
    return Row(sheet.row_numbers[index], start, tag.end(), close, end)


def cells_in(sheet: Sheet, patterns: Patterns, row: Row) -> Iterator[FoundCell]:
    """The cells of a row, with the column that is written or implied.

    Raises:
        UnsafeWrite: Columns out of order or twice.
    """
    mask = sheet.part.mask
    column, at = 0, row.inside
    while tag := patterns.cell.search(mask, at, row.close):
        cell = _cell(mask, patterns, tag, row, column + 1)
        if cell.column <= column:
            raise UnsafeWrite(f"第 {row.number} 行的单元格重复或次序不对，不能安全写入 → {SAVE_AGAIN}")
        column, at = cell.column, cell.end
        yield cell


def cell_from(sheet: Sheet, patterns: Patterns, row: Row, start: int, column: int) -> FoundCell:
    """The cell whose start tag stands at `start`; `column` in case it isn't written there."""
    tag = patterns.cell.match(sheet.part.mask, start, row.close)
    if not tag:
        raise damaged(f"单元格 {cell_at(row.number, column)} 的 XML 不完整")
    return _cell(sheet.part.mask, patterns, tag, row, column)


# --- the head and the rows -------------------------------------------------------------------------------


def _head_and_data(part: XmlPart, top: Element, prefix: bytes) -> tuple[tuple[Element, ...], Element]:
    wanted = prefix + b"sheetData"
    at, depth = top.inside, 0
    while tag := next_tag(part, at):
        name, closing, rest, start, end = tag
        if depth == 0 and name == wanted and not closing:
            break
        depth += -1 if closing else 0 if rest.endswith(b"/") else 1
        at = end
    else:
        raise damaged("工作表里没有 sheetData")
    head = tuple(elements(part, top.inside, start))
    if rest.endswith(b"/"):
        return head, Element(wanted, start, end, end, end)
    close = part.mask.rfind(b"</" + wanted, end)  # from behind: little follows the rows
    if close < 0:
        raise damaged("工作表的 sheetData 没有结尾")
    return head, Element(wanted, start, end, close, part.mask.find(b">", close) + 1)


def _rows(part: XmlPart, prefix: bytes, data: Element) -> tuple[tuple[int, ...], tuple[int, ...]]:
    patterns = Patterns(prefix)
    numbers: list[int] = []
    starts: list[int] = []
    last = 0
    for match in patterns.row.finditer(part.mask, data.inside, data.close):
        start = match.start()
        last = int(match[1]) if match[1] else _row_number(part.mask, patterns, start, last + 1)
        numbers.append(last)
        starts.append(start)
    return tuple(numbers), tuple(starts)


def _disorder(part: XmlPart, data: Element, numbers: tuple[int, ...], starts: tuple[int, ...]) -> str:
    twice = next((other for one, other in pairwise(numbers) if other <= one), 0)
    if twice:
        return f"工作表第 {twice} 行重复或次序不对"
    before = part.mask[data.inside : starts[0] if starts else data.close]
    return "工作表的行写在不认识的结构里" if b"<" in before else ""


def _row_number(mask: bytes, patterns: Patterns, start: int, implied: int) -> int:
    tag = patterns.row_tag.match(mask, start)
    return whole(attributes(tag[1]).get(b"r"), implied) if tag else implied


def _cell(mask: bytes, patterns: Patterns, tag: re.Match[bytes], row: Row, implied: int) -> FoundCell:
    plain = _PLAIN_NAMED.fullmatch(tag[1])
    written = plain[1] if plain else attributes(tag[1]).get(b"r")
    column = implied
    if written is not None:
        ref = REF.fullmatch(written)
        if not ref or int(ref[2]) != row.number:
            shown = written.decode("ascii", "replace")
            raise UnsafeWrite(f"第 {row.number} 行里有单元格的地址写成 {shown}，不能安全写入 → {SAVE_AGAIN}")
        column = column_number(ref[1].decode("ascii"))
    if tag[2]:
        return FoundCell(column, tag.start(), tag.end(), tag.end(), tag.end())
    close = patterns.cell_close.search(mask, tag.end(), row.close)
    if not close:
        raise damaged(f"单元格 {cell_at(row.number, column)} 的 XML 不完整")
    return FoundCell(column, tag.start(), tag.end(), close.start(), close.end())
