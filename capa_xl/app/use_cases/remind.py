"""remind: the letters due, and with `--send` sent: plan → letters → transport, the journal before and after each.

Without `send` nothing is written anywhere: the journal is copied into memory, a lost one rebuilt there. With `send` and
an as-of day that isn't today the letters go to the outbox only, marked as a rehearsal (semantics.md, *Reminders*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from capa_xl.app.shared.books import Books, books_of
from capa_xl.app.shared.chat_digest import post_digest, robots_of
from capa_xl.app.shared.deliver import Delivery, Errand, deliver, without_refused
from capa_xl.app.shared.judging import Judged, check_all, judge
from capa_xl.app.shared.opening import Opened, open_tracker, state_folder
from capa_xl.app.shared.remember import see_and_remember
from capa_xl.app.shared.transports import transport_for
from capa_xl.app.shared.world import World
from capa_xl.app.shared.writing_desk import desk_for, letter_templates
from capa_xl.effects.journal_postings import rehearsed_keys, settle_interrupted
from capa_xl.effects.run_lock import only_run
from capa_xl.effects.transport import Transport
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import FAILED, OUTBOX, UNKNOWN, Posting
from capa_xl.model.letter import Letter
from capa_xl.policy.register_view import RegisterView, view_register
from capa_xl.policy.reminders.plan import ReminderPlan, plan_reminders
from capa_xl.policy.reminders.rehearse import rehearse
from capa_xl.reports.letters import compose
from capa_xl.settings.values import Settings

REHEARSAL_TIME = time(8, 30)
"""Time of day in the Date header of a rehearsed letter."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller wants.

    Attributes:
        max_send: At most so many letters; None for the settings' own cap.
        resend_unknown: Letters whose fate is unknown go out again.
    """

    send: bool = False
    max_send: int | None = None
    resend_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Reminded:
    """What was due and what became of it.

    Attributes:
        letters: The letters due, whether sent or not.
        refused: Letters that may not go, with the sentence why.
        transport: outbox or smtp.
        unknown: Reminders of earlier runs whose fate nobody knows, as they stood before this run.
        assigned_id: The id the journal gave the file's name because 参数 工作簿标识 is blank; "" otherwise.
        rebuilt: Postings taken over from 提醒台账 because the journal was lost.
        warnings: What went wrong beside the letters: a chat robot that didn't answer.
    """

    as_of: date
    judged: Judged
    plan: ReminderPlan
    letters: tuple[Letter, ...]
    already_sent: int
    refused: tuple[tuple[Letter, str], ...]
    transport: str
    rehearsal: bool
    outbox: Path
    delivery: Delivery = field(default_factory=Delivery)
    unknown: tuple[Posting, ...] = ()
    assigned_id: str = ""
    rebuilt: int = 0
    warnings: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document of `--json`; its keys are a contract (architecture.md)."""
        return {
            "as_of": self.as_of,
            "sent": self.delivery.sent,
            "already_sent": self.already_sent,
            "unreachable": list(self.plan.unreachable),
            "refused": [*self.plan.refused, *(f"{letter.recipient} <{letter.address}>" for letter, _ in self.refused)],
            "letters": [letter_json(letter) for letter in self.letters],
            "transport": self.transport,
            "rehearsal": self.rehearsal,
            "failed": [_fate_json(letter, outcome.error) for letter, outcome in self.delivery.letters(FAILED)],
            "unknown": [_fate_json(letter, outcome.error) for letter, outcome in self.delivery.letters(UNKNOWN)],
            "held_back": len(self.delivery.held_back),
            "stopped": self.delivery.stopped,
            "warnings": list(self.warnings),
        }


def remind(path: Path, as_of: AsOf, settings: Settings, world: World, wish: Wish) -> Reminded:
    """Plan the letters of a day and, if wished, send them; a second run on the same day sends nothing.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        SettingsError: The secret of the mail settings isn't there.
        JournalUnusable: The journal can't be used; nothing was sent.
        WorkbookLocked: Another sending run is under way over the same state folder.
    """
    if not wish.send:
        return remind_alone(path, as_of, settings, world, wish)
    with only_run(state_folder(path, settings.paths.state)):
        return remind_alone(path, as_of, settings, world, wish)


def remind_alone(path: Path, as_of: AsOf, settings: Settings, world: World, wish: Wish) -> Reminded:
    """The same for a caller who holds the run lock already."""
    opened = open_tracker(path, settings.paths.state)
    with books_of(opened, writing=wish.send) as books:
        settle_interrupted(books.conn, books.workbook_id)
        due = _due(opened, books, as_of, settings, world, wish)
        return _send(due, books, settings, world, wish) if wish.send else due


def forecast(path: Path, as_of: AsOf, settings: Settings, until: date) -> Iterator[tuple[date, tuple[Letter, ...]]]:
    """Who will hear what from T until a day, if nobody touches the table; days without a letter are left out."""
    opened = open_tracker(path, settings.paths.state)
    with books_of(opened, writing=False) as books:
        journal = books.view(settings.mail.transport)
    judged = judge(opened, as_of, journal)

    def view_on(day: date) -> RegisterView:
        return view_register(opened.register, AsOf(day, max(day, as_of.today)), journal.first_due)

    templates = letter_templates(settings)
    for day, plan in rehearse(view_on, as_of.on, until, journal, judged.checked.problems):
        desk = desk_for(opened, settings, day, rehearsal=day != as_of.today)
        letters = compose(plan.duties, journal, templates, desk, plan.weekly)
        yield day, without_refused(letters, settings.mail.allowed_domains)[0]


def letter_json(letter: Letter) -> dict[str, Any]:
    """One letter as `--json` shows it."""
    return {
        "to": [letter.address],
        "cc": list(letter.told_also),
        "subject": letter.subject,
        "message_id": letter.message_id,
        "items": [
            {
                "number": duty.key.number,
                "milestone": duty.key.milestone,
                "due_on": duty.due_on,
                "planned_on": duty.planned_on,
                "late": duty.late,
            }
            for duty in letter.duties
        ],
    }


def _due(opened: Opened, books: Books, as_of: AsOf, settings: Settings, world: World, wish: Wish) -> Reminded:
    judged = _judged(opened, books, as_of, world)
    journal = books.view(settings.mail.transport)
    plan = plan_reminders(judged.view, journal, judged.checked.problems, resend_unknown=wish.resend_unknown)
    rehearsal = as_of.on != as_of.today
    rehearsed = rehearsed_keys(books.conn, books.workbook_id, as_of.on) if rehearsal else frozenset()
    duties = tuple(duty for duty in plan.duties if duty.key not in rehearsed)
    desk = desk_for(opened, settings, as_of.on, rehearsal=rehearsal)
    letters = compose(duties, journal, letter_templates(settings), desk, plan.weekly)
    letters, refused = without_refused(letters, settings.mail.allowed_domains)
    return Reminded(
        as_of=as_of.on,
        judged=judged,
        plan=plan,
        letters=letters,
        already_sent=plan.already_sent + len(plan.duties) - len(duties),
        refused=refused,
        transport=OUTBOX if rehearsal else settings.mail.transport,
        rehearsal=rehearsal,
        outbox=opened.state_folder / "outbox" / as_of.on.isoformat(),
        unknown=tuple(posting for posting in journal.postings if posting.result == UNKNOWN),
        assigned_id=books.workbook_id if books.assigned else "",
        rebuilt=books.rebuilt,
    )


def _judged(opened: Opened, books: Books, as_of: AsOf, world: World) -> Judged:
    """Judge by what the tracker says today, new due dates among it; a rehearsal leaves no such trace."""
    now = world.now() if as_of.on == as_of.today else None
    view, journal = see_and_remember(books, opened, as_of, now)
    return Judged(opened, view, check_all(opened, view, journal))


def _send(due: Reminded, books: Books, settings: Settings, world: World, wish: Wish) -> Reminded:
    state = due.judged.opened.state_folder
    transport = transport_for(settings.mail, state, due.as_of, rehearsal=due.rehearsal)
    if due.letters and transport.name != OUTBOX and settings.mail.user:
        settings.mail.secret.reveal()  # an absent secret is said before any letter is touched
    errand = Errand(
        on=due.as_of,
        rehearsal=due.rehearsal,
        now=_rehearsed_instant(due.as_of, world.now) if due.rehearsal else world.now,
        sleep=world.sleep,
        max_send=_cap(settings, transport, wish),
        go_on=world.go_on,
    )
    robots = () if due.rehearsal else robots_of(settings)
    delivery = deliver(books, due.letters, transport, errand)
    warnings = post_digest(books, due.judged, due.plan.weekly, robots, errand)
    return replace(due, delivery=delivery, warnings=warnings)


def _cap(settings: Settings, transport: Transport, wish: Wish) -> int:
    """--max-send, else the settings' cap; files in the outbox harm nobody and need none."""
    if wish.max_send is not None:
        return wish.max_send
    return 0 if transport.name == OUTBOX else settings.mail.max_send


def _rehearsed_instant(on: date, now: Callable[[], datetime]) -> Callable[[], datetime]:
    """The as-of day at half past eight, so that a rehearsal gives the same bytes whenever it is run."""
    return lambda: datetime.combine(on, REHEARSAL_TIME, now().tzinfo)


def _fate_json(letter: Letter, error: str) -> dict[str, Any]:
    return {"to": [letter.address], "message_id": letter.message_id, "error": error}
