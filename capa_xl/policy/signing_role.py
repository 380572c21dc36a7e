"""The role that an approval needs of the person who signs: for the row itself and for another deadline of it."""

from __future__ import annotations

from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.records import Extension
from capa_xl.policy.roster import Roster


def demanded_way(route: str) -> str:
    """The lowest 批准方式 that one person can give and the route accepts."""
    return words.BY_MANAGER if route in ("", words.BY_MANAGER) else words.BY_GENERAL_MANAGER


def lacking_role(roster: Roster, action: Action, name: str, on: date, way: str) -> str:
    """The role the person would need for that way of approval and lacks on that day; "" when all is well."""
    if way == words.BY_REVIEW or not way or roster.has_role(name, words.GENERAL_MANAGER, on):
        return ""
    if way in (words.BY_GENERAL_MANAGER, words.BY_BOTH):
        return words.GENERAL_MANAGER
    named = (action.owning_department, *action.departments, roster.owner_of_process(action.process))
    departments = roster.asked(*named)
    for department in departments:
        if name in roster.heads_of(department, on):
            return ""
    if not departments:
        return "" if roster.has_role(name, words.DEPARTMENT_MANAGER, on) else words.DEPARTMENT_MANAGER
    return f"{departments[0]}{words.DEPARTMENT_MANAGER}"


def has_dated_roles(roster: Roster, name: str) -> bool:
    """The roster tells from when to when the person had a role; without, nobody knows who had one in the past."""
    return any(row.valid_from or row.valid_to for row in roster.rows(name))


def role_lacking_for(roster: Roster, action: Action, derived: Derived, extension: Extension) -> str:
    """The role that the approver of an extension lacks: that of the row's route; "" of an unsigned or unknown one."""
    name, on = extension.approver, extension.approved_on
    if name is None or on is None or not roster.exists(name):
        return ""
    return lacking_role(roster, action, name, on, demanded_way(derived.route))


def is_refused_by_role(roster: Roster, action: Action, derived: Derived, extension: Extension) -> bool:
    """AP05 is an error at it, so that its date isn't approved; of an ended row without dated roles it is a hint."""
    if not role_lacking_for(roster, action, derived, extension):
        return False
    return not derived.is_ended or has_dated_roles(roster, extension.approver or "")


def named_approver(roster: Roster, action: Action, route: str, asked: Extension, on: date) -> str:
    """Whom a request for another deadline names to decide on it, where they may on that day; "" otherwise.

    Nobody decides on a request of his own, or on a deadline that is his (AP07), and without the role AP05 follows.
    """
    name = asked.approver or ""
    if not name or name == asked.asked_by or name in action.owners or not roster.exists(name):
        return ""
    return "" if lacking_role(roster, action, name, on, demanded_way(route)) else name
