"""A sheet with a second table under other headings can't be read as one table: rows would be lost or misread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from capa_xl.errors import UnreadableWorkbook
from capa_xl.model.action import Action
from capa_xl.ooxml.sheet_values import SheetValues, Value
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.heading_names import Candidate, vocabulary_of

_MEASURE = frozenset({"measure", "description"})
_WHOSE = frozenset({"owners", "responsible_department"})
_WHEN = frozenset({"due_on", "completed_on"})
_LONGEST = 20
_NEAR = 2
"""Rows so near belong to the heading itself, of three rows perhaps."""


def refuse_a_second_table(values: SheetValues, match: HeaderMatch) -> None:
    """Let a sheet pass that holds one table; its headings may be said again, other ones may not.

    Raises:
        UnreadableWorkbook: Rows of another table would be lost, or read under headings that aren't theirs.
    """
    row = next(_other_headers(values.rows, match), 0)
    if row:
        first, second = sorted((match.header_row, row))
        raise UnreadableWorkbook(
            f"工作表《{values.name}》第 {first} 行和第 {second} 行是两个不同的表头，像是两张表，"
            "一个工作表只能接管一张 → 请把其中一张移到另一个工作表（列名相同的几个工作表可以合成一张跟踪表），再运行"
        )


def _other_headers(rows: Sequence[Sequence[Value]], match: HeaderMatch) -> Iterator[int]:
    sure, own = cache(vocabulary_of(Action).sure), range(match.header_row - _NEAR, match.header_row + _NEAR + 1)
    for number, cells in enumerate(rows, 1):
        if number not in own and _is_header(cells, sure) and not match.repeats(cells):
            yield number


def _is_header(cells: Sequence[Value], sure: Callable[[str], Candidate | None]) -> bool:
    """What to do, whose turn it is and when, each by a name of its own."""
    texts = (cell.strip() for cell in cells if isinstance(cell, str) and len(cell) <= _LONGEST)
    keys = {found.key for text in texts if (found := sure(text))}
    return all(keys & wanted for wanted in (_MEASURE, _WHOSE, _WHEN))
