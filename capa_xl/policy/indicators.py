"""Indicators: the value a row stands for, whether it meets its target (R13, R14), and whose target it is (R27)."""

from __future__ import annotations

import unicodedata

from capa_xl.model.action import Action
from capa_xl.model.cut_text import with_unit
from capa_xl.model.plain_number import plain_number, rounded_number
from capa_xl.model.records import Confirmation, Measurement
from capa_xl.model.shares import has_few, share_words

_SMALLER = frozenset("小低少降≤<")
_LARGER = frozenset("大高多升≥>")
_PER_MONTH = "次/月"
"""An indicator in this unit counts events, and its n are months; all others are shares of n cases."""


_TRACE_LESS = 1 - 1e-9
_ROUNDED = 1
"""Per cent by which a share that people have rounded differs at most: 33 of 1/3, 67 of 2/3."""


def value_of(row: Measurement) -> float | None:
    """实测值, else 分子 ÷ 分母 (× 100 where the unit is %)."""
    if row.value is not None or row.numerator is None or not row.denominator:
        return row.value
    return row.numerator / row.denominator * (100 if row.unit == "%" else 1)


def fraction_words(row: Measurement) -> str:
    """1/3 where a share was counted of few cases; "" for all others, and where 实测值 is another figure than that."""
    if row.unit != "%" or row.numerator is None or not row.denominator or not has_few(row.denominator):
        return ""
    is_other = row.value is not None and _differ(row.value, row.numerator / row.denominator)
    return "" if is_other else share_words(row.numerator, row.denominator)


def contradicting_share(row: Measurement) -> float | None:
    """分子 ÷ 分母 in percent where 实测值 is neither that nor what is left of 100; None where nothing contradicts."""
    if row.unit != "%" or row.value is None or row.numerator is None or not row.denominator:
        return None
    share = row.numerator / row.denominator
    return 100 * share if _differ(row.value, share) and _differ(row.value, 1 - share) else None


def _differ(percent: float, share: float) -> bool:
    return abs(percent - 100 * share) >= _ROUNDED


def measured_words(row: Measurement) -> str:
    """What a period came to: 1/3 of few cases, else its value with its unit, one that nobody typed to four digits."""
    value = value_of(row)
    if value is None:
        return ""
    said = rounded_number(value) if row.value is None else plain_number(value)
    return fraction_words(row) or with_unit(said, row.unit)


def measures_own_indicator(action: Action, round_: Confirmation) -> bool:
    """Whether a round judges the action's own 效果指标: only then its 目标值 may stand beside the figures."""
    return not round_.indicator or _plain(round_.indicator) == _plain(action.indicator or "")


def _plain(name: str) -> str:
    """The name without blanks, full-width letters as plain ones."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def target_fits(action: Action, round_: Confirmation) -> bool:
    """Whether 目标值 may stand beside the figures printed of a round: its own indicator, in the figures' own unit.

    A share of cases can't be held against a target in 天 or 个, nor events per month against one in %.
    """
    if not measures_own_indicator(action, round_):
        return False
    if not _counts(round_):
        return True
    return ("次" in (action.unit or "")) if counts_events(round_) else (action.unit in (None, "%"))


def measured(action: Action, round_: Confirmation) -> float | None:
    """What a round itself came to of the row's own indicator: 改进后值, else its faults over its n in the row's unit.

    None where it measured another one, or where more is better: what is counted are faults.
    """
    if round_.value_after is not None or not target_fits(action, round_):
        return round_.value_after if measures_own_indicator(action, round_) else None
    return _faults_after(action, round_) if own_target_sign(action) == "≤" else None


def _faults_after(action: Action, round_: Confirmation) -> float | None:
    """The faults over n after the measure, in the row's unit; None where none were counted, or the unit is unknown."""
    if not target_fits(action, round_) or not round_.n_after or round_.bad_after is None:
        return None
    if counts_events(round_):
        return round_.bad_after / round_.n_after
    return 100 * round_.bad_after / round_.n_after if action.unit == "%" and are_shares(round_) else None


def counted_after(action: Action, round_: Confirmation) -> tuple[float, ...] | None:
    """What may be said of the faults that a round counted, in the row's unit: their share first, then what is left.

    What is left of 100 is no such figure where less is better, nor of events. None as for `measured`.
    """
    faults = _faults_after(action, round_)
    if faults is None or counts_events(round_) or own_target_sign(action) == "≤":
        return None if faults is None else (faults,)
    return faults, 100 - faults


def as_counted(said: float, counted: float) -> bool:
    """Whether a figure that somebody wrote is one that was counted, to the last digit written; none is none."""
    return said == counted if said == 0 else abs(said - counted) < _last_place(said)


def alike(one: float, other: float) -> bool:
    """Whether two figures that somebody wrote are one, to the last digit of the shorter; none is none."""
    return as_counted(one, other) or as_counted(other, one)


def _last_place(value: float) -> float:
    """What one more in its last digit is, and a trace less: 0.1 of 0.8, 1 of 33 and of 120."""
    return _TRACE_LESS * 10.0 ** -len(plain_number(value).partition(".")[2])


def is_actual_of(action: Action, round_: Confirmation) -> bool:
    """Whether 实际值 is of that round; it isn't where row and round concluded on two days, each for itself."""
    is_concluded = action.effect is not None and round_.effect is not None
    is_dated = action.confirmed_on is not None and round_.confirmed_on is not None
    return not (is_concluded and is_dated) or action.confirmed_on == round_.confirmed_on


def actual_counts(action: Action, round_: Confirmation | None) -> bool:
    """Whether 实际值 is what is held against 目标值: it is of the round that counts, or that one measured nothing."""
    if round_ is None or action.actual is None:
        return action.actual is not None
    return is_actual_of(action, round_) or measured(action, round_) is None


def achieved(action: Action, round_: Confirmation | None) -> float | None:
    """The value held against 目标值: 实际值, else what the round that counts measured of the row's own indicator."""
    if round_ is None or actual_counts(action, round_):
        return action.actual
    return measured(action, round_)


def reaches_target(action: Action, value: float | None) -> bool | None:
    """Whether a value lies on the target's side, the direction being the one from 现值 to 目标值.

    None where one of the three is unknown, or 现值 equals 目标值: then nobody knows the direction.
    """
    sign = own_target_sign(action)
    if value is None or action.target is None or not sign:
        return None
    return value <= action.target if sign == "≤" else value >= action.target


def target_sign(direction: str | None) -> str:
    """≤ or ≥ before a target; "" where the direction is blank or its words tell neither way."""
    found = frozenset(direction or "")
    return "≤" if found & _SMALLER else "≥" if found & _LARGER else ""


def own_target_sign(action: Action) -> str:
    """≤ or ≥ before 目标值, the direction being the one from 现值; "" where nobody knows it."""
    if action.target is None or action.baseline in (None, action.target):
        return ""
    return "≤" if action.target < (action.baseline or 0) else "≥"


def counts_events(row: Confirmation) -> bool:
    """True when the figures of the round are events per month, not cases out of n."""
    return _PER_MONTH in (row.indicator or "")


def are_shares(round_: Confirmation) -> bool:
    """Whether what was counted on every side, before and after, can be a share: no more cases than n.

    9 out of 6 is none, and then neither is what stands beside it: one unit is unknown on both sides.
    """
    return all(bad <= n for n, bad in _counts(round_))


def wholes(round_: Confirmation) -> tuple[float, ...]:
    """How many cases each side has of which some were counted: shares of few are told as fractions, on both sides."""
    return tuple(n for n, _ in _counts(round_))


def _counts(round_: Confirmation) -> tuple[tuple[float, float], ...]:
    """(n, cases) of the sides that have both."""
    sides = ((round_.n_before, round_.bad_before), (round_.n_after, round_.bad_after))
    return tuple((n, bad) for n, bad in sides if n and bad is not None)


def is_met(row: Measurement) -> bool | None:
    """True when the value meets the target in its direction (blank: the larger the better).

    None without value or target, or where the direction's words tell neither way (FD04 speaks of them).
    """
    value, sign = value_of(row), target_sign(row.direction) if row.direction else "≥"
    if value is None or row.target is None or not sign:
        return None
    return value <= row.target if sign == "≤" else value >= row.target
