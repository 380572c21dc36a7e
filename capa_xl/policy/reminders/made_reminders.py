"""Reminders that count as made: letters a mail server accepted, and those 质量部 recorded by hand (4.4.6).

An outbox or a rehearsal proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.journal import CHAT, SENT, JournalView, Posting
from capa_xl.policy.register_view import RegisterView

BY_HAND = ""
"""Milestone of a reminder by hand: it reminds of whatever was due on its day."""


class MadeReminder(Struct, frozen=True):
    """One reminder that reached somebody.

    Attributes:
        milestone: Code of the milestone; `BY_HAND` for one from 进展反馈.
        due_version: The due date or limit it spoke of, ISO; "" by hand.
        occurrence: Which of the letters of one milestone it was (`DueReminder`); "" by hand.
    """

    number: str
    milestone: str
    due_version: str
    on: date
    occurrence: str = ""

    @property
    def once(self) -> tuple[str, ...]:
        """What it is counted by: a letter that others got on a later day is still one reminder."""
        told = self.on.isoformat() if self.is_by_hand else self.occurrence
        return self.number, self.milestone, self.due_version, told

    @property
    def is_by_hand(self) -> bool:
        """Recorded by 质量部, not sent by this program."""
        return self.milestone == BY_HAND


def made_reminders(view: RegisterView, journal: JournalView | None) -> tuple[MadeReminder, ...]:
    """Every reminder made up to T."""
    return (*_accepted(view, journal), *_by_hand(view))


def accepted_postings(view: RegisterView, journal: JournalView | None) -> Iterator[tuple[Posting, date]]:
    """Every letter that a mail server took by T, with its day; a chat message, an outbox or a rehearsal is none."""
    for posting in journal.postings if journal is not None else ():
        if posting.result == SENT and posting.transport != CHAT and posting.sent_on and posting.sent_on <= view.on:
            yield posting, posting.sent_on


def _accepted(view: RegisterView, journal: JournalView | None) -> Iterator[MadeReminder]:
    for posting, on in accepted_postings(view, journal):
        key = posting.key
        yield MadeReminder(key.number, key.milestone, key.due_version, on, key.occurrence)


def _by_hand(view: RegisterView) -> Iterator[MadeReminder]:
    """An entry 提醒 with a day, recorded by somebody of 质量部 (or by whom the roster doesn't know)."""
    for number, entries in view.progress.items():
        for entry in entries:
            if entry.kind != words.REMINDED or entry.on is None:
                continue
            name = entry.recorded_by or ""
            if not view.roster.exists(name) or view.roster.in_quality(name, entry.on):
                yield MadeReminder(number, BY_HAND, "", entry.on)
