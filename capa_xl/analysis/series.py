"""Series from 质量数据: their rows in which order, and which chart fits them (statistics.md 1, 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from capa_xl.analysis.control_chart import Sample, c_chart, imr_chart, p_chart, run_chart, u_chart
from capa_xl.model.data_series import SeriesKey, is_per_unit, series_key, series_name
from capa_xl.model.records import Observation
from capa_xl.model.statistics import ControlSeries


def control_series(
    rows: Iterable[Observation],
    month_of: Callable[[str | None], date | None],
    on: date,
    completed_on: Callable[[SeriesKey], Iterable[date]] = lambda _: (),
) -> tuple[ControlSeries, ...]:
    """One control chart per department, item and indicator, over the periods up to `on`; no data is not zero.

    Args:
        rows: 质量数据.
        month_of: The month a period belongs to.
        on: Later periods are left out.
        completed_on: When measures for that series were completed: limits begin anew with the month after.
    """
    groups: dict[SeriesKey, dict[date, list[Observation]]] = {}
    for row in rows:
        month = month_of(row.period)
        if month is not None and month <= on and _has_figure(row):
            groups.setdefault(series_key(row), {}).setdefault(month, []).append(row)
    return tuple(_series(key, months, completed_on(key)) for key, months in groups.items())


def _series(key: SeriesKey, months: Mapping[date, list[Observation]], completed_on: Iterable[date]) -> ControlSeries:
    name = series_name(key)
    ordered = sorted(months.items())
    rows = [row for _, group in ordered for row in group]
    unit = next((row.unit for row in rows if row.unit), "") or ""
    samples = [_sample(f"{month:%Y-%m}", group) for month, group in ordered]
    later = [[month for month, _ in ordered if month > day] for day in completed_on]
    return _chart(name, samples, rows, unit, [f"{months[0]:%Y-%m}" for months in later if months])


def _chart(name: str, samples: list[Sample], rows: list[Observation], unit: str, restarts: list[str]) -> ControlSeries:
    counted = all(row.nonconforming is not None for row in rows)
    if counted and any(row.sample_size is not None for row in rows):
        return _chart_of_shares(name, samples, unit, restarts)
    if counted:
        return c_chart(name, samples, unit, restarts)
    if all(row.value is not None for row in rows):
        return imr_chart(name, samples, unit, restarts)
    return run_chart(name, samples, unit)


def _chart_of_shares(name: str, samples: list[Sample], unit: str, restarts: list[str]) -> ControlSeries:
    """A p or u chart of the periods with a denominator; one without drops out and never changes the kind of chart."""
    usable = [sample for sample in samples if sample.size]
    per_unit = is_per_unit(unit) or any(sample.value > (sample.size or 0) for sample in usable)
    kind = u_chart if per_unit else p_chart
    series = kind(name, usable, unit, restarts) if usable else run_chart(name, usable, unit)
    dropped = [sample.period for sample in samples if not sample.size]
    if not dropped:
        return series
    note = f"{'、'.join(dropped)} 没有样本量，未计入"
    return replace(series, note="；".join(piece for piece in (series.note, note) if piece))


def _sample(period: str, group: list[Observation]) -> Sample:
    """Counts of one month add up; measured values are averaged."""
    if all(row.nonconforming is not None for row in group):
        size = sum(row.sample_size or 0 for row in group) if all(row.sample_size for row in group) else 0
        return Sample(period, sum(row.nonconforming or 0 for row in group), size or None)
    values = [row.value for row in group if row.value is not None]
    return Sample(period, sum(values) / len(values) if values else 0.0)


def _has_figure(row: Observation) -> bool:
    return row.value is not None or row.nonconforming is not None
