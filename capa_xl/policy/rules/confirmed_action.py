"""An action that is confirmed or names who is to do so: the conclusion that counts, or what there is of one (4.5.1)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.records import Confirmation


class ConfirmedAction(Struct, frozen=True):
    """Who concluded what and when; parts may be blank while no conclusion counts yet.

    Attributes:
        round: The row of 效果确认 where it is written; None: the action's own row.
    """

    action: Action
    derived: Derived
    round: Confirmation | None
    confirmer: str | None
    confirmed_on: date | None
    effect: str | None

    @property
    def is_effective(self) -> bool:
        """有效."""
        return self.effect == words.EFFECTIVE


def confirmed_action(action: Action, derived: Derived) -> ConfirmedAction | None:
    """The action with its conclusion, else with what the main row has of one; None where nobody is named either."""
    found = derived.conclusion
    if found is not None and found.round is not None:
        return ConfirmedAction(action, derived, found.round, found.confirmer, found.confirmed_on, found.effect)
    if action.confirmer or action.confirmed_on or action.effect:
        return ConfirmedAction(action, derived, None, action.confirmer, action.confirmed_on, action.effect)
    return None
