"""FD27, FD32: rows of one name in 人员部门, each sound by itself, that leave open whose a letter is."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.cut_text import cut_list, cut_quote
from capa_xl.model.problem import Hit
from capa_xl.model.records import Person
from capa_xl.policy.reminders.reach import FILL_IN, TELL_APART
from capa_xl.policy.reminders.shared_names import lone_box
from capa_xl.policy.roster import addresses_of
from capa_xl.policy.rules.rule import Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs

_MOST_NAMED = 5


def _shared_names(given: RuleInputs) -> Iterator[Hit]:
    """One hit a name, at the first of its rows with another address than the first has."""
    roster = given.view.roster
    for name in dict.fromkeys(one.name for one in _people(given) if one.name):
        rows = [one for one in roster.in_force(name, given.on) if addresses_of((one,))]
        first_of = {addresses_of((one,))[0].casefold(): one for one in reversed(rows)}
        if len(first_of) > 1 and roster.active(name):
            apart = sorted(first_of.values(), key=lambda one: one.row)
            where = cut_list([_told(given, one) for one in apart], _MOST_NAMED, "行")
            yield given.hit_on("people", apart[1], "email", v=name, why=where)


def _lent_addresses(given: RuleInputs) -> Iterator[Hit]:
    """One hit a row that lacks an address which another department's row of the name has."""
    for name in dict.fromkeys(one.name for one in _people(given) if one.name):
        if box := lone_box(given.view.roster, name, given.on):
            where = _told(given, box.has)
            for one in box.lacking:
                why = f"邮箱「{cut_quote(one.email)}」不能用" if one.email else "没有邮箱"
                dept = cut_quote(one.department or "")
                yield given.hit_on("people", one, "email", v=name, dept=dept, why=why, where=where)


def _told(given: RuleInputs, person: Person) -> str:
    (address,) = addresses_of((person,))
    department = f"（{cut_quote(person.department)}）" if person.department else ""
    return f"{_cell(given, person)} 的 {address}{department}"


def _cell(given: RuleInputs, person: Person) -> str:
    table = given.view.register.people
    return table.cell(person.row, "email") if table else ""


def _people(given: RuleInputs) -> tuple[Person, ...]:
    table = given.view.register.people
    return tuple(table.records) if table else ()


FD27 = Rule(
    "FD27", "", W, "《人员部门》里一个姓名在同一天有几个邮箱",
    "「{v}」有几个邮箱：{why}；不知道是一个人还是几个人，责任人的信按责任部门发，职务的信发给任职的，分不清的不发",
    TELL_APART,
    _shared_names, ("people:email",),
)  # fmt: skip
FD32 = Rule(
    "FD32", "", W, "《人员部门》里一个姓名在几个部门各有一行，有的没有邮箱，信都发给有邮箱的那一行",
    "「{v}」⟦在「{dept}」⟧的一行{why}，信都发给 {where}；不知道是一个人还是几个人",
    FILL_IN,
    _lent_addresses, ("people:email", "people:department"),
)  # fmt: skip
