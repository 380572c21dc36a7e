"""What was over before 接管基线日: judged by what is known, asked about by what is likely.

Where the day of an action's end is known, both answers below are the same. They part where it isn't, as in a row that
only its own status word closes: nobody may hold such a row against the company (decisions A1, *nothing is stated that
was not checked*), so `is_history` takes it for history; but had every one of them been history, nobody would ever be
asked to look at a row that was closed by a word last week, so `is_presumed_history` goes by its deadline.
"""

from __future__ import annotations

from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.procedure import Procedure
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.closing import closed_on


def is_history(procedure: Procedure, action: Action, derived: Derived) -> bool:
    """Over, and not known to have ended on 接管基线日 or later: outside rules' weights, self-check and KPIs (A1)."""
    since = procedure.taken_over_on
    if since is None or not derived.is_ended:
        return False
    confirmed_on = derived.conclusion.confirmed_on if derived.conclusion else None
    ended_on = action.cancelled_on or derived.closed_on or confirmed_on
    return ended_on is None or ended_on < since


def is_presumed_history(state: ActionState) -> bool:
    """Of a row that a word ended: by its last day, else its deadline, else its registration it was over before.

    下一步 and `closed_unseen` read it to leave such rows in peace; a guess is enough for what is only asked.
    """
    since = state.inputs.procedure.taken_over_on
    if since is None:
        return False
    last = closed_on(state) or state.action.due_on or state.action.registered_on
    return last is None or last < since
