"""The alarm to the quality department about a table that a pass won't trust; once a week for the same loss."""

from __future__ import annotations

from dataclasses import dataclass

from capa_xl.app.shared.books import Books, books_of
from capa_xl.app.shared.deliver import Errand, deliver, without_refused
from capa_xl.app.shared.guard import Loss, loss_since
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.remember import quality_addresses
from capa_xl.app.shared.transports import transport_for
from capa_xl.app.shared.world import World
from capa_xl.effects.journal_snapshot import LastSnapshot, last_snapshot
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import FAILED
from capa_xl.model.letter import Letter, iso_week
from capa_xl.policy.register_view import view_register
from capa_xl.reports.alarm_text import Alarm, alarm_letters
from capa_xl.settings.values import Settings


@dataclass(frozen=True, slots=True)
class Alarmed:
    """What was said to whom: the loss, how many letters went, and by which transport."""

    sentence: str
    sent: int
    transport: str


def raise_alarm(opened: Opened, as_of: AsOf, settings: Settings, world: World) -> Alarmed | None:
    """Alarm the quality department if the table lost what it can't do without; None when all is well."""
    with books_of(opened, writing=True) as books:
        last = last_snapshot(books.conn, books.workbook_id)
        loss = loss_since(last, opened.register)
        if loss is None or last is None:
            return None
        letters, _ = without_refused(_letters(opened, books, last, loss, as_of), settings.mail.allowed_domains)
        rehearsal = as_of.on != as_of.today
        state = opened.state_folder
        transport = transport_for(settings.mail, state, as_of.on, rehearsal=rehearsal)
        heard = {posting.key for posting in books.view(transport.name).postings if posting.result != FAILED}
        unheard = [letter for letter in letters if not any(duty.key in heard for duty in letter.duties)]
        delivery = deliver(books, unheard, transport, Errand(as_of.on, rehearsal, world.now, world.sleep))
    return Alarmed(loss.sentence, delivery.sent, transport.name)


def _letters(opened: Opened, books: Books, last: LastSnapshot, loss: Loss, as_of: AsOf) -> tuple[Letter, ...]:
    """To the quality department of the roster as it stands, or as the last pass knew it."""
    people = quality_addresses(view_register(opened.register, as_of)) or last.alarm_to
    alarm = Alarm(books.workbook_id, opened.path.name, loss.kind, loss.sentence, iso_week(as_of.on), as_of.on)
    return alarm_letters(alarm, people)
