"""The alarm to the quality department about a table that a pass won't trust; once a week for the same loss."""

from __future__ import annotations

from msgspec import Struct

from capa_xl.app.shared.deliver import deliver, in_journal, without_refused
from capa_xl.app.shared.guard import ROWS, Loss, gone_since, loss_of
from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.opening import Opened
from capa_xl.app.shared.run_record import quality_addresses
from capa_xl.app.shared.transports import transport_for
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of
from capa_xl.effects.journal_intent import intents_of
from capa_xl.effects.journal_snapshot import LastSnapshot, last_snapshot
from capa_xl.model.as_of import moment_text
from capa_xl.model.command_line import to_paste
from capa_xl.model.journal import FAILED, OUTBOX
from capa_xl.model.letter import Letter, iso_week
from capa_xl.model.schema import PEOPLE_SHEET
from capa_xl.policy.viewing import view_register
from capa_xl.reports.alarm_text import Alarm, alarm_letters
from capa_xl.reports.daily_text import whereabouts


class Alarmed(Struct, frozen=True):
    """What was said to whom.

    Attributes:
        sentence: The loss.
        sent: How many letters went.
        transport: By which transport.
        heard_at: When somebody was told the same before, ISO with +08:00; "" where nobody was.
        is_reachable: False where nobody of the quality department has an address that may be written to.
        fault: Why the letters may not go to the addresses they have; "" where one may.
    """

    sentence: str
    sent: int
    transport: str
    heard_at: str = ""
    is_reachable: bool = True
    fault: str = ""

    @property
    def words(self) -> str:
        """Who knows of it, in Chinese."""
        if self.sent:
            return f"告警质量部 {self.sent} 封{whereabouts(self.sent, self.transport)}"
        if self.heard_at:
            done = "存入发件箱" if self.transport == OUTBOX else "发给质量部"
            return f"同样的告警已在 {moment_text(self.heard_at)} {done}，本周不再重复"
        if self.fault:
            return f"告警没有发出：{self.fault}"
        if not self.is_reachable:
            return f"质量部没有可用的邮箱，告警没有发出 → 请在《{PEOPLE_SHEET}》登记质量部的人和邮箱"
        return "告警没有发出，下次运行再试"


class NextPass(Struct, frozen=True):
    """What the next daily pass makes of a judged workbook.

    Attributes:
        stops: It sends and writes nothing: for what is gone, or for columns that changed places.
        rows_gone: That it stops at the rows that are gone, and what to do; columns are told with the damage.
    """

    stops: bool
    rows_gone: tuple[str, ...] = ()


def _loss(journal: WorkbookJournal, opened: Opened) -> Loss | None:
    """The loss, unless what went, went by a run of ours that was killed before it could put that on record."""
    loss = loss_of(journal, opened)
    if loss is None or not intents_of(journal.conn, journal.workbook_id):
        return loss
    with journal_of(opened, writing=False) as settled:
        return loss_of(settled, opened)


def raise_alarm(opened: Opened) -> Alarmed | None:
    """Alarm the quality department if the table lost what it can't do without; None when all is well."""
    desk = opened.desk
    with journal_of(opened, writing=True) as journal:
        last = last_snapshot(journal.conn, journal.workbook_id)
        loss = _loss(journal, opened)
        if loss is None or last is None:
            return None
        letters, refused = without_refused(_letters(opened, journal, last, loss), desk.settings.mail.allowed_domains)
        transport = transport_for(desk)
        heard = {p.key: p.sent_at for p in journal.view(transport.name).postings if p.result != FAILED}
        told = [heard[duty.key] for letter in letters for duty in letter.duties if duty.key in heard]
        unheard = [letter for letter in letters if not any(duty.key in heard for duty in letter.duties)]
        delivery = deliver(in_journal(journal), unheard, transport, desk)
    fault = refused[0][1] if refused and not letters else ""
    return Alarmed(loss.sentence, delivery.sent, transport.name, max(told, default=""), bool(letters), fault)


def next_pass(judged: Judged) -> NextPass:
    """What the next daily pass makes of it, by that pass's own judgement; without a journal nothing stops it.

    No pass serves an archived year.
    """
    if judged.journal is None or judged.journal.archived:
        return NextPass(stops=False)
    with journal_of(judged.opened, writing=False) as journal:
        loss = gone_since(journal, judged.opened.register)
    return NextPass(bool(judged.journal.displaced) or loss is not None, _rows_gone(judged, loss))


def _rows_gone(judged: Judged, loss: Loss | None) -> tuple[str, ...]:
    if loss is None or not loss.kind.startswith(ROWS):
        return ()
    cure = f"不是有意的，先恢复这些行；是有意的，运行一次 {to_paste('refresh', judged.opened.path)}"
    return (f"{loss.what}，定时任务会因此停发提醒、不回写 → {cure}",)


def _letters(opened: Opened, journal: WorkbookJournal, last: LastSnapshot, loss: Loss) -> tuple[Letter, ...]:
    """To the quality department of the roster as it stands, or as the last pass knew it."""
    as_of = opened.desk.as_of
    people = quality_addresses(view_register(opened.register, as_of)) or last.alarm_to
    alarm = Alarm(
        journal.workbook_id, opened.path.name, loss.kind, loss.sentence, iso_week(as_of.on), as_of.on, loss.state
    )
    return alarm_letters(alarm, people)
