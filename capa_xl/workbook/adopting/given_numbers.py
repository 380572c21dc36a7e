"""Numbers for a table that has none of its own: given once, in the column 编号 that adopt adds (decisions C6).

They are cells like any other from then on, so sorting and inserting rows never changes whose number is whose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count

from capa_xl.a1 import cell_at
from capa_xl.model.number_rule import number_after
from capa_xl.ooxml.patch import CellEdit
from capa_xl.ooxml.sheet_values import Value
from capa_xl.workbook.adopting.found_table import FoundTable
from capa_xl.workbook.reading.no_action_rows import leads_no_action


def given_numbers(
    columns: Sequence[tuple[FoundTable, int]],
    pattern: str,
    year: int,
    struck: Mapping[str, Collection[int]],
    taken: Collection[str] = (),
) -> Iterator[CellEdit]:
    """One number after 编号规则 for every row that tells of an action, sheet by sheet from the top.

    A crossed-out row gets none: it is set aside and named until somebody says what it is.

    Args:
        columns: The tables without 编号, each with the 1-based column of the added one.
        pattern: 编号规则.
        year: The year of adoption.
        struck: Sheet → its crossed-out rows.
        taken: Numbers of the register's other sheets: none is given twice.
    """
    numbers = (number for running in count(1) if (number := number_after(pattern, year, running)) not in taken)
    for table, column in columns:
        for row, cells in enumerate(table.values.rows, 1):
            is_below = row > table.match.header_row and row not in struck.get(table.name, ())
            if is_below and _tells_of_an_action(table, cells):
                yield CellEdit(table.name, cell_at(row, column), next(numbers))


def _tells_of_an_action(table: FoundTable, cells: list[Value]) -> bool:
    columns = table.match.columns
    has = {key: key in columns and str(cells[columns[key] - 1]).strip() != "" for key in _TELLING}
    told = has["description"] or has["measure"] or (has["owners"] and has["due_on"])
    return told and not leads_no_action(cells, columns) and not table.match.repeats(cells)


_TELLING = ("description", "measure", "owners", "due_on")
