"""What a list of a paper can't decide: the column it is chosen by is absent, or the cell of a row says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.period import Period
from capa_xl.model.review import BlankCells, Undecided
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.review.outcome import concerns, weighty
from capa_xl.policy.review.unregistered import unsourced_actions

TYPE, WEIGHT = "action_type", ("severity", "is_repeat")


def absent_headers(view: RegisterView, *keys: str) -> tuple[str, ...]:
    """The Chinese names of those of these tracker columns that the workbook lacks."""
    headers = column_by_key(Action)
    return tuple(headers[key].header for key in keys if not view.inputs.has(key))


def undecided(view: RegisterView, period: Period) -> Mapping[str, Undecided]:
    """Field of `ReviewFacts` → why its list may lack rows; without those that have all they are chosen by."""
    undated = Undecided(absent_headers(view, "due_on"), _blanks(view, due_on=_undated(view)))
    unconfirmed = Undecided(() if view.stages.confirmation else absent_headers(view, "effect"))
    found = {
        "major": Undecided(
            absent_headers(view, TYPE, *WEIGHT),
            _blanks(view, action_type=_untyped(view, period), severity=_unweighed(view, period)),
            likely=() if view.inputs.has(TYPE) else tuple(action.number for action in weighty(view, period)),
        ),
        "by_source": Undecided(absent_headers(view, "source")),
        "recurrences": unconfirmed,
        "complaints": Undecided(
            absent_headers(view, "source"),
            _blanks(view, source=unsourced_actions(view, period)),
            "《问题需求登记》以外的投诉",
        ),
        "audits": Undecided(absent_headers(view, "source"), _blanks(view, source=_unsourced(view, period))),
        "overdue": undated,
        "coming": undated,
        "effects": unconfirmed,
    }
    return {field: one for field, one in found.items() if one.absent or one.blanks}


def _blanks(view: RegisterView, **rows: Iterator[Action]) -> tuple[BlankCells, ...]:
    """By the key of a column the rows that it leaves open; where nobody has the column, none is named."""
    headers = column_by_key(Action)
    found = (
        BlankCells(headers[key].header, tuple(action.number for action in actions))
        for key, actions in rows.items()
        if view.inputs.has(key)
    )
    return tuple(one for one in found if one.numbers)


def _unsourced(view: RegisterView, period: Period) -> Iterator[Action]:
    """What may be a finding of an audit, registered by the end of the period."""
    return (a for a in view.actions if a.source is None and (a.registered_on or period.end) <= period.end)


def _untyped(view: RegisterView, period: Period) -> Iterator[Action]:
    return (action for action in weighty(view, period) if action.action_type is None)


def _unweighed(view: RegisterView, period: Period) -> Iterator[Action]:
    """What would be listed if it were 重大: no repeat, which is listed anyway, and no prevention."""
    for action in view.actions:
        open_ = action.severity is None and not action.is_repeat
        if open_ and action.action_type in (words.CORRECTIVE, None) and concerns(view, action, period):
            yield action


def _undated(view: RegisterView) -> Iterator[Action]:
    """What is under way and has no day by which it could be late."""
    before = (words.TO_PLAN, words.SENT_BACK, words.TO_APPROVE, *words.OWNERS_TURN)
    return (action for action, derived in view.pairs if action.due_on is None and derived.status in before)
