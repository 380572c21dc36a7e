"""The tracker as the journal remembers it: what stood in every row, and what was approved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from capa_xl.app.shared.opening import Opened
from capa_xl.model.action import Action
from capa_xl.model.columns import Kind, columns_of
from capa_xl.model.kept_sheets import remembered_keys
from capa_xl.model.register import Register
from capa_xl.model.snapshot import RowSeen, Snapshot
from capa_xl.policy.register_view import RegisterView

_COLUMNS = columns_of(Action)
_HEADERS = tuple(col.header for col in _COLUMNS)
_PLACES = {col.key: at for at, col in enumerate(_COLUMNS)}
_NOTES = tuple(at for at, col in enumerate(_COLUMNS) if col.kind is Kind.NOTE)
_MANY = 20_000
"""Rows from which memory counts for more than a hundredth of the time."""
_UNKNOWN = (None,) * len(_COLUMNS)
_values: Callable[[Action], tuple[Any, ...]] = attrgetter(*(col.key for col in _COLUMNS))


def snapshot_of(opened: Opened, view: RegisterView) -> Snapshot:
    """The snapshot of a workbook as it was read: for `effects.journal_snapshot.record_snapshot`."""
    register = opened.register
    human = _with_unread(register.unread, _human if register.rows < _MANY else _human_to_forget)
    needs = register.needs.records if register.needs is not None else ()
    return Snapshot(
        fingerprint=opened.sha256,
        row_count=register.rows,
        columns=remembered_keys(register),
        numbers=register.numbers,
        headers=_HEADERS,
        rows=(_row(action, view, human(action)) for action in register.tracker.records if action.number),
        needs=frozenset(need.number for need in needs if need.number),
        aside=tuple(_aside(register, human)),
    )


def _aside(register: Register, human: Callable[[Action], tuple[object, ...]]) -> Iterator[RowSeen]:
    """Quarantined rows, once a number; of several rows with one number only that it is there."""
    tracked = {action.number for action in register.tracker.records}
    by_number = {row.number: row.record for row in register.quarantined if row.number and row.number not in tracked}
    counted = Counter(row.number for row in register.quarantined)
    for number, action in by_number.items():
        yield RowSeen(number, None, human(action) if counted[number] == 1 else _UNKNOWN)


def _row(action: Action, view: RegisterView, values: tuple[object, ...]) -> RowSeen:
    number = action.number
    derived = view.derived.get(number)
    if derived is None or not derived.route_satisfied:
        return RowSeen(number, action.due_on, values)
    approved = (action.measure or "", str(derived.original_due_on or ""))
    approved_on = f"{action.approved_on or ''} {action.approval_route or ''}"
    return RowSeen(number, action.due_on, values, approved, approved_on)


def _with_unread(
    unread: Mapping[tuple[int, str], str], human: Callable[[Action], tuple[object, ...]]
) -> Callable[[Action], tuple[object, ...]]:
    """The same, where a cell that can't be read holds what stands in it."""
    texts: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for (row, key), text in unread.items():
        texts[row][_PLACES[key]] = text

    def as_it_stands(action: Action) -> tuple[object, ...]:
        values = human(action)
        if action.row not in texts:
            return values
        standing = texts[action.row]
        return tuple(value or standing.get(at, value) for at, value in enumerate(values))

    return as_it_stands if texts else human


def _human(action: Action) -> tuple[object, ...]:
    """What a row's human cells hold."""
    return _values(action.as_in_cell())


def _human_to_forget(action: Action) -> tuple[object, ...]:
    """The same with copies of long texts, which go when the row is on record.

    Whoever packs a text leaves its UTF-8 form in it for as long as it lives, for the rest of the run: 90 MB in the
    records of 100,000 rows. Short texts are few, and the same in many rows.
    """
    values: list[Any] = list(_human(action))
    for at in _NOTES:
        if text := values[at]:
            values[at] = text[:1] + text[1:]
    return tuple(values)
