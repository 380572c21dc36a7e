"""A cell that may still hold what belongs to a verdict written over since: a failed inspection's words, say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.snapshot import FieldChange


def is_written_anew(
    action: Action, cell: str, verdict: str, against: str, seen: Sequence[FieldChange], again_on: date | None = None
) -> bool:
    """Whether a cell was written anew since the last verdict against the action.

    That counts which a run saw changed after that verdict, and not before the action came up again or another verdict
    stood there: until then whoever gave it may have added to his own words. What no run has seen yet counts, too.

    Args:
        cell, verdict: Keys of the cell and of the verdict that it stands beside.
        against: The verdict, 不合格 or 不同意.
        seen: The journal's changes of these cells of the row by T, oldest first.
        again_on: Day on which the action came up again; None where nothing tells.
    """
    headers = {key: column_by_key(Action)[key].header for key in (cell, verdict)}
    verdicts = [one for one in seen if one.field == headers[verdict] and one.after]
    since = max((one.seen_on for one in verdicts if one.after == against), default=date.min)
    others = [one.seen_on for one in verdicts if one.after != against and one.seen_on >= since]
    rewritten = [one for one in seen if one.field == headers[cell]]
    if rewritten and rewritten[-1].after != getattr(action, cell):
        return True
    again = min([*others, again_on or since])
    return any(one.seen_on > since and one.seen_on >= again for one in rewritten)
