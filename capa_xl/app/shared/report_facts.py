"""Everything 改进效果确认报告 says of one action, joined from policy, journal and analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from capa_xl.app.shared.effect_facts import effect_facts
from capa_xl.app.shared.paper_source import PaperSource, head_of, problems_of, with_way
from capa_xl.app.shared.row_hash import hash_of
from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.journal import FILED, SENT, JournalView
from capa_xl.model.paper_facts import ReminderFacts, ReportFacts
from capa_xl.model.records import Analysis, LedgerRow
from capa_xl.policy.case import latest_round
from capa_xl.policy.routes import decision_on
from capa_xl.policy.situation import Situation

FORM = "报告"


def report_facts(source: PaperSource, number: str, *, draft: bool = False) -> ReportFacts:
    """The facts of one action; a draft where they are incomplete, or where one is asked for.

    Raises:
        KeyError: No action has that 编号 at T (the caller looks first).
    """
    situation = source.judged.situation
    action, derived, register = situation.by_number[number], situation.derived[number], situation.register
    is_final = is_complete(situation, action) and not draft
    return ReportFacts(
        head=head_of(source, action.report_number, FORM, draft=not is_final),
        action=with_way(situation, action),
        derived=derived,
        columns=situation.grounds.columns,
        observation_days=situation.procedure.observation_days_of(action.severity, action.observation_days),
        content_hash=hash_of(situation, action),
        steps=situation.steps.get(number, ()) if register.steps else None,
        progress=situation.progress.get(number, ()) if register.progress else None,
        extensions=situation.extensions.get(number, ()) if register.extensions else None,
        confirmations=situation.rounds.get(number, ()) if register.confirmations else None,
        revisions=situation.revisions.get(number, ()) if register.revisions else None,
        decision=decision_on(situation.grounds, action),
        analysis=_analysis(situation, action),
        follow_ups=tuple(situation.by_number[n] for n in action.follow_ups if n in situation.by_number),
        recurrences=tuple(a.number for a in situation.actions if number in a.previous_numbers and a.number),
        departments=_departments(situation, action),
        reminders=_reminders(source, action),
        effect=effect_facts(situation, action),
        is_final=is_final,
        problems=problems_of(source, frozenset({number})),
    )


def is_complete(situation: Situation, action: Action) -> bool:
    """True when a final may be written: inspected 合格, confirmed by somebody on a day, both conclusions given."""
    latest = latest_round(situation.grounds, action.number)
    confirmer = (latest.confirmer if latest else None) or action.confirmer
    confirmed_on = (latest.confirmed_on if latest else None) or action.confirmed_on
    effect = (latest.effect if latest else None) or action.effect
    inspected = action.inspection == words.PASSED or not situation.stages.inspection
    return bool(inspected and confirmer and confirmed_on and effect and action.execution)


def _analysis(situation: Situation, action: Action) -> Analysis | None:
    table = situation.register.analyses
    wanted = action.analysis_number
    return next((row for row in table.records if row.number == wanted), None) if table and wanted else None


def _departments(situation: Situation, action: Action) -> tuple[tuple[str, str], ...]:
    entries = situation.progress.get(action.number, ())
    names = dict.fromkeys((action.inspector, *(entry.recorded_by for entry in entries)))
    on = action.inspected_on or situation.on
    found = ((name, situation.roster.department_of(name, on)) for name in names if name)
    return tuple((name, department) for name, department in found if department)


@dataclass(frozen=True, slots=True)
class _Sent:
    """One reminder that went out, from the journal or, without one, from sheet 提醒台账."""

    milestone: str
    due_version: str
    planned_on: date | None
    sent_on: date


def _reminders(source: PaperSource, action: Action) -> ReminderFacts | None:
    """What the ledger says of the deadline in force; None where neither journal nor 提醒台账 has an entry."""
    situation = source.judged.situation
    ledger = situation.register.ledger
    if source.journal is not None and source.journal.postings:
        sent = [one for one in _from_journal(source.journal, action.number) if one.sent_on <= situation.on]
    elif ledger is not None:
        sent = [one for one in _from_ledger(ledger.records, action.number) if one.sent_on <= situation.on]
    else:
        return None
    due = action.due_on.isoformat() if action.due_on else ""
    months = [one for one in sent if one.milestone == "M1" and one.due_version == due]
    planned = min((one.planned_on for one in months if one.planned_on), default=None)
    first = min((one.sent_on for one in months), default=None)
    later = {(one.milestone, one.sent_on) for one in sent if one.milestone != "M1" and one.milestone[:1] in "MO"}
    return ReminderFacts(planned or situation.derived[action.number].remind_on, first, len(later))


def _from_journal(journal: JournalView, number: str | None) -> Iterator[_Sent]:
    for posting in journal.postings:
        if posting.key.number == number and posting.result in (SENT, FILED) and posting.sent_on is not None:
            yield _Sent(posting.key.milestone, posting.key.due_version, posting.planned_on, posting.sent_on)


def _from_ledger(rows: Iterable[LedgerRow], number: str | None) -> Iterator[_Sent]:
    for row in rows:
        sent_on = _day(row.sent_at)
        if row.number == number and sent_on is not None:
            yield _Sent(row.milestone or "", row.due_version or "", _day(row.planned_on), sent_on)


def _day(text: str | None) -> date | None:
    """The day of an ISO date or time as the ledger writes it; None for a blank or anything else."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
