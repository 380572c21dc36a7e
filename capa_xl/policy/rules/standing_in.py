"""FD33: whom 人员部门 has stand in for somebody away, and who can't: nobody, who has left, is away, gets no letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from capa_xl.model.columns import column_by_key
from capa_xl.model.problem import Hit
from capa_xl.model.records import Person
from capa_xl.policy.day import precedes
from capa_xl.policy.roster import Roster, deputies_of
from capa_xl.policy.rules.rule import Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs

_OWN_SPAN = "在自己的代理起、代理止之内"


def _nobody_stands_in(given: RuleInputs) -> Iterator[Hit]:
    """Of people at work, and spans that aren't over at T; a name that the roster lacks is FD08's."""
    table = given.view.register.people
    for person in table.records if table else ():
        if person.name and given.view.roster.active(person.name) and (dates := _dates(given, person)):
            if not person.deputy:
                why = f"写了{dates}，没有代理人：这些天没有人代理"
            else:
                why = _unfit(given, person)
            if why:
                yield given.hit_on("people", person, "deputy", v=person.name, why=why)


def _dates(given: RuleInputs, person: Person) -> str:
    """代理起、代理止 as the row has them; "" where it has none, or where they are over at T."""
    if precedes(person.deputy_to, given.on):
        return ""
    columns = column_by_key(Person)
    days = ((columns[key].header, getattr(person, key)) for key in ("deputy_from", "deputy_to"))
    return "、".join(f"{header} {day}" for header, day in days if day is not None)


def _unfit(given: RuleInputs, person: Person) -> str:
    """What bars them: all have left or are away, or no letter reaches who is there; "" for one not on the roster."""
    roster, deputies = given.view.roster, deputies_of(person)
    if not all(map(roster.exists, deputies)):
        return ""
    at_work = tuple(filter(roster.active, deputies))
    if not at_work:
        return f"的代理人「{'、'.join(deputies)}」已离职或停用：代理的那些天没有人代理"
    first = max(person.deputy_from or given.on, given.on)
    acting = roster.deputy(person.name or "", first, (person,)) or at_work[0]
    table = given.view.register.people
    if (mute := _why_mute(roster, acting, given.on)) and table is not None and table.has("email"):
        return f"的代理人「{acting}」{mute}：代理的那些天，信照发给本人"
    day = _first_day_alone(roster, person, at_work, first)
    return f"的代理人「{'、'.join(at_work)}」{day} 自己也不在（{_OWN_SPAN}）：那些天的信没有人处理" if day else ""


def _first_day_alone(roster: Roster, person: Person, deputies: tuple[str, ...], first: date) -> date | None:
    """The first day of the person's span, from `first`, on which every deputy is away too.

    Only that day and those on which somebody's own span begins can be it.
    """
    begins = (row.deputy_from for name in deputies for row in roster.rows(name) if row.deputy_from is not None)
    days = sorted({first, *(day for day in begins if first < day and not precedes(person.deputy_to, day))})
    return next((day for day in days if all(roster.is_away(name, day) for name in deputies)), None)


def _why_mute(roster: Roster, name: str, on: date) -> str:
    """Why letters for somebody else don't go to that person (`AddressBook`); "" where they do."""
    if len(roster.addresses(name, on)) > 1:
        return "有几个邮箱，分不清发给哪一个"
    return "" if roster.address(name, on) else "没有可用的邮箱"


FD33 = Rule(
    "FD33", "", W, "《人员部门》的代理起、代理止没有代理人，或代理人已离职、那些天自己也不在、收不到信",
    "「{v}」{why}",
    "代理人填那些天在、有一个邮箱的人，可以填几个（用“、”隔开）；没有人代理的，清空代理人、代理起、代理止",
    _nobody_stands_in, ("people:deputy",),
)  # fmt: skip
