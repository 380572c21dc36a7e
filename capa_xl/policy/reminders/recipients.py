"""Whose turn it is, by name: managers, heads and owners, with the stand-in where a post is empty (FD17)."""

from __future__ import annotations

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.policy.routes import approver_of, route_of
from capa_xl.policy.situation import Situation


def manager_names(situation: Situation, department: str | None) -> tuple[str, ...]:
    """The 部门经理, else that department's 归口部门负责人, else 质量部负责人.

    Where nobody holds any of these, the department itself: it is then listed as unreachable.
    """
    roster, on = situation.roster, situation.on
    for find in (roster.manager_of, roster.head_of):
        name = find(department, on)
        if name and _is_held(situation, name):
            return (name,)
    head = roster.quality_head(on)
    if head and _is_held(situation, head):
        return (head,)
    return (department,) if department else ()


def head_names(situation: Situation, department: str | None) -> tuple[str, ...]:
    """归口部门负责人 of the department, else 质量部负责人."""
    head = situation.roster.head_of(department, situation.on)
    if head and _is_held(situation, head):
        return (head,)
    return manager_names(situation, department)


def approver_names(situation: Situation, action: Action, department: str | None) -> tuple[str, ...]:
    """Whose approval the route waits for."""
    if route_of(action) in (words.BY_MANAGER, ""):
        return manager_names(situation, department)
    return (approver_of(situation.grounds, action, department),)


def department_of(situation: Situation, action: Action) -> str | None:
    """责任部门, else the main owner's department."""
    if action.responsible_department or not action.owners:
        return action.responsible_department
    return situation.roster.department_of(action.owners[0], situation.on)


def general_manager_names(situation: Situation) -> tuple[str, ...]:
    """总经理 by name, else the role."""
    return (situation.roster.general_manager(situation.on) or words.GENERAL_MANAGER,)


def quality_head_names(situation: Situation) -> tuple[str, ...]:
    """质量部负责人 by name, else the role."""
    return (situation.roster.quality_head(situation.on) or words.QUALITY_HEAD,)


def _is_held(situation: Situation, name: str) -> bool:
    """A post counts as held while its holder is there or has a deputy."""
    return situation.roster.active(name) or situation.roster.deputy(name, situation.on) is not None
