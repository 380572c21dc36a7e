"""A row told apart: the promised cells, and everything else in it as bytes.

Cells in the form that nearly every program writes are cut out by one pattern; a row with any other is told apart by
expat. A cell is known by what follows its address (`rest`), so that the same content in many rows is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from capa_xl.a1 import column_letters, column_number
from capa_xl.ooxml.proof.elements import MalformedError, PlacedElement, read_elements
from capa_xl.ooxml.proof.row_tags import is_same_tag
from capa_xl.ooxml.proof.sheet_rows import RowBytes

_ADDRESS = re.compile(rb"""\sr\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PARTS = re.compile(r"\$?([A-Za-z]{1,3})\$?0*([1-9][0-9]*)")
_REST = (
    rb'((?: [\w:]+="[^"<]*")*(?:/>|>(?:<Pf(?: [\w:]+="[^"<]*")*(?:/>|>[^<]*</Pf>))?'
    rb'(?:<Pv(?: xml:space="preserve")?>[^<]*</Pv>|<Pv/>|<Pis><Pt(?: xml:space="preserve")?>[^<]*</Pt></Pis>)?</Pc>))'
)
"""Of a plain cell, what follows its address; P stands for the prefix."""
_SLASH = ord("/")
_DIGITS = b"0123456789"


class RowCells(NamedTuple):
    """A row's parts.

    Attributes:
        tag: Its start tag, open.
        others: What stands in it without the promised cells, piece by piece between them.
        after: What stands behind it.
        cells: Column → what follows the address, of the promised cells that are there.
        addresses: Their addresses as written, where they are known.
        columns: The columns of all cells, where they are known.
    """

    tag: bytes
    others: list[bytes]
    after: bytes
    cells: Mapping[int, bytes]
    addresses: Mapping[int, str]
    columns: list[int] | None


Contents = tuple[Sequence[bytes | None], Sequence[bytes | None]]
"""What follows the addresses of a row's promised cells, before and after; None for a cell that isn't there."""


def told_contents(old: RowBytes, new: RowBytes, prefix: bytes, columns: tuple[int, ...]) -> Contents | None:
    """The promised cells of two rows that are alike beside them, by one pattern; None where that isn't certain.

    Args:
        columns: Theirs, sorted.
    """
    split = _promised_cells(prefix, columns).split
    then, now = split(old.xml), split(new.xml)
    if set(now[2::4]) != {b"%d" % new.number} or b"</" + prefix + b"row" not in now[-1]:
        return None
    return _alike(then, now, new, prefix, columns) or _grown(then, now, new, prefix, columns)


def _alike(
    then: list[bytes], now: list[bytes], new: RowBytes, prefix: bytes, columns: tuple[int, ...]
) -> Contents | None:
    """Contents of rows that have all the promised cells.

    With those contents set equal, one comparison of the two lists holds for everything between them, the row's own
    tags and all addresses.
    """
    if len(then) != len(now) or now[1::4] != _letters(columns) or new.xml.count(b"</" + prefix + b"row") != 1:
        return None
    contents = then[3::4], now[3::4]
    return contents if then[0::4] == now[0::4] and then[1::4] == now[1::4] and then[2::4] == now[2::4] else None


def _grown(
    then: list[bytes], now: list[bytes], new: RowBytes, prefix: bytes, columns: tuple[int, ...]
) -> Contents | None:
    """Contents of rows of which the new one has more of the promised cells, and maybe wider `spans`.

    What is left between the promised cells must be the same, so that every other cell is an old one; the new row's
    addresses tell that each stands in its place.
    """
    rests = b"".join(then[0::4]), b"".join(now[0::4])
    tags = [rest[: rest.find(b">") + 1] for rest in rests]
    if rests[0][len(tags[0]) :] != rests[1][len(tags[1]) :] or not is_same_tag(tags[0], tags[1]):
        return None
    found = dict(zip(then[1::4], then[3::4], strict=True)), dict(zip(now[1::4], now[3::4], strict=True))
    every = columns_of(new, prefix)
    if every is None or not set(then[2::4]) <= set(now[2::4]) or not found[0].keys() <= found[1].keys():
        return None
    letters = _letters(columns)
    is_whole = len(found[1]) == len(
        every.intersection(columns)
    )  # none of them has a form that the pattern doesn't know
    return (list(map(found[0].get, letters)), list(map(found[1].get, letters))) if is_whole else None


def without_value(rest: bytes, prefix: bytes) -> bytes:
    """A cell without the value in it; one with a formula or more as it is."""
    plain = _valued(prefix).fullmatch(rest)
    return plain[1] + b"/>" if plain else rest


def cut_row(row: RowBytes, prefix: bytes, columns: tuple[int, ...] | None) -> RowCells | None:
    """A row cut by the pattern of plain cells; None where that isn't certain.

    Args:
        columns: The promised ones; None for all.
    """
    xml = row.xml
    inside = xml.index(b">") + 1
    if xml[inside - 2] == _SLASH:
        blank = not xml[inside:].strip()
        return RowCells(xml[: inside - 2].rstrip() + b">", [b""], xml[inside:], {}, {}, []) if blank else None
    close = xml.rfind(b"</" + prefix + b"row")
    pieces = _promised_cells(prefix, columns).split(xml[inside:close])
    if close < 0 or (len(pieces) > 1 and set(pieces[2::4]) != {b"%d" % row.number}):
        return None
    cells = dict(zip(map(_column, pieces[1::4]), pieces[3::4], strict=True))
    end = xml.find(b">", close) + 1
    is_whole = end and len(cells) * 4 + 1 == len(pieces)  # none of them stands there twice
    return RowCells(xml[:inside], pieces[0::4], xml[end:], cells, {}, None) if is_whole else None


def columns_of(row: RowBytes, prefix: bytes) -> frozenset[int] | None:
    """The columns of all cells of a row; None where one has no plain address or stands outside, or they don't rise."""
    columns = _rising_columns(row.xml.translate(None, _DIGITS), prefix)
    # Counted in the row itself: `<c2 r="E6">` only looks like a cell once the digits are gone.
    is_certain = columns is not None and row.xml.count(b"<" + prefix + b'c r="') == len(columns)
    return columns if is_certain else None


def parsed_row(row: RowBytes, prefix: bytes, root_tag: bytes, columns: Collection[int] | None) -> RowCells:
    """A row told apart by expat, whatever is in it.

    Args:
        columns: The promised ones; None for all.

    Raises:
        MalformedError: A cell's address doesn't fit its place.
    """
    shift = len(root_tag)
    element = read_elements(root_tag + row.xml + b"</" + prefix + b"worksheet>", 3).children[0]
    cells: dict[int, bytes] = {}
    addresses: dict[int, str] = {}
    others: list[bytes] = []
    every: list[int] = []
    at = element.inside - shift
    for cell in element.children:
        if cell.name != "c":
            continue
        every.append(_place(cell, row.number, every[-1] if every else 0))
        if columns is None or every[-1] in columns:
            start, inside = cell.start - shift, cell.inside - shift
            others.append(row.xml[at:start])
            at = cell.end - shift
            tag = _ADDRESS.sub(b"", row.xml[start:inside], 1)
            cells[every[-1]] = tag[len(b"<c") + len(prefix) :] + row.xml[inside:at]
            addresses[every[-1]] = cell.attributes.get("r", "")
    tag = row.xml[: element.inside - shift]
    if element.inside == element.end:
        return RowCells(tag[:-2].rstrip() + b">", [b""], row.xml[element.end - shift :], {}, {}, [])
    others.append(row.xml[at : element.close - shift])
    return RowCells(tag, others, row.xml[element.end - shift :], cells, addresses, every)


def _place(cell: PlacedElement, number: int, last: int) -> int:
    """The column of a cell.

    Raises:
        MalformedError: Its address is none, or of another row, or not to the right of the cell before.
    """
    written = cell.attributes.get("r")
    parts = _PARTS.fullmatch(written.strip()) if written is not None else None
    if written is not None and (parts is None or int(parts[2]) != number):
        raise MalformedError(f"第 {number} 行里有单元格的地址写成 {written}")
    column = column_number(parts[1]) if parts else last + 1
    if column <= last:
        raise MalformedError(f"第 {number} 行的单元格重复或次序不对")
    return column


@lru_cache(maxsize=256)
def _promised_cells(prefix: bytes, columns: tuple[int, ...] | None) -> re.Pattern[bytes]:
    """Splits a row at its promised cells; what is between, then letters, digits and rest of one, in turn."""
    letters = b"|".join(column_letters(column).encode("ascii") for column in columns) if columns else b"[A-Z]{1,3}"
    mark = re.escape(prefix)
    return re.compile(b"<" + mark + b'c r="(' + letters + b')([0-9]+)"' + _REST.replace(b"P", mark))


@lru_cache(maxsize=256)
def _letters(columns: tuple[int, ...]) -> list[bytes]:
    return [column_letters(column).encode("ascii") for column in columns]


@lru_cache(maxsize=8)
def _valued(prefix: bytes) -> re.Pattern[bytes]:
    """What follows the address of a plain cell with a value and no formula; its attributes."""
    form = rb'((?: [\w:]+="[^"<]*")*)>(?:<Pv>[^<]*</Pv>|<Pis><Pt(?: xml:space="preserve")?>[^<]*</Pt></Pis>)</Pc>'
    return re.compile(form.replace(b"P", re.escape(prefix)))


@lru_cache(maxsize=512)
def _rising_columns(xml: bytes, prefix: bytes) -> frozenset[int] | None:
    """The columns of the cells of a row without its digits: most rows of a sheet are the same then."""
    letters = re.findall(b"<" + re.escape(prefix) + rb'c r="([A-Z]{1,3})"', xml)
    columns = list(map(_column, letters))
    is_plain = xml.count(b"<" + prefix + b"c") == len(columns) and xml.count(b"</" + prefix + b"row") == 1
    return frozenset(columns) if is_plain and all(one < other for one, other in pairwise(columns)) else None


@lru_cache(maxsize=1024)
def _column(letters: bytes) -> int:
    return column_number(letters.decode("ascii"))
