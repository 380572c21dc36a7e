"""Several letters to one person, each about another workbook → one letter: worst first, each part as it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from capa_xl.model.letter import Letter

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_EVENT = re.compile(rb"BEGIN:VEVENT.*?END:VEVENT\r?\n", re.DOTALL)
_END = b"END:VCALENDAR"


def joint_letter(parts: Sequence[tuple[str, Letter]]) -> Letter:
    """One letter for a person's letters of a day.

    Args:
        parts: File name of the workbook and its letter, at least two; all to the same address.
    """
    ordered = sorted(parts, key=lambda part: (-_worst(part[1]), part[0]))
    first = ordered[0][1]
    letters = [letter for _, letter in ordered]
    return replace(
        first,
        subject=f"{first.subject}（共 {len(parts)} 个工作簿）",
        message_id=_message_id(letters),
        duties=tuple(duty for letter in letters for duty in letter.duties),
        informed_also=tuple(dict.fromkeys(name for letter in letters for name in letter.informed_also)),
        text="\n\n".join(f"======== {name} ========\n\n{letter.text}" for name, letter in ordered),
        html=_html(letters),
        calendar=_calendar([letter.calendar for letter in letters if letter.calendar is not None]),
        in_reply_to="",
        slips=tuple(slip for letter in letters for slip in letter.slips),
    )


def _worst(letter: Letter) -> int:
    """Days overdue of its worst item; negative where nothing is overdue."""
    return max((duty.days for duty in letter.duties), default=0)


def _message_id(letters: Sequence[Letter]) -> str:
    """From the parts' own ids, whatever their order; the same domain."""
    mark = hashlib.sha256("\n".join(sorted(letter.message_id for letter in letters)).encode()).hexdigest()[:32]
    return f"<{mark}@{letters[0].message_id.rpartition('@')[2]}"


def _html(letters: Sequence[Letter]) -> str:
    """The page of the first, with what stands in the bodies of the others after its own."""
    bodies = [found[1] for letter in letters[1:] if (found := _BODY.search(letter.html))]
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
