"""Which rows of 质量数据 make one series, and what its name and its unit say: for the charts and the rules alike."""

from __future__ import annotations

from capa_xl.model.records import Observation

SeriesKey = tuple[str, str, str]
"""Department, item or supplier or process, indicator or category."""


def series_key(row: Observation) -> SeriesKey:
    """Which series a row of 质量数据 belongs to."""
    return row.department or "", row.item or row.supplier or row.process or "", row.indicator or row.category or ""


def series_name(key: SeriesKey) -> str:
    """Department, item and indicator on one line, each once."""
    return " ".join(dict.fromkeys(part for part in key if part))


def is_per_unit(unit: str | None) -> bool:
    """Whether a unit counts events per device, ticket or person-day (次/条, 件/人日, 每台): a u chart, not a p chart.

    Such counts may exceed the sample size, which need not be a whole number.
    """
    return "/" in (unit or "") or "每" in (unit or "")
