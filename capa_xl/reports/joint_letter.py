"""Several letters to one person, each about another workbook → one letter that a mail server and a reader can take.

A list of the workbooks with their counts comes first, for numbers of actions are each workbook's own. The worst
workbooks then stand in it as their own letters would, each under its company; once those fill a page of `_WHOLE`
characters, each of the others is one line that names every item.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.headline import Headline, summed
from capa_xl.model.letter import Duty, Letter
from capa_xl.model.milestones import Q1
from capa_xl.reports.letter_frame import card
from capa_xl.reports.whole_tokens import unwrapped

_WHOLE = 300_000
"""Characters of HTML; servers refuse from 10 MB on, and some programs clip far below it."""
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_FIRST = re.compile(r'<td class="(?:[^"]* )?first(?: [^"]*)?"[^>]*>')
"""The pale blue band of a letter, with what comes first in it."""
_NAME = "font-size:15px;padding-bottom:6px;overflow-wrap:anywhere;"
_EVENT = re.compile(rb"BEGIN:VEVENT.*?END:VEVENT\r?\n", re.DOTALL)
_END = b"END:VCALENDAR"


class Origin(Struct, frozen=True):
    """Where one of the letters comes from.

    Attributes:
        path: Of the workbook.
        company: 公司名称; "" where it isn't known.
    """

    path: PurePath
    company: str = ""


class _Line(Struct, frozen=True):
    """A workbook that is spoken of in one line."""

    name: str
    duties: tuple[Duty, ...]
    message_id: str
    informed_also: tuple[str, ...]
    headline: Headline


def joint_letter(parts: Iterable[tuple[str, Letter]]) -> Letter:
    """One letter for a person's letters of a day.

    Args:
        parts: What the workbook is called (`called`) and its letter, at least two, worst first; all to the same
            address. Each is looked at once, so that they need not all be held at the same time.
    """
    whole, lines = _shared_out(parts)
    letters = [letter for _, letter in whole]
    said = _said(whole, lines)
    total = summed(one.headline for one in said)
    return replace(
        letters[0],
        subject=_subject(letters[0], total, len(said)),
        message_id=_message_id([one.message_id for one in said]),
        duties=tuple(duty for one in said for duty in one.duties),
        informed_also=tuple(dict.fromkeys(name for one in said for name in one.informed_also)),
        text="\n\n".join(_text(whole, lines, total)),
        html=_html(whole, lines, total),
        calendar=_calendar([letter.calendar for letter in letters if letter.calendar is not None]),
        in_reply_to="",
        slips=tuple(slip for letter in letters for slip in letter.slips),
        headline=total,
    )


def called(books: Sequence[Origin]) -> tuple[str, ...]:
    """What each of these workbooks is called, no two alike: its company, with its file where that says more.

    Without a company, or with one that others have too, by the folders in which its path differs from theirs.
    """
    common = _common({one.path.parent for one in books})
    companies = Counter(one.company for one in books)
    names = {one.path.name for one in books}

    def name(one: Origin) -> str:
        own = one.path.relative_to(common).as_posix() if one.path.is_relative_to(common) else one.path.as_posix()
        if not one.company:
            return own
        if companies[one.company] > 1:
            return f"{one.company}（{own}）"
        return one.company if len(names) == 1 else f"{one.company}（{one.path.name}）"

    return tuple(map(name, books))


def _common(folders: Iterable[PurePath]) -> PurePath:
    """The folder that holds all of these; an empty path where nothing does, as on two drives."""
    try:
        return PurePath(os.path.commonpath(list(folders)))
    except ValueError:
        return PurePath()


def _subject(first: Letter, total: Headline, count: int) -> str:
    """The first one's, with what all of them count; an own template may put it otherwise, or not at all."""
    own = f"【{first.headline.words}】"
    if own in first.subject:
        return f"{first.subject.replace(own, f'【{total.words}】', 1)}（共 {count} 个工作簿）"
    return f"{first.subject}（共 {count} 个工作簿：{total.words}）"


def _shared_out(parts: Iterable[tuple[str, Letter]]) -> tuple[list[tuple[str, Letter]], list[_Line]]:
    """(the parts that stand whole, the others): once one is too much, so are those after it."""
    whole: list[tuple[str, Letter]] = []
    lines: list[_Line] = []
    used = 0
    for name, letter in parts:
        used += len(letter.html)
        if whole and used > _WHOLE:
            lines.append(_Line(name, letter.duties, letter.message_id, letter.informed_also, letter.headline))
        else:
            whole.append((name, letter))
    return whole, lines


def _front(said: Sequence[Letter | _Line], total: Headline) -> str:
    """Whose items are added up: the reader's, beside weekly figures of whole companies."""
    has_digest = any(duty.key.milestone == Q1.code for one in said for duty in one.duties)
    figures = "（各公司全部事项的数见各自的每周汇总）" if has_digest else ""
    own = f"，写给您的事项合计{total.words}{figures}" if total != Headline() else "的每周汇总"
    return f"{len(said)} 个工作簿{own}。各工作簿的编号互不相通，请按公司分别处理："


def _said(whole: Sequence[tuple[str, Letter]], lines: Sequence[_Line]) -> list[Letter | _Line]:
    """What each of the workbooks says, those that stand whole first."""
    return [*(letter for _, letter in whole), *lines]


def _list(whole: Sequence[tuple[str, Letter]], lines: Sequence[_Line]) -> list[str]:
    """The workbooks in the order in which they follow, each with what it counts."""
    named = [f"{number}. {name}：{letter.headline.words}" for number, (name, letter) in enumerate(whole, 1)]
    return [*named, f"{_rest(lines)}，在信末。"] if lines else named


def _text(whole: Sequence[tuple[str, Letter]], lines: Sequence[_Line], total: Headline) -> Iterator[str]:
    yield "\n".join([_front(_said(whole, lines), total), *_list(whole, lines)])
    yield from (f"======== {name} ========\n\n{letter.text}" for name, letter in whole)
    if lines:
        yield "\n".join([f"======== {_rest(lines)} ========\n", *map(_line, lines)]) + "\n"


def _rest(lines: Sequence[_Line]) -> str:
    return f"另有 {len(lines)} 个工作簿，每个一行；日历和填报表见各工作簿"


def _line(line: _Line) -> str:
    """甲公司：5 项，实施逾期 2 项、超时 1 项（最长 12 天）：GJ-2026-007、GJ-2026-003……, the worst first."""
    items: dict[str, int] = {}
    for duty in sorted(line.duties, key=lambda duty: (-duty.days, duty.key.number)):
        items.setdefault(duty.key.number or duty.what, duty.days)
    longest = max(items.values(), default=0)
    words = (
        f"，{line.headline.words}" + (f"（最长 {longest} 天）" if longest > 0 else "") if line.headline.is_late else ""
    )
    return f"{line.name}：{len(items)} 项{words}：{'、'.join(items)}"


def _message_id(ids: Sequence[str]) -> str:
    """From the parts' own ids, whatever their order; the same domain."""
    mark = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:32]
    return f"<{mark}@{ids[0].rpartition('@')[2]}"


def _html(whole: Sequence[tuple[str, Letter]], lines: Sequence[_Line], total: Headline) -> str:
    """The page of the first with a list in front; each body under the name of its workbook; then the lines."""
    front = card(escape(_front(_said(whole, lines), total)), [escape(one) for one in _list(whole, lines)])
    bodies = [_under_its_name(name, _body(letter.html)) for name, letter in whole]
    if lines:
        bodies.append(unwrapped(card(escape(_rest(lines)), [escape(_line(line)) for line in lines])))
    page = whole[0][1].html
    found = _BODY.search(page)
    start, end = found.span(1) if found else (len(page), len(page))
    return f"{page[:start]}{unwrapped(front)}{''.join(bodies)}{page[end:]}"


def _under_its_name(name: str, body: str) -> str:
    """The body with the workbook's name in its own first box; an own template without one gets a box in front."""
    found = _FIRST.search(body)
    if found is None:
        return f"{card(escape(name))}{body}"
    return f'{body[: found.end()]}<div style="{_NAME}">{escape(name)}</div>{body[found.end() :]}'


def _body(html: str) -> str:
    found = _BODY.search(html)
    return found[1] if found else ""


def _calendar(calendars: Sequence[bytes]) -> bytes | None:
    """The first calendar with the events of the others in it; an event that two of them have stands once."""
    if not calendars:
        return None
    head, end, tail = calendars[0].rpartition(_END)
    there = set(_EVENT.findall(head))
    others = dict.fromkeys(event for one in calendars[1:] for event in _EVENT.findall(one) if event not in there)
    return head + b"".join(others) + end + tail
