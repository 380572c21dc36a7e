"""The chart of an action's effect: its indicator month by month, or before and after; its title says which way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from capa_xl.model import palette
from capa_xl.model.action import Action
from capa_xl.model.charts import COLUMNS, LINE, NO_FIGURES, STEP, Chart, Series
from capa_xl.model.cut_text import cut_text, cut_unit, with_unit
from capa_xl.model.half_up import half_up, per_cent
from capa_xl.model.month_grid import month_grid
from capa_xl.model.plain_number import Scale, plain_number, scale_of
from capa_xl.model.records import Confirmation, Measurement
from capa_xl.model.shares import has_few, share_words
from capa_xl.model.span_text import span_text
from capa_xl.policy.indicators import (
    are_shares,
    counts_events,
    fraction_words,
    own_target_sign,
    target_sign,
)
from capa_xl.policy.periods import has_begun, period_of
from capa_xl.policy.register_view import RegisterView

_FEWEST_POINTS = 3
_MOST_OF_A_NAME = 36
"""Characters of an indicator in a chart's title, which goes on to say what was found."""


class _Sides(Struct, frozen=True):
    """What was found before and after, in figures to draw and in words.

    Attributes:
        whole: What a share of all cases is drawn as: 100 in per cent, 1 of few cases; 0 for what is no share.
        is_counted: They are quotients of what was counted, which nobody typed.
    """

    before: float
    after: float
    before_words: str = ""
    after_words: str = ""
    whole: int = 0
    is_counted: bool = False

    @property
    def told(self) -> tuple[str, str] | None:
        """Both as they are told of few cases; None for figures that are told by their value."""
        return (self.before_words, self.after_words) if self.whole == 1 else None


def figure_words(value: float | None, unit: str) -> str:
    """A figure with its unit; "" for none."""
    return "" if value is None else with_unit(plain_number(value), unit)


def target_words(action: Action) -> str:
    """目标值 of an action with the sign of its side: ≤3%."""
    return own_target_sign(action) + figure_words(action.target, action.unit or "")


def trend_chart(view: RegisterView, action: Action, row: Confirmation, *, proven: bool) -> Chart | None:
    """The indicator month by month, with the month of completion marked; None with values of fewer than three."""
    points = [m for m in _measurements(view, action, row) if m.value is not None and m.period]
    if len({point.period for point in points}) < _FEWEST_POINTS:
        return None
    first, last = points[0], points[-1]
    grid = _on_grid(points)
    name, unit = cut_text(last.indicator or "", _MOST_OF_A_NAME), cut_unit(last.unit)
    scale = scale_of(max(abs(figure) for point in points for figure in (point.value or 0, point.target or 0)))
    moved = moved_words(name, first.value, last.value, unit, told=(_measured(first, unit), _measured(last, unit)))
    measured = [point.value if point else None for _, point in grid]
    series = [Series(name, _over(measured, scale), LINE, palette.CHART_DARK)]
    below = []
    if last.target is not None:
        targets = [last.target if point is None or point.target is None else point.target for _, point in grid]
        series.append(Series("目标", _over(targets, scale), STEP, palette.OVERDUE))
        below.append(f"虚线：目标 {target_sign(last.direction)}{figure_words(last.target, unit)}")
    mark = _short_month(next((period for period, _ in grid if _holds(period, action.completed_on)), ""))
    if mark:
        below.append(f"竖条：完成 {action.completed_on}")
    span = span_text(first.period, last.period)
    return Chart(
        title=f"{moved if proven else f'{name}逐月实测，数据尚不足以判断'}（{span}）",
        categories=tuple(_short_month(period) for period, _ in grid),
        series=tuple(series),
        x_title="；".join(below),
        y_title=_with_unit(name, unit, scale),
        mark=mark,
        mark_name=f"完成 {action.completed_on}",
        has_legend=False,
    )


_Grid = tuple[tuple[str, Measurement | None], ...]
"""The periods of a chart, with what was measured in them."""


def _on_grid(points: list[Measurement]) -> _Grid:
    """Every month from the first to the last, those without a value too."""
    measured = [point.period or "" for point in points]
    periods = month_grid(measured)
    if list(periods) == measured:
        return tuple(zip(periods, points, strict=True))
    found = dict(zip(measured, points, strict=True))
    return tuple((period, found.get(period)) for period in periods)


def _holds(period: str, day: date | None) -> bool:
    found = period_of(period)
    return found is not None and found.holds(day)


def _with_unit(name: str, unit: str, scale: Scale) -> str:
    """The title of an axis: its indicator with the unit of its figures."""
    shown = scale.word + unit
    return f"{name}（{shown}）" if shown and (scale.word or unit not in name) else name


def _measured(point: Measurement, unit: str) -> str:
    return fraction_words(point) or figure_words(point.value, unit)


def _short_month(period: str) -> str:
    """2026-05 as 26-05, which no axis breaks at its hyphen; quarters and years as they are."""
    return period[2:] if re.fullmatch(r"\d{4}-\d\d", period) else period


def moved_words(
    name: str,
    before: float | None,
    after: float | None,
    unit: str,
    *,
    proven: bool = True,
    is_counted: bool = False,
    told: tuple[str, str] | None = None,
) -> str:
    """What a chart of values shows: P2 响应超时率由 12.6% 降至 1.8%; no direction where nothing moved.

    Args:
        name: The indicator.
        before: Its value then.
        after: Its value now.
        unit: Of both.
        proven: False where a test was made and can't tell: both values, and that nothing follows from them yet.
        is_counted: They are quotients, told as people tell them; else they stand as they were typed.
        told: Both in words of their own, the fractions that shares of few cases are.
    """
    values = before or 0.0, after or 0.0
    was, now = told or (_quotients(*values, unit) if is_counted else (figure_words(value, unit) for value in values))
    if values[0] == values[1] and was != now:
        return f"{name}：改进前 {was}，改进后 {now}，比例相同"
    if not proven:
        return f"{name}：改进前 {was}，改进后 {now}，数据尚不足以判断"
    way = "降至" if values[1] < values[0] else "升至"
    return f"{name}由 {was} {way} {now}" if now != was else f"{name}仍为 {now}"


def _quotients(before: float, after: float, unit: str) -> tuple[str, str]:
    """Shares as all shares are told; others to one digit, those below one to two, and to more where that is alike."""
    if unit == "%":
        return per_cent(before / 100), per_cent(after / 100)
    told = [
        (figure_words(_rounded(before, more), unit), figure_words(_rounded(after, more), unit)) for more in range(4)
    ]
    return next((pair for pair in told if pair[0] != pair[1]), told[0])


def _rounded(value: float, more: int) -> float:
    return float(half_up(value, more + (1 if abs(value) >= 1 else 2 if abs(value) >= 0.1 else 4)))


def _measurements(view: RegisterView, action: Action, row: Confirmation) -> Iterable[Measurement]:
    names = {name for name in (action.indicator, row.indicator) if name}
    table = view.register.measurements
    found = [m for m in table.records if m.indicator in names] if table else []
    return sorted((m for m in found if has_begun(m.period, view.on)), key=lambda m: m.period or "")


def before_after_chart(action: Action, row: Confirmation, *, proven: bool) -> Chart | None:
    """The two figures of a round as columns; None where one lacks.

    Args:
        proven: False where a test was made and can't tell.
    """
    sides = _sides(action, row)
    there = row.observed_from and row.observed_to
    observed = f"观察：{span_text(row.observed_from, row.observed_to)}" if there else ""
    return _chart_of_two(action, sides, row.indicator or "", observed, proven=proven) if sides else None


def _sides(action: Action, row: Confirmation) -> _Sides | None:
    """Events a month, shares of cases in per cent, or the two values; None where one side lacks."""
    n, m, was, now = row.n_before, row.n_after, row.bad_before, row.bad_after
    if n and m and was is not None and now is not None and (counts_events(row) or are_shares(row)):
        if counts_events(row):
            return _Sides(was / n, now / m, _events(was, n), _events(now, m), is_counted=True)
        whole = 1 if has_few(n, m) else 100
        words = (_equation(was, n, m), _equation(now, m, n))
        return _Sides(whole * was / n, whole * now / m, *words, whole=whole, is_counted=True)
    if row.value_before is None or row.value_after is None:
        return None
    unit = action.unit or ""
    return _Sides(
        row.value_before, row.value_after, figure_words(row.value_before, unit), figure_words(row.value_after, unit)
    )


def _events(count: float, months: float) -> str:
    return f"{plain_number(count)} 次 / {plain_number(months)} 个月"


def _equation(part: float, whole: float, beside: float) -> str:
    """3/171 = 1.8%; a fraction of few cases by itself."""
    said = share_words(part, whole, beside)
    return f"{plain_number(part)}/{plain_number(whole)} = {said}" if said.endswith("%") else said


def chart_of_values(action: Action, before: float, after: float) -> Chart:
    """现值 and 实际值 of an action as they stand in its row."""
    return _chart_of_two(action, _Sides(before, after))


def _chart_of_two(action: Action, sides: _Sides, name: str = "", observed: str = "", *, proven: bool = True) -> Chart:
    is_own = name in ("", action.indicator)
    name = cut_text(name or action.indicator or "", _MOST_OF_A_NAME)
    own_unit = cut_unit(action.unit)
    unit = "%" if sides.whole else own_unit if is_own else ""
    pair, below = (sides.before, sides.after), [observed] if observed else []
    targets: tuple[float, ...] = ()
    if action.target is not None and is_own and (own_unit or unit) == unit:
        drawn = action.target / 100 * sides.whole if sides.whole else action.target
        targets = drawn, drawn
        below.append(f"虚线：目标 {target_words(action)}")
    scale = scale_of(max(map(abs, (*pair, *targets))))
    series = [Series("实测", _over(pair, scale), COLUMNS, palette.CHART_LIGHT)]
    series += [Series(f"目标 {target_words(action)}", _over(targets, scale), STEP, palette.OVERDUE)] if targets else []
    is_counted, told = sides.is_counted, sides.told
    unit = "" if told else unit
    return Chart(
        title=moved_words(name, *pair, unit, proven=proven, is_counted=is_counted, told=told),
        categories=(f"改进前 {sides.before_words}".strip(), f"改进后 {sides.after_words}".strip()),
        series=tuple(series),
        x_title="；".join(below),
        y_title=_with_unit(name, unit, scale),
        number_format=NO_FIGURES if told else _axis_format(series, is_share=sides.whole > 0),
        has_legend=False,
        whole=1.0 if told else 0.0,
    )


def _over(figures: Iterable[float | None], scale: Scale) -> tuple[float | None, ...]:
    return tuple(None if figure is None else figure / scale.size for figure in figures)


def _axis_format(series: list[Series], *, is_share: bool) -> str:
    """Whole steps for whatever reaches one, or stays nothing; shares and small figures have steps of their own."""
    largest = max((value for one in series for value in one.values if value is not None), default=0.0)
    return "General" if is_share or 0 < largest < 1 else "0"
