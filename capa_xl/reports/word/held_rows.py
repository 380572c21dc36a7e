"""No page holds a row or two of a table alone, at its end or at its beginning: some more go along.

Nor the notes in small type below a table: its last rows go along. Where a table ends a paper or a section, so many rows
stand on its last page that they are worth one.

A template can't say so: which row of a loop is the last is known in the paper only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from msgspec import Struct

from capa_xl.reports.word.long_rows import lines_of_row, may_be_whole

NOTE: Final = "SmallNote"
_EDGE: Final = re.compile(r"<w:tbl>|</w:tbl>|<w:tr[ >]|</w:tr>")
_NOTE: Final = re.compile(rf'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="{NOTE}"/>.*?</w:p>', re.DOTALL)
_PAGE_ENDS: Final = re.compile(r"(?:<w:p(?: [^>]*)?><w:pPr>(?:<w:pStyle [^>]*/>)?)?<w:sectPr|</w:body>")
_HEAD: Final = "<w:tblHeader/>"
_KEPT: Final = "<w:keepNext/>"
_EMPTY: Final = re.compile(r"<w:p((?: [^>]*)?)/>")
_BARE: Final = re.compile(r"(<w:p(?: [^>]*)?>)(?!<w:pPr>)")
_FREE: Final = re.compile(r"<w:pPr>((?:<w:pStyle [^>]*/>)?)(?!<w:pStyle|<w:keepNext)")
"""The properties of a paragraph that don't say whether it is held: what holds it stands behind its style."""

Span = tuple[int, int]


class _Enough(Struct, frozen=True):
    """What of a table stands on a page at least: so many rows, or fewer of so many lines together."""

    rows: int
    lines: int

    def is_reached(self, rows: int, lines: int) -> bool:
        return rows >= self.rows or lines >= self.lines


_SOME: Final = _Enough(3, 6)
_WORTH_A_PAGE: Final = _Enough(6, 12)


def with_rows_held(xml: str) -> str:
    """The part with the first rows of every table held together, and its last ones; not one higher than a page."""
    pieces, at = [], 0
    for start, end in sorted(set(_held_spans(xml))):
        if start < at:  # a table in a row that is held already
            continue
        pieces += [xml[at:start], _held(xml[start:end])]
        at = end
    return "".join([*pieces, xml[at:]])


def _held_spans(xml: str) -> Iterator[Span]:
    """Where the rows and notes stand that are held with what follows; a table in a cell is a table too."""
    tables: list[list[Span]] = []
    begun: list[int] = []
    for edge in _EDGE.finditer(xml):
        if edge[0] == "<w:tbl>":
            tables.append([])
        elif edge[0] == "</w:tbl>":
            rows = tables.pop()
            yield from _first_rows(xml, rows)
            yield from _end(xml, rows, edge.end())
        elif edge[0] == "</w:tr>":
            tables[-1].append((begun.pop(), edge.end()))
        else:
            begun.append(edge.start())


def _first_rows(xml: str, rows: Sequence[Span]) -> Iterator[Span]:
    """The head of a table, and the rows that stand below it on its page but the last of them."""
    heads = list(takewhile(lambda row: xml.find(_HEAD, *row) >= 0, rows))
    if not heads:
        return
    yield from heads
    lines = 0
    for count, row in enumerate(rows[len(heads) : -1], start=1):
        lines += lines_of_row(xml[slice(*row)])
        if _SOME.is_reached(count, lines):
            return
        yield row


def _end(xml: str, rows: Sequence[Span], end: int) -> Iterator[Span]:
    """The last rows, and the notes that follow, but what stands last of all.

    Beside rows that a template holds together stands one more, however many they are.
    """
    notes = []
    while note := _NOTE.match(xml, end):
        notes.append(note.span())
        end = note.end()
    yield from notes[:-1]
    enough = _WORTH_A_PAGE if _PAGE_ENDS.match(xml, end) else _SOME
    tail, goes_along = rows[::-1], False
    for count, row in enumerate(tail):
        if goes_along and (
            count >= enough.rows or sum(lines_of_row(xml[slice(*one)]) for one in tail[:count]) >= enough.lines
        ):
            return
        if (count or notes) and xml.find(_KEPT, *row) < 0:
            goes_along = count > 0
            yield row


def _held(row: str) -> str:
    if not may_be_whole(row):
        return row
    if row.count("<w:p>") != row.count("<w:p><w:pPr>") or "<w:p " in row or "<w:p/>" in row or "<w:pPr/>" in row:
        whole = _EMPTY.sub(r"<w:p\1></w:p>", row).replace("<w:pPr/>", "<w:pPr></w:pPr>")
        row = _BARE.sub(r"\1<w:pPr></w:pPr>", whole)
    return _FREE.sub(r"<w:pPr>\1<w:keepNext/>", row)
