"""The conclusion that counts for an action: the latest round of 效果确认, else the row's own (4.5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.records import Confirmation
from capa_xl.policy.action_state import latest_round
from capa_xl.policy.status_inputs import StatusInputs


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Who concluded what and when.

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


def conclusion_of(inputs: StatusInputs, action: Action, derived: Derived) -> Conclusion | None:
    """The conclusion of an action whose confirmation has begun; None before."""
    latest = latest_round(inputs, action.number) if action.number in inputs.rounds else None
    if latest is not None:
        return Conclusion(action, derived, latest, latest.confirmer, latest.confirmed_on, latest.effect)
    if action.confirmer or action.confirmed_on or action.effect:
        return Conclusion(action, derived, None, action.confirmer, action.confirmed_on, action.effect)
    return None
