"""Which actions stand outside the self-check: over before 接管基线日, or before columns came (decisions A1)."""

from __future__ import annotations

from capa_xl.model.left_to_history import LeftToHistory
from capa_xl.policy.past_years import rows_by_year
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.taken_over import is_history


def outside_self_check(view: RegisterView) -> LeftToHistory:
    """Those of archived years first, as they are counted."""
    years = [(past, mine) for _, past, mine in rows_by_year(view)]
    shown = [*years, (view, frozenset(action.number for action in view.actions))]
    taken_over, grown = list[str](), list[str]()
    for one, mine in shown:
        for action, derived in one.pairs:
            if action.number in mine and is_history(one.procedure, action, derived):
                taken_over.append(action.number)
            elif action.number in mine and action.number in one.inputs.of_then:
                grown.append(action.number)
    return LeftToHistory(view.procedure.taken_over_on, tuple(taken_over), tuple(grown))
