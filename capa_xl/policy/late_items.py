"""What is late in one workbook, a row each, for the lists of a group."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived, waiting_late_word
from capa_xl.model.group_figures import LateItem
from capa_xl.policy.register_view import RegisterView


def late_items(view: RegisterView, codes: Collection[str]) -> tuple[LateItem, ...]:
    """The actions whose worst Y-code is one of these, the longest first, then in sheet order: as `tally_of` counts."""
    late = [pair for pair in view.pairs if pair[1].overdue and pair[1].overdue[0] in codes]
    return tuple(_item(view.on, *pair) for pair in sorted(late, key=lambda pair: (-pair[1].days_overdue, pair[0].row)))


def _item(on: date, action: Action, derived: Derived) -> LateItem:
    is_doing = derived.overdue[0] == "Y1"
    return LateItem(
        number=action.number,
        description=action.description or action.measure or "",
        department=action.responsible_department or "",
        owners="、".join(action.owners),
        due_on=action.due_on if is_doing else on - timedelta(derived.days_overdue),
        days=derived.days_overdue,
        status=derived.status,
        next_step=derived.next_step,
        next_actor=derived.next_actor,
        kind=words.OVERDUE_WORDS["Y1"] if is_doing else waiting_late_word(derived.overdue[0]),
    )
