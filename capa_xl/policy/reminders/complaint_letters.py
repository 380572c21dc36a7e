"""S7: a complaint whose clock runs; the receiver and the head of the department hear of it at the next pass."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_quote
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import S7
from capa_xl.model.records import Need
from capa_xl.policy.complaint_clocks import Clock, UnreadClock, clocks_of, unread_clocks_of
from capa_xl.policy.promised_spans import span_sentence
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.recipients import manager_names, quality_head_names
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
    planned = need.registered_on or view.on
    return DueReminder(
        number=need.number or "",
        milestone=S7,
        due_version=clock.limit,
        occurrence=occurrence,
        planned_on=min(planned, view.on) if occurrence == FIRST else view.on,
        due_on=clock.limit_on,
        acting=_acting(view, need),
        informed=quality_head_names(view),
        what=_what(clock, missed=clock.is_missed(view.as_of)),
        title=need.description or "",
        department=need.receiving_department or need.department or "",
        sheet=table.sheet if table else "",
        cell=table.cell(need.row, clock.key) if table else "",
    )


def _what(clock: Clock, *, missed: bool) -> str:
    owed = (
        f"没有在 {clock.limit} 以前{clock.what}：马上{clock.what}" if missed else f"须在 {clock.limit} 以前{clock.what}"
    )
    return f"顾客投诉{owed}，填写：{column_by_key(Need)[clock.key].header}"


def _unread(view: RegisterView, need: Need, clock: UnreadClock) -> DueReminder:
    table, header = view.register.needs, column_by_key(Need)[clock.key].header
    sheet = table.sheet_of(need.row) if table else ""
    span = span_sentence(clock.written, need.registered_on, view.calendar)
    meant = f"（{span}）" if span else ""
    return DueReminder(
        number=need.number or "",
        milestone=S7,
        due_version="",
        occurrence=header,
        planned_on=view.on,
        due_on=view.on,
        acting=_acting(view, need),
        informed=quality_head_names(view),
        what=f"顾客投诉的{header}{f'「{cut_quote(clock.written)}」' if clock.written else ''}读不出是何时，按现在到期："
        f"马上{clock.what}，并把《{sheet}》{clock.cell} 改成年-月-日 时刻，例如 2026-03-31 17:30{meant}",
        title=need.description or "",
        department=need.receiving_department or need.department or "",
        sheet=sheet,
        cell=clock.cell,
    )


def _acting(view: RegisterView, need: Need) -> tuple[str, ...]:
    """The receiver and the head of the department; 质量部负责人 where nobody has it yet."""
    heads = manager_names(view, need.receiving_department) if need.receiving_department else ()
    return tuple(dict.fromkeys((*((need.receiver,) if need.receiver else ()), *heads))) or quality_head_names(view)
