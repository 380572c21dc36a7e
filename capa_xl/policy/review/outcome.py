"""Earlier decisions, major items, complaints, audits, documents, resources (sections 一, 三, 六, 十–十二)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.approval_in_force import evidence_of_approval
from capa_xl.model.derived import Derived
from capa_xl.model.journal import JournalView
from capa_xl.model.kpi import KpiAction
from capa_xl.model.long_days import long_day
from capa_xl.model.period import Period
from capa_xl.model.records import Decision, Need, Progress, Revision
from capa_xl.model.register import holds_rows
from capa_xl.model.review import (
    AuditLine,
    ComplaintLine,
    DocumentLine,
    EarlierDecision,
    ExcuseLine,
    MajorLine,
    RecurrenceLine,
    ResourceLine,
)
from capa_xl.policy.ending_year import ended_on
from capa_xl.policy.excuses import Signature, covered_words, entries_by_worth, named_rules
from capa_xl.policy.need_answers import answers_by_need, corrections
from capa_xl.policy.past_refusals import refused_of_the_evidence
from capa_xl.policy.past_years import view_holding
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.review.for_outsiders import LEFT_OUT_RULES, clauses_of
from capa_xl.policy.review.unregistered import unregistered_complaints
from capa_xl.policy.role_words import departments_of_deeds, with_role
from capa_xl.policy.routes import decision_on


def earlier_decisions(view: RegisterView, before: date | None = None) -> tuple[EarlierDecision, ...] | None:
    """一: every decision up to T and what became of it; None where sheet 管理评审 is not in use.

    Args:
        before: Day of the review that the paper is for: its own decisions, and those of later ones, are none of before.
    """
    if not holds_rows(view.register.decisions):
        return None
    earlier = (row for rows in view.decisions.values() for row in rows if not (before and row.on and row.on >= before))
    return tuple(line for row in earlier for line in _decided(view, row))


def _decided(view: RegisterView, row: Decision) -> Iterator[EarlierDecision]:
    for number in row.tracker_numbers or ("",):
        action, derived = view.by_number.get(number), view.derived.get(number)
        yield EarlierDecision(
            review_number=row.number or "",
            decision=row.decision or row.topic or "",
            number=number,
            department=row.responsible_department or (action.responsible_department if action else "") or "",
            due_on=row.due_on or (action.due_on if action else None),
            status=derived.status_and_lateness if derived else _untracked(view, row, number),
            completed_on=action.completed_on if action else None,
            effect=derived.conclusion.effect if derived and derived.conclusion else "",
            due_now=_moved_to(row, action) if derived and derived.status not in words.ENDED else None,
        )


def _moved_to(row: Decision, action: Action | None) -> date | None:
    """The deadline that an action has by now where the decision names another; None once it is done."""
    if action is None or action.completed_on or row.due_on in (None, action.due_on):
        return None
    return action.due_on


def _untracked(view: RegisterView, row: Decision, number: str) -> str:
    """What is known of a decision without a row behind it: its conclusion, and why nothing shows its state."""
    concluded = f"结论{row.conclusion}" if row.conclusion else "没有结论"
    return f"{concluded}，{_why_not_found(view, number)}"


def _why_not_found(view: RegisterView, number: str) -> str:
    """That the register hasn't the number is said only where all of it was read."""
    if not number:
        return "未列改进编号"
    if number in view.register.set_aside_numbers:
        return "该行待更正，状态未读出"
    if number in view.register.numbers:
        return f"{long_day(view.on)}尚未登记"
    unread = view.register.unread_archives
    return f"未查到（上年工作簿「{'」「'.join(unread)}」读不到）" if unread else "台账无此编号"


def major_lines(view: RegisterView, period: Period, journal: JournalView | None = None) -> tuple[MajorLine, ...]:
    """3.1: 重大 or 重复 corrective actions that were open in the period or registered in it.

    Args:
        journal: Tells of a 批准凭证 that is a refusal's; None without one.
    """
    found = (action for action in weighty(view, period) if action.action_type == words.CORRECTIVE)
    return tuple(_major(view, action, journal) for action in found)


def weighty(view: RegisterView, period: Period) -> Iterator[Action]:
    """重大 or 重复 actions of any type that were open in the period or registered in it."""
    for action in view.actions:
        if (action.severity == words.MAJOR or action.is_repeat) and concerns(view, action, period):
            yield action


def _major(view: RegisterView, action: Action, journal: JournalView | None) -> MajorLine:
    derived = view.derived[action.number]
    return MajorLine(
        number=action.number,
        problem=action.description or "",
        cause=action.cause or "",
        measure=action.measure or "",
        approval=_approval(view, action, derived.route, journal),
        due_on=action.due_on,
        status=_with_follow_ups(action, derived),
    )


def _with_follow_ups(action: Action, derived: Derived) -> str:
    """已转后续 GJ-2026-021: where the problem is gone on with."""
    follow_ups = action.follow_ups if derived.status == words.SUPERSEDED else ()
    return " ".join(filter(None, (derived.status_and_lateness, "、".join(follow_ups or ()))))


def _approval(view: RegisterView, action: Action, route: str, journal: JournalView | None) -> str:
    """Whose verdict is on record, and the review's; what it waits for where there is none."""
    verdicts = [_verdict_of_person(view, action, journal), _verdict_of_review(view, action)]
    return "；".join(filter(None, verdicts)) or f"待批准（{route}）"


def _verdict_of_person(view: RegisterView, action: Action, journal: JournalView | None) -> str:
    if not action.approval:
        return ""
    changes = journal.approval_changes.get(action.number, ()) if journal is not None else ()
    refused_on = refused_of_the_evidence(action, changes, view.on)
    rests_on = evidence_of_approval(action.approval_evidence or "", refused_on)
    evidence = f"（凭证 {rests_on}）" if rests_on else ""
    matter_of = departments_of_deeds(action, view.derived[action.number])
    who = with_role(view.roster, action.approver, action.approved_on, matter_of)
    return f"{who} {action.approval}{evidence}".strip()


def _verdict_of_review(view: RegisterView, action: Action) -> str:
    if not action.review_number:
        return ""
    decision = decision_on(view.inputs, action)
    return f"{action.review_number} {decision.conclusion if decision else '没有本项的决议'}"


def complaint_lines(view: RegisterView, period: Period) -> tuple[ComplaintLine, ...] | None:
    """3.2: complaints of the period, registered or told by the tracker alone.

    None where 问题需求登记 is not in use and the tracker has none.
    """
    answers = answers_by_need(view)
    registered = [
        _complaint(view, need, tuple(answers.get(need.number or "", ())), corrections(view, answers, need))
        for need in view.needs
        if need.source == words.COMPLAINT and period.holds(need.registered_on)
    ]
    others = [_unregistered(view, action) for action in unregistered_complaints(view, period)]
    return None if not holds_rows(view.register.needs) and not others else (*registered, *others)


def _unregistered(view: RegisterView, action: Action) -> ComplaintLine:
    return ComplaintLine(
        action.source_number or "", "未登记", action.number, view.derived[action.number].status_and_lateness
    )


def _complaint(view: RegisterView, need: Need, numbers: tuple[str, ...], corrective: tuple[str, ...]) -> ComplaintLine:
    """A complaint with the actions that name it or are named by it; those XR01 doesn't take as its 纠正 say so."""
    return ComplaintLine(
        number=need.number or "",
        is_valid={True: "成立", False: "不成立", None: "未判定"}[need.is_valid],
        action_number="、".join(numbers),
        status="、".join(_state_of_answer(view, number, number in corrective) for number in numbers),
    )


def _state_of_answer(view: RegisterView, number: str, is_corrective: bool) -> str:
    status = view.derived[number].status_and_lateness if number in view.derived else words.TO_CORRECT
    return status if is_corrective else f"{status}（不是纠正措施）"


def recurrence_lines(view: RegisterView, actions: tuple[KpiAction, ...], period: Period) -> tuple[RecurrenceLine, ...]:
    """3.3: issues registered up to the period's end that came back after a measure found effective."""
    lines = []
    for earlier in actions:
        for number in earlier.recurred_as:
            later = view_holding(view, number).by_number[number]
            if later.registered_on and later.registered_on <= period.end:
                link = "前次编号" if earlier.number in later.previous_numbers else "同过程、类别、原因"
                lines.append(RecurrenceLine(number, earlier.number, link, later.registered_on))
    return tuple(lines)


def audit_lines(view: RegisterView, period: Period) -> tuple[AuditLine, ...]:
    """六: findings of audits by source and year, all up to the period's end where one `concerns` it; open by number."""
    groups: dict[tuple[str, str], list[Action]] = {}
    for action in view.actions:
        if action.source in words.AUDITS and (action.registered_on or date.min) <= period.end:
            year = str(action.registered_on.year) if action.registered_on else "日期不明"
            groups.setdefault((action.source, year), []).append(action)
    return tuple(
        _audit(view, f"{source} {year}", rows)
        for (source, year), rows in sorted(groups.items())
        if any(concerns(view, action, period) for action in rows)
    )


def _audit(view: RegisterView, name: str, rows: list[Action]) -> AuditLine:
    closed = sum(view.derived[a.number].status == words.CLOSED for a in rows)
    first = min((a.registered_on for a in rows if a.registered_on), default=None)
    return AuditLine(name, first, len(rows), closed, tuple(filter(None, (_not_closed(view, a) for a in rows))))


def _not_closed(view: RegisterView, action: Action) -> str:
    """Its number, with the word for one cancelled or continued elsewhere; "" for a closed one."""
    status = view.derived[action.number].status
    if status == words.CLOSED:
        return ""
    return f"{action.number}（{status}）" if status in words.ENDED else action.number


def document_lines(view: RegisterView, period: Period) -> tuple[DocumentLine, ...] | None:
    """十一: documents of the period (`is_of_period`); None where nobody has a row of 文件修订.

    Rows that went to an archive with their action count as before (`joined_view`).
    """
    if not holds_rows(view.register.revisions) and not view.revisions:
        return None
    rows = [(number, row) for number, group in view.revisions.items() for row in group]
    return tuple(
        DocumentLine(
            number=number,
            document=" ".join(filter(None, (row.document_number, row.document_name))),
            status=_document_status(row.approval, row.revised_on),
            due_on=row.due_on,
            revised_on=row.revised_on,
        )
        for number, row in rows
        if is_of_period(row, view.by_number.get(number), period)
    )


def is_of_period(row: Revision, action: Action | None, period: Period) -> bool:
    """A document proposed or revised in the period, or open and not proposed after it.

    One without 提出日期 was proposed no earlier than its action was registered.
    """
    if _is_later(row.proposed_on, action, period):
        return False
    return row.revised_on is None or period.holds(row.proposed_on) or period.holds(row.revised_on)


def _document_status(approval: str | None, revised_on: date | None) -> str:
    if revised_on:
        return "已修订"
    return {words.AGREED: "已批准，修订中", words.REFUSED: "不同意"}.get(approval or "", "待批准")


def resource_lines(view: RegisterView, period: Period) -> tuple[ResourceLine, ...] | None:
    """十: requests of the period and earlier unanswered ones; None where 进展反馈 has no row, archived or not."""
    if not holds_rows(view.register.progress) and not view.progress:
        return None
    return tuple(
        _resource(view, number, entry)
        for number, entries in view.progress.items()
        for entry in entries
        if entry.kind == words.RESOURCE_REQUEST and _is_asked_for(entry, view.by_number.get(number), period)
    )


def _is_asked_for(entry: Progress, action: Action | None, period: Period) -> bool:
    return period.holds(entry.on) or not (entry.answered_on or _is_later(entry.on, action, period))


def _is_later(day: date | None, action: Action | None, period: Period) -> bool:
    """After the period; where nobody wrote the day, because the action was registered after it."""
    since = day or (action.registered_on if action else None)
    return since is not None and since > period.end


def _resource(view: RegisterView, number: str, entry: Progress) -> ResourceLine:
    action = view.by_number.get(number)
    return ResourceLine(
        number=number,
        asked_on=entry.on,
        department=(action.responsible_department if action else "") or "",
        kind="",
        amount=(action.resources if action else "") or "",
        reason=entry.content or "",
        answer="；".join(dict.fromkeys(filter(None, (entry.conclusion, entry.answer)))),
        answered_by=with_role(view.roster, entry.answered_by, entry.answered_on),
        answered_on=entry.answered_on,
    )


def hidden_excuses(view: RegisterView) -> int:
    """How many accepted exceptions the copy for outsiders doesn't list: those of rules that are the company's own."""
    return len(excuse_lines(view) or ()) - len(excuse_lines(view, external=True) or ())


def excuse_lines(view: RegisterView, *, external: bool = False) -> tuple[ExcuseLine, ...] | None:
    """十二: exceptions accepted up to T by somebody who may; None where 例外说明 is not in use.

    Args:
        external: For outsiders: clauses in place of rules, and nothing of rules that are the company's own.
    """
    if not holds_rows(view.register.excuses):
        return None
    return tuple(
        ExcuseLine(
            number=covered_words(entry),
            rule=clauses_of(named_rules(entry)) if external else entry.rule or "",
            note=entry.note or "",
            signed_by=with_role(view.roster, entry.signed_by, entry.on),
            on=entry.on,
        )
        for entry, worth in entries_by_worth(view)
        if worth in (Signature.SOUND, Signature.UNKNOWN)
        and not (external and LEFT_OUT_RULES.issuperset(named_rules(entry)))
    )


def concerns(view: RegisterView, action: Action, period: Period) -> bool:
    """Open on a day of the period up to T, or registered in it; what was registered after it is of a later one.

    A day that nobody wrote lies before any period.
    """
    derived, registered = view.derived[action.number], action.registered_on or date.min
    if registered > period.end:
        return False
    return not derived.is_ended or period.holds(registered) or (ended_on(action, derived) or date.min) >= period.start
