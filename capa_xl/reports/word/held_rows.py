"""The last row of a table stands on no page alone, nor do its last ones that are held together: one more goes along.

Nor does the note in small type below a table: its last rows go along.

A template can't say so: which row of a loop is the last is known in the paper only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from capa_xl.reports.word.long_rows import may_be_whole

_EDGE: Final = re.compile(r"<w:tbl>|</w:tbl>|<w:tr[ >]|</w:tr>")
NOTE: Final = "SmallNote"
_NOTE: Final = re.compile(rf'<w:p(?: [^>]*)?><w:pPr><w:pStyle w:val="{NOTE}"/>')
_KEPT: Final = "<w:keepNext/>"
_EMPTY: Final = re.compile(r"<w:p((?: [^>]*)?)/>")
_BARE: Final = re.compile(r"(<w:p(?: [^>]*)?>)(?!<w:pPr>)")
_FREE: Final = re.compile(r"<w:pPr>((?:<w:pStyle [^>]*/>)?)(?!<w:pStyle|<w:keepNext)")
"""The properties of a paragraph that don't say whether it is held: what holds it stands behind its style."""


def with_rows_held(xml: str) -> str:
    """The part with the rows before the end of every table held with it, unless it may be higher than a page."""
    pieces, at = [], 0
    for start, end in sorted(_rows_before_ends(xml)):
        if start < at:  # a table in a row that is held already
            continue
        pieces += [xml[at:start], _held(xml[start:end])]
        at = end
    return "".join([*pieces, xml[at:]])


def _rows_before_ends(xml: str) -> Iterator[tuple[int, int]]:
    """Where the rows stand that come before the end of each table; a table in a cell is a table too.

    The last one is among them where a note follows.
    """
    tables: list[list[tuple[int, int]]] = []
    begun: list[int] = []
    for edge in _EDGE.finditer(xml):
        if edge[0] == "<w:tbl>":
            tables.append([])
        elif edge[0] == "</w:tbl>":
            *others, last = tables.pop() or [(0, 0)]
            if _NOTE.match(xml, edge.end()) and _KEPT not in xml[slice(*last)]:
                yield last
            rows = reversed(others)
            yield from islice((row for row in rows if _KEPT not in xml[slice(*row)]), 1)
        elif edge[0] == "</w:tr>":
            tables[-1].append((begun.pop(), edge.end()))
        else:
            begun.append(edge.start())


def _held(row: str) -> str:
    if not may_be_whole(row):
        return row
    whole = _EMPTY.sub(r"<w:p\1></w:p>", row).replace("<w:pPr/>", "<w:pPr></w:pPr>")
    return _FREE.sub(r"<w:pPr>\1<w:keepNext/>", _BARE.sub(r"\1<w:pPr></w:pPr>", whole))
