"""Rows of other sheets that would decide on an action, were a cell of them right: its step may be no step then.

A round of 效果确认 that nobody signed, or whose day hasn't come or can't be read, may make the follow-up needless that
措施无效 asks for, and a 重开 with such a day the report: nobody is asked for that before the cell is right.
"""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.problem import Problem
from capa_xl.policy.concluding import unsigned_rounds
from capa_xl.policy.register_view import RegisterView

_CONFIRMED_OR_DUE = frozenset(
    {words.OBSERVING, words.TO_CONFIRM, words.NOT_EFFECTIVE, words.TO_REVISE, words.TO_ARCHIVE}
)
_SIGNED = ("confirmer", "confirmed_on")
_ENTERED = ("kind", "approver", "on")


def may_be_undone(view: RegisterView, action: Action, status: str, problem: Problem) -> bool:
    """Whether the step of an action in this status hangs on the cell at fault."""
    places = (*_rounds(view, action, status), *_entries(view, action, status))
    return (problem.sheet, problem.cell) in places


def _rounds(view: RegisterView, action: Action, status: str) -> Iterator[tuple[str, str]]:
    """(sheet, cell) of the verdicts that don't count yet, and of who gave them and when."""
    table = view.register.confirmations
    if table is None or status not in _CONFIRMED_OR_DUE:
        return
    counting = {one.row for one in view.inputs.rounds.get(action.number, ()) if one.confirmed_on and one.effect}
    counting -= {one.row for one in unsigned_rounds(view.inputs, action)}
    for row in table.records:
        if row.number == action.number and row.row not in counting:
            for key in ("effect", *(_SIGNED if row.effect else ())):
                yield table.sheet_of(row.row), table.cell(row.row, key)


def _entries(view: RegisterView, action: Action, status: str) -> Iterator[tuple[str, str]]:
    """(sheet, cell) of what would take the completion or the confirmation back."""
    table = view.register.corrections
    if table is None or status not in _CONFIRMED_OR_DUE | {words.TO_INSPECT}:
        return
    for row in table.records:
        if row.number == action.number and row.kind != words.CORRECTED:
            for key in _ENTERED:
                yield table.sheet_of(row.row), table.cell(row.row, key)
