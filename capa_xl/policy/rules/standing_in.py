"""FD33: whom 人员部门 has stand in for somebody away, and who can't: nobody, who has left, whom no letter reaches."""

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
    """What bars the deputies: all have left, or no letter reaches the first at work; "" for one not on the roster."""
    roster, deputies = given.view.roster, deputies_of(person)
    if not all(map(roster.exists, deputies)):
        return ""
    at_work = next(filter(roster.active, deputies), "")
    if not at_work:
        return f"的代理人「{'、'.join(deputies)}」已离职或停用：代理的那些天没有人代理"
    table = given.view.register.people
    mute = _why_mute(roster, at_work, given.on) if table is not None and table.has("email") else ""
    return f"的代理人「{at_work}」{mute}：代理的那些天，信照发给本人" if mute else ""


def _why_mute(roster: Roster, name: str, on: date) -> str:
    """Why letters for somebody else don't go to that person (`AddressBook`); "" where they do."""
    if len(roster.addresses(name, on)) > 1:
        return "有几个邮箱，分不清发给哪一个"
    return "" if roster.address(name, on) else "没有可用的邮箱"


FD33 = Rule(
    "FD33", "", W, "《人员部门》的代理起、代理止没有代理人，或代理人已离职、收不到信",
    "「{v}」{why}",
    "代理人填在职、有一个邮箱的人；没有人代理的，清空代理人、代理起、代理止",
    _nobody_stands_in, ("people:deputy",),
)  # fmt: skip
