"""Does the measure work? Exact tests of before against after (statistics.md 9), and when the data can't say yet."""

from __future__ import annotations

import math

from capa_xl.analysis.exact import binomial_at_most, fisher_greater
from capa_xl.model.half_up import half_up
from capa_xl.model.shares import cases_words
from capa_xl.model.statistics import EffectTest

ALPHA = 0.05
CLEAN_CASES = 59
"""Rule of three: to bound a rate of 5 % with 95 % confidence, 3/0.05 less one clean cases are needed."""


def proportions(n_before: float, bad_before: float, n_after: float, bad_after: float, unit: str = "件") -> EffectTest:
    """Fisher's exact test, one-sided: is the share nonconforming smaller after?"""
    p = fisher_greater(round(bad_before), round(n_before - bad_before), round(bad_after), round(n_after - bad_after))
    before = cases_words(bad_before, n_before, n_after, unit=unit, what="不合格")
    facts = f"改进前 {before}，改进后 {cases_words(bad_after, n_after, n_before, unit=unit)}"
    if not bad_before and not bad_after:
        return EffectTest("", None, False, None, f"{facts}；改进前后均无不合格，无法检验。")
    rate = bad_before / n_before if n_before else 0.0
    needed = _clean_cases(rate) - round(n_after) if not bad_after else None
    change = bad_after / n_after - rate if n_after else 0.0
    return _result("fisher", p, facts, change, needed, f"还需约 {{n}} {unit}无差错记录")


def counts(span_before: float, events_before: float, span_after: float, events_after: float) -> EffectTest:
    """Conditional exact binomial test, one-sided: do fewer events happen per month after?

    Args:
        span_before, span_after: Months of observation.
    """
    total = round(events_before + events_after)
    if not total or not span_before or not span_after:
        return EffectTest("", None, False, None, "改进前后均无事件记录，无法检验。")
    share = span_after / (span_before + span_after)
    p = binomial_at_most(round(events_after), total, share)
    facts = f"改进前 {_n(span_before)} 个月 {_n(events_before)} 次，改进后 {_n(span_after)} 个月 {_n(events_after)} 次"
    change = events_after / span_after - events_before / span_before
    return _result(
        "binomial",
        p,
        facts,
        change,
        _clean_months(span_before, span_after, total, events_after),
        "还需约 {n} 个月无事件",
    )


def _result(method: str, p: float, facts: str, change: float, needed: int | None, more: str) -> EffectTest:
    """The sentence; too few data are only to blame where there was any fall at all."""
    if change >= 0:
        what = "改进后高于改进前" if change > 0 else "改进前后相同"
        return EffectTest(method, p, False, None, f"{facts}；{what}，没有改善（单侧检验，{p_words(p)}）。")
    if p < ALPHA:
        return EffectTest(method, p, True, None, f"{facts}；差异具有统计学意义（单侧检验，{p_words(p)}）。")
    missing = needed if needed and needed > 0 else None
    tail = f"，{more.format(n=missing)}" if missing and more else ""
    return EffectTest(method, p, False, missing, f"{facts}；数据尚不足以判断（单侧检验，{p_words(p)}）{tail}。")


def p_words(p: float) -> str:
    """P as papers print it: two significant digits, p<0.001 below that."""
    if p < 0.001:
        return "p<0.001"
    return f"p={half_up(p, 2)}" if p >= 0.1 else f"p={half_up(p, 3)}".rstrip("0")


def _clean_cases(rate: float) -> int:
    """Cases without a fault that a rate as before would give with less than 5 % chance."""
    return math.ceil(math.log(ALPHA) / math.log(1 - rate)) if 0 < rate < 1 else CLEAN_CASES


def _clean_months(span_before: float, span_after: float, total: int, events_after: float) -> int | None:
    if events_after:
        return None
    share = 1 - math.pow(ALPHA, 1 / total)
    return math.ceil(share * span_before / (1 - share) - span_after)


def _n(value: float) -> str:
    return f"{value:g}"
