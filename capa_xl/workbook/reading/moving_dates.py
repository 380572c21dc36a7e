"""FD35: dates that a formula makes another one of every day; a deadline of that kind is never over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from capa_xl.a1 import cell_at
from capa_xl.model.columns import Column, Kind
from capa_xl.model.problem import Hit, Remark
from capa_xl.ooxml.sheet_values import SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.notes import quoted

_DATES = frozenset({Kind.DATE, Kind.MOMENT})


def moving_dates(
    book: WorkbookValues,
    values: SheetValues,
    match: HeaderMatch,
    columns: Sequence[Column],
    numbered: Iterable[tuple[int, str]],
    *,
    of_tracker: bool,
) -> Iterator[Remark]:
    """FD35 at every such cell of the rows that count. The formulas are looked at only where a date is one.

    Args:
        numbered: (row, 编号) of the rows that count.
    """
    dated = {match.columns[col.key]: col.key for col in columns if col.kind in _DATES and col.key in match.columns}
    asked = [place for place, has_value in values.formulas.items() if has_value and place[1] in dated]
    moving = book.moving_formulas(values.name) if asked else {}
    numbers = dict(numbered) if moving else {}
    for row, column in asked:
        if (row, column) in moving and row in numbers:
            shown = quoted(values.rows[row - 1][column - 1])
            facts = {"c": match.heading(dated[column]), "v": shown, "f": f"={moving[row, column]}"}
            hit = Hit(values.name, cell_at(row, column), numbers[row], row if of_tracker else None, facts)
            yield Remark("FD35", hit)
