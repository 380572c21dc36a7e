"""The clocks of a complaint: to be responded to, and answered in writing, by a day or to the minute (顾客投诉).

One judgement for the rule (XR10) and the letter (S7). A day without a time ends at midnight: on the day is in time. A
minute is over with the next one, for a run that knows the time; for a whole day (`--as-of`) with the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from capa_xl.model.as_of import AsOf
from capa_xl.model.records import Need
from capa_xl.model.register import Table

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
    def has_minute(self) -> bool:
        """The limit is given to the minute."""
        return len(self.limit) > _DAY

    @property
    def minute(self) -> str:
        """The minute of that day, 09:30; "" for a whole day."""
        return self.limit[_DAY:].strip()

    @property
    def is_late(self) -> bool:
        """Done after its limit; a day without a time is compared by the day alone."""
        if not self.has_minute or len(self.done) == _DAY:
            return self.done[:_DAY] > self.limit[:_DAY]
        return self.done > self.limit

    def is_missed(self, as_of: AsOf) -> bool:
        """Not done, and the day of the limit is over at T, or its minute where both are given."""
        is_over = self.limit_on < as_of.on or (self.has_minute and self.limit < as_of.minute)
        return not self.done and is_over


class UnreadClock(Struct, frozen=True):
    """One thing a complaint is owed by a time that nobody can read, and that wasn't done: it counts as due now.

    Attributes:
        what: 响应 or 书面回复.
        key: Column of the cell that tells by when.
        cell: Its A1 address.
        written: What stands in it; "" where that can't be told.
    """

    what: str
    key: str
    cell: str
    written: str


_CLOCKS = (("响应", "respond_by", "responded_at"), ("书面回复", "answer_by", "answered_at"))


def clocks_of(need: Need, on: date) -> Iterator[Clock]:
    """The clocks that run for a need, as somebody sees them at the end of that day; none where it is 不成立."""
    if need.is_valid is False:
        return
    for what, limit, key in _CLOCKS:
        if by := getattr(need, limit):
            yield Clock(what, by, _done(need, key, on), key)


def next_minute(needs: Iterable[Need], as_of: AsOf) -> str:
    """The first minute of T, from now on, that ends a clock which still runs; "" for none, or for a whole day."""
    clocks = (clock for need in needs for clock in clocks_of(need, as_of.on) if not clock.done)
    running = (clock for clock in clocks if clock.has_minute and clock.limit_on == as_of.on)
    return min((clock.limit for clock in running if clock.limit >= as_of.minute), default="") if as_of.minute else ""


def unread_clocks_of(
    need: Need, on: date, table: Table[Need], unread: Mapping[tuple[str, str | None], str]
) -> Iterator[UnreadClock]:
    """Those of a need whose limit can't be read, and that weren't done by the end of that day.

    Args:
        need: A row of the table.
        on: T.
        table: 问题需求登记.
        unread: What `unread_cells` found.
    """
    if need.is_valid is False:
        return
    for what, limit, key in _CLOCKS:
        place = table.sheet_of(need.row), table.cell(need.row, limit)
        if not getattr(need, limit) and place in unread and not _done(need, key, on):
            yield UnreadClock(what, limit, place[1], unread[place])


def _done(need: Need, key: str, on: date) -> str:
    done: str | None = getattr(need, key)
    return done if done and done[:_DAY] <= on.isoformat() else ""
