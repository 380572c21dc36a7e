"""Several letters to one person, each about another workbook → one letter that a mail server and a reader can take.

The worst workbooks stand in it as their own letters would; once those fill a page of `_WHOLE` characters, each of the
others is one line that names every item.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from html import escape

from msgspec import Struct
from msgspec.structs import replace

from capa_xl.model.letter import Duty, Letter

_WHOLE = 300_000
"""Characters of HTML; servers refuse from 10 MB on, and some programs clip far below it."""
_STYLE = "max-width:600px;margin:0 auto;padding:16px;font:14px/1.6 sans-serif;word-break:break-word"
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_EVENT = re.compile(rb"BEGIN:VEVENT.*?END:VEVENT\r?\n", re.DOTALL)
_END = b"END:VCALENDAR"


class _Line(Struct, frozen=True):
    """A workbook that is spoken of in one line."""

    name: str
    duties: tuple[Duty, ...]
    message_id: str
    informed_also: tuple[str, ...]


def joint_letter(parts: Iterable[tuple[str, Letter]]) -> Letter:
    """One letter for a person's letters of a day.

    Args:
        parts: File name of the workbook and its letter, at least two, worst first; all to the same address. Each is
            looked at once, so that they need not all be held at the same time.
    """
    whole, lines = _shared_out(parts)
    letters = [letter for _, letter in whole]
    said: list[Letter | _Line] = [*letters, *lines]
    return replace(
        letters[0],
        subject=f"{letters[0].subject}（共 {len(said)} 个工作簿）",
        message_id=_message_id([one.message_id for one in said]),
        duties=tuple(duty for one in said for duty in one.duties),
        informed_also=tuple(dict.fromkeys(name for one in said for name in one.informed_also)),
        text="\n\n".join([*(f"======== {name} ========\n\n{letter.text}" for name, letter in whole), *_text(lines)]),
        html=_html(letters, lines),
        calendar=_calendar([letter.calendar for letter in letters if letter.calendar is not None]),
        in_reply_to="",
        slips=tuple(slip for letter in letters for slip in letter.slips),
    )


def _shared_out(parts: Iterable[tuple[str, Letter]]) -> tuple[list[tuple[str, Letter]], list[_Line]]:
    """(the parts that stand whole, the others): once one is too much, so are those after it."""
    whole: list[tuple[str, Letter]] = []
    lines: list[_Line] = []
    used = 0
    for name, letter in parts:
        used += len(letter.html)
        if whole and used > _WHOLE:
            lines.append(_Line(name, letter.duties, letter.message_id, letter.informed_also))
        else:
            whole.append((name, letter))
    return whole, lines


def _text(lines: Sequence[_Line]) -> list[str]:
    if not lines:
        return []
    return ["\n".join([f"======== {_rest(lines)} ========\n", *map(_line, lines)]) + "\n"]


def _rest(lines: Sequence[_Line]) -> str:
    return f"另有 {len(lines)} 个工作簿，每个一行；日历和填报表见各工作簿"


def _line(line: _Line) -> str:
    """甲表.xlsx：5 项，其中逾期 3 项（最长 12 天）：GJ-2026-007、GJ-2026-003……, the worst first."""
    items: dict[str, int] = {}
    for duty in sorted(line.duties, key=lambda duty: (-duty.days, duty.key.number)):
        items.setdefault(duty.key.number or duty.what, duty.days)
    late = [days for days in items.values() if days > 0]
    words = f"，其中逾期 {len(late)} 项（最长 {max(late)} 天）" if late else ""
    return f"{line.name}：{len(items)} 项{words}：{'、'.join(items)}"


def _message_id(ids: Sequence[str]) -> str:
    """From the parts' own ids, whatever their order; the same domain."""
    mark = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:32]
    return f"<{mark}@{ids[0].rpartition('@')[2]}"


def _html(letters: Sequence[Letter], lines: Sequence[_Line]) -> str:
    """The page of the first, with what stands in the bodies of the others after its own, then the lines."""
    bodies = [found[1] for letter in letters[1:] if (found := _BODY.search(letter.html))]
    if lines:
        said = "".join(f"<p>{escape(_line(line))}</p>" for line in lines)
        bodies.append(f'<div style="{_STYLE}"><p><b>{_rest(lines)}</b></p>{said}</div>')
    head, end, tail = letters[0].html.rpartition("</body>")
    return f"{head}{''.join(bodies)}{end}{tail}"


def _calendar(calendars: Sequence[bytes]) -> bytes | None:
    """The first calendar with the events of the others in it; an event that two of them have stands once."""
    if not calendars:
        return None
    head, end, tail = calendars[0].rpartition(_END)
    there = set(_EVENT.findall(head))
    others = dict.fromkeys(event for one in calendars[1:] for event in _EVENT.findall(one) if event not in there)
    return head + b"".join(others) + end + tail
