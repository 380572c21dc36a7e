"""Rows that answers begin: where in a child sheet they go, and what else stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from capa_xl.model.columns import Kind, column_by_key
from capa_xl.model.records import Progress
from capa_xl.model.register import AutoValue, Table
from capa_xl.workbook.reading.slip_answers import SlipAddress

ROW_CLASSES: Final[Mapping[str, type]] = {"progress": Progress}
"""The tables that answers may begin rows in, and what their rows are."""


def free_rows(asked: Iterable[tuple[Table[Any], SlipAddress]]) -> dict[SlipAddress, int]:
    """The row of its table that each answer begins: below the last one in use, in the order of the answers.

    The same question in two slips is one row.
    """
    found: dict[SlipAddress, int] = {}
    next_row: dict[str, int] = {}
    for table, address in asked:
        if address not in found:
            row = next_row.get(address.table, max(table.last_row, table.header_row) + 1)
            found[address], next_row[address.table] = row, row + 1
    return found


def begun_cells(table: Table[Any], row: int, address: SlipAddress) -> Iterator[tuple[str, str, AutoValue]]:
    """(A1, heading, value) of the other cells of the row, from the left; columns the sheet lacks are left out."""
    columns = column_by_key(ROW_CLASSES[address.table])
    there = [(table.columns[key], key, text) for key, text in address.row if key in table.columns]
    for _, key, text in sorted(there):
        if text:
            value = date.fromisoformat(text) if columns[key].kind is Kind.DATE else text
            yield table.cell(row, key), table.headings.get(key, columns[key].header), value
