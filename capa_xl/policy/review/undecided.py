"""What a list of a paper can't decide: the column it is chosen by is absent, or the cell of a row says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.period import Period
from capa_xl.model.review import Undecided
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.review.outcome import weighty

TYPE, WEIGHT = "action_type", ("severity", "is_repeat")


def absent_headers(view: RegisterView, *keys: str) -> tuple[str, ...]:
    """The Chinese names of those of these tracker columns that the workbook lacks."""
    headers = column_by_key(Action)
    return tuple(headers[key].header for key in keys if not view.inputs.has(key))


def undecided(view: RegisterView, period: Period) -> Mapping[str, Undecided]:
    """Field of `ReviewFacts` → why its list may lack rows; without those that have all they are chosen by."""
    untyped = (action for action in weighty(view, period) if action.action_type is None)
    unsourced = (action for action in view.actions if action.source is None)
    due = absent_headers(view, "due_on")
    found = {
        "major": _undecided(view, (TYPE, *WEIGHT), untyped),
        "audits": _undecided(view, ("source",), unsourced),
        "overdue": Undecided(due),
        "coming": Undecided(due),
        "effects": Undecided(() if view.stages.confirmation else absent_headers(view, "effect")),
    }
    return {field: one for field, one in found.items() if one.absent or one.numbers}


def _undecided(view: RegisterView, keys: tuple[str, ...], rows: Iterator[Action]) -> Undecided:
    """Rows are named by the first of the columns; where nobody has it, none is."""
    key, header = keys[0], column_by_key(Action)[keys[0]].header
    numbers = tuple(action.number for action in rows) if view.inputs.has(key) else ()
    return Undecided(absent_headers(view, *keys), header, numbers)
