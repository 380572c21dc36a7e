"""Numbers that answers give: in the unit of their row, and what they count in.

`12分钟` beside the unit 小时 is no 12, as in a cell of the workbook; beside no unit it is written as it was typed.
"""

from __future__ import annotations

from typing import Any

from capa_xl.model.columns import Column
from capa_xl.model.problem import Severity
from capa_xl.model.register import AutoValue
from capa_xl.model.slip import CountedIn
from capa_xl.workbook.reading.grid import is_own_heading
from capa_xl.workbook.reading.notes import Note, quoted
from capa_xl.workbook.reading.shares_of_work import PROGRESS
from capa_xl.workbook.reading.written_units import PERCENT, Measured, is_same_unit


def in_unit_of_row(value: Measured, record: Any, column: Column) -> tuple[AutoValue, Note | None]:
    """What is to be written for a number with a unit behind it, or FD04.

    Args:
        record: The row as it stands.
        column: Under the heading of the table.
    """
    unit = _unit_of(record)
    if not unit:
        return value.text, None
    if is_same_unit(value.unit, unit):
        return float(value), None
    facts = {"c": column.header, "v": quoted(value.text), "unit": unit}
    return None, Note("FD04", facts, Severity.ERROR, unreadable=True)


def counted_in(column: Column, heading: str, record: Any) -> CountedIn:
    """What a bare number counts in; where a measured one has no unit, its cell says whether it is in percent."""
    if column.key == PROGRESS:
        return CountedIn.PERCENT if is_own_heading(column, heading) else CountedIn.WORK
    is_percent = column.measured and is_same_unit(_unit_of(record) or PERCENT, PERCENT)
    return CountedIn.PERCENT if is_percent else CountedIn.OWN_UNIT


def _unit_of(record: Any) -> str:
    return getattr(record, "unit", None) or ""
