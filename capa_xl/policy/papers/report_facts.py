"""Everything 改进效果确认报告 says of one action, joined from policy, journal and analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.cut_text import cut_quote
from capa_xl.model.paper_facts import HeldRoles, PastInspection, PastRefusal, ReportFacts
from capa_xl.model.paper_kinds import REPORT
from capa_xl.model.records import Analysis, Correction
from capa_xl.policy.action_state import action_state_of, open_revisions
from capa_xl.policy.closing import ended_beside_cancellation
from capa_xl.policy.concluding import earlier_conclusions
from capa_xl.policy.corrections import in_force
from capa_xl.policy.papers.effect_facts import effect_facts
from capa_xl.policy.papers.paper_inputs import PaperInputs, approving_acts, row_hash, with_way
from capa_xl.policy.papers.reminder_facts import reminder_facts
from capa_xl.policy.past_inspections import failed_of_the_note, past_inspections
from capa_xl.policy.past_years import found_action
from capa_xl.policy.recurrence import repeats_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.role_words import departments_of_deeds, held_roles
from capa_xl.policy.routes import decision_on
from capa_xl.policy.unread_cells import with_what_stands

REPORT_PREFIX = "GJBG"
_CANCELLED = "措施已取消，只有草稿，不出定稿"
_DOUBTFUL = "没有撤销表中现在的日期，日期待核对"
_CANCELLED_AT_ITS_END = "{ended}的项又填了取消，更正以前只有草稿，不出定稿"


def report_facts(given: PaperInputs, number: str, *, draft: bool = False) -> ReportFacts:
    """The facts of one action; a draft where they are incomplete, where one is asked for, or where it is cancelled.

    Raises:
        KeyError: No action has that 编号 at T (the caller looks first).
    """
    view = given.view
    action, derived, register = view.by_number[number], view.derived[number], view.register
    no_final = _no_final(view, action) if derived.status == words.CANCELLED else ""
    missing = () if no_final else missing_facts(view, action)
    is_final = not (missing or draft or no_final)
    changes = given.inspection_changes(number)
    past, refusals = past_inspections(action, changes, view.on), given.past_refusals(action)
    return ReportFacts(
        head=given.head(
            _report_number(given, action, is_final=is_final), REPORT, draft=draft, missing=missing, no_final=no_final
        ),
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
        corrections=tuple(_corrections(view, action)),
        decision=decision_on(view.inputs, action),
        analysis=_analysis(view, action),
        follow_ups=tuple(filter(None, (found_action(view, n) for n in action.follow_ups))),
        recurrences=repeats_of(view, action),
        watched_from=_watched_from(view, action),
        departments=_departments(view, action, past),
        past_inspections=past,
        note_failed_on=failed_of_the_note(action, changes, view.on),
        past_conclusions=earlier_conclusions(view.inputs, action),
        past_refusals=refusals,
        evidence_refused_on=given.evidence_refused_on(action),
        roles=_roles(view, action, past, refusals),
        reminders=reminder_facts(given, action),
        effect=effect_facts(given, action),
        is_final=is_final,
        problems=given.problems_of(frozenset({number})),
    )


def _no_final(view: RegisterView, action: Action) -> str:
    ended = ended_beside_cancellation(action_state_of(view.inputs, action))
    return _CANCELLED_AT_ITS_END.format(ended=ended) if ended else _CANCELLED


def _report_number(given: PaperInputs, action: Action, *, is_final: bool) -> str | None:
    """报告编号; of a final whose cell is blank the one its 编号 gives (GJBG-2026-001): every page carries a number.

    None for a draft without one: the quality department may still give another.
    """
    if action.report_number or not is_final:
        return action.report_number
    return given.numbers.of_report(REPORT_PREFIX, action.number)


def missing_facts(view: RegisterView, action: Action) -> tuple[str, ...]:
    """What a final still lacks, by column name; 否 beside an open row of 文件修订 contradicts itself and counts too.

    A final may be written once the action is inspected 合格 and confirmed by somebody on a day, both conclusions given.
    """
    conclusion = view.derived[action.number].conclusion
    headers = {key: column.header for key, column in column_by_key(Action).items()}
    wanted = {
        "inspection": action.inspection == words.PASSED or not view.stages.inspection,
        "execution": bool(action.execution),
        "effect": conclusion is not None,
        "confirmer": bool(conclusion.confirmer if conclusion else action.confirmer),
        "confirmed_on": bool(conclusion.confirmed_on if conclusion else action.confirmed_on),
    }
    named = {
        key: headers[key] + ("（合格）" if key == "inspection" else "") for key, there in wanted.items() if not there
    }
    tracker = view.register.tracker
    undone = _undone_since(view, action, named)
    missing = [
        with_what_stands(view.register, tracker, action.row, key, name) + undone.get(key, "")
        for key, name in named.items()
    ]
    if action.needs_revision is False and open_revisions(view.inputs, action):
        missing.append(f"{headers['needs_revision']}（填“否”，而《文件修订》有未完成的行）")
    return tuple(missing)


def _corrections(view: RegisterView, action: Action) -> Iterator[Correction]:
    """The entries that count; one whose day may be wrong says so where it has no 更正后 of its own (EF15)."""
    for entry in in_force(view.inputs, action.number, action.owners):
        is_doubtful = entry.row in view.inputs.doubtful and entry.after is None
        yield replace(entry, after=_DOUBTFUL) if is_doubtful else entry


def _undone_since(view: RegisterView, action: Action, keys: Iterable[str]) -> Mapping[str, str]:
    """Filled cell that is said to lack → that an entry of 更正记录 undid what stands in it; by what, the first says."""
    if not any(in_force(view.inputs, action.number, action.owners)):
        return {}
    written = next((one for one in view.register.tracker.records if one.number == action.number), action)
    stands = {key: getattr(written, key) for key in keys if getattr(action, key) is None}
    undone = [(key, cut_quote(str(value))) for key, value in stands.items() if value is not None]
    said = ("已由《更正记录》撤销，重做后改写", *("也已撤销",) * len(undone))
    return {key: f"（格里的「{value}」{words}）" for (key, value), words in zip(undone, said, strict=False)}


def _analysis(view: RegisterView, action: Action) -> Analysis | None:
    table = view.register.analyses
    wanted = action.analysis_number
    return next((row for row in table.records if row.number == wanted), None) if table and wanted else None


def _departments(
    view: RegisterView, action: Action, past: tuple[PastInspection, ...]
) -> tuple[tuple[str, date | None, str], ...]:
    entries = view.progress.get(action.number, ())
    acts = [(action.inspector, action.inspected_on), *((entry.recorded_by, entry.on) for entry in entries)]
    acts += [(one.inspector, one.on) for one in past]
    found = ((name, on, view.roster.department_of(name, on or view.on)) for name, on in dict.fromkeys(acts) if name)
    return tuple((name, on, department) for name, on, department in found if department)


def _roles(
    view: RegisterView, action: Action, past: tuple[PastInspection, ...], refusals: tuple[PastRefusal, ...]
) -> HeldRoles:
    """Everybody the paper names for a deed, with the roles the roster gives them for its day; a stranger has none."""
    concluded = (*earlier_conclusions(view.inputs, action), view.derived[action.number].conclusion)
    acts: list[tuple[str | None, date | None]] = [
        *approving_acts(action, view.derived[action.number]),
        (action.inspector, action.inspected_on),
        (action.confirmer, action.confirmed_on),
        *((one.inspector, one.on) for one in past),
        *((one.approver, one.on) for one in refusals),
        *((entry.answered_by, entry.answered_on) for entry in view.progress.get(action.number, ())),
        *((entry.approver, entry.on) for entry in in_force(view.inputs, action.number, action.owners)),
        *((entry.approver, entry.approved_on) for entry in view.extensions.get(action.number, ())),
        *((one.confirmer, one.confirmed_on) for one in concluded if one is not None),
    ]
    return held_roles(view.roster, acts, departments_of_deeds(action, view.derived[action.number]))


def _watched_from(view: RegisterView, action: Action) -> date | None:
    conclusion = view.derived[action.number].conclusion
    return (conclusion.confirmed_on if conclusion else None) or action.completed_on
