"""The facts of a judged workbook: one row an action, in the order of `FACT_COLUMNS`. Shared ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from capa_xl.app.shared.judging import Judged
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.fact_columns import FactRow, FactValue
from capa_xl.model.pages import line_of
from capa_xl.model.problem import Problem, Severity
from capa_xl.policy.action_state import ActionState, action_state_of


def fact_rows(judged: Judged) -> tuple[FactRow, ...]:
    """One row an action, in sheet order; rows that are put aside for their errors are not among them."""
    head = _head(judged)
    weights = Counter((problem.row, problem.severity) for problem in _of_tracker(judged))
    return tuple(
        (
            *head,
            line_of(action.row),
            *_stated(action),
            *_concluded(action_state_of(judged.view.inputs, action), derived),
            *_derived(derived),
            weights[action.row, Severity.ERROR],
            weights[action.row, Severity.WARNING],
        )
        for action, derived in judged.view.pairs
    )


def _head(judged: Judged) -> tuple[FactValue, ...]:
    procedure = judged.view.procedure
    return (str(judged.opened.path), procedure.workbook_id or None, procedure.company or None, judged.view.on)


def _of_tracker(judged: Judged) -> Iterator[Problem]:
    sheets = judged.view.register.tracker.sheets
    return (problem for problem in judged.checked.problems if problem.sheet in sheets)


def _stated(action: Action) -> tuple[FactValue, ...]:
    """What people wrote."""
    return (
        action.number,
        action.action_type,
        action.severity,
        action.category,
        action.process,
        action.description,
        action.responsible_department,
        "、".join(action.owners) or None,
        action.registered_on,
        action.due_on,
    )


def _concluded(state: ActionState, derived: Derived) -> tuple[FactValue, ...]:
    """Its dates as they stand: the approval and the conclusion in force, no completion that was inspected 不合格."""
    action, conclusion = state.action, derived.conclusion
    confirmed_on: date | None = conclusion.confirmed_on if conclusion else None
    return (
        derived.original_due_on,
        derived.approved_on,
        None if state.failed else action.completed_on,
        action.inspected_on,
        action.cancelled_on,
        confirmed_on,
        conclusion.effect if conclusion else None,
        derived.closed_on,
    )


def _derived(derived: Derived) -> tuple[FactValue, ...]:
    """What follows from it at T."""
    return (
        derived.status,
        derived.is_ended,
        derived.stage or None,
        derived.route or None,
        derived.inspector_department or None,
        " ".join(derived.overdue) or None,
        "Y1" in derived.overdue,
        derived.days_overdue,
        derived.days_left,
        derived.remind_on,
        derived.next_step or None,
        derived.next_actor or None,
        derived.level or None,
        derived.owning_department,
        derived.priority or None,
    )
