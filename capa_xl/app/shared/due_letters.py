"""The letters due of a judged workbook, and what became of them. Shared ground of remind and daily."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from capa_xl.app.shared.chat_digest import Robots, post_digest, robots_of
from capa_xl.app.shared.deliver import Delivery, PlacesOf, deliver, in_journal, without_refused
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import Judged, judged_of
from capa_xl.app.shared.letterhead import has_own_wording, letter_templates, letterhead_of
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.run_record import see_and_record
from capa_xl.app.shared.slip_making import slips_of_letters
from capa_xl.app.shared.transports import transport_for
from capa_xl.app.shared.withheld_letters import Withheld, failing, record_withheld
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal_postings import as_not_received, post, rehearsed_keys
from capa_xl.model.journal import FAILURES, OUTBOX, SMTP, UNKNOWN, Posting
from capa_xl.model.letter import Letter
from capa_xl.policy.reminders.reach import reaches_nobody
from capa_xl.policy.reminders.reminder_plan import ReminderPlan, plan_reminders
from capa_xl.reports.letters import compose


class RemindOptions(Struct, frozen=True):
    """What is to be done with the letters due.

    Attributes:
        max_send: At most so many letters; None for the settings' own cap.
        resend_unknown: Letters whose fate is unknown go out again.
    """

    send: bool = False
    max_send: int | None = None
    resend_unknown: bool = False


class Reminded(Struct, frozen=True):
    """What was due and what became of it.

    Attributes:
        letters: The letters due that may go, whether sent or not.
        already_sent, already_filed: Reminders of earlier runs: at a server, and in the outbox only.
        refused: Letters due that may not go, with the sentence why.
        withheld: Those of them that fail this run (`put_on_record`).
        interrupted: Reminders that a killed run left in the server's hands, found by this sending run.
        transport: outbox or smtp.
        unknown: Reminders of earlier runs whose fate nobody knows still; what this run sent again is not among them.
        assigned_id: The id the journal gave the file's name because 参数 工作簿标识 is blank; "" otherwise.
        rebuilt: Postings taken over from 提醒台账 because the journal was lost.
        is_chat_barred: A chat robot's setting can't be used; `warnings` says why.
        is_mute: Letters were due for a server, and nobody has an address (`put_on_record`).
        warnings: What to know beside the letters: a chat robot that didn't answer, a loss that the run accepted.
    """

    as_of: date
    judged: Judged
    plan: ReminderPlan
    letters: tuple[Letter, ...]
    already_sent: int
    already_filed: int
    refused: tuple[Withheld, ...]
    transport: str
    rehearsal: bool
    outbox: Path
    delivery: Delivery = field(default_factory=Delivery)
    unknown: tuple[Posting, ...] = ()
    assigned_id: str = ""
    rebuilt: int = 0
    warnings: tuple[str, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    interrupted: int = 0
    is_chat_barred: bool = False
    is_mute: bool = False

    @property
    def is_clean(self) -> bool:
        """True when no letter that was to leave in this run stayed, and the fate of each is known.

        Nor was there one of a killed run, which had no exit code to say it with, unless it was sent again.
        """
        settled = not self.withheld and not self.is_mute and not (self.interrupted and self.unknown)
        return self.delivery.is_clean and settled


def due_letters(judged: Judged, journal: WorkbookJournal, options: RemindOptions) -> Reminded:
    """The letters due of a judged workbook; nothing is sent yet."""
    opened = judged.opened
    desk, mail = opened.desk, opened.desk.settings.mail
    past = journal.view(mail.transport)
    plan = plan_reminders(
        judged.view, past, judged.named_problems, judged.reach.people, resend_unknown=options.resend_unknown
    )
    rehearsal, on = desk.is_rehearsal, desk.as_of.on
    rehearsed = rehearsed_keys(journal.conn, journal.workbook_id, on) if rehearsal else frozenset()
    duties = tuple(duty for duty in plan.duties if duty.key not in rehearsed)
    slips = slips_of_letters(judged.view, duties, journal.workbook_id)
    letters: tuple[Letter, ...] = ()
    if duties or has_own_wording(desk.templates):  # own templates are looked at every day, ours are not
        templates, letterhead = letter_templates(desk.templates), letterhead_of(opened, desk.as_of)
        letters = compose(duties, past, templates, letterhead, plan.weekly, slips)
    letters, refused = without_refused(letters, mail.allowed_domains)
    return Reminded(
        as_of=on,
        judged=judged,
        plan=plan,
        letters=letters,
        already_sent=plan.already_sent,
        already_filed=plan.already_filed + len(plan.duties) - len(duties),
        refused=refused,
        transport=OUTBOX if rehearsal else mail.transport,
        rehearsal=rehearsal,
        outbox=desk.outbox / on.isoformat(),
        unknown=tuple(posting for posting in past.postings if posting.result == UNKNOWN),
        assigned_id=journal.workbook_id if journal.assigned else "",
        rebuilt=journal.rebuilt,
    )


def judged_for_letters(opened: Opened, journal: WorkbookJournal) -> Judged:
    """Judge by what the tracker says today, new due dates among it; a rehearsal leaves no such trace."""
    now = None if opened.desk.is_rehearsal else opened.desk.world.now()
    view, past = see_and_record(journal, opened, now)
    return judged_of(opened, view, past)


def refused_words(due: Reminded, told: Collection[str] = ()) -> tuple[str, ...]:
    """Who gets no letter today and why; the names alone where one sentence already says why nobody does.

    Args:
        told: Of whom the reason is said beside it: their names alone, too.
    """
    if due.judged.reach.barred:
        return ("、".join(letter.recipient for letter, _ in due.refused),) if due.refused else ()
    return tuple(
        letter.recipient if letter.recipient in told else f"{letter.recipient}：{fault}"
        for letter, fault in due.refused
    )


def put_on_record(due: Reminded, journal: WorkbookJournal) -> Reminded:
    """Record the letters that may not go, and tell which of them fail this run.

    As an address that the server refuses: the day it was tried, and once a week as long as it lasts; while the settings
    let nobody's address through, every run.
    """
    desk = due.judged.opened.desk
    failed = failing(due.refused, journal.view(desk.settings.mail.transport), due.as_of)
    if not due.rehearsal:
        record_withheld(failed, journal, desk)
    is_mute = due.transport == SMTP and bool(due.plan.unreachable) and reaches_nobody(due.judged.view)
    return replace(due, withheld=due.refused if due.judged.reach.barred else failed, is_mute=is_mute)


def send_due(due: Reminded, journal: WorkbookJournal, options: RemindOptions) -> Reminded:
    """Send the letters due, and the weekly digest to the robots.

    Raises:
        SettingsError: A secret of the mail settings isn't there; nothing was sent.
    """
    desk, due = due.judged.opened.desk, put_on_record(due, journal)
    robots = Robots() if due.rehearsal else robots_of(desk.settings)
    delivery = send_letters(in_journal(journal), due.letters, desk, options.max_send)
    warnings = post_digest(journal, due.judged, due.plan.weekly, robots)
    silent = bool(robots.faults)
    unknown = _still_unknown(due, delivery)
    if options.resend_unknown and not due.rehearsal:
        unknown = _settle_as_not_received(unknown, due, delivery, journal)
    return replace(due, delivery=delivery, warnings=warnings, is_chat_barred=silent, unknown=unknown)


def _settle_as_not_received(
    unknown: tuple[Posting, ...], due: Reminded, delivery: Delivery, journal: WorkbookJournal
) -> tuple[Posting, ...]:
    """Put on record at once that what went out under another name today, or is due no more, had not come.

    Gives the others. Who asks for unknown letters to be sent again says that they did not come; of whom a letter of
    today stayed, nothing is settled yet.
    """
    letters = (*delivery.held_back, *(letter for letter, _ in (*delivery.letters(*FAILURES, UNKNOWN), *due.refused)))
    waiting = {letter.recipient for letter in letters}
    post(journal.conn, [as_not_received(one) for one in unknown if one.key.recipient not in waiting])
    return tuple(one for one in unknown if one.key.recipient in waiting)


def _still_unknown(due: Reminded, delivery: Delivery) -> tuple[Posting, ...]:
    """The reminders of unknown fate that were not tried again: what became of the others is said of this run."""
    tried = {duty.key for letter, _ in delivery.fates for duty in letter.duties}
    return tuple(posting for posting in due.unknown if posting.key not in tried)


def send_letters(places_of: PlacesOf, letters: tuple[Letter, ...], desk: Desk, max_send: int | None = None) -> Delivery:
    """Send letters by the transport that the settings ask for.

    Args:
        max_send: At most so many; None for the settings' own cap. Files in the outbox harm nobody and have none.

    Raises:
        SettingsError: A secret of the mail settings isn't there; nothing was sent.
    """
    transport, mail = transport_for(desk), desk.settings.mail
    if letters and transport.name != OUTBOX and mail.user:
        mail.secret.reveal()  # an absent secret is said before any letter is touched
    own_cap = 0 if transport.name == OUTBOX else mail.max_send
    return deliver(places_of, letters, transport, desk, own_cap if max_send is None else max_send)
