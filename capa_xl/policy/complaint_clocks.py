"""The clocks of a complaint: to be responded to, and answered in writing, by a day or to the minute (顾客投诉).

One judgement for the rule (XR10) and the letter (S7). A day without a time ends at midnight: on the day is in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from capa_xl.model.records import Need

_DAY = len("2026-03-02")


class Clock(Struct, frozen=True):
    """One thing a complaint is owed.

    Attributes:
        what: 响应 or 书面回复.
        limit: By when, ISO, with the minute where it is given.
        done: When it was done, likewise; "" while it wasn't.
        key: Column of the cell that tells it.
    """

    what: str
    limit: str
    done: str
    key: str

    @property
    def limit_on(self) -> date:
        """The day of the limit."""
        return date.fromisoformat(self.limit[:_DAY])

    @property
    def is_late(self) -> bool:
        """Done after its limit; a day without a time is compared by the day alone."""
        if len(self.limit) == _DAY or len(self.done) == _DAY:
            return self.done[:_DAY] > self.limit[:_DAY]
        return self.done > self.limit

    def is_missed(self, on: date) -> bool:
        """Not done, and the day of the limit is over at T."""
        return not self.done and self.limit_on < on


def clocks_of(need: Need, on: date) -> Iterator[Clock]:
    """The clocks that run for a need, as somebody sees them at the end of that day; none where it is 不成立."""
    if need.is_valid is False:
        return
    for what, limit, done, key in (
        ("响应", need.respond_by, need.responded_at, "responded_at"),
        ("书面回复", need.answer_by, need.answered_at, "answered_at"),
    ):
        if limit:
            yield Clock(what, limit, done if done and done[:_DAY] <= on.isoformat() else "", key)
