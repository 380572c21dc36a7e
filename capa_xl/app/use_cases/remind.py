"""remind: the letters due, and with `--send` sent: plan → letters → transport, the journal before and after each.

Without `send` nothing is written anywhere: the journal is copied into memory, a lost one rebuilt there. With `send` and
an as-of day that isn't today the letters go to the outbox only, marked as a rehearsal (semantics.md, *Reminders*).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from capa_xl.app.shared.chat_digest import post_digest, robots_of
from capa_xl.app.shared.deliver import Delivery, deliver, without_refused
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import Judged, check_all, judge
from capa_xl.app.shared.letterhead import letter_templates, letterhead_of
from capa_xl.app.shared.opening import Opened, open_tracker
from capa_xl.app.shared.run_record import see_and_record
from capa_xl.app.shared.sole_run import sole_run
from capa_xl.app.shared.transports import transport_for
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.effects.journal_postings import rehearsed_keys, settle_interrupted
from capa_xl.effects.transport import Transport
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import FAILED, OUTBOX, UNKNOWN, Posting
from capa_xl.model.letter import Letter
from capa_xl.policy.register_view import RegisterView, view_register
from capa_xl.policy.reminders.plan import ReminderPlan, plan_reminders
from capa_xl.policy.reminders.rehearse import rehearse
from capa_xl.reports.letters import compose
from capa_xl.settings.values import MailSettings


@dataclass(frozen=True, slots=True)
class RemindOptions:
    """What is to be done with the letters due.

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


def remind(desk: Desk, options: RemindOptions) -> Reminded:
    """Plan the letters of a day and, if asked to, send them; a second run on the same day sends nothing.

    Raises:
        UnreadableWorkbook: No workbook, or no tracker in it.
        SettingsError: The secret of the mail settings isn't there.
        JournalUnusable: The journal can't be used; nothing was sent.
        WorkbookLocked: Another sending run is under way over the same state folder.
    """
    if not options.send:
        return remind_alone(desk, options)
    with sole_run(desk) as said:
        reminded = remind_alone(desk, options)
        return replace(reminded, warnings=(*said, *reminded.warnings))


def remind_alone(desk: Desk, options: RemindOptions) -> Reminded:
    """The same for a caller who holds the run lock already."""
    opened = open_tracker(desk)
    with journal_of(opened, writing=options.send) as journal:
        settle_interrupted(journal.conn, journal.workbook_id)
        due = _due(opened, journal, options)
        return _send(due, journal, options) if options.send else due


def forecast(desk: Desk, until: date) -> Iterator[tuple[date, tuple[Letter, ...]]]:
    """Who will hear what from T until a day, if nobody touches the table; days without a letter are left out."""
    opened, as_of, mail = open_tracker(desk), desk.as_of, desk.settings.mail
    with journal_of(opened, writing=False) as journal:
        past = journal.view(mail.transport)
    judged = judge(opened, as_of, past)

    def view_on(day: date) -> RegisterView:
        return view_register(opened.register, AsOf(day, max(day, as_of.today)), past.first_due)

    templates = letter_templates(desk.templates)
    for day, plan in rehearse(view_on, as_of.on, until, past, judged.checked.problems):
        letterhead = letterhead_of(opened, AsOf(day, as_of.today))
        letters = compose(plan.duties, past, templates, letterhead, plan.weekly)
        yield day, without_refused(letters, mail.allowed_domains)[0]


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


def _due(opened: Opened, journal: WorkbookJournal, options: RemindOptions) -> Reminded:
    desk, mail = opened.desk, opened.desk.settings.mail
    judged = _judged(opened, journal)
    past = journal.view(mail.transport)
    plan = plan_reminders(judged.view, past, judged.checked.problems, resend_unknown=options.resend_unknown)
    rehearsal, on = desk.is_rehearsal, desk.as_of.on
    rehearsed = rehearsed_keys(journal.conn, journal.workbook_id, on) if rehearsal else frozenset()
    duties = tuple(duty for duty in plan.duties if duty.key not in rehearsed)
    letters = compose(duties, past, letter_templates(desk.templates), letterhead_of(opened, desk.as_of), plan.weekly)
    letters, refused = without_refused(letters, mail.allowed_domains)
    return Reminded(
        as_of=on,
        judged=judged,
        plan=plan,
        letters=letters,
        already_sent=plan.already_sent + len(plan.duties) - len(duties),
        refused=refused,
        transport=OUTBOX if rehearsal else mail.transport,
        rehearsal=rehearsal,
        outbox=desk.outbox / on.isoformat(),
        unknown=tuple(posting for posting in past.postings if posting.result == UNKNOWN),
        assigned_id=journal.workbook_id if journal.assigned else "",
        rebuilt=journal.rebuilt,
    )


def _judged(opened: Opened, journal: WorkbookJournal) -> Judged:
    """Judge by what the tracker says today, new due dates among it; a rehearsal leaves no such trace."""
    now = None if opened.desk.is_rehearsal else opened.desk.world.now()
    view, past = see_and_record(journal, opened, now)
    return Judged(opened, view, check_all(opened, view, past))


def _send(due: Reminded, journal: WorkbookJournal, options: RemindOptions) -> Reminded:
    desk, mail = due.judged.opened.desk, due.judged.opened.desk.settings.mail
    transport = transport_for(desk)
    if due.letters and transport.name != OUTBOX and mail.user:
        mail.secret.reveal()  # an absent secret is said before any letter is touched
    robots = () if due.rehearsal else robots_of(desk.settings)
    delivery = deliver(journal, due.letters, transport, desk, _cap(mail, transport, options))
    warnings = post_digest(journal, due.judged, due.plan.weekly, robots)
    return replace(due, delivery=delivery, warnings=warnings)


def _cap(mail: MailSettings, transport: Transport, options: RemindOptions) -> int:
    """--max-send, else the settings' cap; files in the outbox harm nobody and need none."""
    if options.max_send is not None:
        return options.max_send
    return 0 if transport.name == OUTBOX else mail.max_send


def _fate_json(letter: Letter, error: str) -> dict[str, Any]:
    return {"to": [letter.address], "message_id": letter.message_id, "error": error}
