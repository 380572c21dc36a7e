"""doctor: what is missing on this machine, and with `--mail` whether the mail server lets us in. Sends nothing."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.chat_digest import robots_of
from capa_xl.app.shared.copies_beside import copies_beside
from capa_xl.app.shared.desk import BACKUPS, OUTBOX_FOLDER, Desk
from capa_xl.app.shared.first_steps import MAIL, FirstStep, first_steps
from capa_xl.app.shared.letterhead import refuse_faulty_wording
from capa_xl.app.shared.transports import smtp_transport
from capa_xl.effects.durable import why_not_to_be_changed, why_not_writable
from capa_xl.effects.files import refuse_unwritable
from capa_xl.effects.journal import FILE_NAME as JOURNAL
from capa_xl.effects.journal import copy_journal
from capa_xl.effects.locks import refuse_locked
from capa_xl.effects.log import FILE_NAME as LOG
from capa_xl.effects.mail_oauth import NO_MSAL
from capa_xl.effects.mail_session import ca_fault
from capa_xl.effects.mail_trouble import RunStopped, TryAgain
from capa_xl.effects.neighbours import name_sentence
from capa_xl.effects.office_fonts import installed_families, missing_typefaces, stand_ins
from capa_xl.effects.pdf import find_office
from capa_xl.effects.state_folder import state_folder
from capa_xl.errors import CapaError, WorkbookBarred, WorkbookLocked
from capa_xl.model.action import TRACKER_SHEET
from capa_xl.model.command_line import to_paste
from capa_xl.model.install_hint import to_install
from capa_xl.model.journal import SMTP
from capa_xl.policy.calendar import last_published_year
from capa_xl.settings.read import FILE_NAME
from capa_xl.settings.values import XOAUTH2, Settings

NEEDED = (
    "click",
    "rich",
    "openpyxl",
    "pandas",
    "xlsxwriter",
    "docx",
    "docxtpl",
    "jinja2",
    "schedule",
    "python_calamine",
    "lxml",
    "filelock",
    "orjson",
    "msgspec",
    "chinese_calendar",
    "icalendar",
    "pebble",
    "PIL",
    "pypdf",
)
"""What pyproject.toml requires, by the names it is imported under."""

WHERE_DOCS = "在哪里：capa-xl docs"

OPTIONAL = {
    "isal": "回写更快",
    "apprise": "群机器人",
    "msal": "Office 365 邮件",
    "distributed": "group --cluster 用 Dask 集群",
    "pyarrow": "facts 写 .parquet",
    "keyring": "密码存进系统钥匙串",
}


class State(StrEnum):
    """How a finding stands."""

    GOOD = "正常"
    OPTIONAL = "可选"
    BAD = "有问题"
    NEXT = "下一步"


class Finding(Struct, frozen=True):
    """One thing looked at."""

    state: State
    what: str
    words: str = ""


def doctor(desk: Desk, *, tries_mail: bool = False) -> tuple[Finding, ...]:
    """What this machine has and lacks, what the mail server says where it is asked, and who does what next.

    That the mail settings read well is not said where something else about mail is wrong;
    a fault of theirs always is, once.
    """
    mailed = (examine_mail(desk.settings),) if tries_mail else ()
    steps = next_steps(desk, *(one.state is State.GOOD for one in mailed))
    is_wrong = is_mail_wrong((*mailed, *steps))
    said = {one.words for one in mailed}
    machine = (
        one
        for one in examine(desk.workbook, desk.settings)
        if one.what != MAIL or (one.words not in said if one.state is State.BAD else not is_wrong)
    )
    looked = (*machine, *beside_it(desk), *mailed)
    return (*looked, *(_told_once(step, looked) for step in steps))


def _told_once(step: Finding, looked: Sequence[Finding]) -> Finding:
    """A step whose trouble was told of the machine already says where."""
    above = next((one.what for one in looked if one.words == step.words), "")
    return replace(step, words=f"读不了，原因见“{above}”一行") if above else step


def is_mail_wrong(findings: Iterable[Finding]) -> bool:
    """Whether letters can't leave."""
    return any(one.state is State.BAD and MAIL in one.what for one in findings)


def examine(beside: Path, settings: Settings) -> tuple[Finding, ...]:
    """What this machine has and lacks.

    Args:
        beside: The workbook, or the folder it would lie in.
    """
    return (
        _python(),
        *_libraries(),
        _office(),
        _fonts(installed_families()),
        _calendar(),
        _state(beside, settings),
        *_place(beside),
        _mail(settings),
        *_chat(settings),
        *_wording(settings),
        _settings(settings, beside),
        *_variables(settings),
    )


def next_steps(desk: Desk, mail_tried: bool | None = None) -> tuple[Finding, ...]:
    """What each of the three users of a workbook does next; of a folder, that none of its workbooks was looked at.

    Args:
        mail_tried: As `first_steps` has it.
    """
    if not desk.workbook.exists():
        words = f"找不到「{desk.workbook}」 → 请核对路径；还没有的，先运行 {to_paste('new', desk.workbook)}"
        return (Finding(State.BAD, "工作簿", words),)
    if desk.workbook.is_dir():
        return (_no_workbook(desk.workbook),)
    steps = first_steps(desk, mail_tried)
    return tuple(Finding(_state_of(step), f"{step.who}·{step.what}", step.words) for step in steps)


def _no_workbook(folder: Path) -> Finding:
    """Which workbook of a folder to name: the first by name, else what staff call theirs."""
    there = sorted(one for one in folder.glob("*.xls[xm]") if not one.name.startswith("~$"))
    command = to_paste("doctor", next(iter(there), folder / f"{TRACKER_SHEET}.xlsx"))
    return Finding(State.NEXT, "工作簿", f"只看了这台电脑，没有看任何工作簿 → 一次看一本：{command}")


def _state_of(step: FirstStep) -> State:
    if step.is_trouble:
        return State.BAD
    return State.GOOD if step.is_done else State.NEXT


def examine_mail(settings: Settings) -> Finding:
    """Connect, encrypt, log in, name the sender and leave, sending nothing; a refusal is explained."""
    mail = settings.mail
    if mail.transport != SMTP:
        return Finding(State.BAD, "邮件服务器", '没有配置：[mail] transport = "outbox" → 请在 capa_xl.toml 填写')
    try:
        smtp_transport(mail).check()
    except (RunStopped, TryAgain, CapaError) as trouble:
        return Finding(State.BAD, "邮件服务器", str(trouble))
    login = "已登录" if mail.user else "不登录"
    return Finding(
        State.GOOD,
        "邮件服务器",
        f"{mail.host}:{mail.port_in_use}，{mail.security}，{login}，发件人可用；没有发送任何邮件",
    )


def _python() -> Finding:
    words = ".".join(map(str, sys.version_info[:3]))
    return Finding(State.GOOD if sys.version_info >= (3, 11) else State.BAD, "Python", f"{words}（需要 3.11 以上）")


def _libraries() -> Iterator[Finding]:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        yield Finding(State.BAD, "组件", f"缺少 {'、'.join(missing)} → {to_install(*missing)}")
    else:
        yield Finding(State.GOOD, "组件", "齐全")
    for name, words in OPTIONAL.items():
        there = importlib.util.find_spec(name) is not None
        said = "已安装" if there else f"没有安装：{words} → {to_install(name)}"
        yield Finding(State.GOOD if there else State.OPTIONAL, name, said)


def _office() -> Finding:
    program = find_office()
    if program:
        return Finding(State.GOOD, "LibreOffice", program)
    return Finding(State.OPTIONAL, "LibreOffice", "没有找到：pack --pdf 用不了，其余不受影响")


def _fonts(installed: frozenset[str] | None) -> Finding:
    """The typefaces that a PDF is set in, and what stands in for those that are missing."""
    if installed is None:
        return Finding(State.OPTIONAL, "字体", "没有检查：本机没有 fc-list；Windows 自带宋体、黑体")
    missing, given = missing_typefaces(installed), stand_ins(installed)
    if not missing:
        return Finding(State.GOOD, "字体", "齐全")
    bare = [name for name in missing if name not in given]
    if bare:
        words = f"缺少 {'、'.join(bare)}，也没有可代替的 → PDF 和图片字形会不对，请安装 fonts-noto-cjk 或这些字体"
        return Finding(State.OPTIONAL, "字体", words)
    return Finding(State.GOOD, "字体", f"PDF 代用：{'；'.join(_replaced(given))}")


def _replaced(given: Mapping[str, str]) -> Iterator[str]:
    """宋体、仿宋 用 Noto Serif CJK SC."""
    for family in dict.fromkeys(given.values()):
        yield f"{'、'.join(name for name in given if given[name] == family)} 用 {family}"


def _calendar() -> Finding:
    """The last year whose make-up days the holiday library knows."""
    words = f"到 {last_published_year()} 年；以后的年份请在《节假日》填写，否则按周一至周五和固定假日推算"
    return Finding(State.GOOD, "自带节假日", words)


def _state(beside: Path, settings: Settings) -> Finding:
    state = state_folder(beside / "x" if beside.is_dir() else beside, settings.paths.state)
    refusal = why_not_writable(next(folder for folder in (state, *state.parents) if folder.is_dir()))
    refused = [(state, refusal)] if refusal else list(_refused_in(state))
    if refused:
        named = "、".join(f"「{place}」不能写（{why}）" for place, why in refused)
        return Finding(State.BAD, "状态文件夹", f"{named} → 请让运行 daily 的账号能写，并检查磁盘空间")
    try:
        with copy_journal(state):
            return Finding(State.GOOD, "状态文件夹", f"「{state}」可写，台账可读")
    except CapaError as trouble:
        return Finding(State.BAD, "状态文件夹", str(trouble))


def _refused_in(state: Path) -> Iterator[tuple[Path, str]]:
    """What of a state folder this account may not write, though the folder it may: another one made it; and why not."""
    folders = [one for one in (state / OUTBOX_FOLDER, state / BACKUPS) if one.is_dir()]
    files = [one for one in (state / JOURNAL, state / LOG) if one.exists()]
    found = ((one, why_not_writable(one)) for one in folders)
    yield from (pair for pair in (*found, *((one, why_not_to_be_changed(one)) for one in files)) if pair[1])


def _place(beside: Path) -> Iterator[Finding]:
    """What is wrong with the workbook's place; nothing where nothing is."""
    if words := name_sentence(beside.resolve()):
        yield Finding(State.OPTIONAL, "路径", words)


def beside_it(desk: Desk) -> Iterator[Finding]:
    """What keeps a workbook from being written, and what copies lie beside it."""
    if not desk.workbook.is_file():
        return
    for words in copies_beside(desk):
        yield Finding(State.BAD, "副本", words)
    try:
        refuse_locked(desk.workbook, desk.world)
        refuse_unwritable(desk.workbook.resolve(), desk.backups)
    except CapaError as barred:
        is_open = isinstance(barred, WorkbookLocked) and not isinstance(barred, WorkbookBarred)
        yield Finding(State.OPTIONAL if is_open else State.BAD, "回写", str(barred))


def _chat(settings: Settings) -> Iterator[Finding]:
    """The chat robots that the settings name."""
    for words in robots_of(settings).faults:
        yield Finding(State.BAD, "群机器人", words)
    for words in filter(None, (secret.exposed() for secret in settings.mail.chat)):
        yield Finding(State.BAD, "群机器人", words)


def _wording(settings: Settings) -> Iterator[Finding]:
    """The quality department's letter templates, where it has some."""
    try:
        refuse_faulty_wording(settings.paths.templates)
    except CapaError as trouble:
        yield Finding(State.BAD, "信件模板", str(trouble))


def _mail(settings: Settings) -> Finding:
    if settings.mail.transport != SMTP:
        hint = '；[mail] 有 host，但 transport 还不是 "smtp"' if settings.mail.host else ""
        return Finding(State.OPTIONAL, MAIL, f"没有配置：提醒只存入 .capa_xl/outbox{hint}")
    if fault := ca_fault(settings.mail.ca_file):
        return Finding(State.BAD, MAIL, fault)
    if settings.mail.auth == XOAUTH2 and importlib.util.find_spec("msal") is None:
        return Finding(State.BAD, MAIL, NO_MSAL)
    if not settings.mail.user and settings.mail.secret:
        idle = "写了 secret，没有写 user，密码没有用到 → 要登录的写上 user，不登录的删除 secret"
        return Finding(State.OPTIONAL, MAIL, f"{settings.mail.host}，不登录：{idle}")
    if not settings.mail.user:
        return Finding(State.GOOD, MAIL, f"{settings.mail.host}，不登录")
    try:
        settings.mail.secret.reveal()
    except CapaError as absent:
        return Finding(State.BAD, MAIL, str(absent))
    if words := settings.mail.secret.exposed():
        return Finding(State.BAD, MAIL, words)
    return Finding(State.GOOD, MAIL, f"{settings.mail.host}，密码已找到；加 --mail 试连")


def _variables(settings: Settings) -> Iterator[Finding]:
    """Environment variables over the file, and those named as ours that nothing uses (a misspelt one is refused)."""
    if settings.overriding:
        yield Finding(State.GOOD, "环境变量", f"先于设置文件：{'、'.join(settings.overriding)}")
    for name in settings.unused:
        words = f"没有用到 {name}：不是设置的名称，也没有 secret 写着 env:{name} → 名称见“设置”一页（{WHERE_DOCS}）"
        yield Finding(State.OPTIONAL, "环境变量", words)


def _settings(settings: Settings, beside: Path) -> Finding:
    if settings.source is None:
        hidden = (beside if beside.is_dir() else beside.parent) / f"{FILE_NAME}.txt"
        if hidden.is_file():
            words = f"没有 {FILE_NAME}，旁边有「{hidden.name}」 → 请去掉名字最后的 .txt（Windows 平常不显示它）"
            return Finding(State.BAD, "设置文件", words)
        return Finding(State.OPTIONAL, "设置文件", f"没有 capa_xl.toml：全部用默认值，写法见“设置”一页（{WHERE_DOCS}）")
    return Finding(State.GOOD, "设置文件", str(settings.source))
