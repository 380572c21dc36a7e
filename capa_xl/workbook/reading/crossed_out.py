"""Rows that people crossed out: every cell they filled is struck through. They are tracked, and named (WB14)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from capa_xl.a1 import cell_at
from capa_xl.model.action import Action
from capa_xl.model.derived import AUTO_PREFIX
from capa_xl.model.problem import Hit, Remark
from capa_xl.ooxml.sheet_values import RowColumn, SheetValues
from capa_xl.workbook.reading.header_match import HeaderMatch
from capa_xl.workbook.reading.notes import is_blank


def crossed_out(
    values: SheetValues,
    match: HeaderMatch,
    struck: Collection[RowColumn],
    actions: Sequence[Action],
    declared: str = "",
) -> Iterator[Remark]:
    """WB14 for every action that is crossed out; our own columns say nothing about it.

    Args:
        values: Its sheet.
        match: The header.
        struck: Cells in a style that strikes through.
        actions: The rows that count.
        declared: What stands before a number where it is declared for this sheet alone.
    """
    ours = {heading.column for heading in match.headings if heading.text.startswith(AUTO_PREFIX)}
    lines = {row for row, _ in struck}
    for action in actions:
        if action.row not in lines:
            continue
        cells = enumerate(values.rows[action.row - 1], 1)
        filled = [column for column, cell in cells if column not in ours and not is_blank(cell)]
        if all((action.row, column) in struck for column in filled):
            facts = {"id": declared + action.number, "r": str(action.row)}
            at = cell_at(action.row, match.columns["number"])
            yield Remark("WB14", Hit(values.name, at, action.number, action.row, facts))
