"""What the journal already holds, indexed for planning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from capa_xl.model.journal import FAILED, FILED, SENDING, SENT, UNKNOWN, JournalView, Posting
from capa_xl.model.letter import WELCOME, JournalKey

_SETTLED = frozenset({SENT, FILED, SENDING})


@dataclass(frozen=True, slots=True)
class Posted:
    """The journal by key.

    Attributes:
        fates: Key → its last posting.
        written_today: Persons who got a letter at T already.
    """

    fates: Mapping[JournalKey, Posting]
    written_today: frozenset[str]
    resend_unknown: bool = False

    @classmethod
    def of(cls, journal: JournalView, on: date, resend_unknown: bool = False) -> Posted:
        """The index at T.

        Args:
            resend_unknown: A person asked for letters of unknown fate to be sent again.
        """
        fates = {p.key: p for p in journal.postings}
        today = frozenset(p.key.recipient for p in fates.values() if p.sent_on == on and p.result in _SETTLED)
        return cls(fates, today, resend_unknown)

    def holds(self, key: JournalKey, older: bool = False) -> bool:
        """True when the reminder left or may have left: it isn't sent again.

        Args:
            older: Its day lay before 提醒启用日, so it may have gone out with a 首次启用汇总.
        """
        return self._settled(key) or (older and self._settled(replace(key, occurrence=WELCOME)))

    def troubled(self) -> tuple[Posting, ...]:
        """Postings that failed or whose fate nobody knows, in time order."""
        return tuple(p for p in self.fates.values() if p.result in (FAILED, UNKNOWN))

    def _settled(self, key: JournalKey) -> bool:
        posting = self.fates.get(key)
        if posting is None:
            return False
        return posting.result in _SETTLED or (posting.result == UNKNOWN and not self.resend_unknown)
