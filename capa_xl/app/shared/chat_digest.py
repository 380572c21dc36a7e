"""The weekly digest to the company's chat robots: figures only, once a week and robot, never a name."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.app.shared.desk import Desk
from capa_xl.app.shared.judging import Judged
from capa_xl.app.shared.workbook_journal import WorkbookJournal
from capa_xl.effects.chat import post_to_robot, require_robot
from capa_xl.effects.journal_postings import as_sent, post
from capa_xl.errors import SettingsError
from capa_xl.model.journal import CHAT, FAILED, SENDING, SENT, Posting
from capa_xl.model.letter import JournalKey
from capa_xl.model.weekly import WeeklyDigest
from capa_xl.policy.reminders.digest import digest_reminders
from capa_xl.settings.secrets import Secret
from capa_xl.settings.values import Settings

Robot = Callable[[str, str, str], bool]
"""Posts a title and a text to an address; False when they weren't taken."""
NAME = "群机器人"


class Robots(Struct, frozen=True):
    """The company's chat robots.

    Attributes:
        urls: Their addresses, by number; "" for one that can't be used.
        faults: Why those can't be used, a sentence each. Letters don't depend on them.
    """

    urls: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def robots_of(settings: Settings) -> Robots:
    """The robots of the settings: an address that isn't there, or no apprise, is a fault of that robot alone."""
    found = [_robot(place, secret) for place, secret in enumerate(settings.mail.chat, start=1)]
    return Robots(tuple(url for url, _ in found), tuple(dict.fromkeys(fault for _, fault in found if fault)))


def _robot(place: int, secret: Secret) -> tuple[str, str]:
    """(its address, "") or ("", why it can't be used)."""
    try:
        url = secret.reveal()
        require_robot(url)
    except SettingsError as trouble:
        return "", f"第 {place} 个群机器人用不了：{trouble}"
    return url, ""


def post_digest(
    journal: WorkbookJournal,
    judged: Judged,
    weekly: WeeklyDigest,
    robots: Robots,
    robot: Robot = post_to_robot,
) -> tuple[str, ...]:
    """Post this week's figures to every robot that hasn't heard them; returns a warning for each that can't.

    A robot that was down hears them on the next day; one whose fate is unknown doesn't.
    """
    desk = judged.opened.desk
    on = desk.as_of.on
    heard = {p.key for p in journal.view().postings if p.transport == CHAT and p.result != FAILED}
    title = f"{judged.opened.register.procedure.company} 改进措施每周汇总（{on}）".strip()
    warnings = list(robots.faults)
    for reminder in digest_reminders(judged.view, weekly):
        for place, url in enumerate(robots.urls, start=1):
            key = JournalKey(
                journal.workbook_id, "", reminder.milestone.code, "", reminder.occurrence, f"{NAME} {place}"
            )
            if not url or key in heard:
                continue
            pending = Posting(key, SENDING, reminder.planned_on, None, "", CHAT, "")
            post(journal.conn, [pending], on)
            taken = robot(url, title, weekly.summary)
            post(journal.conn, [_settled(pending, taken, desk)], on)
            if not taken:
                warnings.append(f"第 {place} 个群机器人没有收下每周汇总 → 请核对地址；下次运行会再发")
    return tuple(warnings)


def _settled(pending: Posting, taken: bool, desk: Desk) -> Posting:
    if taken:
        return as_sent(pending, SENT, desk.as_of.on, desk.instant().isoformat(timespec="seconds"))
    return replace(pending, result=FAILED, error="群机器人没有收下")
