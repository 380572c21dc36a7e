"""例外说明: which Problems have been accepted and by whom, so that nobody has to falsify a date.

An entry lowers the Problem in the list; 制度执行自查表 and the KPIs still count the breach, as 有情况说明.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum

from msgspec import Struct

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.cut_text import cut_quote
from capa_xl.model.period import Period, span, span_of
from capa_xl.model.records import Excuse
from capa_xl.policy.periods import period_of
from capa_xl.policy.register_view import RegisterView
from capa_xl.policy.rules.rule_inputs import RuleInputs

_BETWEEN = re.compile(r"[、；;,，﹐﹑﹔､\s]+")


class AcceptedException(Struct, frozen=True):
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
        note = "：" + cut_quote(self.note.rstrip("。")) if self.note else ""
        return f"（情况说明{note}，{self.signed_by} {self.on} 确认）"


class Signature(Enum):
    """What an entry's signature is worth."""

    SOUND = "counts"
    UNKNOWN = "counts, while the roster names nobody who could sign"
    UNFIT = "doesn't count"


class AcceptedExceptions(Struct, frozen=True):
    """The signed entries up to T by rule, and whether one of them covers what a rule struck.

    Attributes:
        later: Of an archived year those of the workbook in use, which nobody can write into the archive any more.
    """

    given: RuleInputs
    by_rule: Mapping[str, tuple[Excuse, ...]]
    later: AcceptedExceptions | None = None

    def of(self, rule: str, number: str, on: date | None, done_on: date | None) -> AcceptedException | None:
        """The entry that counts for a hit: it names its 编号, or its day lies in the entry's period; the last one.

        Args:
            on: The day of what is at fault; None lies in no period.
            done_on: The day of the deed at fault; what is signed before it, or before the action was registered,
                accepts nothing.
        """
        return next(self.all_of(rule, number, on, done_on), None)

    def all_of(self, rule: str, number: str, on: date | None, done_on: date | None) -> Iterator[AcceptedException]:
        """Every entry that counts for a hit, as `of` has it, the last one first."""
        if self.later is not None:
            yield from self.later.all_of(rule, number, on, done_on)
        for entry, signer, day in self._fitting(rule, number, on):
            if day >= self._there_since(number, done_on):
                yield AcceptedException(signer, day, entry.note or "")

    def why_none(self, rule: str, number: str, on: date | None, done_on: date | None) -> str:
        """What is printed behind the message of a hit that no entry covers although one speaks of it; "" else."""
        own = self.too_early(rule, number, on, done_on) or self.without_a_day(rule, number, on)
        return own or (self.later.why_none(rule, number, on, done_on) if self.later is not None else "")

    def too_early(self, rule: str, number: str, on: date | None, done_on: date | None) -> str:
        """What is printed behind the message where the entry was signed before what it speaks of; "" where none was."""
        for _, _, day in self._fitting(rule, number, on):
            if day < (since := self._there_since(number, done_on)):
                return f"（情况说明 {day} 早于 {since}，不作数）"
        return ""

    def without_a_day(self, rule: str, number: str, on: date | None) -> str:
        """What is printed behind the message of a hit without a day that only a period could cover; "" else."""
        if on is not None or not number:
            return ""
        rows = [entry.row for entry in self.by_rule.get(rule, ()) if entry.period and not entry.number]
        return (
            f"（《例外说明》第 {rows[-1]} 行只写期间，这一条没有日期，不作数：在那一行写编号 {number}）" if rows else ""
        )

    def _fitting(self, rule: str, number: str, on: date | None) -> Iterator[tuple[Excuse, str, date]]:
        """The entries that cover a hit and whose signer may sign, with signer and day, the last one first."""
        for entry in reversed(self.by_rule.get(rule, ())):
            signer, day = entry.signed_by or "", entry.on or self.given.on
            if _covers(entry, number, on) and _worth(self.given, signer, day, number, rule) is not Signature.UNFIT:
                yield entry, signer, day

    def _there_since(self, number: str, done_on: date | None) -> date:
        action = self.given.known.by_number.get(number)
        days = (action.registered_on if action is not None else None, done_on)
        return max((day for day in days if day is not None), default=date.min)


def accepted_exceptions(given: RuleInputs) -> AcceptedExceptions:
    """例外说明 at T; an entry may name several numbers and rules, or rules and a period."""
    by_rule: dict[str, tuple[Excuse, ...]] = {}
    for entry in _signed(given):
        for rule in named_rules(entry):
            by_rule[rule] = (*by_rule.get(rule, ()), entry)
    later = accepted_exceptions(RuleInputs(given.whole)) if given.whole is not None else None
    return AcceptedExceptions(given, by_rule, later)


def signed_entries(given: RuleInputs) -> Iterator[tuple[Excuse, str, str, Signature]]:
    """Every signed entry up to T by the numbers and rules it names, with the worth of its signature."""
    for entry in _signed(given):
        for number in named_numbers(entry):
            for rule in named_rules(entry):
                worth = _worth(given, entry.signed_by or "", entry.on or given.on, number, rule)
                yield entry, number, rule, worth


def entries_by_worth(view: RegisterView) -> Iterator[tuple[Excuse, Signature | None]]:
    """Every entry up to T with the least that its signature is worth anywhere; None while nobody has signed."""
    worths: dict[int, set[Signature]] = {}
    for entry, _, _, worth in signed_entries(RuleInputs(view)):
        worths.setdefault(entry.row, set()).add(worth)
    for entry in view.register.excuses.records if view.register.excuses is not None else ():
        if entry.on is None or entry.on <= view.on:
            yield entry, next((one for one in _LEAST_FIRST if one in worths.get(entry.row, ())), None)


_LEAST_FIRST = (Signature.UNFIT, Signature.UNKNOWN, Signature.SOUND)


def named_numbers(entry: Excuse) -> tuple[str, ...]:
    """编号 that an entry names; ("",) for none."""
    return tuple(_several(entry.number))


def named_rules(entry: Excuse) -> tuple[str, ...]:
    """Rules that an entry names; ("",) for none."""
    return tuple(rule.upper() for rule in _several((entry.rule or "").replace("/", "、")))


def covered_words(entry: Excuse) -> str:
    """What an entry covers, as papers print it: its numbers, its period, or both."""
    if not entry.period:
        return entry.number or ""
    return f"{entry.number}（{entry.period}）" if entry.number else f"{entry.period} 各项"


def _signed(given: RuleInputs) -> Iterator[Excuse]:
    """The signed entries up to T whose 期间 can be read: one that is none would cover every day (FD05, FD28)."""
    table = given.view.register.excuses
    if table is None:
        return
    for entry in table.records:
        is_signed = entry.signed_by and entry.on is not None and entry.on <= given.on
        if is_signed and (entry.period or (table.sheet, table.cell(entry.row, "period")) not in given.unread):
            yield entry


def _covers(entry: Excuse, number: str, on: date | None) -> bool:
    """It names the 编号, narrowed by a period beside it where the hit has a day; a period alone covers its days."""
    numbers = _several(entry.number)
    period = _period(entry.period)
    if period is None or (on is None and entry.number):
        return number in numbers
    return period.holds(on) and (number in numbers or not entry.number)


def _period(text: str | None) -> Period | None:
    """The span a cell names; a full date is that day alone, two are all days from one to the other."""
    if text and "至" in text:
        return span_of(text)
    if text and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return span(date.fromisoformat(text), date.fromisoformat(text))
    return period_of(text)


def _several(text: str | None) -> list[str]:
    return [piece for piece in _BETWEEN.split(text or "") if piece] or [""]


def _worth(given: RuleInputs, name: str, on: date, number: str, rule: str) -> Signature:
    """The signer held, on that day, a role that may sign, and neither owns the row nor excuses an act of his own."""
    action = given.known.by_number.get(number)
    if name in _barred(given, action, rule, on):
        return Signature.UNFIT
    able = signers(given, number, rule, on)
    if name in able or _deputises(given, name, able, on):
        return Signature.SOUND
    return Signature.UNFIT if _names_signers(given, action, rule, on) else Signature.UNKNOWN


def is_of_quality(rule: str) -> bool:
    """The fault is 质量部's own: reminders and evaluations are its duty (3.2, 4.4.6)."""
    return rule.startswith("LG") or rule == "XR03"


def signers(given: RuleInputs, number: str, rule: str, on: date) -> frozenset[str]:
    """Who may sign: 质量部负责人, 总经理, and the authority that the row's route demands.

    What is 质量部's own fault 总经理 signs; where he heads 质量部 himself, the authority of the row, else nobody.
    """
    action = given.known.by_number.get(number)
    heads, general = _holders(given, words.QUALITY_HEAD, on), _holders(given, words.GENERAL_MANAGER, on)
    if not is_of_quality(rule):
        able = heads | general | _authority(given, action, on)
    else:
        able = general - heads or (_authority(given, action, on) - heads if general else frozenset())
    return able - _barred(given, action, rule, on)


def _names_signers(given: RuleInputs, action: Action | None, rule: str, on: date) -> bool:
    """Whether the roster names anybody for the role that signs."""
    general = _holders(given, words.GENERAL_MANAGER, on)
    if is_of_quality(rule):
        return bool(general)
    return bool(general | _holders(given, words.QUALITY_HEAD, on) | _authority(given, action, on))


def _holders(given: RuleInputs, role: str, on: date) -> frozenset[str]:
    return frozenset(given.view.roster.holders(role, on))


def _authority(given: RuleInputs, action: Action | None, on: date) -> frozenset[str]:
    """The heads who approve the row, where its route is 部门经理."""
    if action is None or given.known.derived[action.number].route != words.BY_MANAGER:
        return frozenset()
    departments = (given.known.derived[action.number].owning_department, action.responsible_department)
    return frozenset(name for one in departments if one for name in given.view.roster.heads_of(one, on))


def _deputises(given: RuleInputs, name: str, able: frozenset[str], on: date) -> bool:
    return any(name in given.view.roster.deputies(holder, on) for holder in able)


def _barred(given: RuleInputs, action: Action | None, rule: str, on: date) -> frozenset[str]:
    """The row's owners, and the person whose act is excused."""
    names: set[str | None] = set(action.owners) if action else set()
    if is_of_quality(rule):
        names |= _holders(given, words.QUALITY_HEAD, on)
    elif action is not None:
        names.add(_actor(given, action, rule))
    return frozenset(name for name in names if name)


def _actor(given: RuleInputs, action: Action, rule: str) -> str | None:
    conclusion = given.known.derived[action.number].conclusion
    if rule.startswith("AP") and rule != "AP06":
        return action.approver
    if rule.startswith("CK"):
        return action.inspector
    if rule.startswith("EF"):
        return conclusion.confirmer if conclusion else action.confirmer
    return action.cancel_approver if rule.startswith("CX") else None
