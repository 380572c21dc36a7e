"""EF01–EF04, EF10, EF11, EF13: the confirmation as an act — by whom, when, after what (4.5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from capa_xl.model import words
from capa_xl.model.action import Action
from capa_xl.model.columns import column_by_key
from capa_xl.model.conclusion import Conclusion
from capa_xl.model.problem import Hit
from capa_xl.model.records import Confirmation
from capa_xl.policy.concluding import contradictions, unfinished_rounds
from capa_xl.policy.rules.confirmed_action import ConfirmedAction
from capa_xl.policy.rules.message_words import SETTINGS, headers, settings_sheet
from capa_xl.policy.rules.rule import E, Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs
from capa_xl.policy.rules.weights import follows, graced, once_ended

_NO_VERDICT, _NO_DAY = "检查结论空白", "检查日期空白"
_BLANK = {_NO_VERDICT: "inspection", _NO_DAY: "inspected_on"}
"""What is blank of an inspection → the cell to fill: who confirmed may well be right."""
_CONCLUSION = ("confirmer", "confirmed_on", "execution", "effect")


def _confirmed_by_another(given: RuleInputs) -> Iterator[Hit]:
    roster = given.view.roster
    for it in given.concluded:
        name, on = it.confirmer, it.confirmed_on or given.on
        department = it.derived.owning_department or it.action.responsible_department
        if name is None or not roster.exists(name) or department is None:
            continue
        heads = roster.heads_of(department, on)
        if heads and name not in heads:
            yield given.hit_conclusion(it, "confirmer", once_ended(it.derived), v=name, dept=department, head=heads[0])


def _confirmed_too_early(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        earliest = it.derived.earliest_confirmation_on
        if it.confirmed_on is not None and earliest is not None and it.confirmed_on < earliest:
            settings = settings_sheet(given.view.register)
            yield given.hit_conclusion(it, "confirmed_on", v=str(it.confirmed_on), d=str(earliest), settings=settings)


def _confirmed_uninspected(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        if _is_named_beforehand(given, it) or not (what := _inspection_gap(given, it.action)):
            continue
        said = {"v": it.confirmer or "", "what": what}
        if what in _BLANK:
            yield follows(given.hit(it.action, _BLANK[what], once_ended(it.derived), **said), "CK03")
            continue
        key = given.first_column("confirmer", "confirmed_on", "effect") if it.round is None else "confirmer"
        yield given.hit_conclusion(it, key, once_ended(it.derived), **said)


def _is_named_beforehand(given: RuleInputs, it: ConfirmedAction) -> bool:
    """Nothing but who is to confirm stands there, though the table has a cell for the day or for the conclusion."""
    begun = it.round is not None or it.confirmed_on is not None or it.effect is not None
    return not begun and bool(given.tracker.columns.keys() & {"confirmed_on", "effect"})


def _inspection_gap(given: RuleInputs, action: Action) -> str:
    """What is missing of an inspection 合格; "" when the columns that exist show one."""
    if "inspection" in given.tracker.columns and action.inspection != words.PASSED:
        return f"检查结论为「{action.inspection}」" if action.inspection else _NO_VERDICT
    return _NO_DAY if "inspected_on" in given.tracker.columns and action.inspected_on is None else ""


def _conclusions_incomplete(given: RuleInputs) -> Iterator[Hit]:
    """A concluded round stands in for 效果结论, 确认人 and 确认日期 of the row."""
    values = attrgetter(*_CONCLUSION)
    for it in given.filled.concluded:
        if _is_named_beforehand(given, it) or None not in values(it.action):
            continue
        if missing := given.blanks(it.action, *(("execution",) if it.round is not None else _CONCLUSION)):
            archiving = it.action.archived_on is not None or it.action.report_number is not None
            hit = given.hit(it.action, missing[0], E if archiving else W, missing=headers(missing))
            yield graced(hit, not archiving)
    yield from _rounds_unfinished(given)


def _rounds_unfinished(given: RuleInputs) -> Iterator[Hit]:
    """Till it has all three such a round concludes nothing."""
    table, inputs = given.view.register.confirmations, given.view.inputs
    names = column_by_key(Confirmation)
    if table is None:
        return
    for action, derived in given.live:
        if action.number not in inputs.rounds:  # as nearly every action
            continue
        for row, key in unfinished_rounds(inputs, action):
            if table.has(key):
                what = names[key].header
                yield given.hit_on("confirmations", row, key, action.number, once_ended(derived), missing=what)


def _confirmed_before(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        for key, name in (("inspected_on", "检查日期"), ("completed_on", "实际完成日期")):
            day = getattr(it.action, key)
            if it.confirmed_on is not None and day is not None and it.confirmed_on < day:
                yield given.hit_conclusion(it, "confirmed_on", v=str(it.confirmed_on), c=f"{name} {day}")
                break


def _effective_though_not_done(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        if it.is_effective and it.action.execution == words.NOT_DONE:
            yield given.hit_conclusion(it, "effect")


def _contradicted(given: RuleInputs) -> Iterator[Hit]:
    inputs = given.view.inputs
    for action, derived in given.live:
        found = contradictions(inputs, action) if action.number in inputs.rounds else ()
        for place, other in found:
            a, b, which = _said(place), _said(other), "，以后者为准" if derived.conclusion else ""
            if place.round is None:
                yield given.hit(action, "effect", a=a, b=b, which=which)
            else:
                yield given.hit_on("confirmations", place.round, "effect", action.number, a=a, b=b, which=which)


def _said(one: Conclusion) -> str:
    place = "跟踪表" if one.round is None else f"《效果确认》第 {one.round.round or '?'} 轮"
    return f"{place}结论「{one.effect}」（{one.confirmed_on or '没有日期'}）"


EF01 = Rule(
    "EF01", "4.5.1", E, "确认人不是归口部门负责人（按确认日期的角色；已结束为警告）",
    "效果确认应由归口部门负责人进行：「{dept}」是「{head}」，确认人是「{v}」",
    "由归口部门负责人确认",
    _confirmed_by_another, ("confirmer|confirmations:confirmer", "people:roles"), also=(W,),
)  # fmt: skip
EF02 = Rule(
    "EF02", "4.5.1", W, "在最早确认日以前确认",
    "未满观察期即确认：确认 {v}，最早确认日 {d}",
    "待观察期满再确认，或说明提前理由⟦；后来改长了{settings}观察期的，在《例外说明》写明当时的天数⟧",
    _confirmed_too_early, ("completed_on", "confirmed_on|confirmations:confirmed_on"),
    in_general={"settings": SETTINGS},
)  # fmt: skip
EF03 = Rule(
    "EF03", "4.5.1", E, "没有检查合格就确认（已结束为警告）",
    "未检查合格即确认：{what}⟦，确认人 {v}⟧",
    "先检查，合格后再确认",
    _confirmed_uninspected,
    ("inspection|inspected_on", "confirmer|confirmed_on|effect|confirmations:confirmed_on"), also=(W,),
)  # fmt: skip
EF04 = Rule(
    "EF04", "4.5.1", E,
    "执行情况结论、效果结论不完整（已开始归档为错误，否则为警告），或一轮效果确认缺确认人、确认日期或结论",
    "执行情况/效果结论不完整：{missing}空白",
    "补填空着的{missing}",
    _conclusions_incomplete, ("effect",), also=(W,), of_blanks=True,
    in_general={"missing": headers(_CONCLUSION)},
)  # fmt: skip
EF10 = Rule(
    "EF10", "4.5.1", E, "确认日期早于完成或检查日期",
    "确认早于{c}：确认日期 {v}",
    "核对日期",
    _confirmed_before, ("confirmed_on|confirmations:confirmed_on", "completed_on|inspected_on"),
)  # fmt: skip
EF11 = Rule(
    "EF11", "4.5.1", E, "执行情况为未落实，效果却为有效",
    "未落实的措施不能判为有效：执行情况「未落实」，效果「有效」",
    "核对两项结论",
    _effective_though_not_done, ("execution", "effect"),
)  # fmt: skip
EF13 = Rule(
    "EF13", "4.5.1", W, "跟踪表与《效果确认》、或两轮效果确认，同一天（或有一处没有日期）而结论不同",
    "结论不一致：{a}与{b}{which}",
    "改其中一处；有新的结论时另登一轮并写日期",
    _contradicted, ("confirmations:effect",),
)  # fmt: skip
