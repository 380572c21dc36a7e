"""Everything 纠正预防措施要求单 says of a need, an action, or both (3.3.3)."""

from __future__ import annotations

from capa_xl.model.action import Action
from capa_xl.model.paper_facts import RequestFacts
from capa_xl.model.paper_kinds import REQUEST
from capa_xl.model.records import Need
from capa_xl.policy.papers.paper_inputs import PaperInputs, derived_number, errors_among, with_way
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.routes import decision_on


def request_facts(given: PaperInputs, number: str) -> RequestFacts | None:
    """One form, a draft while block ① is incomplete; None: neither a need nor an action has that number at T."""
    view = given.view
    need = next((row for row in view.needs if row.number == number), None)
    action = _action_of(view, need) if need else view.by_number.get(number)
    if need is None and action is None:
        return None
    if need is None and action is not None:
        need = next((row for row in view.needs if row.number == action.need_number), None)
    key = action.number if action else ""
    draft = not _is_stated(need, action)
    problems = given.problems_of(frozenset({key, number} - {""}))
    return RequestFacts(
        head=given.head(_number(need, action), REQUEST, draft=draft),
        action=with_way(view, action) if action else None,
        derived=view.derived.get(key),
        need=need,
        steps=view.steps.get(key, ()),
        decision=decision_on(view.inputs, action) if action else None,
        problems=errors_among(problems) if draft else (),
    )


def _number(need: Need | None, action: Action | None) -> str:
    if need is not None and need.number:
        return need.number
    return derived_number("JYF", action.number if action else None)


def _is_stated(need: Need | None, action: Action | None) -> bool:
    """Block ① says who, when and what."""
    department = (need and need.department) or (action and (action.raised_department or action.responsible_department))
    on = (need and need.registered_on) or (action and action.registered_on)
    what = (need and need.description) or (action and action.description)
    return bool(department and on and what)


def _action_of(view: RegisterView, need: Need) -> Action | None:
    """The action a need became: the first of 跟踪表编号, else the one that names the need."""
    named = (view.by_number.get(number) for number in need.tracker_numbers)
    found = next((action for action in named if action is not None), None)
    return found or next((a for a in view.actions if a.need_number == need.number), None)
