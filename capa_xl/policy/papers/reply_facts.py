"""What 客户回复函 says to a customer: what was found, what was done at once, why it happened, what is done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from capa_xl.errors import UsageError
from capa_xl.model import words
from capa_xl.model.absent_sheets import no_rows
from capa_xl.model.action import Action
from capa_xl.model.derived import Derived
from capa_xl.model.paper_facts import ReplyFacts
from capa_xl.model.paper_kinds import REPLY
from capa_xl.model.problem import Problem
from capa_xl.model.records import Need
from capa_xl.policy.need_answers import answers_by_need
from capa_xl.policy.papers.paper_inputs import NumberedPaper, PaperInputs, errors_among, of_doubled_need
from capa_xl.policy.past_years import found_action, view_holding
from capa_xl.policy.unknown_numbers import what_it_is

_PREFIX = "HF"
"""Its number is another than that of the 要求单, which bears the 登记编号 itself."""
QUOTED = ("containment", "cause", "measure", "due_on", "completed_on")
"""Columns of a measure that the letter tells."""


def reply_facts(given: PaperInputs, need: Need) -> ReplyFacts:
    """The letter; a draft while nobody has said whether it is so, or what it promises of a measure doesn't hold."""
    linked = _linked(given, need)
    actions = tuple(_as_it_stands(action, derived) for action, derived in linked if not _is_cancelled(derived))
    missing = _missing(need, linked)
    head = given.head(reply_number(given, need.number) if need.number else None, REPLY, missing=missing)
    return ReplyFacts(head, need, actions, given.view.procedure.quality_contact)


def reply_number(given: PaperInputs, need: str) -> str:
    """The number of the letter on a need: HF-2026-001."""
    return given.numbers.of_need(_PREFIX, need)


def _linked(given: PaperInputs, need: Need) -> list[tuple[Action, Derived]]:
    """The measures of a need with what is derived for each, those of past years too."""
    numbers = answers_by_need(given.view).get(need.number or "", {})
    found = (found_action(given.view, number) for number in numbers)
    actions = [action for action in found if action is not None]
    return [(action, view_holding(given.view, action.number).derived[action.number]) for action in actions]


def _is_cancelled(derived: Derived) -> bool:
    return derived.status == words.CANCELLED


def _as_it_stands(action: Action, derived: Derived) -> Action:
    """A completion that was inspected 不合格 is none: the customer reads of the plan."""
    return replace(action, completed_on=None) if derived.status == words.REWORK else action


def _errors_quoted(given: PaperInputs, facts: ReplyFacts) -> tuple[Problem, ...]:
    """Open errors in the cells whose words the customer reads, and in no other of a measure."""
    tracker = given.view.register.tracker
    keys = [key for key in QUOTED if key in tracker.columns]
    shown = {(action.number, tracker.cell(action.row, key)) for action in facts.actions for key in keys}
    return tuple(one for one in errors_among(given.problems) if (one.number, one.cell) in shown)


def _missing(need: Need, linked: Sequence[tuple[Action, Derived]]) -> tuple[str, ...]:
    if need.is_valid is None:
        return ("是否成立",)
    if need.is_valid is False:
        return () if need.invalid_reason else ("不成立理由",)
    alive = [(action, derived) for action, derived in linked if not _is_cancelled(derived)]
    if linked and not alive:
        return (f"措施内容（{'、'.join(action.number for action, _ in linked)} 已取消）",)
    if not any(action.measure for action, _ in alive):
        return ("措施内容",)
    return tuple(f"{cell}（{action.number} {why}）" for action, derived in alive for cell, why in _unkept(derived))


def _unkept(derived: Derived) -> Iterator[tuple[str, str]]:
    """Column, and why the letter can't promise this measure or report it: not agreed to, failed, or its day is over."""
    if derived.status in (words.TO_PLAN, words.TO_APPROVE, words.SENT_BACK):
        yield "批准结论", derived.status
    if derived.status == words.NOT_EFFECTIVE:
        yield "后续编号", derived.status
    if derived.overdue[:1] == ("Y1",):
        yield "完成期限", f"已过 {derived.days_overdue} 天，还没有完成"


def _complaints(given: PaperInputs) -> list[str]:
    return [need.number for need in given.view.needs if need.number and need.source == words.COMPLAINT]


def _papers(given: PaperInputs, number: str) -> list[tuple[str, ReplyFacts]]:
    need = next((row for row in given.view.needs if row.number == number), None)
    if need is None:
        what = f"「{number}」的行（按 {given.view.on} 计算）"
        cure = f"请核对登记编号{what_it_is(given.view, number)}"
        raise UsageError(no_rows(given.view.register, "问题需求登记", what, cure, given.lost_sheets))
    return [(f"{number} {REPLY.title}", reply_facts(given, need))]


PAPER = NumberedPaper(REPLY, _complaints, _papers, _errors_quoted, "问题需求登记", of_doubled_need)
