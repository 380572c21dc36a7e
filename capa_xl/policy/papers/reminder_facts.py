"""What 2.5 of the report says of reminders: letters a mail server took and reminders by hand, never an outbox (A4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from capa_xl.model.action import Action
from capa_xl.model.journal import FAILURES, FILED, NO_JOURNAL, JournalView, Posting
from capa_xl.model.milestones import M1, is_early, is_urging
from capa_xl.model.paper_facts import MonthAheadFacts, ReminderFacts
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.made_reminders import accepted_postings, made_reminders
from capa_xl.policy.reminders.month_ahead import MonthAhead, month_ahead_record
from capa_xl.policy.role_words import with_role

_Sent = tuple[str, date]
"""Milestone and day: a reminder to several people is one."""


def reminder_facts(given: PaperInputs, action: Action) -> ReminderFacts | None:
    """What was done for one action by T; None where neither a journal nor a record by hand exists."""
    view, journal = given.view, given.journal or NO_JOURNAL
    made = made_reminders(view, journal)
    if not journal.postings and not made:
        return None
    sent = {(one.milestone, one.on) for one in made if one.number == action.number}
    early, urged = _of_kind(sent, is_early), _of_kind(sent, is_urging)
    filed = frozenset(_filed(view, journal, action.number)) - sent
    return ReminderFacts(
        duties=tuple(
            _told(view, journal, duty)
            for duty in month_ahead_record(view, journal)
            if duty.number == action.number and _is_told(duty)
        ),
        follow_ups=len(urged),
        last_follow_up=urged[-1][1] if urged else None,
        filed_follow_ups=len(_of_kind(filed, is_urging)),
        early=tuple(on for _, on in early),
        filed_early=len(_of_kind(filed, is_early)),
        unreached=tuple(_unreached(view, journal, action.number)),
        lead=view.procedure.first_reminder,
    )


def _of_kind(sent: Iterable[_Sent], is_meant: Callable[[str], bool]) -> list[_Sent]:
    """Those of a kind of milestone, in the order of their days."""
    return sorted((one for one in sent if is_meant(one[0])), key=lambda one: (one[1], one[0]))


def _is_told(duty: MonthAhead) -> bool:
    """A duty that was owed, or a reminder that went out although none was."""
    return duty.counts or duty.done_on is not None


def _told(view: RegisterView, journal: JournalView, duty: MonthAhead) -> MonthAheadFacts:
    names = tuple(
        with_role(view.roster, posting.key.recipient, on)
        for posting, on in accepted_postings(view, journal)
        if on == duty.sent_on
        and (posting.key.number, posting.key.milestone) == (duty.number, M1.code)
        and posting.key.due_version == duty.due_on.isoformat()
    )
    filed_on = duty.filed_on if duty.filed_on is not None and duty.filed_on <= view.on else None
    return MonthAheadFacts(duty.due_on, duty.owed_by, duty.short_notice, duty.sent_on, names, filed_on)


def _unreached(view: RegisterView, journal: JournalView, number: str) -> Iterator[str]:
    """Whom none of the reminders of a deadline reached by T, though one at least was tried."""
    reached = {one.key.recipient for one, _ in accepted_postings(view, journal) if _is_of_a_deadline(one, number)}
    failed: dict[str, date] = {}
    for one in journal.postings:
        on = one.tried_on or one.planned_on
        if one.result in FAILURES and on <= view.on and _is_of_a_deadline(one, number):
            failed.setdefault(one.key.recipient, on)
    yield from (with_role(view.roster, name, on) for name, on in failed.items() if name not in reached)


def _is_of_a_deadline(posting: Posting, number: str) -> bool:
    code = posting.key.milestone
    return posting.key.number == number and (code == M1.code or is_early(code) or is_urging(code))


def _filed(view: RegisterView, journal: JournalView, number: str) -> Iterator[tuple[str, date]]:
    for posting in journal.postings:
        if posting.key.number != number or posting.result != FILED or posting.sent_on is None:
            continue
        if posting.sent_on <= view.on:
            yield posting.key.milestone, posting.sent_on
