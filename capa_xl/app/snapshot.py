"""The tracker as the journal remembers it: what stood in every row, and what was approved."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from capa_xl.app.opening import Opened
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.snapshot import RowSeen, Snapshot
from capa_xl.policy.situation import Situation

_COLUMNS = columns_of(Action)
_HEADERS = tuple(col.header for col in _COLUMNS)
_values = attrgetter(*(col.key for col in _COLUMNS))


def snapshot_of(opened: Opened, situation: Situation) -> Snapshot:
    """The snapshot of a workbook as it was read: for `effects.journal_snapshot.record_snapshot`."""
    register = opened.register
    numbers = {action.number for action in register.tracker.records} | {row.number for row in register.quarantined}
    return Snapshot(
        fingerprint=opened.sha256,
        row_count=register.rows,
        columns=frozenset(register.tracker.columns),
        numbers=frozenset(number for number in numbers if number),
        rows=tuple(_row(action, situation) for action in register.tracker.records if action.number),
    )


def _row(action: Action, situation: Situation) -> RowSeen:
    number = action.number or ""
    derived = situation.derived.get(number)
    approved = None
    if derived is not None and derived.route_satisfied:
        approved = (action.measure or "", str(derived.original_due_on or ""))
    fields = {
        header: value if type(value) is str else cell_text(value)
        for header, value in zip(_HEADERS, _values(action), strict=True)
        if value is not None and value != ()
    }
    return RowSeen(number, action.due_on, fields, approved, f"{action.approved_on or ''} {action.approval_route or ''}")


def cell_text(value: Any) -> str:
    """A cell's value as `history` prints it; "" for a blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
