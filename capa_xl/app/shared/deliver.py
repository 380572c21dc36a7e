"""Delivering letters with the journal at hand: `sending` is on record before a letter leaves, its fate right after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.journal import said_of
from capa_xl.effects.journal_postings import as_sent, post
from capa_xl.effects.journal_slips import record_slip
from capa_xl.effects.transport import STOPPED, NotHandedOver, Outcome, Transport
from capa_xl.errors import CapaError, MailFailed
from capa_xl.model.addresses import fault_of
from capa_xl.model.journal import FAILED, FAILURES, FILED, REHEARSAL, SENDING, SENT, UNKNOWN, Posting
from capa_xl.model.letter import Duty, Letter

PAUSES: Final = (2.0, 10.0, 60.0, 240.0)
"""Seconds before the second to fifth round; Postfix answers a lasting *relay denied* with 454, so there is an end."""


Places = Sequence[tuple[WorkbookJournal, Sequence[Duty]]]
"""Where a letter is recorded: in each of these journals, the duties that are its own."""
PlacesOf = Callable[[Letter], Places]
Pending = Sequence[tuple[WorkbookJournal, Sequence[Posting]]]
"""What is to be recorded in each of these journals."""


class Delivery(Struct, frozen=True):
    """What became of the letters.

    Attributes:
        fates: The letters that were tried, with their outcome.
        held_back: Letters left for the next run: beyond the cap, or after the run was stopped.
        waiting: Letters that a later round would have tried again, had nobody stopped the program.
        stopped: Why the run was stopped, as a Chinese sentence; "" when it wasn't.
    """

    fates: tuple[tuple[Letter, Outcome], ...] = ()
    held_back: tuple[Letter, ...] = ()
    stopped: str = ""
    waiting: int = 0

    def letters(self, *results: str) -> tuple[tuple[Letter, Outcome], ...]:
        """The letters with one of these results."""
        return tuple(fate for fate in self.fates if fate[1].result in results)

    @property
    def sent(self) -> int:
        """Messages accepted or filed."""
        return len(self.letters(SENT, FILED))

    @property
    def left(self) -> int:
        """Letters that wait for the next run, those among them that were tried already and may yet be taken."""
        return len(self.held_back) + self.waiting + sum(outcome.stops for _, outcome in self.letters(FAILED))

    @property
    def unsent(self) -> tuple[str, ...]:
        """Who got no letter because it failed, or because the run was stopped for all; not who waits by our own will.

        Our own will: a cap, or a person who stopped the program.
        """
        failed = [letter for letter, outcome in self.letters(*FAILURES) if outcome.error != STOPPED]
        left = self.held_back if self.stopped and self.stopped != STOPPED else ()
        return tuple(letter.recipient for letter in (*failed, *left))

    @property
    def is_off_record(self) -> bool:
        """True when the ledger, or the outbox, could not take what was to be written there."""
        return any(outcome.exit_code != MailFailed.exit_code for _, outcome in self.fates)

    @property
    def exit_code(self) -> int:
        """The exit code of a run whose letters came to that, where it isn't clean."""
        stopping = (outcome.exit_code for _, outcome in reversed(self.fates) if outcome.stops)
        return next(stopping, MailFailed.exit_code)

    @property
    def is_clean(self) -> bool:
        """True when nothing failed and nothing is unknown."""
        return not self.stopped and not self.letters(*FAILURES, UNKNOWN)


def in_journal(journal: WorkbookJournal) -> PlacesOf:
    """Every letter is recorded in that one journal."""
    return lambda letter: ((journal, letter.duties),)


def deliver(
    places_of: PlacesOf, letters: Sequence[Letter], transport: Transport, desk: Desk, max_send: int = 0
) -> Delivery:
    """Deliver letters one by one; every fate is durable before the next letter is touched.

    What may yet be taken (4xx, a dropped connection, a server that isn't there) is tried again in later rounds, so that
    all letters share the pauses. A rehearsal is written beside the real postings, seen by no real run.

    Args:
        places_of: The journals in which a letter is recorded, each with the duties that are its own.
        max_send: At most so many letters; 0 for no cap.
    """
    outcomes: dict[int, Outcome] = {}
    waiting: Sequence[int] = range(len(letters[: max_send or None]))
    stopped = ""
    for turn, pause in enumerate((0.0, *PAUSES), start=1):
        if pause:
            desk.world.tell(_waiting_words(stopped or outcomes[waiting[0]].error, len(waiting), pause, turn))
            desk.world.sleep(pause)
        waiting, stopped = _round(places_of, letters, waiting, transport, desk, outcomes)
        if not waiting or not desk.world.go_on():
            break
    else:
        waiting = ()
    transport.close()
    fates = tuple((letters[place], outcomes[place]) for place in sorted(outcomes))
    held_back = tuple(letter for place, letter in enumerate(letters) if place not in outcomes)
    cut = sum(place in outcomes and not outcomes[place].stops for place in waiting)
    return Delivery(fates, held_back, stopped, cut)


def _waiting_words(why: str, letters: int, pause: float, turn: int) -> str:
    """服务器暂时不收（450 busy）；2 封信 10 秒后再试（第 3 次，共 5 次；按 Ctrl+C 停止）."""
    reason = why.split("→")[0].rstrip()
    return f"{reason}；{letters} 封信 {pause:.0f} 秒后再试（第 {turn} 次，共 {len(PAUSES) + 1} 次；按 Ctrl+C 停止）"


def _round(
    places_of: PlacesOf,
    letters: Sequence[Letter],
    waiting: Sequence[int],
    transport: Transport,
    desk: Desk,
    outcomes: dict[int, Outcome],
) -> tuple[list[int], str]:
    """Try the waiting letters once: (those worth another round, why the round was broken off or "")."""
    again: list[int] = []
    for reached, place in enumerate(waiting):
        if not desk.world.go_on():
            return [*again, *waiting[reached:]], ""
        outcome = outcomes[place] = _deliver_one(places_of(letters[place]), letters[place], transport, desk)
        if outcome.stops:
            return [*again, *waiting[reached:]] if outcome.again else [], outcome.error
        if outcome.again:
            again.append(place)
    return again, ""


def without_refused(
    letters: Iterable[Letter], allowed_domains: tuple[str, ...]
) -> tuple[tuple[Letter, ...], tuple[tuple[Letter, str], ...]]:
    """(letters that may go, letters that may not with the sentence why): addresses with defects, foreign domains."""
    letters = tuple(letters)
    if not letters:
        return (), ()
    from capa_xl.effects.mime import header_fault  # the mail of most days is none

    judged = [(letter, fault_of(letter.address, allowed_domains) or header_fault(letter)) for letter in letters]
    return tuple(letter for letter, fault in judged if not fault), tuple(pair for pair in judged if pair[1])


def _deliver_one(places: Places, letter: Letter, transport: Transport, desk: Desk) -> Outcome:
    at = desk.instant()
    pending = [(journal, _postings(duties, letter.message_id, transport.name)) for journal, duties in places]
    try:
        _post(pending, desk)
        if not desk.is_rehearsal:
            _record_slips(places, letter, desk)
        outcome = transport.deliver(letter, at)
    except CapaError as trouble:  # the disk is full: nobody was handed this letter, and none after it would fare better
        outcome = Outcome(FAILED, str(trouble), stops=True, exit_code=trouble.exit_code)
    except NotHandedOver as bug:
        _post(_settled(pending, Outcome(FAILED, "工具出错，这封信没有交出 → 下次运行会再发"), desk, at), desk)
        raise bug.__cause__ or bug from None
    try:
        _post(_settled(pending, outcome, desk, at), desk)
    except CapaError as trouble:
        return _off_record(outcome, trouble)
    return outcome


def _post(pending: Pending, desk: Desk) -> None:
    rehearsed_on = desk.as_of.on if desk.is_rehearsal else None
    for journal, postings in pending:
        with said_of(journal.conn):
            post(journal.conn, postings, desk.as_of.on, rehearsed_on)


def _settled(pending: Pending, outcome: Outcome, desk: Desk, at: datetime) -> Pending:
    return [(journal, [_with_fate(one, outcome, desk, at) for one in postings]) for journal, postings in pending]


def _off_record(outcome: Outcome, trouble: CapaError) -> Outcome:
    """The fate of a letter that the ledger could not take any more: as the next run will find it."""
    if outcome.result == SENT:
        said = f"邮件服务器已收下，台账没能记下：{trouble}；下次运行会列为结果不明"
        return Outcome(UNKNOWN, said, stops=True, exit_code=trouble.exit_code)
    error = outcome.error if outcome.stops else str(trouble)
    return replace(outcome, error=error, stops=True, again=False, exit_code=trouble.exit_code)


def _record_slips(places: Places, letter: Letter, desk: Desk) -> None:
    """The slips of a letter are on record before it leaves, each in the journal of its workbook."""
    for journal, _ in places:
        for slip in letter.slips:
            if slip.workbook_id == journal.workbook_id:
                with said_of(journal.conn):
                    record_slip(
                        journal.conn, slip.workbook_id, slip.token, letter.recipient, desk.as_of.today, slip.lines
                    )


def _postings(duties: Iterable[Duty], message_id: str, transport: str) -> tuple[Posting, ...]:
    return tuple(
        Posting(duty.key, SENDING, duty.planned_on, None, "", transport, message_id, counts=duty.counts)
        for duty in duties
    )


def _with_fate(posting: Posting, outcome: Outcome, desk: Desk, at: datetime) -> Posting:
    if outcome.result in (*FAILURES, UNKNOWN):
        return replace(posting, result=outcome.result, error=outcome.error)
    result = REHEARSAL if desk.is_rehearsal else outcome.result
    return as_sent(posting, result, desk.as_of.on, at.isoformat(timespec="seconds"))
