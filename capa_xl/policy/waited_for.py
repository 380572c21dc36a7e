"""Which department an open action waits for: that of whom 〔自动〕下一步责任人 names."""

from __future__ import annotations

from collections.abc import Callable

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.names_apart import listed_names
from capa_xl.policy.register_view import RegisterView


def department_waited_for(view: RegisterView, action: Action, derived: Derived) -> str:
    """The department whose turn it is; "" when nobody knows one.

    What is being done is the duty of 责任部门, whoever in it or elsewhere does it (4.4.2). Else it is the department
    named, or that of the first person named: the stage's own where the person stands in it, among others.
    """
    usual = stage_department(derived, lambda key: getattr(action, key) or "")
    actor = listed_names(derived.next_actor)[0]
    if derived.status in words.OWNERS_TURN or not actor:
        return usual
    of_person = view.roster.departments_of(actor, view.on)
    if usual in of_person:
        return usual
    person = view.roster.department_of(actor, view.on)
    return person or (actor if not view.roster.exists(actor) and actor in _departments(view, action) else usual)


def stage_department(derived: Derived, text_of: Callable[[str], str]) -> str:
    """The department in the column that `words.STAGE_DEPARTMENT` names; a blank 归口部门 falls to 责任部门.

    Args:
        text_of: What a column of the row holds, by its key; "" for a blank.
    """
    key = words.STAGE_DEPARTMENT.get(derived.status, "")
    if key == "inspector_department":
        return derived.inspector_department
    return (text_of(key) or text_of("responsible_department")) if key else ""


def _departments(view: RegisterView, action: Action) -> frozenset[str]:
    """Every department that a next step may be waiting for."""
    own = {action.owning_department, action.responsible_department, words.QUALITY_DEPARTMENT}
    return frozenset(filter(None, (*own, *view.roster.departments)))
