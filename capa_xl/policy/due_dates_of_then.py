"""The 完成期限 that stood on an earlier day: what an extension moved later on was due when it was due (R61).

The cell holds the date of today. 延期记录 tells since when: each approved row from the day of its approval. A date that
was moved without one stands as if it always had (DO08). So does that of an action that was reopened since and filled
anew where no 原内容 tells when it was done before: it is judged by its days of now, as its papers say. Where one does,
the row was done on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.moved_due import MovedDue, due_then
from capa_xl.model.records import Extension
from capa_xl.model.register import Register, Table
from capa_xl.policy.corrections import fault_of_entry, named_before, overwrites_earlier_day
from capa_xl.policy.signed_verdict import as_decided
from capa_xl.policy.status_inputs import status_inputs_of


def moves_of_due_date(due_on: date | None, extensions: Iterable[Extension]) -> Iterator[MovedDue]:
    """The moves that led to a 完成期限, the newest first.

    Args:
        extensions: Of one action, undecided where nobody signed them.
    """
    granted = [e for e in extensions if e.approval == words.AGREED and e.approved_on and e.old_due_on and e.new_due_on]
    for one in sorted(granted, key=lambda e: (e.approved_on, e.row), reverse=True):
        if one.new_due_on == due_on and one.approved_on and one.old_due_on:
            yield MovedDue(one.approved_on, one.old_due_on)
            due_on = one.old_due_on


def with_due_dates_of_then(register: Register, rows: Iterable[Action], as_of: AsOf) -> tuple[Action, ...]:
    """The rows as seen at T, each with the 完成期限 that stood then, and the completion that 原内容 alone tells of."""
    if as_of.on >= as_of.latest:
        return tuple(rows)
    signed = _signed_extensions(register.extensions)
    anew = dict(_filled_anew(register, as_of))
    return tuple(
        row
        if row.number in anew and anew[row.number] is None
        else _with_due_date_of(_done_by(row, anew.get(row.number), as_of.on), signed.get(row.number, ()), as_of.on)
        for row in rows
    )


def _signed_extensions(table: Table[Extension] | None) -> dict[str, list[Extension]]:
    """Those of each action, undecided where nobody signed them."""
    if table is None:
        return {}
    by_number = groupby(sorted(table.records, key=lambda e: e.number or ""), key=lambda e: e.number)
    return {number: [as_decided(table, row) for row in mine] for number, mine in by_number if number}


def _filled_anew(register: Register, as_of: AsOf) -> Iterator[tuple[str, date | None]]:
    """编号 of what was reopened after T and filled anew, and when it had been done before; None: nothing tells.

    An entry that lacks a part, or that nobody signed who may, reopened nothing. One that finds nothing to undo may have
    done so: its cells were cleared, and EF15 asks what they held.
    """
    entries, day = register.corrections.records if register.corrections else (), as_of.on
    later = sorted((entry for entry in entries if entry.on and entry.on > day), key=lambda one: one.on or day)
    written = {row.number: row for row in register.tracker.records} if later else {}
    found = ((entry, written[entry.number]) for entry in reversed(later) if entry.number in written)
    lost = [(entry, row) for entry, row in found if overwrites_earlier_day(entry, row)]
    if not lost:
        return
    inputs = replace(status_inputs_of(register, AsOf(as_of.latest, as_of.latest), {}), untrue={})
    for entry, row in lost:  # the first one after the day counts
        if fault_of_entry(inputs, entry, row.owners) is None:
            done_on = named_before(entry)
            is_cancelled = done_on is not None and done_on <= day and "取消" in (entry.before or "")
            yield row.number, None if is_cancelled else done_on


def _done_by(action: Action, done_on: date | None, day: date) -> Action:
    """With the completion that the row held on that day."""
    was_done = done_on is not None and done_on <= day and action.completed_on is None
    return replace(action, completed_on=done_on) if was_done else action


def _with_due_date_of(action: Action, extensions: Iterable[Extension], day: date) -> Action:
    due_on = due_then(action.due_on, moves_of_due_date(action.due_on, extensions), day)
    return action if due_on == action.due_on else replace(action, due_on=due_on)
