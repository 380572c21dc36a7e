"""Which of the five sources of 4.1.1 an analysis of a period is a look at (R21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from capa_xl.model import words
from capa_xl.model.records import Analysis
from capa_xl.policy.periods import period_of

SOURCE_OF_ANALYSES = "数据分析"
GROUP_OF_SOURCE = {source: name for name, sources in words.POLICY_SOURCES.items() for source in (*sources, name)}
"""来源 → the one of the five that it belongs to, each of which stands for itself."""


def analysed_between(rows: Iterable[Analysis], start: date, end: date) -> Iterator[Analysis]:
    """The analyses of those days, both among them; one without a day is of the last day of its period."""
    for row in rows:
        day = row.on or (period.end if (period := period_of(row.period)) else None)
        if day is not None and start <= day <= end:
            yield row


def sources_analysed(analysis: Analysis) -> set[str]:
    """Names of the five: what it says its data are from, and 数据分析, which every analysis is."""
    named = {name for source, name in GROUP_OF_SOURCE.items() if source in (analysis.source or "")}
    return named | {SOURCE_OF_ANALYSES}
