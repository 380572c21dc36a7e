"""A reminder as values: the duty towards one recipient, and the one letter a person gets on a day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from capa_xl.model.headline import Headline
from capa_xl.model.todo import TodoItem

FIRST = "0"
"""`occurrence` of the first reminder of a milestone; later ones are called by their ISO week or month, the first of a
ladder that 重开 began anew by the day of that."""
WELCOME = "welcome"
"""`occurrence` of what a 首次启用汇总 carries: reminders whose day lay before 提醒启用日."""


def iso_week(day: date) -> str:
    """The ISO week of a day: 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def iso_month(day: date) -> str:
    """The month of a day: 2026-11."""
    return f"{day.year}-{day.month:02d}"


class JournalKey(Struct, frozen=True, order=True):
    """Identity of one reminder to one recipient; what stands in the journal once is not sent again.

    Attributes:
        workbook_id: 参数 工作簿标识, or the one the journal assigned.
        number: 编号 of the action, need or "" (Q1).
        milestone: Code of a `Milestone` (model/milestones.py).
        due_version: The deadline itself, ISO; for S the step's limit; for Q1 "".
        occurrence: "0" for the first, then ISO week (2026-W47) or month (2026-11); 2026-11-12 for the first after 重开
            of that day.
        recipient: Name of the person.
    """

    workbook_id: str
    number: str
    milestone: str
    due_version: str
    occurrence: str
    recipient: str


class Duty(Struct, frozen=True):
    """One milestone of one item that one person must hear of.

    Attributes:
        key: Identity in the journal.
        address: Mail address; "" when the person has no usable one (unreachable).
        informed: True for those who are informed only (知会), False for those who must act.
        planned_on: Day it should be sent; M1 and M2 moved back to a working day, all others forward.
        due_on: The deadline it speaks of (完成期限, or the step's limit); None for Q1.
        late: T > planned_on: marked 补发.
        short_notice: Less than a month of lead (不足一月): outside KPI 5.
        counts: Counts in 按时提醒率 (M1 with a month's lead, on or after 提醒启用日).
        recipient_department: Department of the recipient, for the subject; "" when unknown.
        capped: True when the weekly cap holds it back to the next digest.
        what: What is to be done next, a Chinese phrase.
        days: Days overdue (positive) or days left (negative or zero) at T.
        status: Status word of the action, "" where it has none.
        title: First words of 问题描述.
        department: 责任部门.
        sheet: Sheet of the cell below.
        cell: A1 address a reader should open.
        deputy_for: Name of the person the recipient stands in for; "" otherwise.
        strip: The stages of the action with their marks; "" for what is no action.
        external_party: 外部单位 that carries it out, for which the owner answers; "" where the company does.
        missed: 响应超时: its minute is over, whatever its day; "" for what a day alone makes late.
        lateness: 实施逾期 199 天（按旧期限，2026-11-23 重开）, as the todo says it; "" where `days` say all.
        tasks: The recipient's own todo items that it speaks of; () for who is told, or asked to see to others' work.
        seen_to: Of those the steps that others do: their cell, and what the recipient is asked (请提醒 样例工 …).
        sees_to: The recipient is asked to see to what others do: a reminder that climbed to them (4.4.6).
    """

    key: JournalKey
    address: str
    informed: bool
    planned_on: date
    due_on: date | None
    late: bool
    short_notice: bool
    counts: bool
    what: str
    days: int
    status: str = ""
    title: str = ""
    department: str = ""
    sheet: str = ""
    cell: str = ""
    deputy_for: str = ""
    capped: bool = False
    recipient_department: str = ""
    strip: str = ""
    external_party: str = ""
    missed: str = ""
    lateness: str = ""
    tasks: tuple[TodoItem, ...] = ()
    seen_to: tuple[tuple[str, str], ...] = ()
    sees_to: bool = False


class LetterSlip(Struct, frozen=True):
    """The slip that a letter carries: what waits for its recipient, to fill and send back.

    Attributes:
        file_name: Short and ASCII, its own for every slip.
        blob: The workbook.
        cells: How many cells it asks for.
        workbook_id: The workbook whose journal must know it before it leaves.
        token: Its name in that journal.
        lines: Its addresses, for the journal.
        others: 编号 of what it asks for and the letter doesn't speak of.
    """

    file_name: str
    blob: bytes
    cells: int
    workbook_id: str
    token: str
    lines: tuple[str, ...]
    others: tuple[str, ...] = ()


class Letter(Struct, frozen=True):
    """One message to one person on one day.

    Attributes:
        recipient: Name.
        address: The one mail address; never more than one, never Cc or Bcc.
        subject: Worst fact first, in Chinese.
        message_id: From a hash of the business key and the day; the same letter has the same id.
        duties: What it speaks of: overdue, waiting, coming, told.
        informed_also: Names of those who are told of the same items in letters of their own (JSON `cc`).
        text: Plain text, equal in content to `html`.
        html: HTML part.
        calendar: .ics with the due dates; None when no item has one.
        in_reply_to: Message-ID of the first letter about the worst item; "" for a first letter.
        slips: Workbooks to fill that go with it; a joint letter may have several.
        company: 公司名称 of the workbook; "" where it isn't known.
        headline: What its subject counts.
    """

    recipient: str
    address: str
    subject: str
    message_id: str
    duties: tuple[Duty, ...]
    informed_also: tuple[str, ...]
    text: str
    html: str
    calendar: bytes | None = None
    in_reply_to: str = ""
    slips: tuple[LetterSlip, ...] = ()
    company: str = ""
    headline: Headline = Headline()
