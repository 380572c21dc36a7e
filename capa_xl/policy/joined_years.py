"""The actions of the workbook and of its archived years as one view: what papers of past periods list and count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from capa_xl.model.action import Action
from capa_xl.model.pages import line_of, page_of
from capa_xl.policy.past_years import ArchivedAction, archived
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.status_inputs import StatusInputs

_Rows = Mapping[str, tuple[Any, ...]]
_CHILDREN = ("steps", "progress", "extensions", "rounds", "revisions", "corrections")


def joined_view(view: RegisterView) -> RegisterView:
    """The view with the archived actions before its own, each as its own year derives it, and with their rows.

    The sheets themselves (`register`) stay those of the workbook in use: no cell of an archive is named in it. An
    archived action is none of the joined view's any more, so that nothing counts it twice.
    """
    gone = tuple(archived(view))
    if not gone:
        return view
    pairs = (*((_placed(view, one.action), one.derived) for one in gone), *view.pairs)
    actions = tuple(action for action, _ in pairs)
    return replace(
        view,
        inputs=_joined_inputs(view.inputs, gone),
        actions=actions,
        by_number={action.number: action for action in actions},
        derived={action.number: derived for action, derived in pairs},
        pairs=pairs,
    )


def _placed(view: RegisterView, action: Action) -> Action:
    """The action on a sheet that the workbook has: an archive may have had more of them."""
    fits = page_of(action.row) < len(view.register.tracker.every_page)
    return action if fits else replace(action, row=line_of(action.row))


def _joined_inputs(inputs: StatusInputs, gone: Sequence[ArchivedAction]) -> StatusInputs:
    rows: dict[str, _Rows | None] = {key: _joined(getattr(inputs, key), key, gone) for key in _CHILDREN}
    if inputs.revisions is None:
        rows["revisions"] = rows["revisions"] or None  # the sheet isn't in use, and no archive has a row of it
    return replace(
        inputs,
        **rows,
        living=inputs.living.union(one.action.number for one in gone if one.action.number in one.view.inputs.living),
        accepted_effects={**inputs.accepted_effects, **_accepted(gone)},
    )


def _accepted(gone: Iterable[ArchivedAction]) -> dict[str, date]:
    days = ((one.action.number, one.view.inputs.accepted_effects.get(one.action.number)) for one in gone)
    return {number: day for number, day in days if day is not None}


def _joined(own: _Rows | None, key: str, gone: Iterable[ArchivedAction]) -> _Rows:
    """The archived rows, then the workbook's; what 更正记录 says here of an archived number comes behind."""
    rows = own or {}
    found = {one.action.number: (getattr(one.view.inputs, key) or {}).get(one.action.number, ()) for one in gone}
    before = {number: (*mine, *rows.get(number, ())) for number, mine in found.items() if mine}
    return {**before, **{number: mine for number, mine in rows.items() if number not in before}}
