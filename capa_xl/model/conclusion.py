"""The one conclusion of an action: what counts of everything that was written about its effect (4.5.1)."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.records import Confirmation


class Conclusion(Struct, frozen=True):
    """The newest of the main row and the rounds of 效果确认 that have both 确认日期 and 结论.

    Attributes:
        effect: 有效, 部分有效 or 无效.
        confirmed_on: Its day; None only in a table without 确认日期.
        confirmer: Who signed it; None while nobody did.
        round: The row of 效果确认 where it stands; None: the action's own row.
    """

    effect: str
    confirmed_on: date | None
    confirmer: str | None
    round: Confirmation | None = None

    @property
    def is_effective(self) -> bool:
        """有效; 部分有效 is not."""
        return self.effect == words.EFFECTIVE
