"""One person in several workbooks gets one letter a day: joined once all are planned, recorded in each journal.

Letters are joined when sender, server and address are equal. Shared ground of the group's use cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.deliver import Delivery, Places
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.due_letters import send_letters
from capa_xl.app.shared.kept_letters import KeptLetter
from capa_xl.app.shared.pass_letters import unheard, with_waiting
from capa_xl.app.shared.prepared import Prepared
from capa_xl.app.shared.sole_run import sole_run
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_by_id
from capa_xl.effects.open_files import room_for_files
from capa_xl.effects.transport import Outcome
from capa_xl.errors import CapaError, WorkbookLocked
from capa_xl.model.journal import FAILED
from capa_xl.model.letter import Duty, Letter
from capa_xl.policy.reminders.caps import is_urgent
from capa_xl.reports.joint_letter import Origin, called, joint_letter

_FILES_EACH, _FILES_ELSE = 6, 200
"""Files held open for each workbook of a joint letter (its lock, its journal), and for everything else."""
_MOST_PARTS = 2000


class LetterPart(Struct, frozen=True):
    """What one workbook has to say to a person.

    Attributes:
        place: Number of the workbook in the group.
    """

    place: int
    desk: Desk
    workbook_id: str
    letter: KeptLetter


def most_parts() -> int:
    """How many workbooks one letter may speak of: the journals of all are open while it is sent."""
    return max(1, (room_for_files(_FILES_EACH * _MOST_PARTS + _FILES_ELSE) - _FILES_ELSE) // _FILES_EACH)


def joined(
    prepared: Mapping[int, Prepared], most: int = _MOST_PARTS
) -> tuple[tuple[tuple[LetterPart, ...], ...], dict[int, Prepared]]:
    """(the parts of every joint letter, the workbooks with the letters that are left to them alone).

    Joint letters come in the order of their first workbooks; one of more than `most` parts becomes several.
    """
    groups: dict[tuple[str, ...], list[LetterPart]] = {}
    for place, one in sorted(prepared.items()):
        for part in _parts(place, one):
            groups.setdefault(_same(part), []).append(part)
    shared = (parts for parts in groups.values() if len({part.place for part in parts}) > 1)
    several = tuple(tuple(parts[at : at + most]) for parts in shared for at in range(0, len(parts), most))
    taken = {(part.place, id(part.letter)) for parts in several for part in parts}
    rest = {
        place: replace(one, letters=tuple(letter for letter in one.letters if (place, id(letter)) not in taken))
        for place, one in prepared.items()
    }
    return several, rest


def one_a_day(prepared: Mapping[int, Prepared]) -> dict[int, Prepared]:
    """The same with no letter to a person whom another workbook wrote to on that day already, by an earlier run.

    A complaint whose clock runs goes all the same.
    """
    told: dict[tuple[str, ...], set[int]] = {}
    for place, one in prepared.items():
        if one.desk is not None:
            for name, address in one.served.told:
                told.setdefault(_way(one.desk, name, address), set()).add(place)

    def waits(part: LetterPart) -> bool:
        others = told.get(_same(part), set()) - {part.place}
        return bool(others) and not any(is_urgent(duty) for duty in part.letter.letter().duties)

    why = "今天已收到另一本的一封信，明天再发"
    return {
        place: with_waiting(one, (part.letter for part in _parts(place, one) if waits(part)), why)
        for place, one in prepared.items()
    }


def send_joint(parts: Sequence[LetterPart]) -> dict[int, Delivery]:
    """Send one joint letter; gives what became of it, by workbook.

    A workbook that another run is working at, or whose part was sent meanwhile, keeps out of it; a single part that is
    left goes as the letter it was.
    """
    with ExitStack() as held:
        journals, barred = _opened(parts, held)
        there = [part for part in parts if part.place in journals]
        due = [(part, duties) for part in there if (duties := _duties_left(journals[part.place], part))]
        if not due:
            return barred
        there = [part for part, _ in due]
        letter = there[0].letter.letter() if len(there) == 1 else joint_letter(_named(there))
        places: Places = [(journals[part.place], duties) for part, duties in due]
        try:
            delivery = send_letters(lambda _: places, (letter,), there[0].desk)
        except CapaError as trouble:
            delivery = _failed(letter, trouble)
        return barred | {part.place: delivery for part in there}


def _failed(letter: Letter, trouble: CapaError) -> Delivery:
    outcome = Outcome(FAILED, str(trouble), stops=True, exit_code=trouble.exit_code)
    return Delivery(((letter, outcome),), stopped=str(trouble))


def _parts(place: int, one: Prepared) -> list[LetterPart]:
    return (
        [LetterPart(place, one.desk, one.workbook_id, letter) for letter in one.letters] if one.desk is not None else []
    )


def _same(part: LetterPart) -> tuple[str, ...]:
    """What makes two letters one: the same sender, by the same way, to the same person."""
    return _way(part.desk, part.letter.recipient, part.letter.address.casefold())


def _way(desk: Desk, recipient: str, address: str) -> tuple[str, ...]:
    mail = desk.settings.mail
    return (mail.transport, mail.host, str(mail.port_in_use), mail.sender, address, recipient)


def _opened(parts: Iterable[LetterPart], held: ExitStack) -> tuple[dict[int, WorkbookJournal], dict[int, Delivery]]:
    """The journals of the workbooks that no other run is working at, locked until the letter is sent; and what became
    of the letter where a journal can't be opened.
    """
    journals: dict[int, WorkbookJournal] = {}
    barred: dict[int, Delivery] = {}
    for part in parts:
        try:
            held.enter_context(sole_run(part.desk))
            journals[part.place] = held.enter_context(journal_by_id(part.desk, part.workbook_id))
        except WorkbookLocked:
            continue
        except CapaError as trouble:
            barred[part.place] = _failed(part.letter.letter(), trouble)
    return journals, barred


def _duties_left(journal: WorkbookJournal, part: LetterPart) -> tuple[Duty, ...]:
    """What a letter speaks of; () where another run sent it since it was planned."""
    left = unheard(journal, (part.letter.letter(),), part.desk)
    return left[0].duties if left else ()


def _named(parts: Iterable[LetterPart]) -> Iterator[tuple[str, Letter]]:
    """What the workbooks are called and their letters, the worst first; each is unpacked when its turn comes."""
    ordered = sorted(parts, key=lambda part: (-part.letter.worst, part.letter.company, part.desk.workbook))
    names = called([Origin(part.desk.workbook, part.letter.company) for part in ordered])
    for part, name in zip(ordered, names, strict=True):
        yield name, part.letter.letter()
