"""The first step of one workbook's daily pass: all but the letters. Shared ground of daily and group.

The workbook is read once and judged once, and a second time only when letters went, for 提醒台账. A workbook somebody
has open is still read and reminded from; its write-back waits for the next pass.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from capa_xl.app.shared.alarm import raise_alarm
from capa_xl.app.shared.archived_year import refuse_archive
from capa_xl.app.shared.chat_digest import Robots, post_digest, robots_of
from capa_xl.app.shared.desk import Desk, DeskOf
from capa_xl.app.shared.due_letters import (
    Reminded,
    RemindOptions,
    due_letters,
    judged_for_letters,
    put_on_record,
    refused_words,
)
from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.kept_letters import keep
from capa_xl.app.shared.last_pass import last_pass, marks_of, remember_pass
from capa_xl.app.shared.letterhead import own_letter_templates, refuse_faulty_wording
from capa_xl.app.shared.opening import Opened, parsed, read_source, until_whole, with_tracker
from capa_xl.app.shared.pass_write_back import mirrored, write_back
from capa_xl.app.shared.prepared import Prepared, cut_short, guarded, saying, without_letters
from capa_xl.app.shared.refresh_plan import planned_refresh
from capa_xl.app.shared.rehearsal import looked_sentence, only_looks
from capa_xl.app.shared.served import ALARMED, SERVED, Counts, Served, outcome_of
from capa_xl.app.shared.sole_run import sole_run
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_of, record_elsewhere, shared_id
from capa_xl.effects.files import read_file
from capa_xl.effects.journal_postings import settle_interrupted
from capa_xl.effects.neighbours import conflict_sentence
from capa_xl.errors import CapaError, SettingsError, UnreadableWorkbook
from capa_xl.policy.complaint_clocks import next_minute
from capa_xl.reports.unknown_text import unknown_sentence

SaidOfNeighbours = Callable[[Desk], tuple[str, ...]]
_SEND = RemindOptions(send=True)


def _conflicts(desk: Desk) -> tuple[str, ...]:
    """Copies that a synchronising client left: a run over many tells the others apart itself."""
    words = conflict_sentence(desk.workbook)
    return (words,) if words else ()


def prepare(path: Path, desk_of: DeskOf, beside: SaidOfNeighbours = _conflicts) -> Prepared:
    """Judge a workbook, write back, post the weekly figures to the robots; its letters are left for `send_prepared`.

    Args:
        beside: What there is to say of the files beside it.
    """
    try:
        desk = desk_of(path)
        until_whole(desk, lambda: _refuse_missing(path))
    except CapaError as trouble:
        return Prepared(Served(path, outcome_of(trouble), trouble.exit_code, (str(trouble),)))
    return guarded(desk, lambda: _prepared(desk, beside(desk)))


def _refuse_missing(path: Path) -> None:
    """Return if a file lies there: where none does, no state folder is made beside it; the reason is everybody's."""
    if not path.is_file():
        read_file(path)


def _prepared(desk: Desk, copies: tuple[str, ...]) -> Prepared:
    opened = until_whole(desk, lambda: _opened(desk))
    if isinstance(opened, Served):
        return Prepared(saying(opened, copies), desk)
    if only_looks(opened):
        return Prepared(saying(_looked(with_tracker(opened)), copies))
    with sole_run(desk) as said:
        prepared = _walked(opened)
    served = saying(prepared.served, (*said, *copies))
    if not prepared.letters:
        remember_pass(desk, served)
    return replace(prepared, served=served)


def _opened(desk: Desk) -> Opened | Served:
    """The workbook; what the last pass found where it is still the same."""
    source = read_source(desk)
    same = last_pass(desk, source.sha256)
    if same is not None:
        return same
    refuse_archive(desk, source.sha256)
    return parsed(source, to_write=True)


def _looked(opened: Opened) -> Served:
    """What a rehearsal over a workbook that is served live would have done; nothing is written or filed."""
    done = planned_refresh(opened)
    with journal_of(opened, writing=False) as journal:
        due = due_letters(done.judged, journal, _SEND)
    would = f"将回写 {len(done.changes)} 格，将发提醒 {len(due.letters)} 封"
    judged, looked, unknown = done.judged, looked_sentence(opened.desk), _unknown(due)
    said = (looked, would, *unknown, *judged.reach.sentences, *judged.left_out)
    asks = (looked, *judged.damage, *unknown, *judged.reach.sentences, *judged.doubts)
    return Served(opened.path, SERVED, 0, said, Counts.of(judged), asks=asks)


def _walked(opened: Opened) -> Prepared:
    """Alarm, write-back, and the letters due; the run lock is held."""
    desk = opened.desk
    left_elsewhere = record_elsewhere(opened)  # before anything makes a journal here
    alarm = raise_alarm(opened)
    if alarm is not None:
        said = (f"{alarm.sentence}；今天不发提醒、不回写，{alarm.words}",)
        code = UnreadableWorkbook.exit_code
        return Prepared(Served(desk.workbook, ALARMED, code, said, sent=alarm.sent, transport=alarm.transport), desk)
    refuse_faulty_wording(desk.templates)
    served, judged = write_back(with_tracker(opened))
    try:
        with journal_of(judged.opened if judged else opened, writing=True) as journal:
            settled = settle_interrupted(journal.conn, journal.workbook_id)
            prepared = _with_letters_due(served, judged or judged_for_letters(opened, journal), journal)
    except (CapaError, OSError) as trouble:
        return Prepared(cut_short(saying(served, ("提醒一封也没有发出",)), trouble), desk)
    served = prepared.served
    served = replace(served, first=(*left_elsewhere, *served.first))  # said once: from now on there is a journal here
    prepared = replace(prepared, served=served)
    if settled:  # the killed run had no exit code to say it with
        prepared = replace(prepared, served=without_letters(prepared.served), is_behind=True)
    if prepared.letters or not prepared.is_behind:
        return prepared
    return replace(prepared, served=mirrored(prepared))


def _with_letters_due(served: Served, judged: Judged, journal: WorkbookJournal) -> Prepared:
    """The letters due, and the weekly figures posted to the robots."""
    desk = judged.opened.desk
    due = put_on_record(due_letters(judged, journal, _SEND), journal)
    robots = Robots() if due.rehearsal else robots_of(desk.settings)
    warnings = post_digest(journal, judged, due.plan.weekly, robots)
    damage = (*shared_id(journal, judged.opened), *judged.damage)
    unreached, unknown, refused = judged.reach.sentences, _unknown(due), _refused(due)
    is_written_back = served.tells_written
    served = replace(
        served,
        counts=Counts.of(judged),
        transport=due.transport,
        first=(*damage, *served.first),
        said=(*served.said, *warnings, *refused, *unknown, *unreached, *judged.left_out),
        tells_letters=not due.letters,
        asks=(*damage, *refused, *unknown, *unreached, *judged.doubts),
        to_retry=bool(warnings),
        told=_told_today(due),
        until=next_minute(judged.view.needs, desk.as_of),
        beside=(*judged.opened.register.past_files, *marks_of(desk, map(str, own_letter_templates(desk.templates)))),
    )
    if due.withheld or due.is_mute or judged.reach.barred:
        served = without_letters(served)
    if robots.faults:  # as a workbook that may not be written: wrong until a person is told
        served = without_letters(served, SettingsError.exit_code)
    letters = tuple(map(keep, due.letters))
    return Prepared(served, desk, journal.workbook_id, letters, is_written_back, is_behind=bool(due.withheld))


def _told_today(due: Reminded) -> tuple[tuple[str, str], ...]:
    roster = due.judged.view.roster
    return tuple(
        (name, address.casefold())
        for name in sorted(due.plan.written_today)
        for address in roster.addresses(name, due.as_of) or (roster.address(name, due.as_of),)
    )


def _refused(due: Reminded) -> tuple[str, ...]:
    """Who gets no letter today because of their address."""
    told = dict(due.judged.reach.people)
    names = (*due.plan.refused, *refused_words(due, told))
    return (f"拒发：{'；'.join(names)}",) if names else ()


def _unknown(due: Reminded) -> tuple[str, ...]:
    """Whose letters of earlier runs may or may not have arrived: said every day until somebody decides."""
    sentence = unknown_sentence(due.unknown)
    return (sentence,) if sentence else ()
