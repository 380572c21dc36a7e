"""Open steps and who does them; a department's own ones (步骤部门) are all completed before the whole is."""

from __future__ import annotations

from capa_xl.model.action import Action
from capa_xl.model.records import Step
from capa_xl.policy.concluding import conclusion_of
from capa_xl.policy.day import without_facts
from capa_xl.policy.status_inputs import StatusInputs

_COMPLETION = frozenset({"完成", "检查"})


def open_steps(inputs: StatusInputs, number: str) -> tuple[Step, ...]:
    """The steps of an action that are not done at T, in the order of the sheet."""
    rows = inputs.steps.get(number)
    return tuple(step for step in rows if step.done_on is None) if rows else ()


def waiting_departments(inputs: StatusInputs, number: str) -> tuple[str, ...]:
    """The departments whose steps are still open at T, in the order of the steps; () where no step names one."""
    return tuple(dict.fromkeys(step.department for step in open_steps(inputs, number) if step.department))


def next_steps(inputs: StatusInputs, number: str) -> tuple[Step, ...]:
    """The first open step of each department at T, and the first of those that name none, in the order of the sheet.

    Departments carry out their parts side by side (4.4.2); one department does its own one after another.
    """
    first: dict[str | None, Step] = {}
    for step in open_steps(inputs, number):
        first.setdefault(step.department, step)
    return tuple(first.values())


def doers_of(inputs: StatusInputs, step: Step, action: Action) -> tuple[str, ...]:
    """Who does a step: 步骤责任人, else 步骤部门 where it isn't that of the whole, else the owners of the whole.

    A 步骤部门 that no list has can't be asked (FD13).
    """
    if step.owners or step.department in action.departments:
        return step.owners or action.owners
    return inputs.roster.asked(step.department) or action.owners


def completed_jointly(inputs: StatusInputs, action: Action) -> Action:
    """The action without its completion and inspection while a department has an open step of its own.

    One that is confirmed already stays as it is: DO05 names the open steps.
    """
    if action.completed_on is None or not waiting_departments(inputs, action.number):
        return action
    if conclusion_of(inputs, action) is not None:
        return action
    return without_facts(action, _COMPLETION, inputs.on)
