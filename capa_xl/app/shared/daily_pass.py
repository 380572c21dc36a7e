"""One workbook's daily pass in two steps: all but the letters, then the letters. Shared ground of daily and group.

The workbook is read once and judged once, and a second time only when letters went, for 提醒台账. A workbook somebody
has open is still read and reminded from; its write-back waits for the next pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from logging import Logger
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.alarm import raise_alarm
from capa_xl.app.shared.chat_digest import Robots, post_digest, robots_of
from capa_xl.app.shared.deliver import Delivery, in_journal
from capa_xl.app.shared.desk import Desk, DeskOf
from capa_xl.app.shared.due_letters import (
    Reminded,
    RemindOptions,
    due_letters,
    judged_for_letters,
    put_on_record,
    refused_words,
    send_letters,
)
from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.kept_letters import KeptLetter, keep
from capa_xl.app.shared.last_pass import last_pass, marks_of, remember_end, remember_pass
from capa_xl.app.shared.letterhead import own_letter_templates, refuse_faulty_wording
from capa_xl.app.shared.opening import Opened, parsed, read_source, until_whole, with_tracker
from capa_xl.app.shared.past_workbooks import refuse_archive
from capa_xl.app.shared.refresh_plan import carry_out_refresh, planned_refresh
from capa_xl.app.shared.rehearsal import looked_sentence, only_looks
from capa_xl.app.shared.served import ALARMED, BROKEN, BUG, POSTPONED, SERVED, Counts, Served
from capa_xl.app.shared.sole_run import sole_run
from capa_xl.app.shared.workbook_journal import WorkbookJournal, journal_by_id, journal_of, shared_id
from capa_xl.effects.durable import reason
from capa_xl.effects.files import read_file
from capa_xl.effects.journal_postings import settle_interrupted
from capa_xl.effects.log import FILE_NAME, open_log
from capa_xl.effects.neighbours import conflict_sentence
from capa_xl.errors import (
    CapaError,
    MailFailed,
    SettingsError,
    UnreadableWorkbook,
    UnsafeWrite,
    WorkbookBarred,
    WorkbookChanged,
    WorkbookLocked,
)
from capa_xl.model.intent import DAILY
from capa_xl.model.journal import FAILURES, FILED, SENT, UNKNOWN
from capa_xl.model.letter import Letter
from capa_xl.policy.complaint_clocks import next_minute
from capa_xl.reports.daily_text import WORDS
from capa_xl.reports.unknown_text import unknown_sentence

SaidOfNeighbours = Callable[[Desk], tuple[str, ...]]
_SEND = RemindOptions(send=True)


def _conflicts(desk: Desk) -> tuple[str, ...]:
    """Copies that a synchronising client left: a run over many tells the others apart itself."""
    words = conflict_sentence(desk.workbook)
    return (words,) if words else ()


class Prepared(Struct, frozen=True):
    """A workbook after the first step: served but for its letters.

    Attributes:
        served: What became of it so far.
        desk: None where its settings are faulty or it isn't there.
        workbook_id: The id its journal knows it by.
        letters: The letters that are due and may go.
        is_written_back: The write-back went through, so that 提醒台账 can follow what becomes of the letters.
        may_send: At most so many of its letters in this run; None for its settings' own cap.
        is_behind: The journal knows already of letters what 提醒台账 does not: withheld, or found interrupted.
    """

    served: Served
    desk: Desk | None = None
    workbook_id: str = ""
    letters: tuple[KeptLetter, ...] = ()
    is_written_back: bool = False
    is_behind: bool = False
    may_send: int | None = None


def prepare(path: Path, desk_of: DeskOf, beside: SaidOfNeighbours = _conflicts) -> Prepared:
    """Judge a workbook, write back, post the weekly figures to the robots; its letters are left for `send_prepared`.

    Args:
        beside: What there is to say of the files beside it.
    """
    try:
        desk = desk_of(path)
        until_whole(desk, lambda: _refuse_missing(path))
    except CapaError as trouble:
        return Prepared(Served(path, BROKEN, trouble.exit_code, str(trouble)))
    return guarded(desk, lambda: _prepared(desk, beside(desk)))


def _refuse_missing(path: Path) -> None:
    """Return if a file lies there: where none does, no state folder is made beside it; the reason is everybody's."""
    if not path.is_file():
        read_file(path)


def send_prepared(prepared: Prepared) -> Served:
    """Send the letters of a prepared workbook, and bring 提醒台账 up to date."""
    desk = prepared.desk
    if desk is None or not prepared.letters:
        return prepared.served
    untouched = with_held_back(prepared.served, len(prepared.letters))
    return guarded(desk, lambda: _sent(prepared, desk), untouched).served


def guarded(desk: Desk, step: Callable[[], Prepared], so_far: Served | None = None) -> Prepared:
    """What a step made of a workbook, and once it is served a line in its log; no trouble in it stops the others.

    Args:
        so_far: What the steps before it did, which is told where this one comes to nothing.
    """
    path = desk.workbook
    so_far = so_far or Served(path, SERVED, 0, "")
    try:
        with open_log(desk.state, path, desk.world.now) as log:
            done = _survived(log, step, so_far)
            if not done.letters:  # else the line is written once they went
                level = log.error if done.served.exit_code else log.info
                level("%s：%s。%s", path.name, WORDS[done.served.outcome], done.served.words)
                remember_end(desk, done.served)
                return replace(done, served=replace(done.served, is_logged=True))
            return done
    except (CapaError, OSError) as trouble:  # its log can't be opened
        return Prepared(_cut_short(so_far, trouble))


def _survived(log: Logger, step: Callable[[], Prepared], so_far: Served) -> Prepared:
    """The step, even when our own program failed at it."""
    try:
        return step()
    except (CapaError, OSError) as trouble:
        return Prepared(_cut_short(so_far, trouble))
    except Exception:  # the edge of one workbook: a bug met in it must not keep the others waiting
        log.exception("%s：程序出错", so_far.workbook.name)
        words = f"程序出错，经过已记入 {FILE_NAME}，请交给维护人员；其余工作簿照常处理"
        return Prepared(_saying(replace(so_far, outcome=BROKEN, exit_code=BUG), (words,)))


def _cut_short(so_far: Served, trouble: CapaError | OSError) -> Served:
    """What was done until a trouble ended the pass, and the trouble; one that another program holds is only late."""
    done = (words for words in so_far.words.split("；") if words != _written(0))
    so_far = replace(so_far, words="；".join(done))
    if isinstance(trouble, WorkbookLocked):
        late = so_far if so_far.exit_code else replace(so_far, outcome=POSTPONED)
        return _saying(late, (str(trouble),))
    if isinstance(trouble, CapaError):
        return _saying(replace(so_far, outcome=BROKEN, exit_code=trouble.exit_code), (str(trouble),))
    words = f"「{so_far.workbook}」不能处理：{reason(trouble)} → 请检查文件夹权限和磁盘"
    return _saying(replace(so_far, outcome=BROKEN, exit_code=UnreadableWorkbook.exit_code), (words,))


def _prepared(desk: Desk, copies: tuple[str, ...]) -> Prepared:
    opened = until_whole(desk, lambda: _opened(desk))
    if isinstance(opened, Served):
        return Prepared(_saying(opened, copies), desk)
    if only_looks(opened):
        return Prepared(_saying(_looked(with_tracker(opened)), copies))
    with sole_run(desk) as said:
        prepared = _walked(opened)
    served = _saying(prepared.served, (*said, *copies))
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
    would = f"将回写 {len(done.changes)} 个单元格，将发提醒 {len(due.letters)} 封"
    looked, damage, unreached = looked_sentence(opened.desk), done.judged.damage, done.judged.reach.sentences
    unknown = _unknown(due)
    words = "；".join((looked, would, *unknown, *unreached, *done.judged.left_out))
    return Served(opened.path, SERVED, 0, words, Counts.of(done.judged), asks=(looked, *damage, *unknown, *unreached))


def _walked(opened: Opened) -> Prepared:
    """Alarm, write-back, and the letters due; the run lock is held."""
    desk = opened.desk
    alarm = raise_alarm(opened)
    if alarm is not None:
        words = f"{alarm.sentence}；今天不发提醒、不回写，{alarm.words}"
        code = UnreadableWorkbook.exit_code
        return Prepared(Served(desk.workbook, ALARMED, code, words, sent=alarm.sent, transport=alarm.transport), desk)
    refuse_faulty_wording(desk.templates)
    served, judged = _write_back(with_tracker(opened))
    try:
        with journal_of(judged.opened if judged else opened, writing=True) as journal:
            settled = settle_interrupted(journal.conn, journal.workbook_id)
            prepared = _with_letters_due(served, judged or judged_for_letters(opened, journal), journal)
    except (CapaError, OSError) as trouble:
        return Prepared(_cut_short(_saying(served, ("提醒一封也没有发出",)), trouble), desk)
    if settled:  # the killed run had no exit code to say it with
        prepared = replace(prepared, served=_without_letters(prepared.served), is_behind=True)
    if prepared.letters or not prepared.is_behind:
        return prepared
    return replace(prepared, served=mirrored(prepared))


def _write_back(opened: Opened) -> tuple[Served, Judged | None]:
    """What became of the write-back, and the judgement it stands on; whatever it is, the letters go."""
    path = opened.path
    try:
        done = carry_out_refresh(opened.desk, opened, DAILY)
    except (WorkbookLocked, WorkbookChanged, UnsafeWrite) as barred:
        return _not_written(path, barred), None
    words = "；".join((_written(len(done.changes)), *done.notes))
    return Served(path, SERVED, 0, words, written=len(done.changes)), done.judged


def _not_written(path: Path, barred: CapaError) -> Served:
    """What a write-back comes to that did not go through; one that somebody's open workbook barred is only late."""
    if isinstance(barred, WorkbookBarred):
        return Served(path, POSTPONED, barred.exit_code, f"没有回写：{barred}")
    if isinstance(barred, (WorkbookLocked, WorkbookChanged)):
        return Served(path, POSTPONED, 0, f"回写推迟到下次：{barred}")
    return Served(path, BROKEN, barred.exit_code, f"没有回写：{barred}")


def _with_letters_due(served: Served, judged: Judged, journal: WorkbookJournal) -> Prepared:
    """The letters due, and the weekly figures posted to the robots."""
    desk = judged.opened.desk
    due = put_on_record(due_letters(judged, journal, _SEND), journal)
    robots = Robots() if due.rehearsal else robots_of(desk.settings)
    warnings = post_digest(journal, judged, due.plan.weekly, robots)
    damage = (*shared_id(journal, desk), *judged.damage)
    unreached, unknown, refused = judged.reach.sentences, _unknown(due), _refused(due)
    words = (
        *damage,
        served.words,
        *(() if due.letters else ("提醒 0 封",)),
        *warnings,
        *refused,
        *unknown,
        *unreached,
        *judged.left_out,
    )
    asks, counts, is_written_back = (
        (*damage, *refused, *unknown, *unreached),
        Counts.of(judged),
        served.outcome == SERVED,
    )
    served = replace(
        served,
        counts=counts,
        transport=due.transport,
        words="；".join(words),
        asks=asks,
        to_retry=bool(warnings),
        told=_told_today(due),
        until=next_minute(judged.view.needs, desk.as_of),
        beside=(*judged.opened.register.past_files, *marks_of(desk, map(str, own_letter_templates(desk.templates)))),
    )
    if due.withheld or judged.reach.barred:
        served = _without_letters(served)
    if robots.faults:  # as a workbook that may not be written: wrong until a person is told
        served = _without_letters(served, SettingsError.exit_code)
    letters = tuple(map(keep, due.letters))
    return Prepared(served, desk, journal.workbook_id, letters, is_written_back, is_behind=bool(due.withheld))


def _told_today(due: Reminded) -> tuple[tuple[str, str], ...]:
    roster = due.judged.view.roster
    return tuple((name, roster.address(name, due.as_of).casefold()) for name in sorted(due.plan.written_today))


def _refused(due: Reminded) -> tuple[str, ...]:
    """Who gets no letter today because of their address."""
    names = (*due.plan.refused, *refused_words(due))
    return (f"拒发：{'；'.join(names)}",) if names else ()


def _unknown(due: Reminded) -> tuple[str, ...]:
    """Whose letters of earlier runs may or may not have arrived: said every day until somebody decides."""
    sentence = unknown_sentence(due.unknown)
    return (sentence,) if sentence else ()


def _sent(prepared: Prepared, desk: Desk) -> Prepared:
    with sole_run(desk) as said:
        with journal_by_id(desk, prepared.workbook_id) as journal:
            settle_interrupted(journal.conn, journal.workbook_id)
            letters = unheard(journal, tuple(one.letter() for one in prepared.letters), desk)
            delivery = _sent_within(prepared.may_send, journal, letters, desk)
        prepared = replace(prepared, served=with_delivery(prepared.served, delivery), letters=())
        is_to_follow = (delivery.fates or prepared.is_behind) and not delivery.is_off_record
        served = mirrored(prepared) if is_to_follow else prepared.served
    return replace(prepared, served=_saying(served, said))


def _sent_within(most: int | None, journal: WorkbookJournal, letters: tuple[Letter, ...], desk: Desk) -> Delivery:
    """What became of the first letters; those beyond `most` are held back."""
    delivery = send_letters(in_journal(journal), letters[:most], desk)
    later = letters[most:] if most is not None else ()
    return replace(delivery, held_back=(*delivery.held_back, *later))


def _saying(served: Served, sentences: tuple[str, ...]) -> Served:
    """The same with what else there is to say."""
    return replace(served, words="；".join(words for words in (served.words, *sentences) if words))


def unheard(journal: WorkbookJournal, letters: tuple[Letter, ...], desk: Desk) -> tuple[Letter, ...]:
    """The letters that no other run sent since they were planned."""
    past = journal.view(desk.settings.mail.transport)
    heard = {posting.key for posting in past.postings if posting.result not in (*FAILURES, UNKNOWN)}
    return tuple(letter for letter in letters if not all(duty.key in heard for duty in letter.duties))


def mirrored(prepared: Prepared) -> Served:
    """The same with the letters of this pass in 提醒台账, so that a second one has nothing to do.

    Also where a letter failed or was withheld: the sheet holds what was sent and what was not. Where it can't be
    written, the pass says so; the journal knows what was sent, and the next pass writes it.
    """
    served, desk = prepared.served, prepared.desk
    if desk is None or not prepared.is_written_back or desk.is_rehearsal:
        return served
    try:
        done = carry_out_refresh(desk.with_settings(wait_minutes=0.0), command=DAILY)
    except CapaError as barred:
        return _with_ledger_behind(served, _not_written(desk.workbook, barred))
    except OSError as trouble:
        return _cut_short(served, trouble)
    served = _saying(_with_written(served, len(done.changes)), done.notes)
    remember_pass(desk, served)
    return served


def _with_written(served: Served, more: int) -> Served:
    """The same with the cells written once the letters had gone: one number, and how many of them these are."""
    if not more:
        return served
    written = served.written + more
    said = f"{_written(written)}（其中 {more} 个在提醒之后：提醒台账等）"
    return replace(served, written=written, words=served.words.replace(_written(served.written), said, 1))


def _written(cells: int) -> str:
    return f"回写 {cells} 个单元格"


def _with_ledger_behind(served: Served, late: Served) -> Served:
    """The same when 提醒台账 did not follow: a failure if that is one, and no letter counts as unsent for it."""
    said = _saying(served, (f"提醒台账、校验结果{late.words}（提醒的结果已有记录，不会重发）",))
    if not late.exit_code or served.exit_code:
        return said
    return replace(said, outcome=late.outcome, exit_code=late.exit_code)


def with_delivery(served: Served, delivery: Delivery) -> Served:
    """The same with what became of its letters; those that went with other workbooks' before are counted in."""
    served = _counting(served, delivery.sent, delivery.left)
    told = ((letter.recipient, letter.address.casefold()) for letter, _ in delivery.letters(SENT, FILED))
    served = replace(served, told=tuple(dict.fromkeys((*served.told, *told))))
    if delivery.is_clean:
        return served
    trouble = delivery.stopped or next(outcome.error for _, outcome in delivery.fates if outcome.error)
    served = _naming(served, "没有发出", delivery.unsent)
    served = _naming(served, "结果不明", [letter.recipient for letter, _ in delivery.letters(UNKNOWN)])
    said = () if trouble in served.words else (trouble,)
    return _saying(_without_letters(served, delivery.exit_code), said)


def with_waiting(prepared: Prepared, letters: Iterable[KeptLetter], why: str) -> Prepared:
    """The same without letters that wait until tomorrow; whose they are is said.

    Args:
        why: Said behind the names.
    """
    waiting = tuple(letters)
    if not waiting:
        return prepared
    names = "、".join(dict.fromkeys(letter.recipient for letter in waiting))
    served = _saying(with_held_back(prepared.served, len(waiting)), (f"{names} {why}",))
    going = tuple(letter for letter in prepared.letters if letter not in waiting)
    return replace(prepared, served=served, letters=going)


def with_held_back(served: Served, letters: int) -> Served:
    """The same with letters that nobody tried: the next run sends them."""
    return _counting(served, 0, letters)


def _counting(served: Served, sent: int, held_back: int) -> Served:
    """The same with so many letters more; one count of each kind is said."""
    before = _letter_counts(served)
    words = [words for words in served.words.split("；") if words not in before]
    more = replace(served, sent=served.sent + sent, held_back=served.held_back + held_back)
    more = replace(more, to_retry=served.to_retry or more.held_back > 0)
    return replace(more, words="；".join((*words, *_letter_counts(more))))


def _letter_counts(served: Served) -> tuple[str, ...]:
    held_back = (f"留待下次 {served.held_back} 封",) if served.held_back else ()
    return (f"提醒 {served.sent} 封", *held_back)


def _naming(served: Served, what: str, names: Sequence[str]) -> Served:
    """The same with the people to whose letters that happened; those of several deliveries are named in one place."""
    sentences = [words for words in served.words.split("；") if words]
    found = next((words for words in sentences if words.startswith(f"{what}：")), "")
    before = found.removeprefix(f"{what}：").split("、") if found else []
    if not names or set(names) <= set(before):
        return served
    said = f"{what}：{'、'.join(dict.fromkeys((*before, *names)))}"
    words = [said if one == found else one for one in sentences] if found else [*sentences, said]
    return replace(served, words="；".join(words))


def _without_letters(served: Served, code: int = MailFailed.exit_code) -> Served:
    """The same when a letter that was to leave did not."""
    return replace(served, outcome=BROKEN, exit_code=served.exit_code or code)
