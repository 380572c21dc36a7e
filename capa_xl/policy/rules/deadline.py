"""PL19–PL21: whether 完成期限 makes sense by itself."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.months import months_before
from capa_xl.model.problem import Hit
from capa_xl.policy.rules.rule import E, I, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _due_before_registration(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.due_on is not None and action.registered_on is not None and action.due_on < action.registered_on:
            yield given.hit(action, "due_on", v=str(action.due_on), d=str(action.registered_on))


def _due_on_a_day_off(given: RuleInputs) -> Iterator[Hit]:
    """A day that is past is no news: nothing is reminded before it any more."""
    calendar = given.view.calendar
    for action, _ in given.open:
        if action.due_on is None or action.completed_on is not None or action.due_on < given.on:
            continue
        if not calendar.is_working(action.due_on):
            yield given.hit(action, "due_on", v=str(action.due_on))


def _due_in_over_a_year(given: RuleInputs) -> Iterator[Hit]:
    for action, _ in given.live:
        if action.due_on is None or action.registered_on is None:
            continue
        if (action.due_on - action.registered_on).days > 364 and action.due_on > months_before(
            action.registered_on, -12
        ):
            yield given.hit(action, "due_on", v=str(action.due_on), d=str(action.registered_on))


PL19 = Rule(
    "PL19", "4.4.4", E, "完成期限早于登记日期",
    "完成期限早于登记日期：{v} 早于 {d}",
    "核对两个日期",
    _due_before_registration, ("due_on", "registered_on"),
)  # fmt: skip
PL20 = Rule(
    "PL20", "4.4.4", I, "还没到的完成期限在非工作日（未完成的行）",
    "完成期限为非工作日：{v}",
    "无需处理（提醒会提前到工作日）",
    _due_on_a_day_off, ("due_on",),
)  # fmt: skip
PL21 = Rule(
    "PL21", "4.4.4", W, "完成期限在登记十二个月以后",
    "期限超过一年，请分阶段：{v}（登记 {d}）",
    "分阶段登记，每个阶段一个完成期限",
    _due_in_over_a_year, ("due_on", "registered_on"),
)  # fmt: skip
