"""Journals from a few words: postings of letters, as tests of duties and papers need them."""

from __future__ import annotations

from capa_xl.model.journal import SENT, SMTP, JournalView, Posting
from capa_xl.model.letter import JournalKey
from tests.policy.registers import day

NUMBER, DUE = "GJ-2026-001", "2026-06-30"


def posting(milestone, on, recipient="样例甲", *, result=SENT, transport=SMTP, due=DUE, number=NUMBER):
    """One letter about one deadline; a mail server took it, unless told otherwise."""
    key = JournalKey("W1", number, milestone, due, on, recipient)
    return Posting(key, result, day(on), day(on), f"{on}T08:30:00+08:00", transport, "m")


def journal(*postings, **others):
    return JournalView(postings=postings, **others)
