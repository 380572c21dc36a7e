"""The reminder plan of one day as a value: who must hear what at T, what they heard already, whom nobody can reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from capa_xl.model import words
from capa_xl.model.journal import JournalView
from capa_xl.model.letter import WELCOME, Duty, JournalKey
from capa_xl.model.problem import Problem
from capa_xl.model.weekly import WeeklyDigest
from capa_xl.policy.reminders.answers import answer_calls
from capa_xl.policy.reminders.caps import apply_caps
from capa_xl.policy.reminders.deputies import AddressBook, Addressee
from capa_xl.policy.reminders.digest import digest_calls, weekly_digest
from capa_xl.policy.reminders.milestones import Call
from capa_xl.policy.reminders.month_ahead import MonthAhead, early_calls, month_ahead_calls, month_ahead_record
from capa_xl.policy.reminders.overdue_ladder import overdue_calls
from capa_xl.policy.reminders.posted import Posted
from capa_xl.policy.reminders.waiting import waiting_calls
from capa_xl.policy.situation import Situation

TITLE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """What is due at T.

    Attributes:
        duties: To be sent today, person by person.
        already_sent: Item-recipient keys that are due and stand in the journal.
        unreachable: Names without a usable address.
        refused: `姓名 <地址>` of those whose address has a defect.
        capped: Held back for the next digest: the week's letters are used up, or today's is out already.
        missed: Month-ahead duties whose due date passed without any letter (LG01); none before the first letter ever.
        weekly: What Q1 says.
    """

    duties: tuple[Duty, ...] = ()
    already_sent: int = 0
    unreachable: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    capped: tuple[Duty, ...] = ()
    missed: tuple[MonthAhead, ...] = ()
    weekly: WeeklyDigest = WeeklyDigest(())


def plan_reminders(
    situation: Situation, journal: JournalView, problems: Iterable[Problem] = (), *, resend_unknown: bool = False
) -> ReminderPlan:
    """The plan of the day.

    Args:
        situation: The register at T.
        journal: What was sent so far, as the transport in use sees it.
        problems: What `check` found, for Q1.
        resend_unknown: Send again what may or may not have arrived; a person asked for it.
    """
    start = situation.procedure.reminders_from
    if start is not None and situation.on < start:
        return ReminderPlan()
    book = AddressBook(situation.roster, situation.on)
    posted = Posted.of(journal, situation.on, resend_unknown)
    duties, already = _unsent(situation, journal, posted, book, _item_calls(situation, journal))
    weekly = weekly_digest(situation, problems, book.unreachable, posted.troubled())
    digests, already_digests = _unsent(situation, journal, posted, book, digest_calls(situation, weekly))
    today, capped = apply_caps(situation, journal, posted, duties + digests)
    return ReminderPlan(
        duties=today,
        already_sent=already + already_digests,
        unreachable=tuple(book.unreachable),
        refused=tuple(book.refused),
        capped=capped,
        missed=_missed(situation, journal),
        weekly=weekly,
    )


def _item_calls(situation: Situation, journal: JournalView) -> Iterator[Call]:
    yield from month_ahead_calls(situation, journal)
    yield from early_calls(situation, journal)
    yield from overdue_calls(situation)
    yield from waiting_calls(situation, journal)
    yield from answer_calls(situation)


def _unsent(
    situation: Situation, journal: JournalView, posted: Posted, book: AddressBook, calls: Iterable[Call]
) -> tuple[tuple[Duty, ...], int]:
    """Duties that aren't in the journal yet, and how many keys are. Two calls with the same key become one duty."""
    duties: dict[JournalKey, Duty] = {}
    already: set[JournalKey] = set()
    for call in calls:
        for one in book.addressees(call.acting, call.told):
            key = _key(journal, call, one)
            if posted.holds(key, _is_older(situation, call)):
                already.add(key)
            else:
                key, duty = _duty(situation, journal, call, one, key)
                duties[key] = _merged(duties.get(key), duty)
    return tuple(duties.values()), len(already)


def _key(journal: JournalView, call: Call, one: Addressee) -> JournalKey:
    return JournalKey(journal.workbook_id, call.number, call.milestone, call.due_version, call.occurrence, one.name)


def _duty(
    situation: Situation, journal: JournalView, call: Call, one: Addressee, key: JournalKey
) -> tuple[JournalKey, Duty]:
    """The duty; what was due before 提醒启用日 goes into the person's one 首次启用汇总."""
    older = _is_older(situation, call)
    if older and one.name not in journal.welcomed:
        key = JournalKey(key.workbook_id, key.number, key.milestone, key.due_version, WELCOME, key.recipient)
    action = call.action
    derived = situation.derived.get(call.number) if action else None
    duty = Duty(
        key=key,
        address=one.address,
        told=one.told,
        planned_on=call.planned_on,
        due_on=call.due_on,
        late=situation.on > call.planned_on and not older,
        short_notice=call.short_notice,
        counts=call.month_ahead and not call.short_notice and not older,
        what=_what(situation, call, one),
        days=(situation.on - call.due_on).days if call.due_on else 0,
        status=derived.status if derived else "",
        title=_first_words((action.description or action.measure if action else call.title) or ""),
        department=(action.responsible_department if action else call.department) or "",
        sheet=call.sheet or (situation.register.tracker.sheet if action else ""),
        cell=call.cell or (_cell(situation, call) if action else ""),
        deputy_for=one.deputy_for,
        recipient_department=situation.roster.department_of(one.name, situation.on) or "",
    )
    return key, duty


def _what(situation: Situation, call: Call, one: Addressee) -> str:
    """The next step; who hears of somebody else's deadline is asked to see to it: 督促 样例工：完成措施 … (4.4.6)."""
    action = call.action
    if action is None or call.milestone[0] == "S":
        return call.what
    actor = situation.derived[call.number].next_actor
    own = {one.name, one.deputy_for, situation.roster.department_of(one.name, situation.on) or ""}
    if not actor or actor in own or (actor in action.owners and own & set(action.owners)):
        return call.what
    return f"{actor}：{call.what}" if one.told else f"督促 {actor}：{call.what}"


def _is_older(situation: Situation, call: Call) -> bool:
    start = situation.procedure.reminders_from
    return start is not None and call.planned_on < start


def _merged(first: Duty | None, second: Duty) -> Duty:
    """Two questions that fall on one key (two feedbacks of one day): one duty that names both, acting before told."""
    if first is None:
        return second
    what = first.what if second.what in first.what else f"{first.what}；{second.what}"
    return replace(first, what=what, told=first.told and second.told)


_CELL_BY_STATUS = {
    words.NOT_STARTED: "started_on",
    words.RUNNING: "completed_on",
    words.REWORK: "completed_on",
    words.TO_APPROVE: "approved_on",
    words.SENT_BACK: "measure",
}


def _cell(situation: Situation, call: Call) -> str:
    """The cell to open: the one to be filled next where the table has it, else the row's 编号."""
    if call.action is None:
        return ""
    key = call.key
    if key == "number":
        key = _CELL_BY_STATUS.get(situation.derived[call.number].status, key)
    return situation.at(call.action, key) or situation.at(call.action, "number")


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"


def _missed(situation: Situation, journal: JournalView) -> tuple[MonthAhead, ...]:
    if not journal.postings:
        return ()
    record = month_ahead_record(situation, journal)
    return tuple(m for m in record if m.counts and m.due_on < situation.on and m.done_on is None)
