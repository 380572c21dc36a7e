"""Who approved, inspected and confirmed an action, and on what it rests, as its report prints them (A4, A9)."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeGuard

from capa_xl.model import words
from capa_xl.model.approval_in_force import evidence_of_approval
from capa_xl.model.long_days import long_day
from capa_xl.model.paper_facts import PastInspection, PastRefusal, ReportFacts
from capa_xl.model.records import Confirmation, Progress
from capa_xl.model.span_text import span_text
from capa_xl.reports.word.context_words import (
    NO_COLUMN,
    action_cells,
    note_of_inspection,
    with_role,
    with_role_that_counts,
)


def approval_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    """1.6 批准: the refusals that the row held before, then its own signature, else what approved it elsewhere.

    重新报批 of 进展反馈 stands beside the refusal that it followed; beside the last line where the journal has none.
    """
    own = action_cells(facts.action, facts.columns)
    rows = [
        *(_refused(facts, one) for one in facts.past_refusals),
        {**_signed(facts, own), **_approved_elsewhere(facts)},
    ]
    for entry in facts.progress or ():
        if entry.kind == words.RESUBMITTED and entry.on:
            before = [at for at, one in enumerate(facts.past_refusals) if one.on <= entry.on]
            row = rows[before[-1] if before else -1]
            row["decision"] = "；".join(filter(None, (row["decision"], _resubmitted(entry, entry.on))))
    return rows


def _refused(facts: ReportFacts, one: PastRefusal) -> dict[str, Any]:
    """A refusal as it stood; which way it was to take is not known any more."""
    return {
        "route": facts.derived.route,
        "actual": "",
        "approver": with_role(facts.roles, one.approver, one.on),
        "on": one.on,
        "result": words.REFUSED,
        "decision": _written_over(one.overwritten_on),
        "evidence": _evidence("批准", one.evidence) if one.evidence else "",
    }


def _resubmitted(entry: Progress, on: date) -> str:
    by = f"（{entry.recorded_by}）" if entry.recorded_by else ""
    return f"{long_day(on)}重新报批：{entry.content or ''}{by}"


def _written_over(on: date) -> str:
    """Since when another stands in the place of what is printed."""
    return f"台账原记载，{long_day(on)}起改为下一行"


def _approved_elsewhere(facts: ReportFacts) -> dict[str, Any]:
    """What the review or a plan approved while nobody signed the row itself: day and verdict are theirs."""
    approval = facts.derived.approval
    if approval is None or approval.is_own or facts.action.approval is not None:
        return {}
    found: dict[str, Any] = {"on": approval.on, "result": words.AGREED}
    if approval.plan is not None:
        by = with_role(facts.roles, approval.plan.approver, approval.on)
        found |= {"approver": by, "decision": approval.source}
    return found


def _signed(facts: ReportFacts, own: dict[str, Any]) -> dict[str, Any]:
    evidence = evidence_of_approval(facts.action.approval_evidence or "", facts.evidence_refused_on)
    return {
        "route": facts.derived.route,
        "actual": own["approval_route"],
        "approver": with_role(facts.roles, own["approver"], facts.action.approved_on),
        "on": own["approved_on"],
        "result": own["approval"],
        "decision": _decision(facts),
        "evidence": _evidence("批准", evidence) if facts.action.approval else "",
    }


def _decision(facts: ReportFacts) -> str:
    if facts.decision is None:
        return facts.action.review_number or ""
    pieces = (facts.decision.number, facts.decision.decision or facts.decision.conclusion)
    return " ".join(piece for piece in pieces if piece)


def inspection_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    """历次检查: those logged as 检查 in the feedback, those the row held before, then its own; each once."""
    action = facts.action
    own = (action.inspector, action.inspected_on)
    logged = [entry for entry in facts.progress or () if entry.kind == "检查" and (entry.recorded_by, entry.on) != own]
    told = {(entry.recorded_by, entry.on) for entry in logged}
    past = [one for one in facts.past_inspections if (one.inspector, one.on) not in told]
    rows = [(e.on, _inspection(facts, e.recorded_by, e.on, e.conclusion, e.content)) for e in logged]
    rows += [(one.on, _inspection(facts, one.inspector, one.on, one.result, _as_it_stood(one))) for one in past]
    found = [row for _, row in sorted(rows, key=lambda pair: pair[0] or date.min)]
    if action.inspector or action.inspected_on or action.inspection:
        note = note_of_inspection(action.inspection_note, facts.note_failed_on)
        found.append(_inspection(facts, action.inspector, action.inspected_on, action.inspection, note))
    return found


def _as_it_stood(one: PastInspection) -> str:
    """The note of an inspection that was written over, and since when."""
    return f"{one.note}（{_written_over(one.overwritten_on)}）".lstrip()


def _inspection(
    facts: ReportFacts, person: str | None, on: date | None, result: str | None, note: str | None
) -> dict[str, Any]:
    department = next((held for name, day, held in facts.departments if (name, day) == (person, on)), "")
    who = f"{person}（{department}）" if person and department else person
    return {
        "department": facts.derived.inspector_department,
        "inspector": who,
        "on": on,
        "result": result,
        "note": note,
    }


def conclusion_words(facts: ReportFacts) -> dict[str, Any]:
    """4.3 结论: of the last round that counts, else of the row."""
    action, found = facts.action, facts.derived.conclusion
    last = found.round if found else None
    own = action_cells(action, facts.columns)
    confirmer, on = (found.confirmer, found.confirmed_on) if found and last else (own["confirmer"], own["confirmed_on"])
    return {
        "execution": own["execution"],
        "effect": found.effect if found and last else own["effect"],
        "basis": last.basis if last else None,
        "department": (last.evaluating_department if last else None) or action.evaluating_department,
        "participants": last.participants if last else (),
        "confirmer": with_role(facts.roles, confirmer, on),
        "on": on,
        "as_head": False,
        "evidence": _confirmation_evidence(facts) if found else "",
    }


def past_conclusion_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    """历次确认: what was concluded before the conclusion that counts, the tracker's own row among them."""
    return [
        {
            "round": one.round.round if one.round else None,
            "observed": span_text(one.round.observed_from, one.round.observed_to) if _is_observed(one.round) else "",
            "effect": one.effect,
            "basis": one.round.basis if one.round else None,
            "confirmer": with_role_that_counts(facts.roles, one.confirmer, one.confirmed_on, (words.PROCESS_HEAD,)),
            "on": one.confirmed_on,
        }
        for one in facts.past_conclusions
    ]


def _is_observed(row: Confirmation | None) -> TypeGuard[Confirmation]:
    return row is not None and row.observed_from is not None and row.observed_to is not None


def _confirmation_evidence(facts: ReportFacts) -> str:
    """Asked of a 重大 one; the row's own 确认凭证 proves the confirmation of its own day."""
    action, found = facts.action, facts.derived.conclusion
    is_own = found is not None and (found.round is None or action.confirmed_on in (None, found.confirmed_on))
    given = action.confirmation_evidence if is_own else None
    return _evidence("确认", given) if given or action.severity == words.MAJOR else ""


def _evidence(act: str, given: str | None) -> str:
    """What an approval or a confirmation rests on: its document, else the tracker's word alone (A9)."""
    return f"{act}凭证：{given}" if given else f"{act}依据：台账记载"


def signer_rows(facts: ReportFacts) -> list[dict[str, Any]]:
    """The block of signatures; the report itself is signed by pen, so its writer has neither name nor day."""
    action, conclusion = facts.action, conclusion_words(facts)
    confirmer = _named(conclusion["confirmer"])
    rows = (
        ("编制（责任部门）", None, None),
        (
            _signed_as("检查", "应检查部门", action.inspector),
            with_role(facts.roles, action.inspector, action.inspected_on),
            action.inspected_on,
        ),
        (_signed_as("确认", "归口部门负责人", confirmer), confirmer, _named(conclusion["on"])),
        ("质量部收存", None, action.archived_on),
    )
    return [{"role": role, "name": name, "on": on} for role, name, on in rows]


def _signed_as(act: str, expected: str, person: str | None) -> str:
    """Who is expected to sign stands beside the act only while nobody is on record: a name has its own role (A4)."""
    return act if person else f"{act}（{expected}）"


def _named(value: Any) -> Any:
    return None if value == NO_COLUMN else value
