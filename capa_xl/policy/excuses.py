"""例外说明: which Problems the quality department has accepted, so that nobody has to falsify a date (workbook.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from capa_xl.model import words
from capa_xl.model.records import Excuse
from capa_xl.policy.rules.rule_inputs import RuleInputs


@dataclass(frozen=True, slots=True)
class Excused:
    """One accepted exception.

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


def excused_by(given: RuleInputs) -> Mapping[tuple[str, str], Excused]:
    """(编号, rule id) → the entry that counts at T; unsigned ones and those signed by somebody else don't.

    The signer must be 质量部负责人 on the day of the entry, or the row's own 批准人.
    """
    table = given.view.register.excuses
    found: dict[tuple[str, str], Excused] = {}
    for entry in table.records if table is not None else ():
        if entry.signed_by and entry.on is not None and entry.on <= given.on and _may_sign(given, entry, entry.on):
            key = (entry.number or "", (entry.rule or "").strip().upper())
            found[key] = Excused(entry.signed_by, entry.on, entry.note or "")
    return found


def _may_sign(given: RuleInputs, entry: Excuse, on: date) -> bool:
    name = entry.signed_by or ""
    if given.view.roster.has_role(name, words.QUALITY_HEAD, on):
        return True
    action = given.view.by_number.get(entry.number or "")
    return action is not None and action.approver == name
