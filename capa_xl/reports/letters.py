"""The plan's duties → letters: one per person, with everything they must hear that day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.cut_text import cut_inside, cut_list
from capa_xl.model.journal import JournalView
from capa_xl.model.lead import ONE_MONTH, Lead
from capa_xl.model.letter import WELCOME, Duty, Letter, LetterSlip
from capa_xl.model.milestones import Q1, Section
from capa_xl.model.procedure import Procedure
from capa_xl.model.todo import ACTION
from capa_xl.model.weekly import WeeklyDigest
from capa_xl.reports.first_line import first_line
from capa_xl.reports.letter_calendar import calendar_of
from capa_xl.reports.letter_sections import (
    MOST_ROWS,
    Entry,
    clean_lists,
    entries_of,
    headline_of,
    sections_of,
)
from capa_xl.reports.letter_templates import CompiledTemplates, LetterTemplates, compile_templates
from capa_xl.reports.letter_view import LetterView, link_of, one_line
from capa_xl.reports.word.printable import PrintedDay

NO_DIGEST = WeeklyDigest(())
NO_SLIPS: Mapping[str, LetterSlip] = MappingProxyType({})
_MOST_OTHERS = 10
_MOST_OF_A_DEPARTMENT = 15
"""Of the reader, in the subject: a telephone shows some thirty characters, and the name stands behind it."""
_ASKED = f"到《延期记录》填写{words.EXTENSION_ASKED}"
EXTENSION = f"期限内做不完？请在到期前{_ASKED}，批准后再改完成期限。"
LATE_EXTENSION = f"还需要时间？请{_ASKED}（写明为什么逾期才申请），批准后再改完成期限。"
_ASKED_OF_QUALITY = "期限内做不完？请在到期前向质量部提出延期，写明新期限和理由；批准后再改“{}”。"
_ASKED_LATE_OF_QUALITY = "还需要时间？请向质量部提出延期，写明新期限、理由和为什么逾期才提出；批准后再改“{}”。"
"""Where the workbook has no sheet to ask in, and the reader is nobody who adds one."""


class Letterhead(Struct, frozen=True):
    """What all letters of a run share.

    Attributes:
        as_of: T.
        company: 公司名称.
        workbook: File name of the tracking table.
        domain: Right-hand side of the Message-IDs.
        rehearsal: T isn't today: letters are marked 预演.
        lead: 参数 到期前首次提醒.
        place: 参数 工作簿位置.
        contact: 参数 质量部联系人.
        policy: Number and name of the policy.
        has_extensions: The workbook has the sheet 延期记录.
        reminders_from: 参数 提醒启用日; None where it is blank.
        due_heading: The table's own heading of 完成期限.
    """

    as_of: date
    company: str = ""
    workbook: str = ""
    domain: str = "capa-xl.example"
    rehearsal: bool = False
    lead: Lead = ONE_MONTH
    place: str = ""
    contact: str = ""
    policy: str = Procedure().policy
    has_extensions: bool = True
    due_heading: str = "完成期限"
    reminders_from: date | None = None


def compose(
    duties: Iterable[Duty],
    journal: JournalView,
    templates: LetterTemplates,
    letterhead: Letterhead,
    weekly: WeeklyDigest = NO_DIGEST,
    slips: Mapping[str, LetterSlip] = NO_SLIPS,
) -> tuple[Letter, ...]:
    """The letters of a plan, in the order the plan names the people.

    Args:
        duties: `ReminderPlan.duties`: everything that goes today.
        journal: Gives follow-ups the first letter they belong to.
        weekly: Lists of the weekly digest, for those who get Q1.
        slips: What goes with the letters, by recipient.

    Raises:
        BadTemplate: A letter template can't be used.
    """
    every = tuple(duties)
    groups: dict[tuple[str, str], list[Duty]] = {}
    for duty in every:  # of two people of one name each has their own
        groups.setdefault((duty.key.recipient, duty.address), []).append(duty)
    compiled = compile_templates(templates)
    informed = _informed_by_item(every)
    firsts = _first_letters(journal)
    return tuple(
        _letter(tuple(group), compiled, letterhead, weekly, informed, firsts, slips.get(name))
        for (name, _), group in groups.items()
    )


def _letter(
    duties: tuple[Duty, ...],
    compiled: CompiledTemplates,
    letterhead: Letterhead,
    weekly: WeeklyDigest,
    informed: Mapping[tuple[str, str], tuple[str, ...]],
    firsts: Mapping[tuple[str, str, str], str],
    slip: LetterSlip | None,
) -> Letter:
    entries = entries_of(duties)
    subject, text, html = compiled.render(_view(duties, entries, letterhead, weekly, slip))
    shown = tuple(entry for entry in entries[:MOST_ROWS] if entry.heading is not Section.INFORMED)
    worst = entries[0].duty.key if entries else duties[0].key
    message_id = _message_id(duties, letterhead)
    first = firsts.get((worst.recipient, worst.number, worst.due_version), "")
    return Letter(
        recipient=one_line(duties[0].key.recipient),
        address=duties[0].address,
        subject=subject,
        message_id=message_id,
        duties=duties,
        informed_also=_informed_also(duties, informed),
        text=text,
        html=html,
        calendar=calendar_of(shown, letterhead.as_of),
        in_reply_to="" if first == message_id else first,
        slips=(slip,) if slip is not None else (),
        company=one_line(letterhead.company),
        headline=headline_of(entries),
    )


def _view(
    duties: tuple[Duty, ...],
    entries: tuple[Entry, ...],
    letterhead: Letterhead,
    weekly: WeeklyDigest,
    slip: LetterSlip | None,
) -> LetterView:
    digest = any(duty.key.milestone == Q1.code for duty in duties)
    welcome = any(duty.key.occurrence == WELCOME for duty in duties)
    return LetterView(
        recipient=one_line(duties[0].key.recipient),
        department=cut_inside(one_line(duties[0].recipient_department), _MOST_OF_A_DEPARTMENT),
        as_of=letterhead.as_of.isoformat(),
        day=PrintedDay.of(letterhead.as_of),
        headline=headline_of(entries).words,
        kind="改进措施首次启用汇总" if welcome else "改进措施提醒",
        welcome=_welcome(letterhead) if welcome else "",
        first_thing=first_line(entries, weekly),
        company=one_line(letterhead.company),
        workbook=one_line(letterhead.workbook),
        sections=sections_of(entries, letterhead.lead),
        weekly=clean_lists(weekly.lists) if digest else (),
        rehearsal=letterhead.rehearsal,
        place=one_line(letterhead.place),
        link=link_of(one_line(letterhead.place)),
        contact=one_line(letterhead.contact),
        extension=_extension(entries, letterhead),
        to_fill=any(entry.heading is not Section.INFORMED for entry in entries),
        policy=one_line(letterhead.policy),
        slip=slip.file_name if slip is not None else "",
        slip_cells=slip.cells if slip is not None else 0,
        slip_others=one_line(cut_list(slip.others, _MOST_OTHERS, "项")) if slip is not None else "",
    )


def _welcome(letterhead: Letterhead) -> str:
    """What this first letter is, and what comes after it."""
    since = f"自{PrintedDay.of(letterhead.reminders_from)}起，" if letterhead.reminders_from else "从今天起，"
    return (
        f"{since}改进措施的期限由系统自动提醒。这是第一封：启用以前已经到期、到了提醒日的，在此一次列出；"
        "以后到各自的提醒日再发。"
    )


def _extension(entries: tuple[Entry, ...], letterhead: Letterhead) -> str:
    """How to ask for another 完成期限: in time while one lies ahead, as one who is late where one is past.

    《延期记录》 moves nothing but that: a step's 计划完成 is no date to be asked for there.
    """
    headings = {entry.heading for entry in entries if entry.task is None or entry.task.kind == ACTION}
    there, heading = letterhead.has_extensions, one_line(letterhead.due_heading)
    in_time = EXTENSION if there else _ASKED_OF_QUALITY.format(heading)
    late = LATE_EXTENSION if there else _ASKED_LATE_OF_QUALITY.format(heading)
    if Section.COMING in headings and Section.OVERDUE in headings:
        return f"{in_time}已经逾期的同样，并写明为什么逾期才{'申请' if there else '提出'}。"
    return in_time if Section.COMING in headings else late if Section.OVERDUE in headings else ""


def _informed_by_item(duties: Iterable[Duty]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(编号, milestone) → who is told of it."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for duty in duties:
        if duty.informed:
            found.setdefault((duty.key.number, duty.key.milestone), {})[duty.key.recipient] = None
    return {item: tuple(names) for item, names in found.items()}


def _informed_also(duties: Iterable[Duty], informed: Mapping[tuple[str, str], tuple[str, ...]]) -> tuple[str, ...]:
    items = [(duty.key.number, duty.key.milestone) for duty in duties if not duty.informed]
    return tuple(dict.fromkeys(one_line(name) for item in items for name in informed.get(item, ())))


def _first_letters(journal: JournalView) -> dict[tuple[str, str, str], str]:
    """(recipient, 编号, due version) → Message-ID of the first letter about it."""
    firsts: dict[tuple[str, str, str], str] = {}
    for posting in journal.postings:
        if posting.message_id:
            key = (posting.key.recipient, posting.key.number, posting.key.due_version)
            firsts.setdefault(key, posting.message_id)
    return firsts


def _message_id(duties: Iterable[Duty], letterhead: Letterhead) -> str:
    """From the business keys and the day: the same letter gets the same id, and its file the same name."""
    keys = sorted("\t".join((k.workbook_id, k.number, k.milestone, k.due_version, k.occurrence, k.recipient))
                  for k in (duty.key for duty in duties))  # fmt: skip
    text = "\n".join([letterhead.as_of.isoformat(), "rehearsal" if letterhead.rehearsal else "", *keys])
    return f"<{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:32]}@{letterhead.domain}>"
