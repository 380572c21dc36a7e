"""doctor for one workbook: what the three who live with it do next — 质量部, 责任部门, and who runs the machine."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from capa_xl.app.shared.alarm import next_pass
from capa_xl.app.shared.archived_year import archive_note
from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import Judged, judge_now
from capa_xl.app.shared.last_pass import has_passed, last_end
from capa_xl.app.shared.opening import open_tracker
from capa_xl.app.shared.refresh_plan import is_adopted
from capa_xl.app.shared.served import SERVED
from capa_xl.app.shared.workbook_journal import journal_of, record_elsewhere
from capa_xl.effects.evidence_files import folders_of_nobody
from capa_xl.effects.journal import is_there
from capa_xl.effects.journal_postings import settle_interrupted
from capa_xl.effects.journal_written import past_runs
from capa_xl.errors import CapaError, NotATracker
from capa_xl.model.absent_sheets import adding, has_sheet
from capa_xl.model.action import Action
from capa_xl.model.columns import columns_of
from capa_xl.model.command_line import to_paste, with_the_path
from capa_xl.model.cut_text import cut_list, cut_quote
from capa_xl.model.evidence import EVIDENCE_FOLDER
from capa_xl.model.intent import DAILY
from capa_xl.model.journal import SMTP, UNKNOWN, Posting
from capa_xl.model.kept_sheets import how_gone, lost_ground
from capa_xl.model.meant_number import KnownNumbers
from capa_xl.model.procedure import POLICY_NUMBER
from capa_xl.model.schema import PEOPLE_SHEET, SETTINGS_SHEET, SHEET_NAMES
from capa_xl.model.snapshot import PastRun
from capa_xl.policy.damage import RESTORE_SHEET, lost_sheets_sentences
from capa_xl.policy.reminders.posted import Posted
from capa_xl.policy.reminders.reach import NO_ROSTER, NO_ROSTER_YET, reaches_nobody
from capa_xl.policy.reminders.start_moved import start_sentences
from capa_xl.policy.row_history import actions_on_record
from capa_xl.policy.rules.ledger import LG02
from capa_xl.policy.rules.people import FD10
from capa_xl.policy.rules.roster_rows import FD27
from capa_xl.reports.daily_text import WORDS
from capa_xl.reports.unknown_text import unknown_sentence
from capa_xl.workbook.reading.page_headers import sheets_without_company

QUALITY, DEPARTMENTS, MACHINE = "质量部", "责任部门", "管理员"
MAIL = "邮件"
_STOPPED = "提醒停发"
_MOST_FOLDERS, _MOST_SHEETS, _MOST_FAULTS = 5, 30, 5
_OF_ADDRESSES = frozenset({FD10.id, FD27.id})
STALE = 3
"""Working days without a run after which something is wrong with the schedule."""
_ASKED = {
    "company": "公司名称（印在文件和信件上；各表的打印页眉另在“页面设置”里填）",
    "workbook_place": "工作簿位置（信件里的链接）",
    "quality_contact": "质量部联系人（有疑问找谁）",
    "reminders_from": "提醒启用日（那天以前的不再补发）",
}
"""Settings without a default that everybody should give."""


class FirstStep(Struct, frozen=True):
    """One thing looked at in the workbook.

    Attributes:
        who: Whose it is.
        what: What it is about.
        words: How it stands; what to do where something is left.
        is_done: Nothing is left to do.
        is_trouble: Something is wrong, and not only not done yet.
    """

    who: str
    what: str
    words: str
    is_done: bool
    is_trouble: bool = False


def first_steps(desk: Desk, mail_tried: bool | None = None) -> tuple[FirstStep, ...]:
    """Roster, settings, rows, mail and runs of a workbook, in the order in which they are needed; one that can't be
    read has one step, the reason.

    Args:
        mail_tried: Whether the mail server let us in just now; None: nobody tried.
    """
    try:
        judged = judge_now(open_tracker(desk))
        runs, unknown, refused = _on_record(judged)
        twin = judged.journal.shared if judged.journal is not None else ""
        stopped = tuple(_stopped(judged))
    except CapaError as trouble:
        is_strange = isinstance(trouble, NotATracker)  # then the next step is to adopt it, or another file
        return (FirstStep(QUALITY, "工作簿", str(trouble), is_done=False, is_trouble=not is_strange),)
    return (
        *((FirstStep(QUALITY, "副本", twin, is_done=False, is_trouble=True),) if twin else ()),
        *(FirstStep(MACHINE, "台账", one, is_done=False, is_trouble=True) for one in record_elsewhere(judged.opened)),
        *_sheets(judged),
        _roster(judged, refused),
        _settings(judged),
        *_headers(judged),
        *_holidays(judged),
        *_rows(judged, desk),
        *_evidence(judged, desk),
        _mail(judged, desk, mail_tried),
        *_unknown(unknown, desk),
        *stopped,
        _schedule(judged, desk, runs, is_stopped=bool(stopped)),
    )


def _sheets(judged: Judged) -> Iterator[FirstStep]:
    """Sheets that earlier runs saw and that are gone."""
    known = judged.journal.columns if judged.journal is not None else frozenset[str]()
    for words in lost_sheets_sentences(judged.view.register, known):
        said = with_the_path(words, judged.opened.desk.workbook)
        yield FirstStep(QUALITY, "工作表", said, is_done=False, is_trouble=True)


def _roster(judged: Judged, refused: Mapping[str, str]) -> FirstStep:
    reach = judged.reach
    if reach.roster:
        comes = reach.roster == NO_ROSTER and not is_adopted(judged.opened)  # 接管 has its command
        return FirstStep(QUALITY, PEOPLE_SHEET, NO_ROSTER_YET if comes else reach.roster, is_done=False)
    people = judged.view.register.people
    names = {person.name for person in people.records if person.name} if people else set()
    barred = (f"{name}：{why}" for name, why in refused.items())
    silent = (*filter(None, (reach.of_people, reach.of_several)), *barred, *_roster_faults(judged, refused))
    words = "；".join(silent) or f"{len(names)} 人；在办措施等待的人都有邮箱，没有被拒收的"
    return FirstStep(QUALITY, PEOPLE_SHEET, words, is_done=not silent)


def _roster_faults(judged: Judged, refused: Collection[str]) -> Iterator[str]:
    """What check says of the roster's own cells, less what is said above of those whom open rows wait for, or whose
    mailbox is refused.
    """
    reach = judged.reach
    named = {f"「{name}」" for name, _ in (*reach.people, *reach.several)}
    failed = tuple(f"收件人 {name}）" for name in (*refused, *dict(reach.people)))
    faults = [one for one in judged.checked.problems if one.sheet == PEOPLE_SHEET and one.is_breach]
    faults = [one for one in faults if one.rule not in _OF_ADDRESSES or not any(map(one.message.count, named))]
    faults = [one for one in faults if one.rule != LG02.id or not one.message.endswith(failed)]
    for one in faults[:_MOST_FAULTS]:
        yield f"{one.cell or ''} {one.message} → {one.fix}".strip()
    if len(faults) > _MOST_FAULTS:
        yield f"《{PEOPLE_SHEET}》另有 {len(faults) - _MOST_FAULTS} 处 → {to_paste('check', judged.opened.path)}"


def _settings(judged: Judged) -> FirstStep:
    procedure, register = judged.view.procedure, judged.view.register
    if not has_sheet(register, SETTINGS_SHEET):
        trouble = is_adopted(judged.opened)
        return FirstStep(QUALITY, SETTINGS_SHEET, _no_settings(judged), is_done=False, is_trouble=trouble)
    lacking = _lacking(judged)
    rest = f"并核对制度编号、制度名称（现为 {procedure.policy}）"
    words = (
        f"{'；'.join(lacking)} → 请在《参数》填写，{rest}"
        if lacking
        else f"公司名称、位置、联系人、提醒启用日都有；制度编号、制度名称现为 {procedure.policy}"
    )
    if procedure.policy_number != POLICY_NUMBER:
        words += f"；打印页眉不跟着《参数》变，仍印 {POLICY_NUMBER} 的工作表请在“页面设置”里改"
    start = start_sentences(judged.view, judged.journal)
    told = (*start, words) if lacking or not start else start
    return FirstStep(QUALITY, "参数", "；".join(told), is_done=not (lacking or start))


def _lacking(judged: Judged) -> tuple[str, ...]:
    """Of the settings that everybody should give those that nobody can read, and those that are blank."""
    table = judged.view.register.settings
    written = {one.name: one.value for one in table.records if one.value} if table else {}
    asked = {
        words: words.partition("（")[0] for key, words in _ASKED.items() if not getattr(judged.view.procedure, key)
    }
    unread = tuple(f"{name}「{cut_quote(value)}」读不懂" for name in asked.values() if (value := written.get(name)))
    blank = "、".join(words for words, name in asked.items() if name not in written)
    return (*unread, f"还没有填：{blank}") if blank else unread


def _headers(judged: Judged) -> Iterator[FirstStep]:
    """Sheets of ours that print without the company's name, which 参数 has: only a person changes a header."""
    register, company = judged.view.register, judged.view.procedure.company
    drawn = SHEET_NAMES - register.namesakes
    ours = {name for name in register.sheet_names if name.strip() in drawn} | {*register.tracker.sheets}
    bare = sheets_without_company(judged.opened.blob, ours, company) if company else ()
    if bare:
        names = cut_list([f"《{name}》" for name in bare], _MOST_SHEETS, "张", between="")
        which = f"全部 {len(bare)} 张工作表" if len(bare) == len(register.sheet_names) else names
        words = (
            f"打印页眉里没有公司名称「{company}」：{which} → 请在每张的“页面布局 → 页面设置 → 页眉/页脚 → 自定义页眉”"
            "左边填写；几张一起选中来改的，改完看打印预览，纸张和缩放应没有变"
        )
        yield FirstStep(QUALITY, "打印页眉", words, is_done=False)


def _holidays(judged: Judged) -> Iterator[FirstStep]:
    """Years that dates of the workbook reach and whose holidays are missing, or seem to."""
    for note in judged.view.calendar.notes:
        yield FirstStep(QUALITY, "节假日", note.removeprefix("注意："), is_done=False)


def _no_settings(judged: Judged) -> str:
    """There is nothing to fill in a sheet that isn't there: how it comes, or comes back."""
    register, desk = judged.view.register, judged.opened.desk
    if not is_adopted(judged.opened):
        return f"没有工作表《{SETTINGS_SHEET}》，接管时会加上"
    command = with_the_path(adding(SETTINGS_SHEET), desk.workbook)
    known = judged.journal.columns if judged.journal is not None else frozenset[str]()
    if lost_ground(register, known):
        return f"{how_gone(register, (SETTINGS_SHEET,))} → {RESTORE_SHEET}；都没有的，加一张再填：{command}"
    return f"没有工作表《{SETTINGS_SHEET}》，都按默认值计算 → 误删的{RESTORE_SHEET}；没有过的，加一张再填：{command}"


def _rows(judged: Judged, desk: Desk) -> Iterator[FirstStep]:
    register, errors = judged.view.register, judged.checked.counts["error"]
    if not is_adopted(judged.opened):
        words = f"没有〔自动〕列 → {to_paste('adopt', desk.workbook, '-o', _once_adopted(desk))}"
        yield FirstStep(QUALITY, "接管", words, is_done=False)
    if not register.rows:
        headings = "、".join(col.header for col in columns_of(Action) if col.band == "登记" and col.visible)
        words = f"还没有一项措施 → 在《改进计划跟踪表》登记第一项：{headings}"
        yield FirstStep(DEPARTMENTS, "登记", words, is_done=False)
    elif errors:
        words = f"{register.rows} 项，{errors} 个错误 → {to_paste('check', desk.workbook)}"
        yield FirstStep(DEPARTMENTS, "登记", words, is_done=False)
    else:
        yield FirstStep(DEPARTMENTS, "登记", f"{register.rows} 项，没有错误", is_done=True)


def _evidence(judged: Judged, desk: Desk) -> Iterator[FirstStep]:
    """Folders that no report and no dossier looks into, for their names are no 编号."""
    numbers = {action.number for action in actions_on_record(judged.view)}
    strange = folders_of_nobody(desk.workbook, numbers)
    if strange:
        from difflib import get_close_matches  # only a folder that nobody knows needs it

        known = KnownNumbers.of(numbers)
        alike = {name: next(iter(get_close_matches(name, sorted(numbers), 1)), "") for name in strange}
        near = {name: known.meant_by(name) or alike[name] for name in strange}
        told = (f"{name}（是不是 {near[name]}？）" if near[name] else name for name in strange)
        words = (
            f"“{EVIDENCE_FOLDER}”里有 {len(strange)} 个文件夹不是表里的编号：{cut_list([*told], _MOST_FOLDERS, '个')}"
        )
        yield FirstStep(
            DEPARTMENTS, EVIDENCE_FOLDER, f"{words} → 请把文件夹改成编号，报告和一项一档才会收进去", is_done=False
        )


def _once_adopted(desk: Desk) -> Path:
    """The new workbook that 接管 advises to make of a table."""
    return desk.workbook.with_stem("接管后")


_MUTE = f"《{PEOPLE_SHEET}》里没有一个可用的邮箱，一封提醒也发不出去 → 请质量部在《{PEOPLE_SHEET}》填写"


def _mail(judged: Judged, desk: Desk, tried: bool | None) -> FirstStep:
    if judged.reach.barred:
        return FirstStep(MACHINE, MAIL, judged.reach.barred, is_done=False, is_trouble=True)
    if desk.settings.mail.transport == SMTP:
        if is_adopted(judged.opened) and reaches_nobody(judged.view):
            return FirstStep(MACHINE, MAIL, _MUTE, is_done=False, is_trouble=True)
        if tried is False:
            return FirstStep(MACHINE, MAIL, "试连没有成功，原因见“邮件服务器”一行", is_done=False, is_trouble=True)
        words = f"已配置；{'试连成功' if tried else '试连：' + to_paste('doctor --mail', desk.workbook)}"
        return FirstStep(MACHINE, MAIL, words, is_done=True)
    words = "没有配置，提醒只存入发件箱 → 在工作簿旁的 capa_xl.toml 写 [mail]，写法见管理员手册（在哪里：capa-xl docs）"
    return FirstStep(MACHINE, MAIL, words, is_done=False)


def _unknown(postings: tuple[Posting, ...], desk: Desk) -> Iterator[FirstStep]:
    """Whom to ask; nothing where every fate is known."""
    if words := unknown_sentence(postings, desk.workbook):
        yield FirstStep(MACHINE, "结果不明的提醒", words, is_done=False, is_trouble=True)


def _on_record(judged: Judged) -> tuple[tuple[date, ...], tuple[Posting, ...], Mapping[str, str]]:
    """What the journal tells.

    Returns:
        Days of the daily passes; reminders that the server may have taken or not; whose mailbox it refuses and why.
    """
    desk = judged.opened.desk
    if not is_there(desk.state):
        return (), (), {}
    with journal_of(judged.opened, writing=False) as journal:
        runs = past_runs(journal.conn, journal.workbook_id)
        settle_interrupted(journal.conn, journal.workbook_id)
        past = journal.view(desk.settings.mail.transport, auto_cells=False)
    unknown = tuple(posting for posting in past.postings if posting.result == UNKNOWN)
    if judged.journal is not None and judged.journal.shared:
        runs = ()  # the record doesn't tell which of the two a day was of
    return _live_runs(desk, runs), unknown, _refused(judged, Posted.of(past, desk.as_of.on))


def _refused(judged: Judged, posted: Posted) -> Mapping[str, str]:
    roster, on = judged.view.roster, judged.view.on
    reasons = (
        (name, posted.last_refusal(name, roster.address(name, on))) for name in posted.refused if roster.address(name)
    )
    return {name: why for name, why in reasons if why}


def _live_runs(desk: Desk, runs: tuple[PastRun, ...]) -> tuple[date, ...]:
    """Days of the daily passes that were made on their own day.

    Journals of earlier versions don't tell a pass from a refresh: there, where a pass was ever remembered, all count.
    """
    passes = [run for run in runs if run.command == DAILY] or (runs if has_passed(desk) else ())
    return tuple(run.as_of for run in passes if run.ran_at[:10] == run.as_of.isoformat())


def _stopped(judged: Judged) -> Iterator[FirstStep]:
    """That the scheduled pass sends nothing until somebody has looked at what the table lost."""
    ahead = next_pass(judged)
    said = ahead.rows_gone
    if not said and ahead.stops:
        said = (f"表中有内容缺失或错位，定时任务会因此停发提醒、不回写 → {to_paste('check', judged.opened.path)}",)
    for words in said:
        yield FirstStep(QUALITY, _STOPPED, words, is_done=False, is_trouble=True)


def _schedule(judged: Judged, desk: Desk, runs: tuple[date, ...], *, is_stopped: bool) -> FirstStep:
    if judged.journal is not None and judged.journal.archived:
        return FirstStep(MACHINE, "每天运行", archive_note(desk, judged.opened.sha256), is_done=True)
    if is_stopped and desk.as_of.on not in runs:
        return FirstStep(MACHINE, "每天运行", f"今天没有完整运行过，原因见“{_STOPPED}”一行", is_done=False)
    kind = "windows" if sys.platform == "win32" else "systemd"
    book, once = (desk.workbook, "") if is_adopted(judged.opened) else (_once_adopted(desk), "接管以后")
    daily, unit = to_paste("daily", book), f"{to_paste('schedule', book)} --print {kind}"
    end = last_end(desk)
    known, runs = runs, (*runs, end.on) if end is not None else runs
    if not runs:
        trial = f"{once}先试一次：{daily}"
        if desk.settings.mail.transport == SMTP:  # today's would send
            trial = f"{once}先试一次（明天的日期，不发信）：{daily} --as-of {desk.as_of.latest + timedelta(days=1)}"
        return FirstStep(MACHINE, "每天运行", f"还没有运行过 → {trial}；再定时：{unit}", is_done=False)
    missed = judged.view.calendar.between(max(runs), desk.as_of.on)
    if missed > STALE:
        words = f"最近一次是 {max(runs)}，已过 {missed} 个工作日 → 请检查定时任务，或运行 {daily}"
        return FirstStep(MACHINE, "每天运行", words, is_done=False, is_trouble=True)
    words = f"最近一次 {max(runs)}" + (f"，共运行 {len(set(runs))} 天" if known else "")
    if end is None or end.on < max(runs) or end.outcome == SERVED:
        return FirstStep(MACHINE, "每天运行", words, is_done=True)
    code = f"（退出码 {end.exit_code}）" if end.exit_code else ""
    words = f"最近一次 {max(runs)}，{WORDS[end.outcome]}{code}：{with_the_path(end.words, desk.workbook)}"
    return FirstStep(MACHINE, "每天运行", words, is_done=False, is_trouble=bool(end.exit_code))
