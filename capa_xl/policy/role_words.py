"""A person as papers print one: with the role held on the day of the act, with none where none was held (A4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.paper_facts import HeldRoles
from capa_xl.policy.roster import Roster


def roles_on(roster: Roster, name: str | None, on: date | None, departments: Collection[str] = ()) -> str:
    """部门经理、归口部门负责人; 代部门经理 for a deputy in force; "" for no role, no roster or no day.

    Args:
        departments: Those that the deed is a matter of, if any: who stands in none of them and deputises for somebody
            there acted as the deputy, and not as what they are in a department of their own.
    """
    if not name or on is None:
        return ""
    held = roster.roles(name, on) - {words.EMPLOYEE}
    lent = roster.lent_roles(name, on, departments) - {words.EMPLOYEE}
    if not departments and held:
        lent &= set(words.ROLES_OF_COMPANY)
    elif departments and lent and roster.departments_of(name, on).isdisjoint(departments):
        held &= set(words.ROLES_OF_COMPANY)
    lent = lent if held or lent else roster.lent_roles(name, on) - {words.EMPLOYEE}
    own = (role for role in words.ROLES if role in held)
    return "、".join((*own, *(f"代{role}" for role in words.ROLES if role in lent - held)))


def with_role(roster: Roster, name: str | None, on: date | None, departments: Collection[str] = ()) -> str:
    """样例丙（部门经理）; the name alone where the roster gives no role for that day, "" without a name."""
    role = roles_on(roster, name, on, departments)
    return f"{name}（{role}）" if role else name or ""


def held_roles(
    roster: Roster, acts: Iterable[tuple[str | None, date | None]], departments: Collection[str] = ()
) -> HeldRoles:
    """The roles behind the deeds a paper names, each by person and day; who held none is not listed."""
    found = ((name, on, roles_on(roster, name, on, departments)) for name, on in dict.fromkeys(acts) if name and on)
    return tuple((name, on, role) for name, on, role in found if role)


def departments_of_deeds(action: Action, derived: Derived) -> tuple[str, ...]:
    """The departments that an action is a matter of: whose people approve, inspect and confirm it."""
    named = (derived.owning_department, derived.inspector_department, *action.departments)
    return tuple(dict.fromkeys(filter(None, named)))
