"""remind: the letters due, and with `--send` sent: plan → letters → transport, the journal before and after each.

Without `send` nothing is written anywhere: the journal is copied into memory, a lost one rebuilt there. With `send` and
an as-of day that isn't today the letters go to the outbox only, marked as a rehearsal (semantics.md, *Reminders*).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.deliver import without_refused
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.due_letters import Reminded, RemindOptions, due_letters, judged_for_letters, send_due
from capa_xl.app.shared.guard import accepted_by_hand
from capa_xl.app.shared.judging import judge
from capa_xl.app.shared.letterhead import letter_templates, letterhead_of, refuse_faulty_wording
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.sole_run import sole_run
from capa_xl.app.shared.workbook_journal import journal_of
from capa_xl.effects.journal_postings import as_received, post, settle_interrupted
from capa_xl.errors import UsageError
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import UNKNOWN
from capa_xl.model.letter import Letter
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.reach import reach_of
from capa_xl.policy.reminders.rehearse import rehearse
from capa_xl.policy.viewing import view_register
from capa_xl.reports.letters import compose
from capa_xl.workbook.reading.written_names import one_name

_SEND = "remind --send"


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


def note_received(desk: Desk, names: tuple[str, ...]) -> int:
    """Put on record that people got the letters whose fate was unknown; gives how many reminders those are.

    Raises:
        UsageError: Nothing of unknown fate went to one of them; nothing is put on record.
        WorkbookLocked: Another sending run is under way over the same state folder.
    """
    names = tuple(map(one_name, names))
    with sole_run(desk), journal_of(open_tracker(desk), writing=True) as journal:
        settle_interrupted(journal.conn, journal.workbook_id)
        unknown = [one for one in journal.view(desk.settings.mail.transport).postings if one.result == UNKNOWN]
        known = {one.key.recipient for one in unknown}
        for name in names:
            if name not in known:
                raise UsageError(f"「{name}」没有结果不明的提醒 → 请核对姓名")
        mine = [as_received(one) for one in unknown if one.key.recipient in names]
        post(journal.conn, mine)
    return len(mine)


def remind_alone(desk: Desk, options: RemindOptions) -> Reminded:
    """The same for a caller who holds the run lock already."""
    opened = open_tracker(desk)
    refuse_archive(desk, opened.sha256)
    refuse_faulty_wording(desk.templates)
    with journal_of(opened, writing=options.send) as journal:
        settled = settle_interrupted(journal.conn, journal.workbook_id)
        accepted = accepted_by_hand(journal, opened, _SEND) if options.send and not desk.is_rehearsal else ()
        due = due_letters(judged_for_letters(opened, journal), journal, options)
        reminded = send_due(replace(due, interrupted=settled), journal, options) if options.send else due
    return replace(reminded, warnings=(*accepted, *reminded.warnings))


def forecast_notes(desk: Desk, until: date) -> tuple[str, ...]:
    """Whom letters can't reach, and every year from T to a day, and of the table's open limits, whose days off nobody
    has published or entered.
    """
    view = view_register(open_tracker(desk).register, desk.as_of)
    years = view.calendar.reaching(range(desk.as_of.on.year, until.year + 1)).notes
    return (*reach_of(view, desk.settings.mail.allowed_domains).sentences, *years)


def forecast(desk: Desk, until: date) -> Iterator[tuple[date, tuple[Letter, ...]]]:
    """Who will hear what from T until a day, if nobody touches the table; days without a letter are left out."""
    opened, as_of, mail = open_tracker(desk), desk.as_of, desk.settings.mail
    with journal_of(opened, writing=False) as journal:
        past = journal.view(mail.transport)
    judged = judge(opened, as_of, past)
    register = replace(opened.register, past=())  # archived years wait for nobody

    def view_on(day: date) -> RegisterView:
        return view_register(register, AsOf(day, max(day, as_of.today)), past.first_due)

    templates = letter_templates(desk.templates)
    for day, plan in rehearse(view_on, as_of.on, until, past, judged.named_problems):
        letterhead = letterhead_of(opened, AsOf(day, as_of.today))
        letters = compose(plan.duties, past, templates, letterhead, plan.weekly)
        yield day, without_refused(letters, mail.allowed_domains)[0]
