"""What the figures of 效果确认 and 过程指标 say of one action: rows, one sentence from the exact test, one chart."""

from __future__ import annotations

from capa_xl.model.action import Action
from capa_xl.model.paper_facts import EffectFacts, EffectRow
from capa_xl.model.plain_number import plain_number
from capa_xl.model.records import Confirmation
from capa_xl.model.shares import cases_words
from capa_xl.model.span_text import span_text
from capa_xl.policy.corrections import in_force
from capa_xl.policy.day import precedes
from capa_xl.policy.indicators import (
    achieved,
    are_shares,
    counts_events,
    is_actual_of,
    measured,
    measures_own_indicator,
    reaches_target,
    target_fits,
    wholes,
)
from capa_xl.policy.papers.effect_chart import (
    before_after_chart,
    chart_of_values,
    figure_words,
    target_words,
    trend_chart,
)
from capa_xl.policy.papers.paper_inputs import PaperInputs
from capa_xl.policy.register_view import RegisterView


def effect_facts(given: PaperInputs, action: Action) -> EffectFacts:
    """Rows of every round with figures, and of the row's 现值 and 实际值; test and chart of what counts."""
    view = given.view
    own = _from_the_row(action)
    rounds = [r for r in _standing_rounds(view, action) if _has_figures(r)]
    if not rounds:
        return own
    counting = _counting(view, action, rounds)
    rows = [_row(action, r, counts=r is counting) for r in rounds]
    if own.rows and not _has_actual(action, rounds, counting):
        at = sum(not precedes(action.confirmed_on, r.confirmed_on) for r in rounds)
        rows[at:at] = own.rows
    if counting is None and own.rows:
        return EffectFacts(tuple(rows), "", trend_chart(view, action, rounds[-1], proven=True) or own.chart)
    last = counting or rounds[-1]
    found = given.effect_test(last)
    proven = found is None or found.is_enough
    chart = trend_chart(view, action, last, proven=proven) or before_after_chart(action, last, proven=proven)
    return EffectFacts(tuple(rows), found.sentence if found else "", chart)


def _has_actual(action: Action, rounds: list[Confirmation], counting: Confirmation | None) -> bool:
    """Whether 实际值 is of a round that is listed: the counting one, or a concluded one of the row's own day."""
    if counting is not None and is_actual_of(action, counting):
        return True
    return any(r.effect is not None and r.confirmed_on == action.confirmed_on for r in rounds)


def _standing_rounds(view: RegisterView, action: Action) -> list[Confirmation]:
    """The rounds but those that an entry of 更正记录 took back: half of their figures would stand for a result."""
    rounds = view.rounds.get(action.number, ())
    table = view.register.confirmations
    if table is None or not any(in_force(view.inputs, action.number, action.owners)):
        return list(rounds)
    confirmed = {row.row for row in table.records if row.confirmed_on is not None}
    return [row for row in rounds if row.confirmed_on is not None or row.row not in confirmed]


def _counting(view: RegisterView, action: Action, rounds: list[Confirmation]) -> Confirmation | None:
    """The round that concluded the action where it has figures, else the last that 实际值 may be of; None: the row."""
    conclusion = view.derived[action.number].conclusion
    if conclusion and conclusion.round in rounds:
        return conclusion.round
    return next((r for r in reversed(rounds) if is_actual_of(action, r)), None)


def _has_figures(row: Confirmation) -> bool:
    return any(value is not None for value in (row.value_before, row.value_after, row.bad_before, row.bad_after))


def _from_the_row(action: Action) -> EffectFacts:
    if action.indicator is None or action.actual is None:
        return EffectFacts()
    unit = action.unit or ""
    row = EffectRow(
        action.indicator,
        figure_words(action.baseline, unit),
        figure_words(action.actual, unit),
        target_words(action),
        _reached(action, action.actual),
    )
    if action.baseline is None:
        return EffectFacts((row,))
    return EffectFacts((row,), "", chart_of_values(action, action.baseline, action.actual))


def _row(action: Action, row: Confirmation, *, counts: bool) -> EffectRow:
    """One round, held against what it measured; the one that counts against 实际值 where that is its own."""
    period = span_text(row.observed_from, row.observed_to) if row.observed_from and row.observed_to else ""
    own = measures_own_indicator(action, row)
    unit = (action.unit or "") if own else ""
    before = _side(row, row.n_before, row.bad_before, row.value_before, unit)
    after = _side(row, row.n_after, row.bad_after, row.value_after, unit)
    has_actual = counts and is_actual_of(action, row)
    value = achieved(action, row) if has_actual else measured(action, row)
    said = figure_words(action.actual, unit) if own and has_actual else ""
    actual = f"实际值 {said}" if said and said != after else ""
    held = bool(said) or target_fits(action, row)
    return EffectRow(
        indicator=row.indicator or action.indicator or "",
        before=before,
        after="\n".join(piece for piece in (period, after, actual) if piece),
        target=target_words(action) if held else "",
        reached=_reached(action, value) if held else "",
    )


def _side(row: Confirmation, n: float | None, bad: float | None, value: float | None, unit: str) -> str:
    if n and bad is not None:
        if counts_events(row):
            return f"{plain_number(n)} 个月 {plain_number(bad)} 次"
        if not are_shares(row):
            return f"{plain_number(bad)}/{plain_number(n)}"
        return cases_words(bad, n, *wholes(row))
    return figure_words(value, unit)


def _reached(action: Action, value: float | None) -> str:
    """Whether the value lies on the target's side, as EF06 judges it; "" where nobody could say."""
    return {True: "是", False: "否", None: ""}[reaches_target(action, value)]
