"""The due dates of a letter as an .ics file: same letter, same bytes; a changed date moves the event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from capa_xl.model.letter import Duty
from capa_xl.model.milestones import M1, milestone_of
from capa_xl.reports.letter_view import one_line


def calendar_of(duties: Iterable[Duty], as_of: date) -> bytes | None:
    """One all-day event per item and due date; None when no duty has a date.

    DTSTAMP is the as-of day, UID hangs on workbook, item and kind of step, so importing a later letter moves the event.
    """
    dated = {_uid(duty): duty for duty in duties if duty.due_on is not None}
    if not dated:
        return None
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//capa-xl//reminders//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for uid, duty in sorted(dated.items()):
        calendar.add_component(_event(uid, duty, as_of))
    blob: bytes = calendar.to_ical()
    return blob


def _event(uid: str, duty: Duty, as_of: date):  # type: ignore[no-untyped-def]
    from icalendar import Event

    event = Event()
    due_on = duty.due_on or as_of
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(as_of, time(0), UTC))
    event.add("sequence", as_of.toordinal())
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    limit_name = (milestone_of(duty.key.milestone) or M1).limit_name
    event.add("summary", one_line(f"{duty.key.number} {limit_name}：{duty.what}"))
    event.add("description", one_line(f"{duty.title}（{duty.sheet}!{duty.cell}）"))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(duty: Duty) -> str:
    identity = "\n".join((duty.key.workbook_id, duty.key.number, _kind(duty)))
    return f"{hashlib.sha256(identity.encode('utf-8', 'replace')).hexdigest()[:24]}@capa-xl"


def _kind(duty: Duty) -> str:
    """A step with a limit of its own has its own event; all reminders of 完成期限 share one."""
    milestone = milestone_of(duty.key.milestone)
    return duty.key.milestone if milestone is not None and milestone.is_step else "due"
