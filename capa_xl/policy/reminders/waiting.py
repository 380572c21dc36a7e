"""S1–S6: somebody other than the owner is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import JournalView
from capa_xl.model.letter import FIRST
from capa_xl.policy.case import Case, case_of
from capa_xl.policy.overdue import archiving_limit, step_limit
from capa_xl.policy.reminders.milestones import Call, Occurrence, weekly
from capa_xl.policy.reminders.month_ahead import known_since
from capa_xl.policy.reminders.overdue_ladder import SILENT_DAYS, pending_extension
from capa_xl.policy.reminders.recipients import approver_names, head_names, manager_names
from capa_xl.policy.situation import Situation

APPROVAL_AFTER = 3
"""Working days before an approver is asked."""


def waiting_calls(situation: Situation, journal: JournalView) -> Iterator[Call]:
    """The calls to approvers, inspectors, confirmers, revisers and archivists of the actions that wait for them."""
    for action, derived in situation.pairs:
        if derived.status == words.TO_APPROVE:
            yield from _approval_calls(situation, case_of(situation.grounds, action), journal)
        if derived.status in _CALLS:
            yield from _CALLS[derived.status](situation, case_of(situation.grounds, action))
        if derived.days_left is not None:
            yield from _extension_calls(situation, action)


def _approval_calls(situation: Situation, case: Case, journal: JournalView) -> Iterator[Call]:
    """Counted from 登记; in a table without it, from the journal's first sight of the row."""
    action = case.action
    known_on = action.registered_on or known_since(journal, action, situation.on)
    if known_on is None:
        return
    first = situation.calendar.add(known_on, APPROVAL_AFTER)
    names = approver_names(situation, action, case.keeper)
    yield from _weekly(situation, case, "S1", first, names, "approved_on")


def _extension_calls(situation: Situation, action: Action) -> Iterator[Call]:
    asked = pending_extension(situation, action)
    if asked is None or asked.asked_on is None:
        return
    first = situation.calendar.add(asked.asked_on, APPROVAL_AFTER)
    occurrence = weekly(situation.calendar, first, situation.on)
    if occurrence is None:
        return
    limit = situation.calendar.add(asked.asked_on, SILENT_DAYS)
    keeper = situation.derived[action.number].owning_department or action.responsible_department
    names = (asked.approver,) if asked.approver else approver_names(situation, action, keeper)
    what = f"审批延期申请：{asked.old_due_on or action.due_on or '—'} → {asked.new_due_on or '—'}"
    table = situation.register.extensions
    place = (table.sheet, table.cell(asked.row, "approval")) if table else ("", "")
    yield _call(action, "S1", limit, occurrence, names, what, *place)


def _inspection_calls(situation: Situation, case: Case) -> Iterator[Call]:
    """From the day completion is claimed (R52)."""
    if case.action.completed_on is not None:
        first = situation.calendar.forward(case.action.completed_on)
        department = situation.derived[case.action.number].inspector_department
        yield from _weekly(situation, case, "S2", first, head_names(situation, department), "inspected_on")


def _confirmation_calls(situation: Situation, case: Case) -> Iterator[Call]:
    """From the day the observation ends (R65)."""
    if case.earliest_confirmation_on is not None:
        first = situation.calendar.forward(case.earliest_confirmation_on)
        yield from _weekly(situation, case, "S3", first, head_names(situation, case.keeper), "confirmed_on")


def _revision_calls(situation: Situation, case: Case) -> Iterator[Call]:
    """Each open document at its own date; the unanswered question and the missing row when the report is due."""
    table = situation.register.revisions
    for revision in case.open_revisions:
        names = (revision.reviser,) if revision.reviser else head_names(situation, case.keeper)
        what = f"完成文件修订：{revision.document_number or revision.document_name or '文件'}"
        place = (table.sheet, table.cell(revision.row, "revised_on")) if table else ("", "")
        yield from _once(situation, case.action, "S4", revision.due_on, names, what, *place)
    if not case.open_revisions:
        what = situation.derived[case.action.number].next_step
        names = head_names(situation, case.keeper)
        yield from _once(situation, case.action, "S4", archiving_limit(case), names, what, key="needs_revision")
    if case.unarchived:
        yield from _archive_calls(situation, case)


def _archive_calls(situation: Situation, case: Case) -> Iterator[Call]:
    names = manager_names(situation, case.action.responsible_department or case.keeper)
    what = "整理书面报告并归档"
    yield from _once(situation, case.action, "S5", archiving_limit(case), names, what, key="archived_on")


def _weekly(
    situation: Situation, case: Case, milestone: str, first: date, names: tuple[str, ...], key: str
) -> Iterator[Call]:
    derived = situation.derived[case.action.number]
    if occurrence := weekly(situation.calendar, first, situation.on):
        limit = step_limit(case, derived.status)
        yield _call(case.action, milestone, limit, occurrence, names, derived.next_step, key=key)


def _once(
    situation: Situation,
    action: Action,
    milestone: str,
    limit: date | None,
    names: tuple[str, ...],
    what: str,
    sheet: str = "",
    cell: str = "",
    key: str = "number",
) -> Iterator[Call]:
    if limit is None:
        return
    planned_on = situation.calendar.forward(limit)
    if planned_on <= situation.on:
        yield _call(action, milestone, limit, (FIRST, planned_on), names, what, sheet, cell, key)


def _call(
    action: Action,
    milestone: str,
    limit: date | None,
    occurrence: Occurrence,
    names: tuple[str, ...],
    what: str,
    sheet: str = "",
    cell: str = "",
    key: str = "number",
) -> Call:
    return Call(
        number=action.number,
        milestone=milestone,
        due_version=limit.isoformat() if limit else "",
        occurrence=occurrence[0],
        planned_on=occurrence[1],
        due_on=limit,
        acting=names,
        what=what,
        action=action,
        sheet=sheet,
        cell=cell,
        key=key,
    )


_CALLS: dict[str, Callable[[Situation, Case], Iterator[Call]]] = {
    words.TO_INSPECT: _inspection_calls,
    words.TO_CONFIRM: _confirmation_calls,
    words.TO_REVISE: _revision_calls,
    words.TO_ARCHIVE: _archive_calls,
}
