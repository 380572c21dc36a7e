"""S6: questions nobody has answered by their limit: needs, requests, feedback, resources (R05, R07, R17, R49)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.letter import FIRST
from capa_xl.model.milestones import S6
from capa_xl.model.records import Need, Progress
from capa_xl.policy.beside_the_row import answer_phrase, waits_for_answer
from capa_xl.policy.need_answers import evaluation_limit, is_evaluated
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.reminders.due_reminder import DueReminder
from capa_xl.policy.reminders.recipients import (
    general_manager_names,
    head_names,
    keeper_of,
    manager_names,
    quality_head_names,
)


def answer_reminders(view: RegisterView) -> Iterator[DueReminder]:
    """What is owed an answer at T, each once at its limit."""
    for need in view.needs:
        yield from _evaluation(view, need)
        yield from _reply(view, need)
    for rows in view.progress.values():
        for row in rows:
            yield from _feedback(view, row)


def evaluation_owed_by(view: RegisterView, need: Need) -> date | None:
    """The limit of a need nobody has evaluated; None otherwise."""
    return None if is_evaluated(need) else evaluation_limit(view, need)


def _evaluation(view: RegisterView, need: Need) -> Iterator[DueReminder]:
    names = quality_head_names(view)
    yield from _need_reminder(
        view,
        need,
        evaluation_owed_by(view, need),
        names,
        "评估需求，填写：评估结论、评估人、评估日期",
        "evaluation",
    )


def _reply(view: RegisterView, need: Need) -> Iterator[DueReminder]:
    if need.replied_on is None and need.reply_due_on is not None:
        department = need.receiving_department
        names = (need.receiver,) if need.receiver else manager_names(view, department)
        yield from _need_reminder(
            view, need, need.reply_due_on, names, "回复要求单，填写：回复日期、回复摘要", "replied_on"
        )


def _need_reminder(
    view: RegisterView, need: Need, limit: date | None, names: tuple[str, ...], what: str, key: str
) -> Iterator[DueReminder]:
    table = view.register.needs
    if limit is None or table is None or (planned_on := view.calendar.forward(limit)) > view.on:
        return
    yield DueReminder(
        number=need.number or "",
        milestone=S6,
        due_version=limit.isoformat(),
        occurrence=FIRST,
        planned_on=planned_on,
        due_on=limit,
        acting=names,
        what=what,
        title=need.description or "",
        department=need.department or "",
        sheet=table.sheet,
        cell=table.cell(need.row, key),
    )


def _feedback(view: RegisterView, row: Progress) -> Iterator[DueReminder]:
    """A problem fed back goes to the owning department, a request for resources to 总经理."""
    table, action = view.register.progress, view.by_number.get(row.number or "")
    if table is None or action is None or row.on is None or not waits_for_answer(row):
        return
    limit = view.calendar.add(row.on, view.procedure.limit_feedback)
    if view.derived[action.number].is_ended or view.calendar.forward(limit) > view.on:
        return
    yield DueReminder(
        number=action.number,
        milestone=S6,
        due_version=limit.isoformat(),
        occurrence=FIRST,
        planned_on=view.calendar.forward(limit),
        due_on=limit,
        acting=answerers(view, row),
        what=answer_phrase(row),
        action=action,
        sheet=table.sheet,
        cell=table.cell(row.row, "answer"),
    )


def answerers(view: RegisterView, row: Progress) -> tuple[str, ...]:
    """Who owes the answer: 总经理 for resources, else the head of the owning department."""
    if row.kind == words.RESOURCE_REQUEST:
        return general_manager_names(view)
    action = view.by_number[row.number or ""]
    names = head_names(view, keeper_of(view, action))
    return names + general_manager_names(view) if row.needs_general_manager else names
