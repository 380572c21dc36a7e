"""Letters that we give to no server: put on record as what a server refuses is, so that nobody takes them for sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal_postings import post
from capa_xl.model.journal import WITHHELD, JournalView, Posting
from capa_xl.model.letter import Letter
from capa_xl.policy.reminders.posted import A_WEEK

Withheld = tuple[Letter, str]
"""A letter and the sentence why it may not go."""


def failing(refused: Iterable[Withheld], journal: JournalView, on: date) -> tuple[Withheld, ...]:
    """Those whose recipient wasn't told of for the same reason in the week before T."""
    known = {
        (posting.key.recipient, posting.error)
        for posting in journal.postings
        if posting.result == WITHHELD and posting.tried_on is not None and on < posting.tried_on + A_WEEK
    }
    return tuple((letter, fault) for letter, fault in refused if (letter.recipient, fault) not in known)


def record_withheld(letters: Iterable[Withheld], journal: WorkbookJournal, desk: Desk) -> None:
    """Write the fate of each; all or none, durable on return."""
    transport = desk.settings.mail.transport
    rows = [
        Posting(duty.key, WITHHELD, duty.planned_on, None, "", transport, letter.message_id, fault, duty.counts)
        for letter, fault in letters
        for duty in letter.duties
    ]
    if rows:
        post(journal.conn, rows, desk.as_of.on)
