"""Which department an open action waits for: that of whom 〔自动〕下一步责任人 names."""

from __future__ import annotations

from collections.abc import Callable, Set
from itertools import chain

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.names_apart import listed_names
from capa_xl.policy.register_view import RegisterView


def department_waited_for(view: RegisterView, action: Action, derived: Derived) -> str:
    """The department whose turn it is; "" when nobody knows one.

    What is being done is the duty of 责任部门, whoever in it or elsewhere does it (4.4.2). Else it is the department
    named, or that of the first person named: the stage's own where the person stands in it, among others. Of a row
    whose departments are blank, or in no list, it is the first that anybody named has.
    """
    asked = view.roster.asked
    named = {"responsible_department": asked(*action.departments), "owning_department": asked(action.owning_department)}
    usual = stage_department(derived, lambda key: next(iter(named[key]), ""))
    first, *others = listed_names(derived.next_actor)
    if (usual and derived.status in words.OWNERS_TURN) or not first:
        return usual
    if usual in view.roster.departments_of(first, view.on):
        return usual
    known = frozenset((*chain.from_iterable(named.values()), words.QUALITY_DEPARTMENT, *view.roster.departments))
    actors = (first,) if usual else (first, *others)
    return next(filter(None, (_department_of(view, actor, known) for actor in actors)), usual)


def _department_of(view: RegisterView, actor: str, known: Set[str]) -> str:
    """That of a person, or the department itself; "" of a stranger."""
    person = view.roster.department_of(actor, view.on)
    return person or (actor if not view.roster.exists(actor) and actor in known else "")


def stage_department(derived: Derived, text_of: Callable[[str], str]) -> str:
    """The department in the column that `words.STAGE_DEPARTMENT` names; a blank 归口部门 falls to 责任部门.

    Args:
        text_of: What a column of the row holds, by its key; "" for a blank.
    """
    key = words.STAGE_DEPARTMENT.get(derived.status, "")
    if key == "inspector_department":
        return derived.inspector_department
    return (text_of(key) or text_of("responsible_department")) if key else ""
