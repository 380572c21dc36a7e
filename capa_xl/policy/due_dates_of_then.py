"""The 完成期限 that stood on an earlier day: what an extension moved later on was due when it was due (R61).

The cell holds the date of today. 延期记录 tells since when: each approved row from the day of its approval. A date that
was moved without one stands as if it always had (DO08). So does that of an action that was reopened since and filled
anew: the day it was done before stands nowhere any more, and it is judged by its days of now, as its papers say.
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
from capa_xl.model.register import Register
from capa_xl.policy.corrections import named_before, overwrites_earlier_day
from capa_xl.policy.signed_verdict import as_decided


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
    """The rows as seen at T, each with the 完成期限 that stood then."""
    table = register.extensions
    if table is None or as_of.on >= as_of.latest:
        return tuple(rows)
    by_number = groupby(sorted(table.records, key=lambda e: e.number or ""), key=lambda e: e.number)
    signed = {number: [as_decided(table, row) for row in mine] for number, mine in by_number if number}
    anew = frozenset(_filled_anew(register, as_of.on))
    return tuple(
        row if row.number in anew else _with_due_date_of(row, signed.get(row.number, ()), as_of.on) for row in rows
    )


def _filled_anew(register: Register, day: date) -> Iterator[str]:
    """编号 of what was reopened after a day and does not tell that it was still to be done on that day."""
    entries = register.corrections.records if register.corrections else ()
    later = [entry for entry in entries if entry.on and entry.on > day]
    written = {row.number: row for row in register.tracker.records} if later else {}
    for entry in later:
        done_on = named_before(entry)
        is_lost = entry.number in written and overwrites_earlier_day(entry, written[entry.number])
        if is_lost and (done_on is None or done_on <= day):
            yield entry.number or ""


def _with_due_date_of(action: Action, extensions: Iterable[Extension], day: date) -> Action:
    due_on = due_then(action.due_on, moves_of_due_date(action.due_on, extensions), day)
    return action if due_on == action.due_on else replace(action, due_on=due_on)
