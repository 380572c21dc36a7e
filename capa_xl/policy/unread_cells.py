"""Cells that hold something reading could make nothing of: not blank, though they read as blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from capa_xl.model.cut_text import cut_quote
from capa_xl.model.problem import Severity
from capa_xl.model.register import Register, Table

_UNREAD: Final = frozenset({"FD04", "FD05", "FD07", "FD28", "WB05"})


def unread_cells(register: Register) -> Mapping[tuple[str, str | None], str]:
    """(sheet, cell) → what stands there, as messages quote it; "" where it can't be told (a formula without result)."""
    return {
        (remark.hit.sheet, remark.hit.at): remark.hit.facts.get("v", "")
        for remark in register.remarks
        if remark.rule in _UNREAD and remark.hit.severity is not Severity.INFO
    }


def with_what_stands(register: Register, table: Table[Any] | None, row: int, key: str, name: str) -> str:
    """The name of a cell that a paper lacks; where something stands there that is no known value, that too.

    Args:
        table: The sheet's; None where the workbook hasn't got it.
        row: Of the record.
        key: Of the column.
    """
    at = table.cell(row, key) if table is not None and row else ""
    word = unread_cells(register).get((table.sheet_of(row), at)) if table is not None and at else ""
    return f"{name}（填的「{cut_quote(word)}」不是允许的值）" if word else name
