"""Who must approve an action, and whether it is approved (4.1.1, 4.2.3, 4.2.4, 4.3.2; semantics.md, *Routes*)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.approval_in_force import Approval
from capa_xl.model.derived import Derived
from capa_xl.model.records import SIGNATURE, Decision, PlanVersion
from capa_xl.policy.in_plans import plans_named
from capa_xl.policy.status_inputs import StatusInputs

_BY_GM = frozenset({words.BY_GENERAL_MANAGER, words.BY_BOTH})
_WITH_REVIEW = frozenset({words.BY_REVIEW, words.BY_BOTH})
_ANY = frozenset(words.APPROVAL_ROUTES)
ALLOWED: dict[str, frozenset[str]] = {
    "": _ANY,
    words.BY_MANAGER: _ANY,
    words.BY_EITHER: _BY_GM | _WITH_REVIEW,
    words.BY_GENERAL_MANAGER: _BY_GM,
    words.BY_BOTH: _BY_GM,
    words.BY_REVIEW: _BY_GM | _WITH_REVIEW,
}
"""应批准方式 → the values of 批准方式 that let the work start."""

_LEADING = frozenset({words.DEPARTMENT_MANAGER, words.PROCESS_HEAD, words.QUALITY_HEAD})


def route_of(action: Action) -> str:
    """应批准方式 as printed; "" while 措施类型 or 严重度 leave it open.

    The start of 预防 and 改进 is the general manager's, whatever the severity (4.2.3, 4.2.4, 4.3.2): a table without
    严重度 leaves only open whether the review is asked too.
    """
    if action.source == words.BY_REVIEW:
        return words.BY_REVIEW
    if action.action_type == words.CORRECTIVE:
        if action.severity == words.MAJOR or action.is_repeat:
            return words.BY_EITHER
        return words.BY_MANAGER if action.severity else ""
    if not action.action_type:
        return ""
    return words.BY_BOTH if action.severity == words.MAJOR else words.BY_GENERAL_MANAGER


def serves(way: str, action: Action) -> bool:
    """Whether that 批准方式 lets the work start."""
    return way in ALLOWED[route_of(action)]


def way_of(inputs: StatusInputs, action: Action) -> str:
    """批准方式 as given, else from the approver's role on 批准日期; "" when neither tells.

    An approver without a role that approves, or whom the roster doesn't know, leaves it open: AP05 or FD08 speaks of
    that, and it doesn't block.
    """
    if action.approval_route:
        return action.approval_route
    if not action.approver:
        return words.BY_REVIEW if action.review_number else ""
    roles = inputs.roster.acting_roles(action.approver, action.approved_on or inputs.on)
    if words.GENERAL_MANAGER in roles:
        return words.BY_GENERAL_MANAGER
    return words.BY_MANAGER if roles & _LEADING else ""


def decision_on(inputs: StatusInputs, action: Action) -> Decision | None:
    """The decision of its 管理评审编号 that counts for the action; None without a concluded one.

    The newest row that names its 编号 decides, a refusal last on one day. Of a review that names no action at all its
    general decision counts; one that names others says nothing of this one (AP15), which stops only work not yet done.
    """
    rows = (inputs.decisions or {}).get(action.review_number or "", ())
    concluded = [d for d in rows if d.conclusion]
    named = [d for d in concluded if action.number in (*d.tracker_numbers, *d.input_numbers)]
    if named:
        return max(named, key=lambda d: (d.on or date.min, d.conclusion == words.REFUSED))
    if is_unmentioned(inputs, action) and action.completed_on is None:
        return None
    return next((d for d in concluded if d.conclusion == words.AGREED), concluded[0] if concluded else None)


def is_unmentioned(inputs: StatusInputs, action: Action) -> bool:
    """True when the review that the action relies on names other actions and not this one (AP15)."""
    rows = (inputs.decisions or {}).get(action.review_number or "", ())
    named = {number for d in rows for number in (*d.tracker_numbers, *d.input_numbers)}
    return bool(named) and action.number not in named


def is_review_agreed(inputs: StatusInputs, action: Action) -> bool:
    """True when 管理评审编号 stands for a decision 同意; without sheet 管理评审 the number itself is the proof."""
    if not action.review_number:
        return False
    if inputs.decisions is None:
        return action.approval != words.REFUSED
    decision = decision_on(inputs, action)
    return decision is not None and decision.conclusion == words.AGREED


def covering_plans(inputs: StatusInputs, action: Action) -> tuple[PlanVersion, ...]:
    """The plan versions that approve the action instead of a signature of its own (A6), the first one first.

    They cover rows registered by their 批准日期 whose route is 总经理. What one has approved stays so, whatever newer
    version or plan of another year lists it too.
    """
    on = action.registered_on
    if not action.plan_number or on is None or route_of(action) != words.BY_GENERAL_MANAGER:
        return ()
    agreed = (version for number in plans_named(inputs, action) for version in _agreed(inputs, number))
    return tuple(sorted((version for version in agreed if on <= _day_of(version)), key=_day_of))


def plan_in_force(inputs: StatusInputs, number: str) -> PlanVersion | None:
    """The newest version with 同意; a refused newer one changes nothing. None while none is approved."""
    return max(_agreed(inputs, number), key=_day_of, default=None)


def _agreed(inputs: StatusInputs, number: str) -> list[PlanVersion]:
    return [v for v in inputs.plans.get(number, ()) if v.approved_on and v.approval == words.AGREED]


def _day_of(version: PlanVersion) -> date:
    return version.approved_on or date.min


def is_refused(inputs: StatusInputs, action: Action) -> bool:
    """True when the latest verdict on the action is 不同意; on the same day the refusal wins (A4).

    A row 重新报批 in 进展反馈 that is dated later lifts it: the action waits for its approval again.
    """
    return _standing_refusal(inputs, action) is not None


def refused_on(inputs: StatusInputs, action: Action) -> date | None:
    """The day of that 不同意, the person's or the review's; None without one, or where nobody dated it."""
    on = _standing_refusal(inputs, action)
    return None if on in (date.min, date.max) else on


def _standing_refusal(inputs: StatusInputs, action: Action) -> date | None:
    """Its day, an undated signature taken as the last verdict and an undated decision as the first."""
    if action.approval != words.REFUSED and not action.review_number:
        return None
    verdicts: list[tuple[date, str | None]] = []
    if action.approval:
        verdicts.append((action.approved_on or date.max, action.approval))
    if decision := decision_on(inputs, action):
        verdicts.append((decision.on or date.min, decision.conclusion))
    verdicts += ((_day_of(plan), words.AGREED) for plan in covering_plans(inputs, action))
    latest = max((on for on, _ in verdicts), default=None)
    resubmitted = resubmitted_on(inputs, action)
    if latest is not None and resubmitted is not None and resubmitted > latest:
        return None
    return latest if any(verdict == words.REFUSED for on, verdict in verdicts if on == latest) else None


def resubmitted_on(inputs: StatusInputs, action: Action) -> date | None:
    """The last day on which 进展反馈 has 重新报批 for the action; None where it never has."""
    rows = inputs.progress.get(action.number, ())
    return max((row.on for row in rows if row.kind == words.RESUBMITTED and row.on), default=None)


def approval_of(inputs: StatusInputs, action: Action) -> Approval | None:
    """The first of the approvals that the route accepts, the undated ones last; None without one.

    A refusal that came after it takes nothing of it away: who asks for what is in force at T asks `Derived.approval`.
    """
    if not inputs.stages.approval:
        return None
    return min(_approvals(inputs, action), key=lambda found: found.on or date.max, default=None)


def approval_day(inputs: StatusInputs, action: Action) -> date | None:
    """The first day on which an approval that the route accepts was in force; None when none is dated."""
    approval = approval_of(inputs, action)
    return approval.on if approval is not None else None


def last_approval_day(inputs: StatusInputs, action: Action) -> date | None:
    """The last such day: a newer version of the plan, or the plan of the next year, approves what it finds anew."""
    if not inputs.stages.approval:
        return None
    return max((found.on for found in _approvals(inputs, action) if found.on), default=None)


def is_agreed(action: Action, derived: Derived) -> bool:
    """Somebody agreed, whether the route accepts it or not; a table without approval columns tells of nobody."""
    return derived.approval is not None or action.approval == words.AGREED


def is_held_to(inputs: StatusInputs, action: Action, derived: Derived, seen_on: date) -> bool:
    """Whether a deadline that was seen on that day needs an extension, since somebody had agreed to the one before.

    A plan or a review approves the deadline that it finds: what was moved by its day is no extension.
    """
    if not is_agreed(action, derived):
        return False
    day = last_approval_day(inputs, action)
    return action.approval == words.AGREED or day is None or seen_on > day


def _approvals(inputs: StatusInputs, action: Action) -> Iterator[Approval]:
    """A signature of its own, the review's agreement (dated by the row where no 管理评审 is kept), and its plan's."""
    if _signed(inputs, action):
        yield Approval(action.approved_on)
    if _reviewed(inputs, action):
        decision = decision_on(inputs, action)
        yield Approval(decision.on if decision else action.approved_on, review=action.review_number or "")
    for plan in covering_plans(inputs, action):
        yield Approval(plan.approved_on, plan=plan)


def awaits_review(inputs: StatusInputs, action: Action) -> bool:
    """True for a 重大 预防/改进 whose review is still missing: it gates closing, not the start (A5)."""
    return route_of(action) == words.BY_BOTH and _keeps_reviews(inputs) and not is_review_agreed(inputs, action)


def _keeps_reviews(inputs: StatusInputs) -> bool:
    """The table has 管理评审编号, or is a level of ours that follows the procedure and must get it (capa-xl grow).

    Of somebody's own table without that column nobody can say whether reviews are kept elsewhere.
    """
    return inputs.has("review_number") or (bool(inputs.procedure.level) and inputs.stages.approval)


def approver_of(inputs: StatusInputs, action: Action, department: str | None) -> str:
    """The person whose approval is waited for, else the role's name; 管理评审 is chaired by 总经理 (4.2.3)."""
    if route_of(action) in (words.BY_MANAGER, ""):
        return inputs.roster.manager_of(department, inputs.on) or department or words.BY_MANAGER
    return inputs.roster.general_manager(inputs.on) or words.GENERAL_MANAGER


def vacancy_before_signing(inputs: StatusInputs, action: Action, department: str | None) -> str:
    """What comes before an approval that is the department's manager's; "" where somebody can sign for it at T.

    Only 部门经理, 归口部门负责人, their deputies and 总经理 may sign (AP05): 质量部负责人 gets the letters instead of a
    manager (FD17), and no right to approve. Of a department that 人员部门 doesn't know FD13 speaks.
    """
    roster = inputs.roster
    if route_of(action) not in (words.BY_MANAGER, "") or department not in roster.departments:
        return ""
    if roster.head_of(department, inputs.on) is not None:
        return ""
    return f"（「{department}」没有经理，先在《人员部门》登记接任的人，由其或总经理批准，别人签的不算）"


def blank_of_approval(inputs: StatusInputs, action: Action) -> tuple[str, ...]:
    """What is blank of an approval that is signed in part, where its way serves the route; () for no such half.

    同意 stands without who or when; or one of those stands without the verdict.
    """
    blank = tuple(key for key in SIGNATURE if inputs.has(key) and getattr(action, key) is None)
    is_unjudged = "approval" in blank and (action.approver or action.approved_on) is not None
    if action.approval != words.AGREED and not is_unjudged:
        return ()
    way = way_of(inputs, action)
    return () if way == words.BY_REVIEW or (way and not serves(way, action)) else blank


def _signed(inputs: StatusInputs, action: Action) -> bool:
    """Of what is completed a blank 批准人 is left to AP08: nobody is sent back for it."""
    if inputs.has("approval") and action.approval != words.AGREED:
        return False
    if inputs.has("approved_on") and action.approved_on is None:
        return False
    if action.completed_on is None and "approver" in blank_of_approval(inputs, action):
        return False
    way = way_of(inputs, action)
    if not way:
        return bool(action.approver) or not inputs.has("approver") or serves(words.BY_MANAGER, action)
    if way == words.BY_REVIEW and not is_review_agreed(inputs, action):
        return False
    return serves(way, action)


def _reviewed(inputs: StatusInputs, action: Action) -> bool:
    """A review's agreement by itself: 批准人 and 批准日期 may then stay blank."""
    way = action.approval_route or words.BY_REVIEW
    return is_review_agreed(inputs, action) and way in _WITH_REVIEW and serves(words.BY_REVIEW, action)
