"""Who puts right a row that is set aside: asked alike by lists, slips, 下一步责任人 and who looks for its number."""

from __future__ import annotations

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.policy.roster import Roster


def correctors_of(roster: Roster, action: Action) -> tuple[str, ...]:
    """Its owners and its departments; 质量部 behind them where a list lacks one of them, or where nobody is named.

    Only who is written, while 人员部门 has no department.

    Args:
        action: What could be read of the row.
    """
    departments = roster.asked(*action.departments)
    named = (*action.owners, *departments)
    are_listed = departments == action.departments and all(roster.exists(roster.meant_by(one)) for one in action.owners)
    return named if not roster.places or (named and are_listed) else (*named, words.QUALITY_DEPARTMENT)


def first_correctors(roster: Roster, action: Action) -> str:
    """The first of them, with 质量部 where it is one: what 下一步责任人 says; "" for nobody."""
    every = correctors_of(roster, action)
    return "、".join(dict.fromkeys((*every[:1], *(one for one in every if one == words.QUALITY_DEPARTMENT))))
