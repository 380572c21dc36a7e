"""The letters of a daily pass: sent, held back or left to wait, and what the workbook's account says of them.

Shared ground of daily and group.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from capa_xl.app.shared.deliver import Delivery, in_journal
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.due_letters import send_letters
from capa_xl.app.shared.kept_letters import KeptLetter
from capa_xl.app.shared.pass_write_back import mirrored
from capa_xl.app.shared.prepared import Prepared, guarded, saying, without_letters
from capa_xl.app.shared.served import Served
from capa_xl.app.shared.sole_run import sole_run
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_by_id
from capa_xl.effects.journal_postings import settle_interrupted
from capa_xl.model.journal import FAILURES, FILED, SENT, UNKNOWN
from capa_xl.model.letter import Letter


def send_prepared(prepared: Prepared) -> Served:
    """Send the letters of a prepared workbook, and bring 提醒台账 up to date."""
    desk = prepared.desk
    if desk is None or not prepared.letters:
        return prepared.served
    untouched = with_held_back(prepared.served, len(prepared.letters))
    return guarded(desk, lambda: _sent(prepared, desk), untouched).served


def _sent(prepared: Prepared, desk: Desk) -> Prepared:
    with sole_run(desk) as said:
        with journal_by_id(desk, prepared.workbook_id) as journal:
            settle_interrupted(journal.conn, journal.workbook_id)
            letters = unheard(journal, tuple(one.letter() for one in prepared.letters), desk)
            delivery = _sent_within(prepared.may_send, journal, letters, desk)
        prepared = replace(prepared, served=with_delivery(prepared.served, delivery), letters=())
        is_to_follow = (delivery.fates or prepared.is_behind) and not delivery.is_off_record
        served = mirrored(prepared) if is_to_follow else prepared.served
    return replace(prepared, served=saying(served, said))


def _sent_within(most: int | None, journal: WorkbookJournal, letters: tuple[Letter, ...], desk: Desk) -> Delivery:
    """What became of the first letters; those beyond `most` are held back."""
    delivery = send_letters(in_journal(journal), letters[:most], desk)
    later = letters[most:] if most is not None else ()
    return replace(delivery, held_back=(*delivery.held_back, *later))


def unheard(journal: WorkbookJournal, letters: tuple[Letter, ...], desk: Desk) -> tuple[Letter, ...]:
    """The letters that no other run sent since they were planned."""
    past = journal.view(desk.settings.mail.transport)
    heard = {posting.key for posting in past.postings if posting.result not in (*FAILURES, UNKNOWN)}
    return tuple(letter for letter in letters if not all(duty.key in heard for duty in letter.duties))


def with_delivery(served: Served, delivery: Delivery) -> Served:
    """The same with what became of its letters; those that went with other workbooks' before are counted in."""
    served = _counting(served, delivery.sent, delivery.left)
    told = ((letter.recipient, letter.address.casefold()) for letter, _ in delivery.letters(SENT, FILED))
    served = replace(served, told=tuple(dict.fromkeys((*served.told, *told))))
    if delivery.is_clean:
        return served
    trouble = delivery.stopped or next(outcome.error for _, outcome in delivery.fates if outcome.error)
    unsure = (letter.recipient for letter, _ in delivery.letters(UNKNOWN))
    served = replace(
        served,
        unsent=tuple(dict.fromkeys((*served.unsent, *delivery.unsent))),
        unsure=tuple(dict.fromkeys((*served.unsure, *unsure))),
    )
    said = () if any(trouble in one for one in served.said) else (trouble,)
    return saying(without_letters(served, delivery.exit_code), said)


def with_waiting(prepared: Prepared, letters: Iterable[KeptLetter], why: str) -> Prepared:
    """The same without letters that wait until tomorrow; whose they are is said.

    Args:
        why: Said behind the names.
    """
    waiting = tuple(letters)
    if not waiting:
        return prepared
    names = "、".join(dict.fromkeys(letter.recipient for letter in waiting))
    served = saying(with_held_back(prepared.served, len(waiting)), (f"{names} {why}",))
    going = tuple(letter for letter in prepared.letters if letter not in waiting)
    return replace(prepared, served=served, letters=going)


def with_held_back(served: Served, letters: int) -> Served:
    """The same with letters that nobody tried: the next run sends them."""
    return _counting(served, 0, letters)


def _counting(served: Served, sent: int, held_back: int) -> Served:
    """The same with so many letters more."""
    waiting = served.held_back + held_back
    to_retry = served.to_retry or waiting > 0
    return replace(served, sent=served.sent + sent, held_back=waiting, to_retry=to_retry, tells_letters=True)
