"""The sample workbook with its 提醒台账: the month-ahead letters of the past, as if the job had run every morning."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from capa_xl.effects.journal_ledger import ledger_rows
from capa_xl.model.action import Action
from capa_xl.model.as_of import AsOf
from capa_xl.model.journal import SENT, SMTP, JournalView, Posting
from capa_xl.model.ledger_mark import SAMPLE_MAIL_DOMAIN
from capa_xl.model.letter import JournalKey
from capa_xl.model.milestones import M1
from capa_xl.ooxml.patch import Patch
from capa_xl.ooxml.splice import splice
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.month_ahead import MonthAhead, month_ahead_record
from capa_xl.policy.reminders.recipients import department_of, manager_names
from capa_xl.policy.viewing import view_register
from capa_xl.workbook.blank.build import build_workbook
from capa_xl.workbook.reading.reader import read_register
from capa_xl.workbook.sample.content import sample_content
from capa_xl.workbook.writing.owned_sheets import ledger_sheet_rows

SENT_AT = "08:30:00+08:00"


def sample_workbook(on: date) -> bytes:
    """The sample for a day: its past month-ahead reminders stand in 提醒台账, from which a journal is rebuilt."""
    blob = build_workbook(sample_content(on), as_of=on)
    register = read_register(blob)
    view = JournalView(postings=tuple(_postings(view_register(register, AsOf(on, on)))))
    rows = ledger_sheet_rows(register, ledger_rows(view))
    return splice(blob, Patch(rows=(rows,) if rows else ())).blob


def _postings(view: RegisterView) -> Iterator[Posting]:
    """In time order, then in sheet order."""
    duties = ((duty, view.by_number[duty.number]) for duty in month_ahead_record(view, JournalView()))
    past = [(duty, action) for duty, action in duties if _was_sent(duty, action, view.on)]
    for duty, action in sorted(past, key=lambda pair: (pair[0].planned_on, pair[1].row)):
        for name in dict.fromkeys(manager_names(view, department_of(view, action)) + action.owners):
            yield _posting(view, duty, name)


def _was_sent(duty: MonthAhead, action: Action, on: date) -> bool:
    over = action.completed_on or action.cancelled_on
    return duty.planned_on < on and (over is None or over > duty.planned_on)


def _posting(view: RegisterView, duty: MonthAhead, name: str) -> Posting:
    due = duty.due_on.isoformat()
    mark = hashlib.sha256(f"{duty.number}|{due}|{name}".encode()).hexdigest()[:16]
    return Posting(
        key=JournalKey(view.procedure.workbook_id, duty.number, M1.code, due, "0", name),
        result=SENT,
        planned_on=duty.planned_on,
        sent_on=duty.planned_on,
        sent_at=f"{duty.planned_on.isoformat()}T{SENT_AT}",
        transport=SMTP,
        message_id=f"<{mark}@{SAMPLE_MAIL_DOMAIN}>",
        counts=duty.counts,
    )
