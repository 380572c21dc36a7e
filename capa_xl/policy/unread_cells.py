"""Cells that hold something reading could make nothing of: not blank, though they read as blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from capa_xl.model.problem import Severity
from capa_xl.model.register import Register

_UNREAD: Final = frozenset({"FD04", "FD05", "FD07", "WB05"})


def unread_cells(register: Register) -> Mapping[tuple[str, str | None], str]:
    """(sheet, cell) → what stands there, as messages quote it; "" where it can't be told (a formula without result)."""
    return {
        (remark.hit.sheet, remark.hit.at): remark.hit.facts.get("v", "")
        for remark in register.remarks
        if remark.rule in _UNREAD and remark.hit.severity is not Severity.INFO
    }
