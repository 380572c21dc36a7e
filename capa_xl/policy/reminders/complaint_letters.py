"""S7: a complaint whose clock runs; the receiver and the head of the department hear of it at the next pass."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.columns import column_by_key
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import S7
from capa_xl.model.records import Need
from capa_xl.policy.complaint_clocks import Clock, UnreadClock, clocks_of, unread_clocks_of
from capa_xl.policy.complaint_duties import clock_phrase, complaint_answerers, missed_word, unread_phrase
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.recipients import quality_head_names
from capa_xl.policy.unread_cells import unread_cells

LATE = "逾期"
"""Occurrence of the second letter, once the limit is over."""


def complaint_reminders(view: RegisterView) -> Iterator[DueReminder]:
    """One letter as soon as the clock stands in the sheet, whatever day it is; one more once it was missed.

    One whose limit can't be read counts as due now: its letter, one only, names the cell to put right.
    """
    table, unread = view.register.needs, unread_cells(view.register)
    for need in view.needs:
        if table is not None:
            yield from (_unread(view, need, clock) for clock in unread_clocks_of(need, view.on, table, unread))
        for clock in clocks_of(need, view.on):
            if not clock.done:
                yield _reminder(view, need, clock, FIRST)
                if clock.is_missed(view.as_of):
                    yield _reminder(view, need, clock, LATE)


def _reminder(view: RegisterView, need: Need, clock: Clock, occurrence: str) -> DueReminder:
    table = view.register.needs
    planned, missed = need.registered_on or view.on, clock.is_missed(view.as_of)
    return DueReminder(
        number=need.number or "",
        milestone=S7,
        due_version=clock.limit,
        occurrence=occurrence,
        planned_on=min(planned, view.on) if occurrence == FIRST else view.on,
        due_on=clock.limit_on,
        acting=complaint_answerers(view, need),
        informed=quality_head_names(view),
        what=clock_phrase(clock, missed=missed),
        title=need.description or "",
        department=need.receiving_department or need.department or "",
        sheet=table.sheet if table else "",
        cell=table.cell(need.row, clock.key) if table else "",
        missed=missed_word(clock) if missed else "",
    )


def _unread(view: RegisterView, need: Need, clock: UnreadClock) -> DueReminder:
    table = view.register.needs
    return DueReminder(
        number=need.number or "",
        milestone=S7,
        due_version="",
        occurrence=column_by_key(Need)[clock.key].header,
        planned_on=view.on,
        due_on=view.on,
        acting=complaint_answerers(view, need),
        informed=quality_head_names(view),
        what=unread_phrase(view, need, clock),
        title=need.description or "",
        department=need.receiving_department or need.department or "",
        sheet=table.sheet_of(need.row) if table else "",
        cell=clock.cell,
    )
