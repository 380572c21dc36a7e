"""例外说明: which Problems have been accepted and by whom, so that nobody has to falsify a date.

An entry lowers the Problem in the list; 制度执行自查表 and the KPIs still count the breach, as 有情况说明.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.records import Excuse
from capa_xl.policy.rules.rule_inputs import RuleInputs

_BETWEEN = re.compile(r"[、；;,，\s]+")


@dataclass(frozen=True, slots=True)
class AcceptedException:
    """One entry that counts.

    Attributes:
        signed_by: Who accepted it.
        on: When.
        note: Why.
    """

    signed_by: str
    on: date
    note: str

    @property
    def words(self) -> str:
        """What is printed behind the message of the Problem."""
        note = "：" + self.note.rstrip("。") if self.note else ""
        return f"（情况说明{note}，{self.signed_by} {self.on} 确认）"


class Signature(Enum):
    """What an entry's signature is worth."""

    SOUND = "counts"
    UNKNOWN = "counts, while the roster names nobody who could sign"
    UNFIT = "doesn't count"


def accepted_exceptions(given: RuleInputs) -> Mapping[tuple[str, str], AcceptedException]:
    """(编号, rule id) → the entry that counts at T; an entry may name several numbers and rules."""
    found: dict[tuple[str, str], AcceptedException] = {}
    for entry, number, rule, signature in signed_entries(given):
        if signature is not Signature.UNFIT and entry.on is not None:
            found[number, rule] = AcceptedException(entry.signed_by or "", entry.on, entry.note or "")
    return found


def signed_entries(given: RuleInputs) -> Iterator[tuple[Excuse, str, str, Signature]]:
    """Every signed entry up to T by the numbers and rules it names, with the worth of its signature."""
    table = given.view.register.excuses
    for entry in table.records if table is not None else ():
        if not entry.signed_by or entry.on is None or entry.on > given.on:
            continue
        for number in _several(entry.number):
            for rule in _several(entry.rule):
                yield entry, number, rule.upper(), _worth(given, entry.signed_by, entry.on, number, rule.upper())


def _several(text: str | None) -> list[str]:
    return [piece for piece in _BETWEEN.split(text or "") if piece] or [""]


def _worth(given: RuleInputs, name: str, on: date, number: str, rule: str) -> Signature:
    """The signer held, on that day, a role that may sign, and neither owns the row nor excuses an act of his own."""
    action = given.view.by_number.get(number)
    if name in _barred(given, action, rule, on):
        return Signature.UNFIT
    able = _able(given, action, on)
    if name in able or _deputises(given, name, able, on):
        return Signature.SOUND
    return Signature.UNFIT if able else Signature.UNKNOWN


def _able(given: RuleInputs, action: Action | None, on: date) -> frozenset[str]:
    """质量部负责人, 总经理, and the authority that the row's route demands."""
    roster = given.view.roster
    names = {*roster.holders(words.QUALITY_HEAD, on), *roster.holders(words.GENERAL_MANAGER, on)}
    if action is not None and given.view.derived[action.number].route == words.BY_MANAGER:
        owning = given.view.derived[action.number].owning_department
        for department in (owning, action.responsible_department):
            names |= {name for name in roster.heads_of(department, on) if department}
    return frozenset(names)


def _deputises(given: RuleInputs, name: str, able: frozenset[str], on: date) -> bool:
    return any(given.view.roster.deputy(holder, on) == name for holder in able)


def _barred(given: RuleInputs, action: Action | None, rule: str, on: date) -> frozenset[str]:
    """The row's owners, and the person whose act is excused."""
    names: set[str | None] = set(action.owners) if action else set()
    if rule.startswith("LG") or rule == "XR03":
        names |= set(given.view.roster.holders(words.QUALITY_HEAD, on))
    elif action is not None:
        names.add(_actor(given, action, rule))
    return frozenset(name for name in names if name)


def _actor(given: RuleInputs, action: Action, rule: str) -> str | None:
    conclusion = given.view.derived[action.number].conclusion
    if rule.startswith("AP") and rule != "AP06":
        return action.approver
    if rule.startswith("CK"):
        return action.inspector
    if rule.startswith("EF"):
        return conclusion.confirmer if conclusion else action.confirmer
    return action.cancel_approver if rule.startswith("CX") else None
