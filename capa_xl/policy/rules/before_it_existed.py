"""AP16: an approval, an answer or an exception that is dated before what it speaks of was there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.problem import Hit
from capa_xl.model.records import Decision, Excuse
from capa_xl.policy import routes
from capa_xl.policy.day import precedes
from capa_xl.policy.excuses import named_numbers
from capa_xl.policy.rules.rule import Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.status_inputs import seen

_IN_ONE_ROW = (
    ("plans", "approved_on", "written_on"),
    ("extensions", "approved_on", "asked_on"),
    ("revisions", "approved_on", "proposed_on"),
    ("needs", "evaluated_on", "registered_on"),
    ("needs", "replied_on", "registered_on"),
    ("progress", "answered_on", "on"),
)
"""Sheet, the date of the deed, the date of what it answers."""
_OF_AN_ACTION = (("extensions", "approved_on"), ("corrections", "on"), ("excuses", "on"))
"""Sheet and date of the deed, which the action's 登记日期 comes before."""


def _too_early(given: RuleInputs) -> Iterator[Hit]:
    for sheet_key, key, before in _IN_ONE_ROW:
        yield from _before_its_own_row(given, sheet_key, key, before)
    for sheet_key, key in _OF_AN_ACTION:
        yield from _before_the_action(given, sheet_key, key)
    for action, _ in given.pairs:
        yield from _cancelled_too_early(given, action)
        yield from _reviewed_too_early(given, action)


def _records(given: RuleInputs, sheet_key: str) -> Iterator[Any]:
    table = given.table(sheet_key)
    return iter(seen(table, given.view.as_of) if table is not None else ())


def _before_its_own_row(given: RuleInputs, sheet_key: str, key: str, before: str) -> Iterator[Hit]:
    for record in _records(given, sheet_key):
        done_on, asked_on = getattr(record, key), getattr(record, before)
        if precedes(done_on, asked_on):
            record_class: type = type(record)
            what = f"{column_by_key(record_class)[before].header} {asked_on}"
            yield given.hit_on(sheet_key, record, key, getattr(record, "number", None), d=str(done_on), what=what)


def _before_the_action(given: RuleInputs, sheet_key: str, key: str) -> Iterator[Hit]:
    for record in _records(given, sheet_key):
        done_on = getattr(record, key)
        numbers = named_numbers(record) if isinstance(record, Excuse) else (record.number or "",)
        for action in filter(None, map(given.view.by_number.get, numbers)):
            if precedes(done_on, action.registered_on):
                what = f"本项的登记日期 {action.registered_on}"
                yield given.hit_on(sheet_key, record, key, action.number, d=str(done_on), what=what)


def _cancelled_too_early(given: RuleInputs, action: Action) -> Iterator[Hit]:
    if precedes(action.cancelled_on, action.registered_on):
        yield given.hit(action, "cancelled_on", d=str(action.cancelled_on), what=f"登记日期 {action.registered_on}")


def _reviewed_too_early(given: RuleInputs, action: Action) -> Iterator[Hit]:
    decision = routes.decision_on(given.view.inputs, action) if action.review_number else None
    if decision is not None and precedes(decision.on, action.registered_on) and not _bore(decision, action):
        what = f"本项的登记日期 {action.registered_on}"
        yield given.hit(action, "review_number", c=f"评审{action.review_number}的日期", d=str(decision.on), what=what)


def _bore(decision: Decision, action: Action) -> bool:
    """The action carries out what the review decided, so it was registered after it."""
    return action.source == words.BY_REVIEW or action.number in decision.tracker_numbers


AP16 = Rule(
    "AP16", "", W, "批准、评估、答复、取消、更正或情况说明的日期，早于所针对的事登记、提出、申请的日期",
    "{c} {d} 早于{what}：那时还没有可批准的事",
    "核对两个日期，填实际发生的日期",
    _too_early,
)  # fmt: skip
