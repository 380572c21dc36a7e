"""Since when a table has what a step asks for: a limit runs from no day before it could be filled (capa-xl grow)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.policy.status_inputs import StatusInputs

_COLUMNS = column_by_key(Action)


def not_before_columns(inputs: StatusInputs, start: date | None, keys: Iterable[str]) -> date | None:
    """The start of a limit, or the first day on which one of the cells that it is about was there.

    Args:
        start: The day the limit counts from; None for none.
        keys: The columns that the step asks for. Those that the table lacks don't count; one that was always there,
            and came by no growth of 参数 加列_日期, leaves the start as it is.
    """
    if start is None or not inputs.procedure.added_columns:
        return start
    came = _days(inputs)
    asked = [came.get(_COLUMNS[key].header, start) for key in keys if inputs.has(key)]
    return max(start, min(asked)) if asked else start


def _days(inputs: StatusInputs) -> dict[str, date]:
    """Heading → the day it came; what is no date in the setting is none."""
    found: dict[str, date] = {}
    for text, names in sorted(inputs.procedure.added_columns.items()):
        day = as_day(text)
        if day is not None:
            found |= dict.fromkeys(names.split("、"), day)
    return found


def as_day(text: str) -> date | None:
    """The day of a growth as the setting's name has it; None for any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
