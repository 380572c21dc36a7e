"""How much a hit weighs where the rule alone doesn't say: over, in time to be cured, or told by another rule.

Likewise from when on a row owes its plan and its 措施类型 at all.
"""

from __future__ import annotations

from msgspec.structs import replace

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.problem import Hit, Severity
from capa_xl.policy.routes import is_review_agreed
from capa_xl.policy.rules.rule_inputs import RuleInputs, has_begun


def once_ended(derived: Derived) -> Severity | None:
    """W for what can't be cured honestly any more because the action has ended; None keeps the rule's weight."""
    return Severity.WARNING if derived.is_ended else None


def once_completed(action: Action) -> Severity | None:
    """W for what can't be cured honestly any more because the work is done; None keeps the rule's weight."""
    return Severity.WARNING if action.completed_on is not None else None


def graced(hit: Hit, in_grace: bool) -> Hit:
    """The hit, marked where there is still time to put it right."""
    return replace(hit, in_grace=in_grace)


def follows(hit: Hit, because: str) -> Hit:
    """The hit, told by that rule where it names the cell at fault in the same row."""
    return replace(hit, because=because)


def owes_a_plan(action: Action, derived: Derived | None) -> bool:
    """措施内容 stands, or 登记 + 限期工作日_策划 has passed; None: of a quarantined row only what stands is known."""
    return bool(action.measure) or (derived is not None and "Y3" in derived.overdue)


def owes_a_class(action: Action, derived: Derived | None) -> bool:
    """Likewise, or it has its 措施类型, or is past 待策划 without a measure, as where the table has no such column."""
    is_past = derived is not None and derived.status != words.TO_PLAN
    return action.action_type is not None or is_past or owes_a_plan(action, derived)


def while_planned(given: RuleInputs, hit: Hit, action: Action, derived: Derived) -> Hit:
    """W in grace while the action may still be planned: 下一步 asks for the cell, and there is time.

    That is while it is 待策划 inside its limit, and as long where a review's decision has approved it beforehand.
    """
    if derived.status == words.TO_PLAN:
        in_time = action.registered_on is not None and "Y3" not in derived.overdue
    else:
        in_time = not has_begun(given, action) and _is_decided_before_its_plan(given, action)
    return replace(hit, severity=Severity.WARNING, in_grace=True) if in_time else hit


def _is_decided_before_its_plan(given: RuleInputs, action: Action) -> bool:
    """Only a decision of a review approves it, and its days for planning (登记 + 限期工作日_策划) aren't over."""
    inputs, since = given.view.inputs, action.registered_on
    if since is None or action.approval is not None or not is_review_agreed(inputs, action):
        return False
    return given.on <= given.view.calendar.add(since, inputs.procedure.limit_planning)
