"""Since when an action is in 实施 (D): one answer for the months of 总览 and the bars of 时间轴."""

from __future__ import annotations

from datetime import date

from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.policy.status_inputs import StatusInputs


def do_since(inputs: StatusInputs, action: Action, derived: Derived) -> date | None:
    """The first day of D, as far as the dates tell it; None where they don't.

    The day of the approval in force; of work that goes on without a dated one, the day it began. Where the table keeps
    no approvals nothing waits for them (semantics.md, *Tables that lack columns*): then the day of registration.
    """
    if derived.approved_on is not None or derived.stage == "P":
        return derived.approved_on
    return action.started_on or (None if inputs.stages.approval else action.registered_on)
