"""Whose turn it is, by name: managers, heads and owners, with the stand-in where a post is empty (FD17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.milestones import Post
from capa_xl.policy.action_state import ActionState
from capa_xl.policy.department_steps import open_steps
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.routes import approver_of, route_of


def names_of(view: RegisterView, action: Action, posts: Iterable[Post]) -> tuple[str, ...]:
    """Who holds these posts towards an action, in the order of the posts.

    Raises:
        KeyError: A post that hangs on a row of another sheet (修订人, 应答复的人).
    """
    return tuple(name for post in posts for name in _HOLDERS[post](view, action))


def manager_names(view: RegisterView, department: str | None) -> tuple[str, ...]:
    """The 部门经理, else that department's 归口部门负责人, else 质量部负责人.

    Where nobody holds any of these, the department itself, or 质量部 for one that no list has: listed as unreachable.
    """
    roster, on = view.roster, view.on
    for find in (roster.manager_of, roster.head_of):
        name = find(department, on)
        if name and _is_held(view, name):
            return (name,)
    head = roster.quality_head(on)
    if head and _is_held(view, head):
        return (head,)
    return roster.asked(department) or ((words.QUALITY_DEPARTMENT,) if department else ())


def head_names(view: RegisterView, department: str | None) -> tuple[str, ...]:
    """归口部门负责人 of the department, else 质量部负责人."""
    head = view.roster.head_of(department, view.on)
    if head and _is_held(view, head):
        return (head,)
    return manager_names(view, department)


def approver_names(view: RegisterView, action: Action, department: str | None) -> tuple[str, ...]:
    """Whose approval the route waits for."""
    if route_of(action) in (words.BY_MANAGER, ""):
        return manager_names(view, department)
    return (approver_of(view.inputs, action, department),)


def inspector_names(view: RegisterView, state: ActionState) -> tuple[str, ...]:
    """Whom the row names for the inspection to come, else who heads the department whose inspection it is."""
    department = view.derived[state.action.number].inspector_department
    return _named_or_heads(view, state.named_inspector, department)


def confirmer_names(view: RegisterView, state: ActionState) -> tuple[str, ...]:
    """Whom the row names for the confirmation to come, else who heads the department that organises."""
    return _named_or_heads(view, state.named_confirmer, state.keeper)


def _named_or_heads(view: RegisterView, named: str | None, department: str | None) -> tuple[str, ...]:
    """Where somebody named is no person that the roster has at work, the heads hear of it too."""
    names = tuple(filter(None, (named or "").split("、")))
    heads = () if names and all(_is_held(view, name) for name in names) else head_names(view, department)
    return tuple(dict.fromkeys((*names, *heads)))


def department_of(view: RegisterView, action: Action) -> str | None:
    """The main 责任部门 that anybody can be asked under, else the main owner's department."""
    own = next(iter(view.roster.asked(*action.departments)), None)
    return own or (view.roster.department_of(action.owners[0], view.on) if action.owners else None)


def keeper_of(view: RegisterView, action: Action) -> str | None:
    """归口部门, else `department_of`."""
    owning = view.roster.asked(view.derived[action.number].owning_department)
    return owning[0] if owning else department_of(view, action)


def general_manager_names(view: RegisterView) -> tuple[str, ...]:
    """总经理 by name, else the role."""
    return (view.roster.general_manager(view.on) or words.GENERAL_MANAGER,)


def quality_head_names(view: RegisterView) -> tuple[str, ...]:
    """质量部负责人 by name, else the role."""
    return (view.roster.quality_head(view.on) or words.QUALITY_HEAD,)


def _is_held(view: RegisterView, name: str) -> bool:
    """A post counts as held while its holder is there or has a deputy who is."""
    return view.roster.active(name) or view.roster.stand_in(name, view.on) is not None


def _managers(view: RegisterView, action: Action) -> tuple[str, ...]:
    """The managers of all responsible departments, of the main one first."""
    departments = dict.fromkeys((department_of(view, action), *view.roster.asked(*action.departments)))
    return tuple(dict.fromkeys(name for one in departments for name in manager_names(view, one)))


def _step_doers(view: RegisterView, action: Action) -> tuple[str, ...]:
    """The people who do the open steps, the owners of the whole among them only where they are named."""
    return tuple(dict.fromkeys(name for step in open_steps(view.inputs, action.number) for name in step.owners))


def _step_managers(view: RegisterView, action: Action) -> tuple[str, ...]:
    """Managers of the other departments whose people own open steps (A8)."""
    own = view.roster.asked(*(step.department for step in open_steps(view.inputs, action.number)))
    of_people = (view.roster.department_of(name, view.on) for name in _step_doers(view, action))
    departments = dict.fromkeys((*own, *of_people))
    others = (d for d in departments if d and d not in (department_of(view, action), *action.departments))
    return tuple(name for department in others for name in manager_names(view, department))


def _process_heads(view: RegisterView, action: Action) -> tuple[str, ...]:
    return head_names(view, keeper_of(view, action))


_HOLDERS: dict[Post, Callable[[RegisterView, Action], tuple[str, ...]]] = {
    Post.OWNERS: lambda view, action: action.owners,
    Post.STEP_DOERS: _step_doers,
    Post.MANAGER: _managers,
    Post.STEP_MANAGERS: _step_managers,
    Post.PROCESS_HEAD: _process_heads,
    Post.GENERAL_MANAGER: lambda view, action: general_manager_names(view),
    Post.QUALITY_HEAD: lambda view, action: quality_head_names(view),
}
