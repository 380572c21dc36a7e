"""The reminder plan of one day as a value: who must hear what at T, what they heard already, whom nobody can reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from capa_xl.model.journal import FAILURES, FILED, JournalView, Posting
from capa_xl.model.letter import Duty
from capa_xl.model.milestones import Q1
from capa_xl.model.problem import Problem
from capa_xl.model.weekly import WeeklyDigest
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.awaited_answers import answer_reminders
from capa_xl.policy.reminders.caps import apply_caps
from capa_xl.policy.reminders.complaint_letters import complaint_reminders
from capa_xl.policy.reminders.deputies import AddressBook
from capa_xl.policy.reminders.digest import digest_reminders, weekly_digest
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.duties import unsent_duties
from capa_xl.policy.reminders.month_ahead import MonthAhead, early_reminders, month_ahead_record, month_ahead_reminders
from capa_xl.policy.reminders.overdue_ladder import overdue_reminders
from capa_xl.policy.reminders.posted import Posted
from capa_xl.policy.reminders.waiting import waiting_reminders


class ReminderPlan(Struct, frozen=True):
    """What is due at T.

    Attributes:
        duties: To be sent today, person by person.
        already_sent: Item-recipient keys that are due and went, or may have gone, to a server before.
        already_filed: Those whose letter lies in the outbox: made, and sent to nobody.
        unreachable: Names that a reminder was for and no letter reaches: without a usable address, or with several.
        refused: `姓名 <地址>` of those whose address has a defect.
        capped: Held back for the next digest: the week's letters are used up, or today's is out already.
        missed: Month-ahead duties whose due date passed without any letter (LG01); none before the first letter ever.
        weekly: What Q1 says.
        written_today: Persons who got a letter at T already.
    """

    duties: tuple[Duty, ...] = ()
    already_sent: int = 0
    already_filed: int = 0
    unreachable: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    capped: tuple[Duty, ...] = ()
    missed: tuple[MonthAhead, ...] = ()
    weekly: WeeklyDigest = WeeklyDigest(())
    written_today: frozenset[str] = frozenset()


NO_ADDRESS = "没有可用的邮箱"
NOT_TOLD_APART = "有几个邮箱，分不清有的信是谁的"


def plan_reminders(
    view: RegisterView,
    journal: JournalView,
    problems: Iterable[Problem] = (),
    silent: Iterable[tuple[str, str]] = (),
    *,
    resend_unknown: bool = False,
) -> ReminderPlan:
    """The plan of the day.

    Args:
        view: The register at T.
        journal: What was sent so far, as the transport in use sees it.
        problems: What `check` found, for Q1.
        silent: (name, why) of those whom no letter reaches (`Reach.people`), for Q1.
        resend_unknown: Send again what may or may not have arrived; a person asked for it.
    """
    posted = Posted.of(journal, view.on, resend_unknown)
    start = view.procedure.reminders_from
    if start is not None and view.on < start:
        return ReminderPlan(written_today=posted.written_today)
    book = AddressBook(view.roster, view.on)
    duties, already = unsent_duties(view, journal, posted, book, _item_reminders(view, journal))
    silent, problems, alone = _silent(view, silent, book.unreachable), tuple(problems), bool(book.unreachable)
    troubled = posted.troubled()
    going = apply_caps(view, journal, posted, duties)[0] if troubled else ()
    again = frozenset(duty.key for duty in going)

    def week_of(told: tuple[Posting, ...]) -> tuple[WeeklyDigest, tuple[Duty, ...], Counter[str]]:
        weekly = weekly_digest(view, problems, silent, told, again=again, alone=alone)
        return weekly, *unsent_duties(view, journal, posted, book, digest_reminders(view, weekly))

    weekly, digests, digested = week_of(troubled)
    today, capped = apply_caps(view, journal, posted, duties + digests)
    if (others := _without_digests_read(troubled, today)) != troubled:
        weekly, digests, digested = week_of(others)
        today, capped = apply_caps(view, journal, posted, duties + digests)
    before = already + digested
    return ReminderPlan(
        duties=today,
        already_sent=before.total() - before[FILED],
        already_filed=before[FILED],
        unreachable=tuple(book.unreachable),
        refused=tuple(book.refused),
        capped=capped,
        missed=_missed(view, journal),
        weekly=weekly,
        written_today=posted.written_today,
    )


def _item_reminders(view: RegisterView, journal: JournalView) -> Iterator[DueReminder]:
    yield from month_ahead_reminders(view, journal)
    yield from early_reminders(view, journal)
    yield from overdue_reminders(view)
    yield from waiting_reminders(view, journal)
    yield from answer_reminders(view)
    yield from complaint_reminders(view)


def _missed(view: RegisterView, journal: JournalView) -> tuple[MonthAhead, ...]:
    if not journal.postings:
        return ()
    record = month_ahead_record(view, journal)
    return tuple(m for m in record if m.counts and m.due_on < view.on and m.done_on is None)


def _without_digests_read(troubled: tuple[Posting, ...], today: Iterable[Duty]) -> tuple[Posting, ...]:
    """All but the digests of those who read one today: it says what the failed one did. What may have arrived stays."""
    going = {duty.key for duty in today if duty.key.milestone == Q1.code}
    readers = {key.recipient for key in going}

    def is_read(one: Posting) -> bool:
        failed = one.key.milestone == Q1.code and one.result in FAILURES
        return one.key in going or (failed and one.key.recipient in readers)

    return tuple(one for one in troubled if not is_read(one))


def _silent(view: RegisterView, known: Iterable[tuple[str, str]], met: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Those that every other surface names, then those that only a reminder of today met."""
    why = dict(known)
    for name in met:
        why.setdefault(name, NOT_TOLD_APART if len(view.roster.addresses(name, view.on)) > 1 else NO_ADDRESS)
    return tuple(why.items())
