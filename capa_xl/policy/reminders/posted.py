"""What the journal already holds, indexed for planning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.journal import FAILURES, FILED, REFUSED, SENDING, SENT, UNKNOWN, JournalView, Posting
from capa_xl.model.letter import FIRST, WELCOME, JournalKey
from capa_xl.model.milestones import Section, milestone_of
from capa_xl.policy.register_view import RegisterView

A_WEEK = timedelta(days=7)
_SETTLED = frozenset({SENT, FILED, SENDING})


class Posted(Struct, frozen=True):
    """The journal by key.

    Attributes:
        fates: Key → its last posting.
        on: T.
        told: Key without its occurrence → the last posting that reached them.
        refused: Person → the last letter that the server refused, where none went to them since.
        written_today: Persons who got a letter at T already.
    """

    fates: Mapping[JournalKey, Posting]
    written_today: frozenset[str]
    on: date
    refused: Mapping[str, Posting]
    told: Mapping[JournalKey, Posting]
    resend_unknown: bool = False

    @classmethod
    def of(cls, journal: JournalView, on: date, resend_unknown: bool = False) -> Posted:
        """The index at T.

        Args:
            resend_unknown: A person asked for letters of unknown fate to be sent again.
        """
        fates = {p.key: p for p in journal.postings}
        today = frozenset(p.key.recipient for p in fates.values() if p.sent_on == on and p.result in _SETTLED)
        answered = [p for p in (*journal.attempts, *journal.postings) if p.result in (SENT, REFUSED)]
        last = {p.key.recipient: p for p in sorted(answered, key=_answered_on)}
        refused = {name: posting for name, posting in last.items() if posting.result == REFUSED}
        told = {replace(p.key, occurrence=""): p for p in journal.postings if p.result in (SENT, FILED)}
        return cls(fates, today, on, refused, told, resend_unknown)

    def held(self, key: JournalKey, older: bool = False) -> str:
        """The result under which a reminder left, lies in the outbox or may have left: it isn't sent again. "" else.

        Args:
            older: Its day lay before 提醒启用日, so it may have gone out with a 首次启用汇总; the first of a deadline
                may in any case, for its day moves when the row is approved later.
        """
        may_be_welcome = older or key.occurrence == FIRST
        return self._settled(key) or (self._settled(replace(key, occurrence=WELCOME)) if may_be_welcome else "")

    def just_told(self, key: JournalKey, planned_on: date, apart: timedelta) -> str:
        """The result under which they heard of the same matter less than `apart` before the planned day; "" else.

        It counts from the day they really heard, which isn't the planned one of a letter made up for or of a
        首次启用汇总.
        """
        last = self.told.get(replace(key, occurrence=""))
        return last.result if last and last.sent_on and planned_on < last.sent_on + apart else ""

    def refusal(self, name: str, address: str) -> str:
        """Why nothing is sent to that address today, with the day it will be tried; "" where something may be.

        A refused address is tried again after a week, a corrected one at once.
        """
        posting = self.refused.get(name)
        is_barred = posting is not None and posting.tried_on is not None and self.on < posting.tried_on + A_WEEK
        return self.last_refusal(name, address) if is_barred else ""

    def last_refusal(self, name: str, address: str) -> str:
        """Why the server took no letter for that address the last time it had a word on it; "" where it took one."""
        posting = self.refused.get(name)
        if posting is None or posting.tried_on is None or address not in posting.error:
            return ""
        again = max(self.on, posting.tried_on + A_WEEK)
        return f"{posting.error.split('→')[0].rstrip()}，{again} 再试"

    def troubled(self) -> tuple[Posting, ...]:
        """Postings that failed or whose fate nobody knows, in time order.

        A failure is over once a server took a later letter to the same person about the same matter; what nobody knows
        stays until somebody asks.
        """
        reached = last_reached(self.fates.values())
        failed = (p for p in self.fates.values() if p.result in (*FAILURES, UNKNOWN))
        return tuple(p for p in failed if p.result == UNKNOWN or not is_made_up_for(p, reached))

    def _settled(self, key: JournalKey) -> str:
        posting = self.fates.get(key)
        if posting is None:
            return ""
        is_settled = posting.result in _SETTLED or (posting.result == UNKNOWN and not self.resend_unknown)
        return posting.result if is_settled else ""


def _answered_on(posting: Posting) -> tuple[date, bool]:
    """The day of the server's word; of one day the refusal came first, for after it only a mended address is tried."""
    return posting.tried_on or posting.sent_on or posting.planned_on, posting.result == SENT


def is_of_former_address(posting: Posting, addresses: Iterable[str]) -> bool:
    """Whether the server refused an address that its owner has no more; False of somebody who has none."""
    now = tuple(filter(None, addresses))
    return posting.result == REFUSED and bool(now) and not any(address in posting.error for address in now)


def is_due_no_more(posting: Posting, view: RegisterView) -> bool:
    """Whether no such letter is ever sent again: its action has ended, what it urged to do is done, or the deadline
    that it spoke of beforehand is over.
    """
    action = view.by_number.get(posting.key.number)
    derived = view.derived.get(posting.key.number)
    if action is None or derived is None:
        return False
    milestone = milestone_of(posting.key.milestone)
    is_beforehand = milestone is not None and milestone.section is Section.COMING
    urged_to_do = is_beforehand or (milestone is not None and milestone.urges)
    is_done = action.completed_on is not None and derived.status not in words.OWNERS_TURN
    is_over = is_beforehand and posting.key.due_version < view.on.isoformat()
    return derived.is_ended or (urged_to_do and is_done) or is_over


def last_reached(postings: Iterable[Posting]) -> Mapping[tuple[str, ...], date]:
    """To whom and of what → the last day that a server took such a letter."""
    reached: dict[tuple[str, ...], date] = {}
    for one in postings:
        if one.result == SENT and one.sent_on is not None:
            matter = _matter(one)
            reached[matter] = max(one.sent_on, reached.get(matter, date.min))
    return reached


def newest_of_matters(postings: Iterable[Posting]) -> frozenset[JournalKey]:
    """Of each matter the letter that was planned last: what went before it in the ladder is never sent again."""
    newest: dict[tuple[str, ...], Posting] = {}
    for one in postings:
        before = newest.get(_matter(one))
        if before is None or before.planned_on <= one.planned_on:
            newest[_matter(one)] = one
    return frozenset(one.key for one in newest.values())


def is_made_up_for(posting: Posting, reached: Mapping[tuple[str, ...], date]) -> bool:
    """Whether a server took a letter of the same matter on a later day than this one was tried."""
    return reached.get(_matter(posting), date.min) > (posting.tried_on or posting.planned_on)


def _matter(posting: Posting) -> tuple[str, ...]:
    """To whom and of what: of an action whatever its letters are called, else the letter's own kind."""
    key = posting.key
    return (key.recipient, key.number or key.milestone)
