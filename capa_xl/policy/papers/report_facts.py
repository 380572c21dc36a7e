"""Everything 改进效果确认报告 says of one action, joined from policy, journal and analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import FILED, SENT, JournalView
from capa_xl.model.milestones import M1, is_urging, labelled_code
from capa_xl.model.paper_facts import PastInspection, ReminderFacts, ReportFacts
from capa_xl.model.paper_kinds import REPORT
from capa_xl.model.records import Analysis, LedgerRow
from capa_xl.policy.papers.effect_facts import effect_facts
from capa_xl.policy.papers.paper_inputs import PaperInputs, row_hash, with_way
from capa_xl.policy.papers.past_inspections import past_inspections
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.routes import decision_on


def report_facts(given: PaperInputs, number: str, *, draft: bool = False) -> ReportFacts:
    """The facts of one action; a draft where they are incomplete, or where one is asked for.

    Raises:
        KeyError: No action has that 编号 at T (the caller looks first).
    """
    view = given.view
    action, derived, register = view.by_number[number], view.derived[number], view.register
    is_final = is_complete(view, action) and not draft
    past = _past_inspections(given, action)
    return ReportFacts(
        head=given.head(action.report_number, REPORT, draft=not is_final),
        action=with_way(view, action),
        derived=derived,
        columns=view.inputs.columns,
        observation_days=view.procedure.observation_days_of(action),
        content_hash=row_hash(view, action),
        steps=view.steps.get(number, ()) if register.steps else None,
        progress=view.progress.get(number, ()) if register.progress else None,
        extensions=view.extensions.get(number, ()) if register.extensions else None,
        confirmations=view.rounds.get(number, ()) if register.confirmations else None,
        revisions=view.revisions.get(number, ()) if register.revisions else None,
        decision=decision_on(view.inputs, action),
        analysis=_analysis(view, action),
        follow_ups=tuple(view.by_number[n] for n in action.follow_ups if n in view.by_number),
        recurrences=tuple(a.number for a in view.actions if number in a.previous_numbers and a.number),
        departments=_departments(view, action, past),
        past_inspections=past,
        roles=_roles(view, action),
        reminders=_reminders(given, action),
        effect=effect_facts(given, action),
        is_final=is_final,
        problems=given.problems_of(frozenset({number})),
    )


def is_complete(view: RegisterView, action: Action) -> bool:
    """True when a final may be written: inspected 合格, confirmed by somebody on a day, both conclusions given."""
    conclusion = view.derived[action.number].conclusion
    is_signed = conclusion is not None and conclusion.confirmer and conclusion.confirmed_on
    inspected = action.inspection == words.PASSED or not view.stages.inspection
    return bool(inspected and is_signed and action.execution)


def _analysis(view: RegisterView, action: Action) -> Analysis | None:
    table = view.register.analyses
    wanted = action.analysis_number
    return next((row for row in table.records if row.number == wanted), None) if table and wanted else None


def _past_inspections(given: PaperInputs, action: Action) -> tuple[PastInspection, ...]:
    journal = given.journal
    changes = journal.inspection_changes.get(action.number, ()) if journal is not None else ()
    return past_inspections(action, changes, given.view.on)


def _departments(view: RegisterView, action: Action, past: tuple[PastInspection, ...]) -> tuple[tuple[str, str], ...]:
    entries = view.progress.get(action.number, ())
    others = (*(entry.recorded_by for entry in entries), *(one.inspector for one in past))
    names = dict.fromkeys((action.inspector, *others))
    on = action.inspected_on or view.on
    found = ((name, view.roster.department_of(name, on)) for name in names if name)
    return tuple((name, department) for name, department in found if department)


def _roles(view: RegisterView, action: Action) -> tuple[tuple[str, str], ...]:
    """Who approved and confirmed, with the roles the roster gives them for that day; a stranger has none."""
    conclusion = view.derived[action.number].conclusion
    signed = [(action.approver, action.approved_on), (action.inspector, action.inspected_on)]
    if conclusion is not None:
        signed.append((conclusion.confirmer, conclusion.confirmed_on))
    held = ((name, view.roster.roles(name, on) - {words.EMPLOYEE}) for name, on in signed if name and on)
    return tuple((name, "、".join(role for role in words.ROLES if role in roles)) for name, roles in held if roles)


@dataclass(frozen=True, slots=True)
class _Sent:
    """One reminder that went out, from the journal or, without one, from sheet 提醒台账."""

    milestone: str
    due_version: str
    planned_on: date | None
    sent_on: date


def _reminders(given: PaperInputs, action: Action) -> ReminderFacts | None:
    """What the ledger says of the deadline in force; None where neither journal nor 提醒台账 has an entry."""
    view = given.view
    ledger = view.register.ledger
    if given.journal is not None and given.journal.postings:
        sent = [one for one in _from_journal(given.journal, action.number) if one.sent_on <= view.on]
    elif ledger is not None:
        sent = [one for one in _from_ledger(ledger.records, action.number) if one.sent_on <= view.on]
    else:
        return None
    due = action.due_on.isoformat() if action.due_on else ""
    months = [one for one in sent if one.milestone == M1.code and one.due_version == due]
    planned = min((one.planned_on for one in months if one.planned_on), default=None)
    first = min((one.sent_on for one in months), default=None)
    later = {(one.milestone, one.sent_on) for one in sent if is_urging(one.milestone)}
    return ReminderFacts(
        planned or view.derived[action.number].remind_on,
        first,
        len(later),
        view.procedure.first_reminder,
    )


def _from_journal(journal: JournalView, number: str | None) -> Iterator[_Sent]:
    for posting in journal.postings:
        if posting.key.number == number and posting.result in (SENT, FILED) and posting.sent_on is not None:
            yield _Sent(posting.key.milestone, posting.key.due_version, posting.planned_on, posting.sent_on)


def _from_ledger(rows: Iterable[LedgerRow], number: str | None) -> Iterator[_Sent]:
    for row in rows:
        sent_on = _day(row.sent_at)
        if row.number == number and sent_on is not None:
            yield _Sent(labelled_code(row.milestone or ""), row.due_version or "", _day(row.planned_on), sent_on)


def _day(text: str | None) -> date | None:
    """The day of an ISO date or time as the ledger writes it; None for a blank or anything else."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
