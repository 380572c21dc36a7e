"""Words that the width of a cell breaks, found by setting every line of every table as a word processor does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from capa_xl.reports.whole_tokens import TOKEN
from capa_xl.reports.word.folded_cells import type_sizes
from capa_xl.reports.word.line_widths import CELL_EDGES, TWIPS_OF_A_POINT, line_width
from tests.reports.word.papers import members

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CODE = re.compile(r"[A-Za-z0-9.%+≤≥＜＞/-]*\d[A-Za-z0-9.%+-]*")
"""A number, date or code: it has no place of its own to break at, or one that no reader wants."""
_DAY = re.compile(r"\d{4}[ \xa0]?年[ \xa0]?\d{1,2}[ \xa0]?月(?:[ \xa0]?\d{1,2}[ \xa0]?日)?")
_PIECE = re.compile(r"(?:[!-~]+|\S)(?:\xa0(?:[!-~]+|\S))+|[!-~]+ ?|.")
_PROSE = re.compile(r"[，。；：！？…]")
_HEADS = ("CellHead", "DenseHead", "FormHead")
_STAND_IN_EMS = {
    **dict.fromkeys("0123456789", 0.636),
    **dict.fromkeys("-.", 0.338),
    **dict(zip("ADFGIJLMPQRSTWX", (0.722, 0.802, 0.694, 0.799, 0.395, 0.401, 0.664, 1.024, 0.673, 0.82, 0.753, 0.685,
                                   0.667, 1.028, 0.712), strict=True)),
}  # fmt: skip
"""DejaVu Serif, which LibreOffice takes where Times New Roman is missing and nobody said what stands in for it."""


def tables(blob: bytes) -> list[etree._Element]:
    return list(etree.fromstring(members(blob)["word/document.xml"]).iter(f"{W}tbl"))


def broken_words(blob: bytes, names: re.Pattern[str]) -> Iterator[str]:
    """Width of a cell, in twentieths of a point, and what it breaks: headings, codes, days, names of lists."""
    sizes = type_sizes(members(blob)["word/styles.xml"].decode())
    for edges, cell in ((_edges_of(table), cell) for table in tables(blob) for cell in table.iter(f"{W}tc")):
        room = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) - edges
        for style, line in _lines(cell):
            for word in _broken(line, style, room, sizes, names):
                yield f"{room}: {word!r} of {line[:30]!r} ({style})"


def _edges_of(table: etree._Element) -> int:
    own = table.find(f"{W}tblPr/{W}tblCellMar")
    return CELL_EDGES if own is None else sum(int(side.get(f"{W}w")) for side in own)


def _lines(cell: etree._Element) -> Iterator[tuple[str, str]]:
    for p in cell.iter(f"{W}p"):
        style = p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        signs = {f"{W}t": None, f"{W}noBreakHyphen": "-", f"{W}br": "\n", f"{W}tab": " "}
        text = "".join((node.text or "") if signs[node.tag] is None else signs[node.tag] for node in p.iter(*signs))
        yield from ((style, line) for line in text.split("\n") if line.strip())


def _broken(line: str, style: str, room: int, sizes: Mapping[str, int], names: re.Pattern[str]) -> Iterator[str]:
    size = sizes[style]
    yield from (one for one in TOKEN.findall(line) if _in_stand_in(one, size) > room)
    if line_width(line, size) <= room:
        return
    if style in _HEADS:
        yield line
        return
    whole = (*_CODE.findall(line), *_DAY.findall(line))
    yield from (one for one in whole if line_width(one, size) > room)
    kept = _DAY if _PROSE.search(line) else re.compile(f"{_DAY.pattern}|{names.pattern}")
    edges = list(_edges(line, size, room))
    yield from (one[0] for one in kept.finditer(line) if any(one.start() < edge < one.end() for edge in edges))


def _in_stand_in(token: str, half_points: int) -> float:
    return half_points * TWIPS_OF_A_POINT / 2 * sum(_STAND_IN_EMS.get(letter, 1) for letter in token)


def _edges(line: str, size: int, room: int) -> Iterator[int]:
    """Where the lines of a cell end: between any two characters, but not inside a code or what no-break blanks join."""
    begin = 0
    pieces = [found.span() for found in _PIECE.finditer(line)]
    for start, end in pieces:
        if start > begin and line_width(line[begin:end].rstrip(), size) > room:
            yield start
            begin = start
