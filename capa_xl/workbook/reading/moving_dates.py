"""FD35: dates that a formula makes another one of every day; a deadline of that kind is never over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from capa_xl.a1 import cell_at
from capa_xl.model.columns import Column, Kind
from capa_xl.model.problem import Hit, Remark
from capa_xl.ooxml.sheet_values import RowColumn, SheetValues
from capa_xl.ooxml.workbook_values import WorkbookValues
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.notes import quoted

if TYPE_CHECKING:
    from capa_xl.ooxml.moving_chains import SheetCell

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
    numbers = dict(numbered) if asked else {}
    told = [place for place in asked if place[0] in numbers]
    for (row, column), facts in _moving(book, values.name, told) if told else ():
        facts |= {"c": match.heading(dated[column]), "v": quoted(values.rows[row - 1][column - 1])}
        hit = Hit(values.name, cell_at(row, column), numbers[row], row if of_tracker else None, facts)
        yield Remark("FD35", hit)


def _moving(book: WorkbookValues, sheet: str, told: Sequence[RowColumn]) -> Iterator[tuple[RowColumn, dict[str, str]]]:
    """The cells that move by their own text, or because a cell moves that isn't told itself."""
    direct, chains = book.moving_formulas(sheet), book.moving_chains(sheet, told)
    for place in told:
        if place in direct:
            yield place, {"f": f"={direct[place]}"}
        elif end := chains.end_of(start := (sheet.lower(), place)):
            via = {} if end == start else {"via": f"{_named(book, end, sheet)}（={chains.written(end)}）"}
            yield place, {"f": f"={chains.written(start)}", **via}


def _named(book: WorkbookValues, cell: SheetCell, sheet: str) -> str:
    """B1, with its sheet where that is another one."""
    tab = book.package.sheet(cell[0])
    at = cell_at(*cell[1])
    return f"{tab.name}!{at}" if tab and tab.name != sheet else at
