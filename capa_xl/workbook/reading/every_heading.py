"""What the columns of a sheet are called, ours and those that aren't: names that people may write elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.workbook.reading.header_match import HeaderMatch, text_of, unwrapped
from capa_xl.workbook.reading.two_row_headings import names_above


def every_heading(values: SheetValues, match: HeaderMatch) -> tuple[str, ...]:
    """Every heading on one line, left to right; of a header of two rows also each row's own, and both together."""
    names = (*(heading.text for heading in match.headings), *_of_two_rows(values, match))
    return tuple(dict.fromkeys(filter(None, map(unwrapped, names))))


def _of_two_rows(values: SheetValues, match: HeaderMatch) -> Iterator[str]:
    if match.rows_used == 1:
        return
    row = match.header_row
    upper, lower = ([text_of(value) for value in values.rows[at]] for at in (row - 2, row - 1))
    for over, under in zip(names_above(upper, lower, row - 1, values.merged), lower, strict=True):
        yield from (over + under, over, under)
