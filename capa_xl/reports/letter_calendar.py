"""The due dates of a letter as an .ics file: same letter, same bytes; a changed date moves the event."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

from capa_xl.model.milestones import M1, MILESTONES
from capa_xl.model.todo import ACTION, NEED, STEP
from capa_xl.reports.letter_sections import Entry
from capa_xl.reports.letter_view import one_line

_CONTENT = re.compile(r"「.*」")
_DUE = "due"
_CODES = {milestone.limit_name: milestone.code for milestone in MILESTONES if milestone.is_step}


def calendar_of(entries: Iterable[Entry], as_of: date) -> bytes | None:
    """One all-day event per item and due date, its 完成期限 besides a nearer limit; None when no line has a date.

    DTSTAMP is the as-of day, UID hangs on workbook, item and kind of step, so importing a later letter moves the event.
    """
    listed = tuple(entries)
    own = {_uid(entry, _kind(entry)): _Day(entry, entry.due_on, entry.due_name) for entry in listed if entry.due_on}
    deadlines = {
        _uid(entry, _DUE): _Day(entry, duty.due_on, M1.limit_name)
        for entry in listed
        if (duty := entry.of_deadline) and duty.due_on
    }
    days = deadlines | own
    if not days:
        return None
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//capa-xl//reminders//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for uid in sorted(days):
        calendar.add_component(_event(uid, days[uid], as_of))
    blob: bytes = calendar.to_ical()
    return blob


class _Day(Struct, frozen=True):
    """A day that a line of the letter speaks of, and what it is called."""

    entry: Entry
    on: date
    name: str


def _event(uid: str, day: _Day, as_of: date):  # type: ignore[no-untyped-def]
    from icalendar import Event

    event = Event()
    entry, duty = day.entry, day.entry.duty
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(as_of, time(0), UTC))
    event.add("sequence", as_of.toordinal())
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", one_line(f"{duty.key.number} {day.name}：{entry.what}"))
    event.add("description", one_line(f"{duty.title}（{entry.place}）"))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(entry: Entry, kind: str) -> str:
    key = entry.duty.key
    identity = "\n".join((key.workbook_id, key.number, kind))
    return f"{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:24]}@capa-xl"


def _kind(entry: Entry) -> str:
    """A step with a limit of its own has its own event; all reminders of 完成期限 share one.

    A row of another sheet is told by its kind and what is to be done, less what the step is about, which people reword;
    a complaint's clock by its column.
    """
    task = entry.task
    if task is not None and task.kind != ACTION:
        step = _CONTENT.sub("", task.next_step) if task.kind == STEP else task.next_step
        return f"{task.kind}\0{task.keys[0] if task.kind == NEED and task.keys else step}"
    return _DUE if entry.due_name == M1.limit_name else _CODES.get(entry.due_name, entry.due_name)
