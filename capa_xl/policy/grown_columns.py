"""Rows that were over before columns came (capa-xl grow): a column that wasn't there asks nothing of them.

A missing column is never a missing value (semantics.md, *Tables that lack columns*), and it isn't one the day after
either: what had ended by the columns of then stays ended, until somebody fills one of the new cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.policy.action_state import action_state_of
from capa_xl.policy.closing import closed_on
from capa_xl.policy.columns_since import as_day
from capa_xl.policy.status import status_of
from capa_xl.policy.status_inputs import StatusInputs, stages_of

_KEYS: Mapping[str, str] = {column.header: column.key for column in columns_of(Action)}
_REVISIONS = "文件修订"


def with_columns_of_then(inputs: StatusInputs, actions: Iterable[Action]) -> StatusInputs:
    """The inputs, with those of then for every action that was closed by the columns it had, before others came."""
    growths = tuple(_growths(inputs)) if not inputs.pages else ()
    if not growths:
        return inputs
    found = ((action.number, _then(growths, action)) for action in actions)
    return replace(inputs, of_then={number: then for number, then in found if then is not None})


def _growths(inputs: StatusInputs) -> Iterator[tuple[date, frozenset[str], StatusInputs]]:
    """Day, keys of what came since, and the inputs without it, the first growth first; a cleared setting is none."""
    days = {day: names for text, names in inputs.procedure.added_columns.items() if (day := as_day(text)) and names}
    for day in sorted(days):
        names = frozenset(name for on, listed in days.items() if on >= day for name in listed.split("、"))
        keys = frozenset(_KEYS[name] for name in names if name in _KEYS)
        yield day, keys, _without(inputs, keys, has_revisions=_REVISIONS not in names)


def _without(inputs: StatusInputs, keys: frozenset[str], *, has_revisions: bool) -> StatusInputs:
    columns = inputs.columns - keys
    revisions = inputs.revisions if has_revisions else None
    return replace(
        inputs,
        columns=columns,
        archive_columns=tuple(key for key in inputs.archive_columns if key in columns),
        stages=stages_of(columns, has_revisions=revisions is not None),
        revisions=revisions,
    )


def _then(growths: Iterable[tuple[date, frozenset[str], StatusInputs]], action: Action) -> StatusInputs | None:
    """The inputs of the first growth that the action was over before, nothing of what came since being filled."""
    for day, keys, inputs in growths:
        if any(getattr(action, key) not in (None, ()) for key in keys):
            continue
        state = action_state_of(inputs, action)
        ended_on = closed_on(state) or action.due_on or action.registered_on
        if status_of(state) == words.CLOSED and ended_on is not None and ended_on < day:
            return inputs
    return None
