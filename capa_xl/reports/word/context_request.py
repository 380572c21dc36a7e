"""纠正预防措施要求单 (3.3.3): a need, an action or both → the words of the template.

The only paper in which a blank of blocks ② to ⑤ is space to write in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.approval_in_force import Approval, evidence_of_approval
from capa_xl.model.paper_facts import RequestFacts
from capa_xl.model.paper_kinds import REQUEST
from capa_xl.model.records import Need
from capa_xl.model.short_names import told_apart
from capa_xl.reports.word.context_words import (
    SPACE,
    boxes,
    cancelled_words,
    head_words,
    listed,
    note_of_inspection,
    problem_rows,
    with_role,
    yes_no_boxes,
)
from capa_xl.reports.word.examples import example_request
from capa_xl.reports.word.paper_content import PaperContent
from capa_xl.reports.word.printable import PrintedDay, Text
from capa_xl.reports.word.table_words import (
    MOST_OF_A_FEW,
    MOST_OF_A_NAME,
    MOST_OF_OWNERS,
    cut,
    in_form,
    in_sheet,
    in_table,
    whole_names,
)

ROOM = Text("\n")
"""Two empty lines to write on."""
_WHOLE = "整项"
_EMPTY_ROWS = 3
MOST_OF_A_HALF = 80
"""Characters of a cell of half the width: five lines of it."""
_ROUTES = (
    ("部门经理（一般纠正）", frozenset({words.BY_MANAGER})),
    ("总经理（重大/重复纠正、全部预防）", frozenset({words.BY_GENERAL_MANAGER, words.BY_BOTH})),
)


def request_context(facts: RequestFacts) -> dict[str, Any]:
    """The context of one request form."""
    action = facts.action or Action(row=0)
    need = facts.need or Need(row=0)
    return in_form(
        {
            "head": head_words(facts.head, REQUEST.title),
            "cancelled": cancelled_words(action, facts.derived, facts.roles),
            "action": {"number": action.number},
            "boxes": _boxes(facts, action, need),
            "raised": _raised(action, need),
            "receiver": {
                "department": need.receiving_department or action.responsible_department,
                "name": need.receiver,
                "reply_due_on": need.reply_due_on,
            },
            "cause": {
                "investigators": action.investigators,
                "on": action.investigated_on,
                "impact": _impact(action),
                "text": _cause(action),
            },
            "measures": _measures(facts, action),
            "plan": {**_told(facts, action), "replied_on": need.replied_on},
            "approval": _approval(facts, action) | {"past_refusals": _refused(facts)},
            "inspection": _inspection(facts, action),
            "evaluation": _evaluation(facts, action),
            "problems": problem_rows(facts.problems),
            "room": ROOM,
        }
    )


def _told(facts: RequestFacts, action: Action) -> dict[str, Any]:
    """What it takes and who was spoken to; whether one of them is too long for half the width."""
    told = {
        "resources": action.resources,
        "communication": _joined("；", _involved(facts, action), action.communication),
    }
    return {**told, "is_long": any(len(text or "") > MOST_OF_A_HALF for text in told.values())}


def _inspection(facts: RequestFacts, action: Action) -> dict[str, Any]:
    department = _short_names(facts, action)[facts.inspecting_department or ""] if action.inspector else ""
    on = PrintedDay.of(action.inspected_on) if action.inspected_on else ""
    return {
        "who": _joined(" / ", department, with_role(facts.roles, action.inspector, action.inspected_on)),
        "when": _joined(" / ", on, action.inspection),
        "note": note_of_inspection(action.inspection_note, facts.note_failed_on),
    }


def _short_names(facts: RequestFacts, action: Action) -> dict[str, str]:
    """Of departments further down, no two alike: the form names the two it goes between in full."""
    raised = _raised(action, facts.need or Need(row=0))["department"]
    named = (*action.involved_departments, facts.inspecting_department, raised, action.responsible_department)
    return told_apart((name or "" for name in named), MOST_OF_A_NAME)


def _involved(facts: RequestFacts, action: Action) -> str:
    short = _short_names(facts, action)
    return "、".join(short[name] for name in action.involved_departments)


def _evaluation(facts: RequestFacts, action: Action) -> dict[str, Any]:
    conclusion = facts.derived.conclusion if facts.derived else None
    last = conclusion.round if conclusion else None
    confirmer = conclusion.confirmer if conclusion else action.confirmer
    on = conclusion.confirmed_on if conclusion else action.confirmed_on
    return {
        "department": (last and last.evaluating_department) or action.evaluating_department,
        "participants": whole_names(listed(last.participants), MOST_OF_OWNERS) if last else "",
        "confirmer": with_role(facts.roles, confirmer, on),
        "on": on,
        "follow_ups": action.follow_ups,
    }


def _impact(action: Action) -> str:
    """影响面, and whether the like happens elsewhere, as one text; "" leaves room to write."""
    asked = f"同类排查：{action.like_problems}" if action.like_problems else ""
    return _joined("；", (action.impact or "").rstrip("。；"), asked)


def _approval(facts: RequestFacts, action: Action) -> dict[str, Any]:
    """Who signed the row; the review or the plan that approved it while nobody did."""
    approval = _elsewhere(facts, action)
    if approval is None:
        return {
            "approver": with_role(facts.roles, action.approver, action.approved_on),
            "on": action.approved_on,
            "evidence": _approval_evidence(facts, action),
        }
    plan = approval.plan
    by = with_role(facts.roles, plan.approver, approval.on) if plan is not None else ""
    return {"approver": by or approval.source, "on": approval.on, "evidence": f"（{approval.source}）" if by else ""}


def _refused(facts: RequestFacts) -> str:
    """The refusals before the verdict that stands: day and approver; "" without one, where there is room for a pen."""
    told = [f"{one.on} {with_role(facts.roles, one.approver, one.on)}" for one in facts.past_refusals]
    return f"此前不同意：{'；'.join(told)}" if told else ""


def _elsewhere(facts: RequestFacts, action: Action) -> Approval | None:
    """The approval by the review or a plan of an action whose own cells hold no verdict."""
    approval = facts.derived.approval if facts.derived else None
    return approval if approval is not None and not approval.is_own and action.approval is None else None


def _approval_evidence(facts: RequestFacts, action: Action) -> str:
    """What a recorded approval rests on; "" while nobody approved, where the form is to be signed."""
    if not (action.approver and action.approval):
        return ""
    evidence = evidence_of_approval(action.approval_evidence or "", facts.evidence_refused_on)
    return f"（批准凭证：{evidence}）" if evidence else "（批准依据：台账记载）"


def _joined(between: str, *pieces: str | None) -> str:
    return between.join(piece for piece in pieces if piece)


def _boxes(facts: RequestFacts, action: Action, need: Need) -> dict[str, str]:
    kind = action.action_type or {"不合格": words.CORRECTIVE, "潜在不合格": words.PREVENTIVE}.get(need.need_class or "")
    earlier = (
        f"（前次编号 {'、'.join(action.previous_numbers)}）" if action.previous_numbers else "（前次编号＿＿＿＿）"
    )
    conclusion = facts.derived.conclusion if facts.derived else None
    return {
        "type": boxes(kind, (words.CORRECTIVE, words.PREVENTIVE)),
        "severity": boxes(action.severity, words.SEVERITIES),
        "repeat": f"{'☑' if action.is_repeat else '☐'} 重复{earlier}",
        "route": _route_boxes(action, _elsewhere(facts, action)),
        "approval": boxes(words.AGREED if _elsewhere(facts, action) else action.approval, words.APPROVALS),
        "effect": boxes(conclusion.effect if conclusion else action.effect, words.EFFECTS),
        "revision": yes_no_boxes(action.needs_revision),
    }


def _route_boxes(action: Action, elsewhere: Approval | None) -> str:
    """The three ways, the review on a line of its own; ticked by what was done, not by what should have been."""
    route = action.approval_route
    if elsewhere is not None:
        route = words.BY_REVIEW if elsewhere.review else words.BY_GENERAL_MANAGER
    marks = [f"{'☑' if route in routes else '☐'} {name}" for name, routes in _ROUTES]
    by_review = route in (words.BY_REVIEW, words.BY_BOTH)
    return f"{SPACE.join(marks)}\n{'☑' if by_review else '☐'} 提交管理评审（编号 {action.review_number or '＿＿＿＿'}）"


def _raised(action: Action, need: Need) -> dict[str, Any]:
    return {
        "department": need.department or action.raised_department,
        "by": need.raised_by or action.raised_by,
        "on": need.registered_on or action.registered_on,
        "source": need.source or action.source,
        "source_number": cut(action.source_number or need.number or ""),
        "process": need.process or action.process,
        "description": need.description or action.description,
        "requirement": action.breached_requirement,
        "evidence": cut(action.source_number or ""),
        "containment": action.containment,
    }


def _cause(action: Action) -> str:
    methods = f"（{'、'.join(action.analysis_methods)}）" if action.analysis_methods and action.cause else ""
    return f"{methods}{action.cause or ''}"


def _measures(facts: RequestFacts, action: Action) -> list[dict[str, Any]]:
    """The measure itself with its deadline, and its steps below it, else its 实施方案; else empty lines.

    Whoever signs approves the measure and its deadline (4.4.4), however many steps it has.
    """
    if facts.steps:
        has_whole = action.measure or action.due_on
        return [*([_line(_WHOLE, action.measure, _doers(action), action.due_on)] if has_whole else ()), *_steps(facts)]
    empty = [{"index": at, "content": None, "owners": None, "due_on": None} for at in range(1, _EMPTY_ROWS + 1)]
    whole = {"index": 1, "content": _with_scheme(action), "owners": _doers(action), "due_on": action.due_on}
    if action.measure:
        return [whole]
    return [whole, *empty[1:]] if action.scheme or action.due_on else empty


def _steps(facts: RequestFacts) -> Iterator[dict[str, Any]]:
    """As the records they are."""
    for at, step in enumerate(facts.steps, start=1):
        owners = whole_names(listed(step.owners), MOST_OF_A_FEW)
        yield _line(at, step.content, owners, step.due_on, in_sheet("措施分解"))


def _line(index: int | str, content: str | None, owners: str, due_on: date | None, *where: str) -> dict[str, Any]:
    return in_table({"index": index, "content": content, "owners": owners, "due_on": due_on}, *where)


def _with_scheme(action: Action) -> str | None:
    """The measure and how it is done, of which each leaves the other its room."""
    if not action.scheme:
        return action.measure
    texts = in_table({"measure": action.measure, "scheme": f"实施方案：{action.scheme}"})
    return "\n".join(filter(None, texts.values()))


def _doers(action: Action) -> str:
    """The owners, who stay accountable, and the 外部单位 that does the work."""
    owners = whole_names(listed(action.owners), MOST_OF_A_FEW)
    return f"{owners}（外部单位：{action.external_party}）" if action.external_party else owners


WORDS = {"is_long": "资源需求、沟通各占一整行"}
"""Chinese words for what only this paper has, for the list of fields."""
CONTENT = PaperContent(REQUEST, request_context, example_request, WORDS)
