"""S7: a complaint whose clock runs; the receiver and the head of the department hear of it at the next pass."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.columns import column_by_key
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import S7
from capa_xl.model.records import Need
from capa_xl.policy.complaint_clocks import Clock, clocks_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.recipients import manager_names, quality_head_names

LATE = "逾期"
"""Occurrence of the second letter, once the day of the limit is over."""


def complaint_reminders(view: RegisterView) -> Iterator[DueReminder]:
    """One letter as soon as the clock stands in the sheet, whatever day it is; one more once it was missed."""
    for need in view.needs:
        for clock in clocks_of(need, view.on):
            if not clock.done:
                yield _reminder(view, need, clock, FIRST)
                if clock.is_missed(view.on):
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
        what=f"顾客投诉须在 {clock.limit} 以前{clock.what}，填写：{column_by_key(Need)[clock.key].header}",
        title=need.description or "",
        department=need.receiving_department or need.department or "",
        sheet=table.sheet if table else "",
        cell=table.cell(need.row, clock.key) if table else "",
    )


def _acting(view: RegisterView, need: Need) -> tuple[str, ...]:
    """The receiver and the head of the department; 质量部负责人 where nobody has it yet."""
    heads = manager_names(view, need.receiving_department) if need.receiving_department else ()
    return tuple(dict.fromkeys((*((need.receiver,) if need.receiver else ()), *heads))) or quality_head_names(view)
