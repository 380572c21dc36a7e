"""A person as papers print one: with the role held on the day of the act, with none where none was held (A4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from capa_xl.model import words
from capa_xl.model.paper_facts import HeldRoles
from capa_xl.policy.roster import Roster


def roles_on(roster: Roster, name: str | None, on: date | None) -> str:
    """部门经理、归口部门负责人; 代部门经理 for a deputy in force; "" for no role, no roster or no day."""
    if not name or on is None:
        return ""
    held = roster.roles(name, on) - {words.EMPLOYEE}
    lent = () if held else roster.acting_roles(name, on) - {words.EMPLOYEE}
    return "、".join(f"{'' if held else '代'}{role}" for role in words.ROLES if role in (held or lent))


def with_role(roster: Roster, name: str | None, on: date | None) -> str:
    """样例丙（部门经理）; the name alone where the roster gives no role for that day, "" without a name."""
    role = roles_on(roster, name, on)
    return f"{name}（{role}）" if role else name or ""


def held_roles(roster: Roster, acts: Iterable[tuple[str | None, date | None]]) -> HeldRoles:
    """The roles behind the deeds a paper names, each by person and day; who held none is not listed."""
    found = ((name, on, roles_on(roster, name, on)) for name, on in dict.fromkeys(acts) if name and on)
    return tuple((name, on, role) for name, on, role in found if role)
