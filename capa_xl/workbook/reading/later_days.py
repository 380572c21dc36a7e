"""Whether a column holds days beyond the deadlines of its rows: what those may have been moved to, by whatever name."""

from __future__ import annotations

from collections.abc import Sequence

from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.reading.header_match import HeaderMatch, Heading
from capa_xl.workbook.reading.other_tables import open_rows
from capa_xl.workbook.reading.written_dates import day_of


def are_beyond_the_deadline(match: HeaderMatch, heading: Heading, below: Sequence[Sequence[Value]]) -> bool:
    """True where only days stand below the heading, most of them after the row's deadline, one in an open row.

    Args:
        match: The table with its columns.
        heading: One that is taken for nothing.
        below: The rows below the header.
    """
    due = match.columns.get("due_on")
    if due is None or heading.key is not None:
        return False
    filled = [list(row) for row in below if row[heading.column - 1] != ""]
    if any(day_of(row[heading.column - 1]) is None for row in filled):
        return False
    later = [row for row in filled if _is_later(row[heading.column - 1], row[due - 1])]
    return 2 * len(later) > len(filled) and bool(open_rows(later, match, {}))


def _is_later(value: Value, deadline: Value) -> bool:
    day, due = day_of(value), day_of(deadline)
    return day is not None and due is not None and day > due
