"""EF17: 实际值, 改进后值 and what was counted in the round of the same day are three ways to say one figure (4.5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.action import Action
from capa_xl.model.cut_text import with_unit
from capa_xl.model.plain_number import plain_number, rounded_number
from capa_xl.model.problem import Hit
from capa_xl.model.records import Confirmation
from capa_xl.policy.indicators import alike, as_counted, counted_after, counts_events, measures_own_indicator
from capa_xl.policy.rules.confirmed_action import ConfirmedAction
from capa_xl.policy.rules.rule import Rule, W
from capa_xl.policy.rules.rule_inputs import RuleInputs


def _figures_apart(given: RuleInputs) -> Iterator[Hit]:
    for it in given.concluded:
        for round_ in _rounds_of_the_day(given, it):
            action, actual, own = it.action, it.action.actual, round_.value_after
            is_own = measures_own_indicator(action, round_)
            if actual is not None and (beside := _beside(action, round_, actual)):
                yield given.hit(action, "actual", what="实际值", v=_said(action, actual), beside=beside)
            elif is_own and own is not None and (beside := _counted_beside(action, round_, own)):
                v = _said(action, own)
                yield given.hit_on(
                    "confirmations", round_, "value_after", action.number, what="改进后值", v=v, beside=beside
                )


def _rounds_of_the_day(given: RuleInputs, it: ConfirmedAction) -> Iterator[Confirmation]:
    """Those of the row's own 确认日期; where that is blank the one that counts."""
    day = it.action.confirmed_on
    if day is None:
        yield from (it.round,) if it.round else ()
        return
    yield from (one for one in given.view.rounds.get(it.action.number, ()) if one.confirmed_on == day)


def _beside(action: Action, round_: Confirmation, actual: float) -> str:
    """What the round says instead of 实际值; "" for the same, and for nothing that can be held against it."""
    own = round_.value_after
    if own is not None and measures_own_indicator(action, round_) and not alike(actual, own):
        return f"{_named(round_)}改进后值 {_said(action, own)}"
    return _counted_beside(action, round_, actual)


def _counted_beside(action: Action, round_: Confirmation, said: float) -> str:
    counted = counted_after(action, round_)
    if counted is None or any(as_counted(said, one) for one in counted):
        return ""
    n, bad = plain_number(round_.n_after or 0), plain_number(round_.bad_after or 0)
    cases = f"{n} 个月 {bad} 次" if counts_events(round_) else f"{n} 件中 {bad} 件"
    faults, *left = (with_unit(rounded_number(one), action.unit) for one in counted)
    return f"{_named(round_)}{cases}，是 {faults}" + "".join(f"（其余 {one}）" for one in left)


def _named(round_: Confirmation) -> str:
    return f"《效果确认》第 {round_.round} 轮 " if round_.round else "《效果确认》这一轮 "


def _said(action: Action, value: float) -> str:
    return with_unit(plain_number(value), action.unit)


EF17 = Rule(
    "EF17", "4.5.1", W, "实际值、改进后值，与同一次确认数出来的件数不是一个数（写到几位就比到几位）",
    "{what} {v} 与同一次确认的数对不上：{beside}",
    "核对后改写错的一处；{what}是另一个指标或另一段时间的，改成这一轮的",
    _figures_apart, ("actual|confirmations:value_after", "confirmations:"), in_general={"what": "实际值"},
)  # fmt: skip
