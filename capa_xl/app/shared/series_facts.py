"""The series of 质量数据 at T: limits begin anew after a completed measure. Shared ground of the use cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from capa_xl.analysis.series import control_series
from capa_xl.model.data_series import SeriesKey, series_key, series_name
from capa_xl.model.records import Analysis, Observation
from capa_xl.model.statistics import ControlSeries, Signal
from capa_xl.policy.past_years import found_action
from capa_xl.policy.periods import month_of
from capa_xl.policy.register_view import RegisterView


def series_at(view: RegisterView, until: date | None = None) -> tuple[ControlSeries, ...]:
    """Every series with its chart; the months after T are left out, and those after `until`, the end of a period."""
    last = view.on if until is None else min(until, view.on)
    return control_series(observations(view), month_of, last, lambda key: tuple(_completed_on(view, key)))


def observations(view: RegisterView) -> tuple[Observation, ...]:
    """The rows of 质量数据."""
    table = view.register.observations
    return table.records if table else ()


def series_keys(view: RegisterView) -> dict[str, SeriesKey]:
    """Name of a series → its department, item and indicator."""
    return {series_name(key): key for key in map(series_key, observations(view))}


def analyses_of(view: RegisterView, key: SeriesKey) -> Iterator[Analysis]:
    """The analyses by T that speak of a series: of its department, and naming its item or indicator."""
    department, item, indicator = key
    table = view.register.analyses
    for row in table.records if table else ():
        text = "".join(filter(None, (row.data_range, row.signal, row.conclusion)))
        named = any(word and word in text for word in (item, indicator))
        if row.department == department and named and row.on is not None and row.on <= view.on:
            yield row


def unanswered_signals(
    view: RegisterView, found: Iterable[ControlSeries]
) -> Iterator[tuple[ControlSeries, SeriesKey, Signal]]:
    """Every signal that no analysis since its first month has answered."""
    keys = series_keys(view)
    for series in found:
        key = keys[series.name]
        answered = [row.on for row in analyses_of(view, key) if row.on is not None]
        for signal in series.signals:
            began = date.fromisoformat(f"{signal.periods[0]}-01")
            if not any(day >= began for day in answered):
                yield series, key, signal


def _completed_on(view: RegisterView, key: SeriesKey) -> Iterator[date]:
    """When the actions that answered a signal of the series were completed."""
    for row in analyses_of(view, key):
        for number in row.tracker_numbers:
            action = found_action(view, number)
            if action is not None and action.completed_on is not None:
                yield action.completed_on
