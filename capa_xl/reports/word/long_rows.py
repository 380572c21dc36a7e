"""Rows of a paper that may break across pages: those whose text may not fit on one.

Templates keep every row whole, and some with the next one, which reads better. A row higher than a page can't be:
LibreOffice lays it out for ever, Word cuts it off.
"""

from __future__ import annotations

import re

from capa_xl.reports.word.whole_elements import characters, rest_of

MOST_OF_A_WHOLE_ROW = 300
"""Characters of a cell; so many still fit on a page in the narrowest column."""
_ROW = re.compile(rf"<w:tr[ >]{rest_of('w:tr')}")
_CELL = re.compile(rf"<w:tc>{rest_of('w:tc')}")
_WHOLE, _HELD = "<w:cantSplit/>", "<w:keepNext/>"


def with_long_rows_split(xml: str) -> str:
    """The part with the rows of long cells free to break, and not held with what follows."""
    return _ROW.sub(_row, xml)


def may_be_whole(row: str) -> bool:
    """Whether a row fits on a page however narrow its columns are."""
    if characters(row) <= MOST_OF_A_WHOLE_ROW:
        return True
    return max(map(characters, _CELL.findall(row)), default=0) <= MOST_OF_A_WHOLE_ROW


def _row(found: re.Match[str]) -> str:
    row = found[0]
    return row if _WHOLE not in row or may_be_whole(row) else row.replace(_WHOLE, "").replace(_HELD, "")
