"""The due dates of a letter as an .ics file: same letter, same bytes; a changed date moves the event."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from capa_xl.model.milestones import milestone_of
from capa_xl.model.todo import ACTION, NEED, STEP
from capa_xl.reports.letter_sections import Entry
from capa_xl.reports.letter_view import one_line

_CONTENT = re.compile(r"「.*」")


def calendar_of(entries: Iterable[Entry], as_of: date) -> bytes | None:
    """One all-day event per item and due date; None when no line has a date.

    DTSTAMP is the as-of day, UID hangs on workbook, item and kind of step, so importing a later letter moves the event.
    """
    dated = {_uid(entry): entry for entry in entries if entry.due_on is not None}
    if not dated:
        return None
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//capa-xl//reminders//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for uid in sorted(dated):
        calendar.add_component(_event(uid, dated[uid], as_of))
    blob: bytes = calendar.to_ical()
    return blob


def _event(uid: str, entry: Entry, as_of: date):  # type: ignore[no-untyped-def]
    from icalendar import Event

    event = Event()
    due_on, duty = entry.due_on or as_of, entry.duty
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(as_of, time(0), UTC))
    event.add("sequence", as_of.toordinal())
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", one_line(f"{duty.key.number} {entry.due_name}：{entry.what}"))
    event.add("description", one_line(f"{duty.title}（{entry.place}）"))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(entry: Entry) -> str:
    key = entry.duty.key
    identity = "\n".join((key.workbook_id, key.number, _kind(entry)))
    return f"{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:24]}@capa-xl"


def _kind(entry: Entry) -> str:
    """A step with a limit of its own has its own event; all reminders of 完成期限 share one.

    A row of another sheet is told by its kind and what is to be done, less what the step is about, which people reword;
    a complaint's clock by its column.
    """
    task, code = entry.task, entry.duty.key.milestone
    milestone = milestone_of(code)
    if task is not None and task.kind != ACTION:
        step = _CONTENT.sub("", task.next_step) if task.kind == STEP else task.next_step
        return f"{task.kind}\0{task.keys[0] if task.kind == NEED and task.keys else step}"
    return code if milestone is not None and milestone.is_step else "due"
