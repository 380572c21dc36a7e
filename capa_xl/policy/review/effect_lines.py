"""What the measures confirmed in a period came to, in figures (section 九)."""

from __future__ import annotations

from collections.abc import Iterator

from capa_xl.model.action import Action
from capa_xl.model.cut_text import with_unit
from capa_xl.model.kpi import KpiAction
from capa_xl.model.period import Period
from capa_xl.model.plain_number import plain_number
from capa_xl.model.records import Confirmation
from capa_xl.model.review import ConfirmedRound, EffectLine, RoundsLine
from capa_xl.model.shares import counted_share_words
from capa_xl.policy.concluding import earlier_conclusions
from capa_xl.policy.indicators import (
    are_shares,
    counts_events,
    measures_own_indicator,
    own_target_sign,
    target_fits,
    wholes,
)
from capa_xl.policy.past_years import view_holding
from capa_xl.policy.register_view import RegisterView


def effect_lines(view: RegisterView, actions: tuple[KpiAction, ...], period: Period) -> tuple[EffectLine, ...]:
    """九: measures confirmed in the period, with the figures of their last round."""
    told = (row for row in actions if row.effect and period.holds(row.confirmed_on))
    return tuple(_effect(view_holding(view, row.number), row) for row in told)


def rounds_lines(view: RegisterView, actions: tuple[KpiAction, ...], period: Period) -> Iterator[RoundsLine]:
    """九: measures confirmed more than once, where one of the confirmations lies in the period."""
    for row in actions:
        found = _confirmations(view_holding(view, row.number), row.number) if row.effect else ()
        if len(found) > 1:
            *before, last = found
            is_of_period = period.holds(last.on)
            told = tuple(one for one in before if is_of_period or period.holds(one.on))
            if told:
                yield RoundsLine(row.number, last, is_of_period, told)


def _confirmations(view: RegisterView, number: str) -> tuple[ConfirmedRound, ...]:
    """The dated ones, the oldest first; the last counts."""
    found = (*earlier_conclusions(view.inputs, view.by_number[number]), view.derived[number].conclusion)
    return tuple(
        ConfirmedRound(one.round.round if one.round else None, one.confirmed_on, one.effect)
        for one in found
        if one and one.confirmed_on
    )


def _effect(view: RegisterView, row: KpiAction) -> EffectLine:
    action = view.by_number[row.number]
    conclusion = view.derived[row.number].conclusion
    last = conclusion.round if conclusion else None
    unit = (action.unit or "") if last is None or measures_own_indicator(action, last) else ""
    before, after = _figures(last, unit) if last else (_number(action.baseline, unit), _number(action.actual, unit))
    return EffectLine(
        number=row.number,
        indicator=(last.indicator if last else None) or action.indicator or "",
        before=before,
        after=after,
        target=_target(action, unit) if last is None or target_fits(action, last) else "",
        effect=row.effect,
        follow_ups=action.follow_ups,
    )


def _figures(row: Confirmation, unit: str) -> tuple[str, str]:
    return (
        _counted(row, row.n_before, row.bad_before, row.value_before, unit),
        _counted(row, row.n_after, row.bad_after, row.value_after, unit),
    )


def _counted(row: Confirmation, n: float | None, bad: float | None, value: float | None, unit: str) -> str:
    """9 次/6 个月 of events, 14.0%（193/1380） of cases, 3/4 of few, 9/6 of no share, else the value in its unit."""
    if n and bad is not None:
        if counts_events(row):
            return f"{plain_number(bad)} 次/{plain_number(n)} 个月"
        return (
            counted_share_words(bad, n, *wholes(row)) if are_shares(row) else f"{plain_number(bad)}/{plain_number(n)}"
        )
    return _number(value, unit)


def _target(action: Action, unit: str) -> str:
    return own_target_sign(action) + _number(action.target, unit)


def _number(value: float | None, unit: str) -> str:
    return "" if value is None else with_unit(plain_number(value), unit)
