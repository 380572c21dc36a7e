"""Steps that a department completes for itself (措施分解.步骤部门): the whole is completed once each of them is."""

from __future__ import annotations

from capa_xl.model.action import Action
from capa_xl.policy.concluding import conclusion_of
from capa_xl.policy.day import without_facts
from capa_xl.policy.status_inputs import StatusInputs

_COMPLETION = frozenset({"完成", "检查"})


def waiting_departments(inputs: StatusInputs, number: str) -> tuple[str, ...]:
    """The departments whose steps are still open at T, in the order of the steps; () where no step names one."""
    steps = inputs.steps.get(number, ())
    return tuple(dict.fromkeys(step.department for step in steps if step.department and step.done_on is None))


def completed_jointly(inputs: StatusInputs, action: Action) -> Action:
    """The action without its completion and inspection while a department has an open step of its own.

    One that is confirmed already stays as it is: DO05 names the open steps.
    """
    if action.completed_on is None or not waiting_departments(inputs, action.number):
        return action
    if conclusion_of(inputs, action) is not None:
        return action
    return without_facts(action, _COMPLETION, inputs.on)
