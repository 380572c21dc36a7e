"""What a letter shows, as plain values: the only things a letter template can see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from msgspec import Struct, field

from capa_xl.model import palette
from capa_xl.model.weekly import WeeklyList

PALETTE = {
    name.lower(): f"#{value}" for name, value in vars(palette).items() if name.isupper() and len(value) == 6
} | {"font": f"{palette.FONT}, {palette.FONT_FALLBACK}"}  # fmt: skip


class LetterRow(Struct, frozen=True):
    """One item of a section; every value is one line of text.

    Attributes:
        number: 编号, "" for what has none.
        what: What is to be done next.
        due: 2026-11-30, with its minute where it has one; "—" without a date.
        days: 实施逾期 10 天, 剩余 8 天, 今天到期, 今天 09:30 到期; "" without a date.
        place: 改进计划跟踪表!AX7.
        marks: 提前一个月提醒、代样例乙、由外部单位样例集成公司实施 …, joined with 、.
        tone: overdue, soon or calm.
        strip: 登记● 策划● 审批◐ 实施○ …; "" for what is no action.
        due_name: What that date is: 完成期限, 审批限期, 检查限期 ….
    """

    number: str
    title: str
    what: str
    due: str
    days: str
    place: str
    department: str
    status: str
    marks: str
    tone: str
    strip: str = ""
    due_name: str = "完成期限"


class LetterSection(Struct, frozen=True):
    """One heading with its items, the worst first.

    Attributes:
        count: What it speaks of, listed or not: each 编号 once, but of what waits each question, approval and document.
        rest: Numbers of the items that aren't listed in full, joined with 、.
        rest_count: How many numbers those are.
        late: How many of `count` wait past their limit (超时).
        lines: How many lines they take: one that waits for two things has two.
        others: How many of what is late others are to do: the reader hears of it as it climbs (4.4.6), so the number
            isn't that of the whole company.
        steps: Of late steps how many there are; 0 elsewhere.
        above: Numbers of `count` that a line of an earlier section tells: the late steps of a late action.
        late_beside: 反馈 10、需求 1: how many of `late` are no stage of an action, which no count of the actions has.
    """

    heading: str
    tone: str
    count: int
    rows: tuple[LetterRow, ...]
    rest: str = ""
    rest_count: int = 0
    late: int = 0
    lines: int = 0
    others: int = 0
    steps: int = 0
    late_beside: str = ""
    above: tuple[str, ...] = ()


class LetterView(Struct, frozen=True):
    """The whole letter.

    Attributes:
        day: T in a sentence, 2026年11月30日; `as_of` is 2026-11-30, for subject and tables.
        headline: The worst facts, as the headings count them: 实施逾期 1 项、超时 2 项, 等您处理 1 项, 即将到期 1 项,
            知会 1 项 or 每周汇总.
        kind: 改进措施提醒, or 改进措施首次启用汇总.
        welcome: What begins with a 首次启用汇总 and why old dates come now; "" in every other letter.
        first_thing: The one thing to do, as the letter's first line.
        workbook: File name of the tracking table, "" when unknown.
        weekly: Lists of the weekly digest, () in other letters.
        rehearsal: True when the letter is written for a rehearsed day.
        place: 参数 工作簿位置, "" where it is blank.
        link: The same as an address to open; "" for what is neither a URL nor a network path.
        contact: 参数 质量部联系人.
        extension: How to ask for another due date, before it or after; "" where no item has one.
        to_fill: The recipient has something to fill in; False for who is only told.
        policy: Number and name of the policy.
        slip: File name of the slip that goes with the letter; "" without one.
        slip_cells: How many cells it asks for.
        slip_others: Numbers of what it asks for besides what the letter speaks of, joined with 、.
        colour: The palette by name, as #RRGGBB.
    """

    recipient: str
    department: str
    as_of: str
    headline: str
    kind: str
    first_thing: str
    company: str
    workbook: str
    sections: tuple[LetterSection, ...]
    weekly: tuple[WeeklyList, ...] = ()
    rehearsal: bool = False
    place: str = ""
    link: str = ""
    contact: str = ""
    extension: str = ""
    to_fill: bool = True
    policy: str = ""
    slip: str = ""
    slip_cells: int = 0
    slip_others: str = ""
    day: str = ""
    welcome: str = ""
    colour: dict[str, str] = field(default_factory=lambda: PALETTE)


def one_line(text: str) -> str:
    """Text without line breaks, control characters and lone surrogates: nothing in it can start a header or a line."""
    if text.isprintable():
        return " ".join(text.split())
    kept = "".join(" " if unicodedata.category(sign).startswith(("C", "Z")) else sign for sign in text)
    return " ".join(kept.split())


def link_of(place: str) -> str:
    """An address that mail programs open: a URL as it is, a network path as file:; "" for anything else.

    Only http, https and file addresses: a setting must not put a script into a letter.
    """
    if re.match(r"(?i)(https?|file)://\S", place):
        return place.replace(" ", "%20")
    if place.startswith(("\\\\", "//")):
        return "file:" + quote(place.replace("\\", "/"), safe="/:")
    return ""


def joined(parts: Iterable[str], by: str = "、") -> str:
    """The non-empty parts in one line."""
    return by.join(part for part in parts if part)


def day_words(days: int, due_on: date | None, late_word: str, minute: str = "") -> str:
    """How far T is from the date: 实施逾期 3 天, 今天到期, 今天 09:30 到期, 剩余 8 天; "" without a date."""
    if due_on is None:
        return ""
    if days > 0:
        return f"{late_word} {days} 天"
    if days:
        return f"剩余 {-days} 天"
    return f"今天 {minute} 到期" if minute else "今天到期"
