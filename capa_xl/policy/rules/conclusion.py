"""The conclusion that counts for an action: the latest round of 效果确认, else the row's own (4.5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Hit, Severity
from capa_xl.model.records import Confirmation
from capa_xl.policy.case import latest_round
from capa_xl.policy.rules.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Who concluded what and when, and where it is written."""

    action: Action
    derived: Derived
    round: Confirmation | None

    @property
    def confirmer(self) -> str | None:
        """确认人."""
        return (self.round or self.action).confirmer

    @property
    def confirmed_on(self) -> date | None:
        """确认日期."""
        return (self.round or self.action).confirmed_on

    @property
    def effect(self) -> str | None:
        """效果结论."""
        return (self.round or self.action).effect

    @property
    def is_effective(self) -> bool:
        """有效."""
        return self.effect == words.EFFECTIVE

    def hit(self, e: Evidence, key: str, severity: Severity | None = None, **facts: str) -> Hit:
        """A hit at the cell of 确认人, 确认日期 or 效果结论 where the conclusion stands."""
        if self.round is not None:
            return e.hit_on("confirmations", self.round, key, self.action.number, severity, **facts)
        return e.hit(self.action, key, severity, **facts)


def conclusions(e: Evidence) -> Iterator[Conclusion]:
    """The conclusion of every live action whose confirmation has begun, in sheet order."""
    grounds = e.situation.grounds
    for action, derived in e.live:
        latest = latest_round(grounds, action.number or "") if grounds.rounds else None
        if latest is not None or action.confirmer or action.confirmed_on or action.effect:
            yield Conclusion(action, derived, latest)
