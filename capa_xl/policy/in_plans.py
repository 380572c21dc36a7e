"""Which plans an action stands in: those that its 计划编号 names, or those of its day where it names none (4.1.1)."""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.records import PlanVersion
from capa_xl.policy.numbers_named import numbers_named
from capa_xl.policy.status_inputs import StatusInputs


def plans_named(inputs: StatusInputs, action: Action) -> tuple[str, ...]:
    """The plans of its 计划编号: what is carried over names the one of each year; () for a blank cell."""
    return numbers_named(action.plan_number, inputs.plans) if action.plan_number else ()


def belongs(inputs: StatusInputs, action: Action, plan: PlanVersion) -> bool:
    """It names the plan, or names none and was registered in its period; where there is no plan the period counts."""
    if action.plan_number and plan.number:
        return plan.number in plans_named(inputs, action)
    on = action.registered_on
    return on is not None and (plan.period_from or date.max) <= on <= (plan.period_to or date.max)


def counts(inputs: StatusInputs, action: Action, plan: PlanVersion) -> bool:
    """It was registered for that version: an approved one counts nothing registered later."""
    end = plan.approved_on if plan.approval == words.AGREED and plan.approved_on else inputs.on
    return (action.registered_on or date.min) <= end and belongs(inputs, action, plan)


def plans_of(inputs: StatusInputs, action: Action) -> tuple[str, ...]:
    """The plans that it names, or whose newest version counts it where it names none."""
    newest = {number: versions[-1] for number, versions in inputs.plans.items()}
    by_day = (number for number, plan in newest.items() if counts(inputs, action, plan))
    return plans_named(inputs, action) or tuple(by_day)
